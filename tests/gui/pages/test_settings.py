"""The settings page over a real vault: choices, history, backup, passphrase."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kushen_desktop.app import Kushen
from kushen_desktop.domain.ledger import AccountKind
from kushen_desktop.gui.desk import Desk
from kushen_desktop.gui.pages.settings import SettingsPage
from kushen_desktop.gui.pages.settings_code import CodeDialog
from kushen_desktop.gui.pages.settings_vault import PassphraseDialog
from kushen_desktop.gui.widgets.fields import Choice
from kushen_desktop.services import backups, vaults
from tests.gui.conftest import PASSPHRASE
from tests.gui.names import nameless


@pytest.fixture
def page(desk: Desk, settled: Callable[[], None]) -> SettingsPage:
    desk.go("settings")
    settled()
    found = desk.page("settings")
    assert isinstance(found, SettingsPage)
    return found


def _choose(page: SettingsPage, name: str, value: object) -> None:
    field = next(one for one in page.findChildren(Choice) if one.accessibleName() == name)
    field.choose(value)
    field.activated.emit(field.currentIndex())


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("Theme", "dark", "theme"),
        ("Size of everything", 125, "zoom"),
        ("Colours of money", "red_in", "money_colors"),
        ("Lock by itself", 0, "lock_minutes"),
        ("Language", "zh_CN", "language"),
    ],
)
def test_a_choice_is_taken_at_once(
    page: SettingsPage, settled: Callable[[], None], name: str, value: object, key: str
) -> None:
    _choose(page, name, value)
    settled()
    assert getattr(page.shell.preferences.config, key) == value


def test_any_step_of_the_history_can_be_undone_and_redone(
    qtbot: QtBot, page: SettingsPage, book: Kushen, settled: Callable[[], None]
) -> None:
    for name in ("One", "Two"):
        book.accounts.add(name, AccountKind.CASH, "CNY")
    qtbot.waitUntil(lambda: len(page.history.model.records) == 2)
    page.history.table.selectRow(1)
    assert not page.history.redo.isEnabled()
    page.history.undo.click()
    qtbot.waitUntil(lambda: page.history.model.records[1].undone)
    assert [account.name for account in book.accounts.list()] == ["Two"]
    assert page.history.redo.isEnabled()
    page.history.redo.click()
    qtbot.waitUntil(lambda: not page.history.model.records[1].undone)
    assert {account.name for account in book.accounts.list()} == {"One", "Two"}
    settled()


def test_a_backup_is_written_and_said(
    page: SettingsPage, desk: Desk, tmp_path: Path, settled: Callable[[], None]
) -> None:
    page.vault._write(tmp_path / "mine.kushen-backup")
    settled()
    assert backups.look(tmp_path / "mine.kushen-backup").label == "Test"
    assert desk.strip.shown_text() == "Backup written and checked: mine.kushen-backup"


def test_the_currency_of_totals_changes(
    page: SettingsPage, book: Kushen, settled: Callable[[], None]
) -> None:
    _choose(page, "Currency of totals", "HKD")
    settled()
    assert book.settings.all().base_currency == "HKD"


def test_the_passphrase_changes_only_with_the_present_one(
    page: SettingsPage, desk: Desk, settled: Callable[[], None]
) -> None:
    page.vault._change_passphrase()
    dialog = page.findChild(PassphraseDialog)
    assert dialog is not None
    assert nameless(dialog) == []
    dialog.old.setText("something else")
    dialog.new.suggest()
    dialog.change()
    settled()
    assert "does not open the vault" in dialog.messages.text()
    dialog.old.setText(PASSPHRASE)
    dialog.change()
    settled()
    assert dialog.old.text() == dialog.new.text() == ""
    assert desk.strip.shown_text() == "The passphrase was changed."


def test_a_new_recovery_code_opens_the_vault_and_the_page_is_written(
    page: SettingsPage, book: Kushen, settled: Callable[[], None], tmp_path: Path
) -> None:
    page.vault._new_code()
    dialog = page.findChild(CodeDialog)
    assert dialog is not None
    assert nameless(dialog) == []
    dialog.passphrase.setText("something else")
    dialog.renew()
    settled()
    assert "does not open the vault" in dialog.messages.text()
    dialog.passphrase.setText(PASSPHRASE)
    dialog.renew()
    settled()
    code, folder = dialog.code.text(), book.opened.folder
    dialog.keep(tmp_path / "kit.pdf")
    settled()
    assert (tmp_path / "kit.pdf").read_bytes().startswith(b"%PDF")
    book.close()
    vaults.open_with_code(folder, code).close()


def test_the_theme_chosen_in_the_top_bar_shows_here_too(page: SettingsPage, desk: Desk) -> None:
    desk.preferences.change(theme="dark")
    assert page.theme.currentData() == "dark"
