"""The desk over a real vault: pages, keys, undo, palette, language, zoom, hidden amounts, dropped files."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kushen_desktop import i18n
from kushen_desktop.app import Kushen
from kushen_desktop.domain.errors import CancelledError
from kushen_desktop.domain.ledger import AccountKind, NewTransaction, Posting
from kushen_desktop.domain.progress import Progress
from kushen_desktop.gui.desk import Desk
from kushen_desktop.gui.overlay import Overlay
from kushen_desktop.gui.pages import PAGES
from kushen_desktop.gui.pages.settings import SettingsPage
from kushen_desktop.gui.palette import Palette
from kushen_desktop.gui.theme import theme
from tests.gui.names import nameless

NAMES = [page.name for page in PAGES]


def _titles(desk: Desk) -> list[str]:
    return [desk.sidebar.list.item(row).text() for row in range(desk.sidebar.list.count())]


def test_the_keys_of_the_pages_lead_to_them(desk: Desk, settled: Callable[[], None]) -> None:
    for number, name in enumerate(NAMES, 1):
        assert desk.commands[name].keys == f"Ctrl+{number}"
        desk.commands[name].run()
        settled()
        assert desk.current == name
        assert desk.topbar.title.text() == _titles(desk)[number - 1]


@pytest.mark.parametrize("name", NAMES)
def test_every_control_has_a_name(desk: Desk, settled: Callable[[], None], name: str) -> None:
    desk.go(name)
    settled()
    assert nameless(desk) == []


def test_no_two_commands_share_a_key(desk: Desk) -> None:
    for name in NAMES:
        every = [*desk.commands.values(), *desk.page(name).commands()]
        keys = [command.keys for command in every if command.keys]
        assert len(keys) == len(set(keys)), (name, sorted(keys))


def test_a_change_is_undone_and_redone_by_the_commands(
    desk: Desk, book: Kushen, settled: Callable[[], None]
) -> None:
    book.accounts.add("Card", AccountKind.BANK_CARD, "CNY")
    desk.commands["undo"].run()
    settled()
    assert book.accounts.list() == ()
    assert desk.strip.shown_text().startswith("Undone: ")
    desk.commands["redo"].run()
    settled()
    assert [account.name for account in book.accounts.list()] == ["Card"]
    desk.strip._toast.undo.click()
    settled()
    assert book.accounts.list() == ()


def test_language_and_zoom_change_what_is_shown_at_once(desk: Desk, settled: Callable[[], None]) -> None:
    english = _titles(desk)
    wide = desk.sidebar.width()
    desk.commands["language"].run()
    settled()
    assert i18n.language() == "zh_CN"
    assert desk.topbar.search.text() == f"{i18n._('Search or run a command…')}    Ctrl+K"
    desk.preferences.change(zoom=125)
    settled()
    assert desk.sidebar.width() == wide * 5 // 4
    desk.preferences.change(zoom=200)
    settled()
    assert desk.sidebar.width() < wide
    assert desk.sidebar.list.item(0).text() == ""
    assert desk.sidebar.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == i18n._(PAGES[0].title)
    desk.commands["language"].run()
    desk.commands["full_size"].run()
    settled()
    assert (_titles(desk), desk.sidebar.width()) == (english, wide)


def test_the_theme_button_turns_light_into_dark_and_back(desk: Desk) -> None:
    desk.commands["theme"].run()
    assert theme().dark
    assert QApplication.palette().window().color().name() == theme().tokens.bg.lower()
    desk.commands["theme"].run()
    assert not theme().dark


def test_hiding_amounts_hides_every_digit_of_them(
    desk: Desk, book: Kushen, settled: Callable[[], None]
) -> None:
    card = book.accounts.add("Card", AccountKind.BANK_CARD, "CNY")
    day = date(2026, 11, 1)
    book.transactions.add(NewTransaction(day, (Posting(card, 9876543),), payee="Somebody"))
    for name in NAMES:
        desk.go(name)
        settled()
    desk.commands["hide"].run()
    for name in NAMES:
        desk.go(name)
        settled()
        for label in desk.findChildren(QLabel):
            for text in (label.text(), label.accessibleName(), label.toolTip()):
                assert "98,765" not in text
                assert "98765" not in text
    assert "98" not in desk.window().windowTitle()


def test_the_palette_finds_commands_and_what_is_in_the_vault(
    qtbot: QtBot, desk: Desk, book: Kushen, settled: Callable[[], None]
) -> None:
    book.accounts.add("招商银行储蓄卡", AccountKind.BANK_CARD, "CNY")
    settled()
    desk.open_palette()
    palette = desk.findChild(Palette)
    assert palette is not None
    assert nameless(palette) == []
    palette.field.setText("lock")
    assert palette.list.count() >= 1
    palette.field.setText("招商")
    palette.field.search_now()
    settled()
    texts = [
        str(palette.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole))
        for row in range(palette.list.count())
    ]
    assert "招商银行储蓄卡 Account" in texts
    palette.close()


def test_the_question_mark_shows_every_key(desk: Desk) -> None:
    desk.open_overlay()
    overlay = desk.findChild(Overlay)
    assert overlay is not None
    shown = {label.text() for label in overlay.findChildren(QLabel)}
    assert {"Ctrl+K", "Ctrl+Shift+H", "Lock", "Hide or show amounts"} <= shown
    overlay.close()


def test_files_dropped_anywhere_reach_the_import_page(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[tuple[str, object]] = []
    monkeypatch.setattr(desk, "go", lambda page, **context: went.append((page, context["files"])))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.csv"))])
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    desk.dropEvent(QDropEvent(QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, left, none))
    assert went == [("import", [tmp_path / "a.csv"])]


def test_a_page_out_of_sight_is_refreshed_when_it_is_seen_again(
    qtbot: QtBot, desk: Desk, book: Kushen, settled: Callable[[], None]
) -> None:
    settings = desk.page("settings")
    assert isinstance(settings, SettingsPage)
    desk.go("settings")
    settled()
    settings.hide()
    book.settings.change(base_currency="EUR")
    qtbot.waitUntil(lambda: settings._stale)
    assert settings.vault.currency.currentText() == "CNY"
    settings.show()
    settled()
    assert settings.vault.currency.currentText() == "EUR"


class Windows(QObject):
    """Notes every window that comes up."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_nothing_flashes_up_as_a_window_of_its_own(
    qapp: QApplication, desk: Desk, settled: Callable[[], None]
) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    for name in NAMES:
        desk.go(name)
        settled()
    desk.preferences.change(language="zh_CN", zoom=125)
    for name in NAMES:
        desk.go(name)
        settled()
    qapp.removeEventFilter(windows)
    assert windows.shown == []


def test_long_work_shows_how_far_it_is_and_can_be_cancelled(
    qtbot: QtBot, desk: Desk, settled: Callable[[], None]
) -> None:
    told: list[Exception] = []
    end = threading.Event()

    def work(progress: Progress) -> None:
        while not end.wait(0.01):
            progress(5, 10)

    desk.tasks.run(work, failed=told.append, lane="writer", progress="Importing")
    part = desk.strip._progress
    qtbot.waitUntil(lambda: part.text.text() == "Importing  5 / 10")
    assert part.isVisible()
    part.stop.click()
    settled()
    end.set()
    assert [type(error) for error in told] == [CancelledError]
    assert not part.isVisible()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("zoom", [100, 130])
def test_no_text_of_the_frame_is_cut(
    desk: Desk, settled: Callable[[], None], language: str, zoom: int
) -> None:
    desk.preferences.change(language=language, zoom=zoom)
    settled()
    for part in (desk.sidebar, desk.topbar):
        for text in part.findChildren(QLabel) + part.findChildren(QPushButton):
            if text.isVisible() and text.text() and not (isinstance(text, QLabel) and text.wordWrap()):
                assert text.fontMetrics().horizontalAdvance(text.text()) <= text.width(), text.text()
    assert desk.sidebar.list.sizeHintForColumn(0) <= desk.sidebar.list.viewport().width()
