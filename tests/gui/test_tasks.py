import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread
from pytestqt.qtbot import QtBot

from kushen_desktop.domain.errors import CancelledError
from kushen_desktop.domain.progress import Progress
from kushen_desktop.gui.tasks import Job, Tasks


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []

    def take(self, value: object) -> None:
        self.got.append(value)


def test_results_come_home_in_order_on_the_main_thread(tasks: Tasks, settled: Callable[[], None]) -> None:
    got: list[tuple[int, bool]] = []
    main = QThread.currentThread()
    for number in range(300):
        tasks.run(
            lambda _progress, number=number: number,  # type: ignore[misc]
            done=lambda value: got.append((value, QThread.currentThread() is main)),
            lane="writer",
        )
    settled()
    assert got == [(number, True) for number in range(300)]


def test_the_lanes_do_not_wait_for_each_other(tasks: Tasks, settled: Callable[[], None]) -> None:
    read = threading.Event()
    seen: list[bool] = []
    tasks.run(lambda _progress: read.wait(10), done=seen.append, lane="writer")
    tasks.run(lambda _progress: read.set(), lane="reader")
    settled()
    assert seen == [True]


def test_a_failure_goes_to_the_one_who_asked_or_to_the_window(qtbot: QtBot) -> None:
    tasks = Tasks()
    mine: list[Exception] = []
    everybodys: list[Exception] = []
    tasks.failed.connect(everybodys.append)

    def fail(_progress: Progress) -> None:
        raise ValueError

    tasks.run(fail, failed=mine.append)
    tasks.run(fail)
    qtbot.waitUntil(lambda: tasks.idle)
    tasks.close()
    assert [type(error) for error in mine + everybodys] == [ValueError, ValueError]


def test_cancelled_work_stops_at_its_next_step_and_says_so(tasks: Tasks, settled: Callable[[], None]) -> None:
    told: list[Exception] = []
    started, go_on = threading.Event(), threading.Event()

    def count(progress: Progress) -> int:
        for number in range(1_000):
            progress(number, 1_000)
            started.set()
            assert go_on.wait(10)
        return 1_000

    job = tasks.run(count, done=lambda _count: pytest.fail("done"), failed=told.append, progress="Counting")
    assert started.wait(10)
    job.cancel()
    go_on.set()
    settled()
    assert [type(error) for error in told] == [CancelledError]


def test_only_the_newest_of_a_key_counts(tasks: Tasks, settled: Callable[[], None]) -> None:
    got: list[int] = []
    for number in range(20):
        tasks.run(lambda _progress, number=number: number, done=got.append, key="search")  # type: ignore[misc]
    settled()
    assert got == [19]


def test_a_receiver_that_is_gone_is_left_alone(tasks: Tasks, settled: Callable[[], None]) -> None:
    gone = Receiver()
    kept = Receiver()
    wait = threading.Event()
    tasks.run(lambda _progress: wait.wait(10), done=gone.take)
    tasks.run(lambda _progress: 1, done=kept.take)
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    wait.set()
    settled()
    assert (gone.got, kept.got) == ([], [1])


def test_nothing_is_done_after_closing(qtbot: QtBot) -> None:
    tasks = Tasks()
    tasks.close()
    assert tasks.run(lambda _progress: pytest.fail("done")).cancelled
    assert tasks.idle


def test_only_long_work_with_a_title_is_shown(
    qtbot: QtBot, tasks: Tasks, settled: Callable[[], None]
) -> None:
    shown: list[Job] = []
    end = threading.Event()
    tasks.slow.connect(shown.append)
    tasks.run(lambda _progress: None, progress="Quick")
    tasks.run(lambda _progress: end.wait(10))
    job = tasks.run(lambda _progress: end.wait(10), progress="Long")
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [job]
    end.set()
    settled()
