"""Work off the main thread: two lanes, results home by one queued signal."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kushen_desktop.domain.errors import CancelledError
from kushen_desktop.domain.progress import Progress

T = TypeVar("T")
Lane = Literal["writer", "reader"]
SLOW_MS = 500
_TELL_EVERY = 0.05


class Job(QObject):
    """One piece of work under way. `advanced` carries done and total, `ended` comes last."""

    advanced = Signal(int, int)
    ended = Signal()

    def __init__(self, parent: QObject, title: str, lane: Lane) -> None:
        super().__init__(parent)
        self.title = title
        self.lane = lane
        self.cancelled = False
        self.unwanted = False
        self.running = True
        self._told = 0.0

    def cancel(self) -> None:
        """Ask the work to stop; what it would have brought is dropped."""
        self.cancelled = True

    def progress(self, done: int, total: int) -> None:
        """Note how far the work is; raises CancelledError once cancelled. Called on the worker."""
        if self.cancelled:
            raise CancelledError
        now = time.monotonic()
        if done >= total > 0 or now - self._told >= _TELL_EVERY:
            self._told = now
            self.advanced.emit(done, total)


class Tasks(QObject):
    """Runs work on the writer lane (writes, in order) or the reader lane (reads while the writer is busy).

    `slow` carries a Job that has a title and runs for longer than half a second; `failed` what nobody else
    wanted to hear of.
    """

    slow = Signal(object)
    failed = Signal(object)
    _home = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {
            lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=lane) for lane in ("writer", "reader")
        }
        self._newest: dict[str, Job] = {}
        self._open = 0
        self._writing = 0
        self._closed = False
        self._home.connect(_call, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self._open == 0

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        *,
        lane: Lane = "reader",
        progress: str = "",
        key: str = "",
    ) -> Job:
        """Do the work on a lane; `done` gets its result, `failed` its exception, both on the main thread.

        progress: what the strip says when it takes longer than half a second, "" shows none.
        key: a newer job of the same key makes an older one's result worthless; it is dropped.
        A result whose receiver is a widget that is gone is dropped too. After close() nothing is done.
        """
        job = Job(self, progress, lane)
        if self._closed:
            job.cancel()
            return job
        if key:
            self._supersede(key, job)
        if progress:
            QTimer.singleShot(SLOW_MS, job, lambda: self._tell_slow(job))
        self._open += 1
        self._writing += lane == "writer"
        job.ended.connect(lambda: self._ended(lane))
        self._lanes[lane].submit(self._work, job, work, done, failed)
        return job

    @property
    def writing(self) -> bool:
        """Whether something is under way on the writer lane."""
        return self._writing > 0

    def let_go(self) -> None:
        """Drop every result that is still to come. What reads or takes long is asked to stop; a short write
        that the user has made comes to its end.
        """
        for job in self.findChildren(Job):
            job.unwanted = True
            if job.lane == "reader" or job.title:
                job.cancel()

    def close(self) -> None:
        """Let go of what is under way and wait for it; nothing comes home afterwards."""
        self._closed = True
        self.let_go()
        for lane in self._lanes.values():
            lane.shutdown(wait=True)

    def _supersede(self, key: str, job: Job) -> None:
        older = self._newest.get(key)
        if older is not None and shiboken6.isValid(older):
            older.cancel()
        self._newest[key] = job

    def _tell_slow(self, job: Job) -> None:
        if job.running and not job.cancelled:
            self.slow.emit(job)

    def _work(self, job: Job, work: Callable[[Progress], Any], done: Any, failed: Any) -> None:
        """Run on the lane's thread. Every exception goes home: this is one of the three boundaries."""
        try:
            job.progress(0, 0)
            result = work(job.progress)
        except Exception as error:  # noqa: BLE001  whatever it is, it is shown on the main thread
            problem = error
            self._home.emit(lambda: self._came(job, failed or self.failed.emit, problem))
        else:
            self._home.emit(lambda: self._came(job, done, result))

    def _ended(self, lane: Lane) -> None:
        self._open -= 1
        self._writing -= lane == "writer"

    def _came(self, job: Job, receiver: Callable[[Any], object] | None, value: Any) -> None:
        job.running = False
        job.ended.emit()
        told = isinstance(value, CancelledError) and bool(job.title)
        wanted = not job.unwanted and (not job.cancelled or told)
        job.deleteLater()
        if receiver is not None and wanted and _is_there(receiver):
            receiver(value)


def _call(action: Callable[[], None]) -> None:
    action()


def _is_there(receiver: Callable[[Any], object]) -> bool:
    owner = getattr(receiver, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
