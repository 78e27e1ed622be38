"""What the tour does in the window: page by page, look by look."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from kushen_desktop.app import Kushen
from kushen_desktop.config import Config
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.gui.desk import Desk
from kushen_desktop.gui.lockscreen.screen import LockScreen
from kushen_desktop.gui.opening import SAMPLE_LABEL
from kushen_desktop.gui.pages import PAGES
from kushen_desktop.gui.pages.imports import ImportPage
from kushen_desktop.gui.preferences import Preferences
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.i18n import N_, _
from kushen_desktop.services import sample

THEMES = ("light", "dark")
SIZE = (1280, 800)
_PATIENCE_S = 60.0
# Some pages wait a moment for typing to end before they ask for sums.
_REST_S = 0.4


class TourError(KushenError):
    """A page did not come to rest, or failed."""

    code = "tour"
    message = N_("The tour stopped at {page}: {reason}")


def pictures(app: Kushen, language: str, out: Path) -> int:
    """Take a picture of every page in both looks; return how many. Closes the vault."""
    tasks = Tasks()
    preferences = Preferences(tasks, Config(language=language, theme="light"))
    count = 0
    try:
        with _locked(preferences, tasks) as screen:
            for theme in THEMES:
                preferences.change(theme=theme)
                count += _taken(screen, tasks, out / f"start-{theme}-{language}.png")
        with _opened(app, preferences, tasks) as desk:
            for theme in THEMES:
                preferences.change(theme=theme)
                desk.go("import", files=[sample.files()[-1]])
                count += _taken(desk, tasks, out / f"preview-{theme}-{language}.png")
            _fill(app, desk)
            for theme in THEMES:
                preferences.change(theme=theme)
                for page in PAGES:
                    desk.go(page.name)
                    count += _taken(desk, tasks, out / f"{page.name}-{theme}-{language}.png")
    finally:
        tasks.close()
        app.close()
    return count


def _fill(app: Kushen, desk: Desk) -> None:
    """Bring the rest of the sample book, as its owner would."""
    page = desk.page(ImportPage.name)
    assert isinstance(page, ImportPage)
    page.cancel.click()
    sample.bring(app.imports, sample.files()[-1:])
    sample.categorise(app.transactions)


@contextmanager
def _locked(preferences: Preferences, tasks: Tasks) -> Iterator[LockScreen]:
    screen = LockScreen(preferences, tasks, lambda _unlocked: None, _stop)
    with _shown(screen):
        yield screen


@contextmanager
def _opened(app: Kushen, preferences: Preferences, tasks: Tasks) -> Iterator[Desk]:
    desk = Desk(
        app, PAGES, preferences=preferences, tasks=tasks, lock=lambda: None, fail=_stop, badge=SAMPLE_LABEL
    )
    with _shown(desk):
        yield desk
    desk.leave()


@contextmanager
def _shown(widget: QWidget) -> Iterator[None]:
    widget.resize(*SIZE)
    widget.show()
    yield
    widget.hide()
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _taken(widget: QWidget, tasks: Tasks, file: Path) -> int:
    """Wait until nothing is under way, then keep the picture."""
    until = time.monotonic() + _PATIENCE_S
    rest = time.monotonic() + _REST_S
    while time.monotonic() < rest:
        QApplication.processEvents()
        if not tasks.idle:
            rest = time.monotonic() + _REST_S
        if time.monotonic() > until:
            raise TourError(page=file.stem, reason=_("it did not come to rest"))
    if not widget.grab().save(str(file)):
        raise TourError(page=file.stem, reason=_("the picture could not be written"))
    return 1


def _stop(error: BaseException) -> None:
    raise error
