"""From the first run over the desk to the lock and back: the real window over a real vault."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from kushen_desktop import paths
from kushen_desktop.app import Kushen
from kushen_desktop.config import KnownVault
from kushen_desktop.gui.lockscreen.create import Create, Kit
from kushen_desktop.gui.lockscreen.recover import Recover, Restore
from kushen_desktop.gui.lockscreen.unlock import FirstRun, Unlock, open_sample
from kushen_desktop.gui.opening import Unlocked
from kushen_desktop.gui.preferences import Preferences
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.window import Window
from kushen_desktop.services import backups
from tests.gui.conftest import CHEAP, PASSPHRASE
from tests.gui.names import nameless


class Opened:
    """The window, and how often it wanted to start afresh."""

    def __init__(self, preferences: Preferences, tasks: Tasks) -> None:
        self.restarts: list[int] = []
        self.window = Window(preferences, tasks, restart=lambda: self.restarts.append(1))
        self.window.show()

    def step(self) -> object:
        assert self.window.lockscreen is not None
        return self.window.lockscreen.step

    def says(self) -> str:
        assert self.window.lockscreen is not None
        return self.window.lockscreen.messages.text()


@pytest.fixture
def show(
    qtbot: QtBot, preferences: Preferences, tasks: Tasks, settled: Callable[[], None]
) -> Iterator[Callable[[], Opened]]:
    """Return what shows a window, and close it as a user would."""
    made: list[Opened] = []

    def shown() -> Opened:
        made.append(Opened(preferences, tasks))
        settled()
        return made[-1]

    yield shown
    for opened in made:
        opened.window.close()
        settled()
        assert not opened.window.isVisible() or opened.restarts


@pytest.fixture
def opened(show: Callable[[], Opened]) -> Opened:
    """Return a window that was just shown."""
    return show()


@pytest.fixture
def known(tmp_path: Path, preferences: Preferences) -> tuple[Path, str]:
    """Return a closed vault that the list of vaults knows, and its recovery code."""
    app, created = Kushen.create(tmp_path / "book", PASSPHRASE, "Household", cost=CHEAP)
    app.close()
    preferences.opened(KnownVault("aa", "Household", str(tmp_path / "book")))
    return tmp_path / "book", created.recovery_code


def test_the_first_run_leads_to_a_new_vault_by_way_of_the_recovery_code(
    opened: Opened, settled: Callable[[], None], preferences: Preferences
) -> None:
    assert isinstance(opened.step(), FirstRun)
    assert opened.window.lockscreen is not None
    create = Create(opened.window.lockscreen)
    opened.window.lockscreen.show_step(create)
    create.name.setText("Mine")
    create.passphrase.first.setText("password1")
    create.passphrase.again.setText("password2")
    create.make()
    assert opened.says() == "The two passphrases differ."
    create.passphrase.again.setText("password1")
    create.make()
    settled()
    assert "stronger" in opened.says()
    create.passphrase.suggest()
    create.make()
    settled()
    kit = opened.step()
    assert isinstance(kit, Kit)
    assert not kit.button.isEnabled()
    kit.button.click()
    assert opened.step() is kit
    kit.kept.setChecked(True)
    kit.button.click()
    settled()
    assert opened.window.desk is not None
    assert [vault.label for vault in preferences.config.vaults] == ["Mine"]
    assert Path(preferences.config.vaults[0].path).parent == paths.vaults()


def test_a_wrong_passphrase_is_refused_and_the_right_one_opens(
    known: object, show: Callable[[], Opened], settled: Callable[[], None]
) -> None:
    opened = show()
    unlock = opened.step()
    assert isinstance(unlock, Unlock)
    unlock.field.setText("not the passphrase")
    unlock.unlock()
    assert unlock.field.text() == ""
    settled()
    assert "does not open the vault" in opened.says()
    unlock.field.setText(PASSPHRASE)
    unlock.unlock()
    settled()
    desk = opened.window.desk
    assert desk is not None
    assert desk.messages.text() == "One wrong passphrase was tried since you last opened this vault."
    desk.commands["lock"].run()
    settled()
    assert opened.restarts == [1]
    assert opened.window.desk is None
    assert unlock is not opened.window.centralWidget()


def test_after_many_wrong_ones_the_button_waits(
    known: object, show: Callable[[], Opened], settled: Callable[[], None]
) -> None:
    opened = show()
    unlock = opened.step()
    assert isinstance(unlock, Unlock)
    for _ in range(7):
        unlock.field.setText("not the passphrase")
        unlock.unlock()
        settled()
        if not unlock.button.isEnabled():
            break
    assert "Please wait" in opened.says()
    assert not unlock.button.isEnabled()


def test_the_recovery_code_sets_a_new_passphrase(
    known: tuple[Path, str], show: Callable[[], Opened], settled: Callable[[], None]
) -> None:
    folder, code = known
    opened = show()
    assert opened.window.lockscreen is not None
    recover = Recover(opened.window.lockscreen, folder, "Household")
    opened.window.lockscreen.show_step(recover)
    recover.code.setText("WRONG")
    recover.passphrase.suggest()
    recover.recover()
    settled()
    assert "recovery code has" in opened.says()
    recover.code.setText(code.lower().replace("-", " "))
    recover.recover()
    settled()
    assert opened.window.desk is not None
    opened.window.close()
    settled()
    assert not opened.window.isVisible()


def test_a_backup_becomes_a_vault_again(
    opened: Opened, book: Kushen, tmp_path: Path, settled: Callable[[], None], preferences: Preferences
) -> None:
    backups.backup_to(book.opened, tmp_path / "b.kushen-backup")
    assert opened.window.lockscreen is not None
    restore = Restore(opened.window.lockscreen, tmp_path / "b.kushen-backup")
    opened.window.lockscreen.show_step(restore)
    restore.field.setText(PASSPHRASE)
    restore.restore()
    settled()
    assert opened.window.desk is not None
    assert preferences.config.vaults[0].path != str(book.opened.folder)


def test_the_sample_book_is_badged_and_kept_apart(
    opened: Opened, settled: Callable[[], None], preferences: Preferences
) -> None:
    step = opened.step()
    assert isinstance(step, FirstRun)
    assert opened.window.lockscreen is not None
    open_sample(opened.window.lockscreen)
    settled()
    assert opened.window.desk is not None
    assert preferences.config.vaults[0].sample
    assert opened.window.desk.app.settings.all().sample
    assert opened.window.desk.app.accounts.list()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_step_names_its_controls_and_covers_what_is_typed(
    opened: Opened, preferences: Preferences, settled: Callable[[], None], language: str
) -> None:
    preferences.change(language=language)
    settled()
    screen = opened.window.lockscreen
    assert screen is not None
    assert nameless(screen) == []
    for step in (
        Create(screen),
        Recover(screen, Path("x"), "x"),
        Restore(screen, Path("x")),
        Unlock(screen, (KnownVault("aa", "A", "/a"), KnownVault("bb", "B", "/b", sample=True))),
    ):
        screen.show_step(step)
        assert nameless(screen) == []
        secrets = [field for field in step.findChildren(QLineEdit) if "assphrase" in field.accessibleName()]
        assert all(field.echoMode() is QLineEdit.EchoMode.Password for field in secrets)


def test_the_sample_book_is_not_asked_for_a_passphrase(opened: Opened) -> None:
    screen = opened.window.lockscreen
    assert screen is not None
    unlock = Unlock(screen, (KnownVault("aa", "Mine", "/a"), KnownVault("bb", "Sample", "/b", sample=True)))
    screen.show_step(unlock)
    assert unlock.field.isEnabled()
    unlock.vaults.setCurrentIndex(1)
    unlock.vaults.activated.emit(1)
    assert not unlock.field.isEnabled()
    assert unlock.focusProxy() is unlock.button


def test_locking_by_itself_lets_a_write_come_to_its_end(
    opened: Opened, settled: Callable[[], None], tmp_path: Path
) -> None:
    app, _created = Kushen.create(tmp_path / "book", PASSPHRASE, "Test", cost=CHEAP)
    opened.window.enter(Unlocked(app, KnownVault("aa", "Test", str(tmp_path / "book"))))
    settled()
    go_on = threading.Event()
    opened.window.tasks.run(lambda _progress: go_on.wait(10), lane="writer")
    opened.window._autolock.due.emit()
    assert opened.restarts == []
    assert opened.window.centralWidget() is opened.window.desk
    go_on.set()
    settled()
    opened.window._lock_when_idle()
    settled()
    assert opened.restarts == [1]


def test_a_write_that_was_begun_is_not_lost_by_locking(
    opened: Opened, settled: Callable[[], None], tmp_path: Path
) -> None:
    app, _created = Kushen.create(tmp_path / "book", PASSPHRASE, "Test", cost=CHEAP)
    opened.window.enter(Unlocked(app, KnownVault("aa", "Test", str(tmp_path / "book"))))
    settled()
    wait = threading.Event()
    opened.window.tasks.run(lambda _progress: wait.wait(10), lane="writer")
    opened.window.tasks.run(lambda _progress: app.settings.change(base_currency="EUR"), lane="writer")
    opened.window.lock()
    wait.set()
    settled()
    assert opened.restarts == [1]
    with Kushen.open(tmp_path / "book", PASSPHRASE) as again:
        assert again.settings.all().base_currency == "EUR"


def test_closing_beside_the_recovery_code_closes_the_new_vault(
    opened: Opened, settled: Callable[[], None], preferences: Preferences
) -> None:
    screen = opened.window.lockscreen
    assert screen is not None
    create = Create(screen)
    screen.show_step(create)
    create.passphrase.suggest()
    passphrase = create.passphrase.text()
    create.make()
    settled()
    kit = opened.step()
    assert isinstance(kit, Kit)
    folder = kit.app.opened.folder
    opened.window.close()
    settled()
    assert preferences.config.vaults[0].path == str(folder)
    with Kushen.open(folder, passphrase) as again:
        assert again.opened.clean
