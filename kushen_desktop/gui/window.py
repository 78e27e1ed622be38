"""The window: the lock screen, then the desk of the vault that was opened, then a fresh process again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from kushen_desktop.gui import opening
from kushen_desktop.gui.autolock import AutoLock
from kushen_desktop.gui.failures import Failures
from kushen_desktop.gui.lockscreen.create import Kit
from kushen_desktop.gui.lockscreen.screen import LockScreen
from kushen_desktop.gui.preferences import Preferences
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.i18n import _, ngettext
from kushen_desktop.system import processes

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.gui.desk import Desk

_SIZE, _LEAST = (1280, 800), (860, 560)
_WAIT_MS = 2000


class Window(QMainWindow):
    """Shows the lock screen or the desk. restart: starts the program afresh, so that memory forgets."""

    def __init__(
        self,
        preferences: Preferences,
        tasks: Tasks,
        restart: Callable[[], None] = lambda: processes.restart([]),
    ) -> None:
        super().__init__()
        self.preferences, self.tasks, self._restart = preferences, tasks, restart
        self.desk: Desk | None = None
        self._closing = False
        self.failures = Failures(self, self._say)
        tasks.failed.connect(self.failures.show)
        self._autolock = AutoLock(self)
        self._autolock.due.connect(self._lock_when_idle)
        preferences.changed.connect(self._follow)
        self.resize(*_SIZE)
        self.setMinimumSize(*_LEAST)
        self.setWindowTitle(_("Kushen Wallet"))
        self.lockscreen: LockScreen | None = LockScreen(preferences, tasks, self.enter, self.failures.show)
        self.setCentralWidget(self.lockscreen)

    def preload(self) -> None:
        """Import on a worker what opening a vault will need."""
        self.tasks.run(lambda _progress: _import_the_rest())

    def enter(self, unlocked: opening.Unlocked) -> None:
        """Show the desk of a vault that was opened."""
        from kushen_desktop.gui.desk import Desk  # noqa: PLC0415  behind the first paint
        from kushen_desktop.gui.pages import PAGES  # noqa: PLC0415  behind the first paint

        self.preferences.opened(unlocked.known)
        badge = opening.SAMPLE_LABEL if unlocked.known.sample else ""
        self.desk = Desk(
            unlocked.app,
            PAGES,
            preferences=self.preferences,
            tasks=self.tasks,
            lock=self.lock,
            fail=self.failures.show,
            badge=badge,
        )
        self.lockscreen = None
        self.setCentralWidget(self.desk)
        self.desk.go(PAGES[0].name)
        self.desk.setFocus()
        self._follow()
        if unlocked.failures:
            text = ngettext(
                "One wrong passphrase was tried since you last opened this vault.",
                "{count} wrong passphrases were tried since you last opened this vault.",
                unlocked.failures,
            )
            self.desk.say(text.format(count=unlocked.failures))
        for notice in unlocked.app.opened.notices:
            self.desk.say(notice.shown())
        self.tasks.run(lambda _progress: unlocked.app.damage(), done=self._tell_damage)

    def lock(self) -> None:
        """Close the vault and start afresh at the lock screen."""
        self._leave(self._restart)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the vault first, off the main thread; then close."""
        if self._closing or self._open_vault() is None:
            self._autolock.stop()
            event.accept()
            return
        event.ignore()
        self._leave(self.close)

    def _open_vault(self) -> Kushen | None:
        """Return the vault that is open: on the desk, or just made and its recovery code still shown."""
        if self.desk is not None:
            return self.desk.app
        step = self.lockscreen.step if self.lockscreen is not None else None
        return step.app if isinstance(step, Kit) else None

    def _leave(self, then: Callable[[], object]) -> None:
        app = self._open_vault()
        if app is None or self._closing:
            return
        self._closing = True
        self._autolock.stop()
        if self.desk is not None:
            self.desk.save_drafts()
            self.desk.leave()
        self.setCentralWidget(QWidget())
        self.setWindowTitle(_("Kushen Wallet"))
        self.desk = self.lockscreen = None
        self.tasks.let_go()

        def close_vault(_result: object) -> None:
            self.tasks.run(
                lambda _progress: app.close(),
                done=lambda _closed: then(),
                failed=lambda _error: then(),
                lane="writer",
            )

        # The reader lane first: nothing may read while the vault closes.
        self.tasks.run(lambda _progress: None, done=close_vault)

    def _lock_when_idle(self) -> None:
        """Lock by itself, but let work that writes come to its end."""
        if self.tasks.writing:
            QTimer.singleShot(_WAIT_MS, self, self._lock_when_idle)
        elif self.desk is not None:
            self.desk.lock()

    def _tell_damage(self, problems: tuple[str, ...]) -> None:
        if problems and self.desk is not None:
            text = _(
                "The vault was not closed properly and is damaged ({problem}). Restore it from a backup."
            )
            self.desk.say(text.format(problem=problems[0]))

    def _follow(self) -> None:
        if self.desk is not None:
            self._autolock.start(self.preferences.config.lock_minutes)

    def _say(self, sentence: str) -> None:
        place = self.desk or self.lockscreen
        if place is not None:
            place.say(sentence)


def _import_the_rest() -> None:
    import kushen_desktop.app  # noqa: PLC0415  behind the first paint
    import kushen_desktop.gui.desk  # noqa: F401, PLC0415  for the next import to be quick
