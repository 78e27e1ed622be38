"""Locks when nobody is there: after some minutes without input, after sleep, when the screen is locked."""

import time
from collections.abc import Callable

from PySide6.QtCore import SLOT, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from kushen_desktop.system import presence

_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
}
_LOOK_MS = 10_000
_SLEPT = 2.0


class AutoLock(QObject):
    """`due` comes once when it is time to lock. start() and stop() it with the vault.

    clock: seconds that pass; slept: seconds this computer has slept, None where it does not tell.
    """

    due = Signal()

    def __init__(
        self,
        parent: QObject,
        clock: Callable[[], float] = time.monotonic,
        slept: Callable[[], float | None] = presence.suspended,
    ) -> None:
        super().__init__(parent)
        self._clock, self._suspended = clock, slept
        self._last = clock()
        self._minutes = 0
        self._slept: float | None = None
        self._running = False
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self._look_at_idle)
        self._sleep = QTimer(self, interval=_LOOK_MS)
        self._sleep.timeout.connect(self.look_at_sleep)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._focus_moved)
        # What an input method composes moves the caret before any key reaches a window.
        application.inputMethod().cursorRectangleChanged.connect(self._stir)

    def start(self, minutes: int) -> None:
        """Watch from now on; 0 minutes: only sleep and the locked screen count."""
        if not self._running:
            self._running = True
            self._watch()
            self._slept = self._suspended()
            self._sleep.start()
            _hear_desktop(self)
        self._minutes = minutes
        self._last = self._clock()
        self._arm()

    def stop(self) -> None:
        """Watch no longer."""
        if self._running:
            self._running = False
            for window in QGuiApplication.allWindows():
                window.removeEventFilter(self)
            self._idle.stop()
            self._sleep.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there."""
        if event.type() in _INPUT:
            self._stir()
        return False

    def look_at_sleep(self) -> None:
        """Lock if the computer has slept since it was last looked at."""
        slept = self._suspended()
        if slept is not None and self._slept is not None and slept - self._slept > _SLEPT:
            self._now()
        self._slept = slept

    @Slot(bool)
    def desktop_says(self, away: bool) -> None:  # noqa: FBT001  the signature of the desktop's signal
        """Lock because the desktop locked its screen or is about to sleep."""
        if away:
            self._now()

    @Slot()
    def desktop_locks(self) -> None:
        """Lock because the session was locked."""
        self._now()

    def _watch(self) -> None:
        """Watch the windows, where input arrives first; watching the application would slow every event."""
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _focus_moved(self, _window: object) -> None:
        if self._running:
            self._watch()

    def _stir(self) -> None:
        self._last = self._clock()

    def _arm(self) -> None:
        self._idle.stop()
        if self._minutes:
            left = self._minutes * 60 - (self._clock() - self._last)
            self._idle.start(max(int(left * 1000), 1000))

    def _look_at_idle(self) -> None:
        elsewhere = presence.idle()
        idle = self._clock() - self._last
        if idle >= self._minutes * 60 and (elsewhere is None or elsewhere >= self._minutes * 60):
            self._now()
        else:
            self._arm()

    def _now(self) -> None:
        if self._running:
            self.stop()
            self.due.emit()


def _hear_desktop(listener: QObject) -> None:
    """Listen to the desktop's own signals on Linux; where there is no bus, nothing is heard."""
    try:
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415  not on every system
    except ImportError:
        return
    session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
    says, manager = SLOT("desktop_says(bool)"), "org.freedesktop.login1"

    def hear(bus: QDBusConnection, place: tuple[str, str, str, str], slot: str) -> None:
        if bus.isConnected():
            bus.connect(*place, listener, slot)  # type: ignore[call-overload]  # stubs say bytes, Qt takes text

    for name, path in (
        ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
        ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
        ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ):
        hear(session, ("", path, name, "ActiveChanged"), says)
    hear(system, (manager, "/org/freedesktop/login1", f"{manager}.Manager", "PrepareForSleep"), says)
    hear(system, (manager, "", f"{manager}.Session", "Lock"), SLOT("desktop_locks()"))
