"""The real window parts, offscreen: one dressed application, a real vault, a desk over it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kushen_desktop import i18n
from kushen_desktop.app import Kushen
from kushen_desktop.config import Config
from kushen_desktop.gui import start
from kushen_desktop.gui.desk import Desk
from kushen_desktop.gui.pages import PAGES
from kushen_desktop.gui.preferences import Preferences
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import theme
from kushen_desktop.store.slots.slot import Cost

PASSPHRASE = "maoma-laini-haile-haofei-bobu-fopai"
CHEAP = Cost(19 * 1024, 1, 1)


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str], qapp_cls: type[QApplication], pytestconfig: pytest.Config) -> QApplication:
    """Return the application with the style and fonts of the program."""
    application = QApplication.instance() or qapp_cls(qapp_args)
    assert isinstance(application, QApplication)
    start.dress(application)
    return application


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin every test in English, light, at 100 %, amounts shown, with settings of its own."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    i18n.use("en")
    theme().hidden_amounts = False
    theme().zoom = 100


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    """Return lanes that are closed after the test; failures nobody expects fail the test."""
    made = Tasks()
    made.failed.connect(_raise)
    yield made
    made.close()


@pytest.fixture
def settled(qtbot: QtBot, tasks: Tasks) -> Callable[[], None]:
    """Return a function that waits until no work is under way."""
    return lambda: qtbot.waitUntil(lambda: tasks.idle, timeout=15_000)


@pytest.fixture
def preferences(tasks: Tasks) -> Preferences:
    """Return choices that start as light and English."""
    return Preferences(tasks, Config(language="en", theme="light"))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Kushen]:
    """Return an open vault with the starter categories and nothing else."""
    app, _created = Kushen.create(tmp_path / "book", PASSPHRASE, "Test", cost=CHEAP)
    yield app
    app.close()


@pytest.fixture
def desk(
    qtbot: QtBot, book: Kushen, tasks: Tasks, preferences: Preferences, settled: Callable[[], None]
) -> Iterator[Desk]:
    """Return the desk over the book, shown at 1280 x 800 and settled."""
    made = Desk(book, PAGES, preferences=preferences, tasks=tasks, lock=lambda: None, fail=_raise)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    settled()
    yield made
    made.leave()
    settled()


def _raise(error: BaseException) -> None:
    raise error
