from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from kushen_desktop.gui.autolock import AutoLock


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def _watched(
    application: QApplication, slept: Callable[[], float | None] = lambda: None
) -> tuple[AutoLock, Clock, list[int]]:
    clock, due = Clock(), list[int]()
    lock = AutoLock(application, clock, slept)
    lock.due.connect(lambda: due.append(1))
    lock.start(5)
    return lock, clock, due


def test_it_is_due_after_the_minutes_without_input_and_only_once(
    qapp: QApplication,
) -> None:
    lock, clock, due = _watched(qapp)
    clock.now += 299
    lock._look_at_idle()
    assert due == []
    clock.now += 2
    lock._look_at_idle()
    lock._look_at_idle()
    assert due == [1]


def test_input_anywhere_puts_it_off(qapp: QApplication) -> None:
    lock, clock, due = _watched(qapp)
    clock.now += 299
    widget = QWidget()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    widget.show()
    lock._focus_moved(None)
    QCoreApplication.sendEvent(widget.windowHandle(), key)
    clock.now += 200
    lock._look_at_idle()
    assert due == []
    lock.eventFilter(widget, QEvent(QEvent.Type.Paint))
    clock.now += 101
    lock._look_at_idle()
    assert due == [1]
    lock.stop()


def test_sleep_and_the_locked_screen_lock_at_once(qapp: QApplication) -> None:
    slept = Clock()
    lock, _clock, due = _watched(qapp, slept)
    lock.look_at_sleep()
    assert due == []
    slept.now += 60
    lock.look_at_sleep()
    assert due == [1]
    lock.start(0)
    lock.desktop_says(False)  # noqa: FBT003  the desktop's signal
    assert due == [1]
    lock.desktop_says(True)  # noqa: FBT003  the desktop's signal
    assert due == [1, 1]
