"""The files of an import under way: read one after another, previewed, confirmed together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kushen_desktop.domain.errors import CancelledError, KushenError
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.preview import Imported, Preview
from kushen_desktop.domain.progress import Progress
from kushen_desktop.gui.tasks import Job, Tasks
from kushen_desktop.i18n import _
from kushen_desktop.services.imports import PasswordNeededError, WrongPasswordError

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen

_NOTHING: Callable[[], object] = lambda: None  # noqa: E731  stands in until a page listens


@dataclass(slots=True, eq=False)
class Candidate:
    """A file on its way in. options: answers and columns the user chose; good: those it was last read with.

    asked: the answer given last, by its name. error: why the file could not be read. turn: counts readings,
    so that only the newest one's result counts.
    """

    path: Path
    account: Id | None = None
    password: str | None = None
    options: dict[str, str] = field(default_factory=dict)
    good: dict[str, str] = field(default_factory=dict)
    asked: str = ""
    previews: list[Preview] = field(default_factory=list)
    error: KushenError | None = None
    reading: bool = True
    turn: int = 0

    @property
    def locked(self) -> bool:
        """Whether the file waits for its password."""
        return isinstance(self.error, PasswordNeededError | WrongPasswordError)


class Flow:
    """Reads, previews and confirms, all off the main thread. `changed` is called when there is news."""

    def __init__(self, app: Kushen, tasks: Tasks, fail: Callable[[Exception], object]) -> None:
        self._app, self._tasks, self._fail = app, tasks, fail
        self.candidates: list[Candidate] = []
        self.confirming = False
        self.changed: Callable[[], object] = _NOTHING
        self.finished: Callable[[tuple[Imported, ...]], object] = lambda _done: None

    @property
    def previews(self) -> list[Preview]:
        """Everything that can be confirmed."""
        return [preview for candidate in self.candidates for preview in candidate.previews]

    @property
    def ticked(self) -> int:
        """How many rows would be written."""
        return sum(len(preview.ticked) for preview in self.previews)

    @property
    def reading(self) -> bool:
        """Whether a file is still being read."""
        return any(candidate.reading for candidate in self.candidates)

    @property
    def settled(self) -> bool:
        """Whether there is something to confirm: rows, or a balance for an account."""
        known = any(target.balance is not None for one in self.previews for target in one.targets.values())
        return bool(self.ticked or known) and not self.reading and not self.confirming

    def add(self, paths: Sequence[Path], account: Id | None = None) -> None:
        """Read these files too; account takes the rows of every one."""
        there = {candidate.path for candidate in self.candidates}
        for path in dict.fromkeys(paths):
            if path not in there:
                candidate = Candidate(path, account)
                self.candidates.append(candidate)
                self.read(candidate)
        self.changed()

    def drop(self, candidate: Candidate) -> None:
        """Leave a file out."""
        self.candidates.remove(candidate)
        self.changed()

    def clear(self) -> None:
        """Leave out everything."""
        self.candidates = []
        self.changed()

    def read(self, candidate: Candidate) -> None:
        """Read a file, again with its password or with other answers."""
        candidate.reading, candidate.error, candidate.turn = True, None, candidate.turn + 1
        turn = candidate.turn
        path, password, options = candidate.path, candidate.password, dict(candidate.options)

        def work(progress: Progress) -> list[Preview]:
            statements = self._app.imports.read(path, password, options, progress)
            return [
                self._app.imports.preview(one, path.name, account=candidate.account, progress=progress)
                for one in statements
            ]

        job = self._tasks.run(
            work,
            done=lambda previews: self._read(candidate, turn, previews),
            failed=lambda error: self._refused(candidate, turn, error),
            progress=_("Reading {file}").format(file=path.name),
            key=f"read{id(candidate)}",
        )
        # Work that was done before it heard of the cancelling brings neither a result nor a failure home.
        job.ended.connect(lambda: self._over(job, candidate, turn))

    def answer(self, candidate: Candidate, name: str, value: str) -> None:
        """Read a file again with another answer; an answer that does not fit is told and taken back."""
        candidate.asked = name
        candidate.options[name] = value
        self.read(candidate)

    def judge(self, candidate: Candidate, preview: Preview) -> None:
        """Work out the verdicts again after the targets were changed."""
        self._tasks.run(
            lambda progress: self._app.imports.again(preview, progress),
            done=lambda fresh: self._judged(candidate, preview, fresh),
            failed=self._not_judged,
            progress=_("Comparing with the ledger"),
            key=f"judge{id(preview.statement)}",
        )

    def confirm(self) -> None:
        """Write everything that is ticked, all or nothing."""
        previews = self.previews
        self.confirming = True
        self.changed()
        job = self._tasks.run(
            lambda progress: self._app.imports.confirm(previews, progress),
            done=self._confirmed,
            failed=self._not_confirmed,
            lane="writer",
            progress=_("Importing"),
        )
        job.ended.connect(lambda: self._cancelled(job))

    def _read(self, candidate: Candidate, turn: int, previews: list[Preview]) -> None:
        if turn != candidate.turn:
            return
        candidate.reading, candidate.previews = False, previews
        candidate.good = dict(candidate.options)
        self.changed()

    def _refused(self, candidate: Candidate, turn: int, error: Exception) -> None:
        if turn != candidate.turn or not candidate.reading:
            return
        candidate.reading = False
        if candidate.previews and isinstance(error, KushenError):
            candidate.options = dict(candidate.good)
            self._fail(error)
        elif isinstance(error, CancelledError):
            self.candidates = [one for one in self.candidates if one is not candidate]
        elif isinstance(error, KushenError):
            candidate.error = error
        else:
            self._fail(error)
        self.changed()

    def _over(self, job: Job, candidate: Candidate, turn: int) -> None:
        if job.cancelled:
            self._refused(candidate, turn, CancelledError())

    def _judged(self, candidate: Candidate, before: Preview, fresh: Preview) -> None:
        candidate.previews = [fresh if one is before else one for one in candidate.previews]
        self.changed()

    def _not_judged(self, error: Exception) -> None:
        if not isinstance(error, CancelledError):
            self._fail(error)

    def _confirmed(self, done: tuple[Imported, ...]) -> None:
        self.confirming = False
        self.candidates = [one for one in self.candidates if one.error is not None]
        self.finished(done)
        self.changed()

    def _cancelled(self, job: Job) -> None:
        """Look anew at what there is: cancelling may have come too late to keep it from being written."""
        if not job.cancelled:
            return
        self.confirming = False
        for candidate in self.candidates:
            for preview in candidate.previews:
                self.judge(candidate, preview)
        self.changed()

    def _not_confirmed(self, error: Exception) -> None:
        self.confirming = False
        self.changed()
        self._fail(error)
