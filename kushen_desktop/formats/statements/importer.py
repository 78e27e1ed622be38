"""What an importer is, what it is given, and how it writes down each record exactly once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from kushen_desktop.domain.progress import SILENT, Progress
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import (
    RAW_CHUNK,
    Entry,
    Problem,
    Question,
    Raw,
    RawRows,
    Skipped,
    Stated,
    Statement,
    Totals,
    packed,
)
from kushen_desktop.formats.refusals import (
    PasswordNeededError,
    UnknownFormatError,
    UnreadableStatementError,
    WrongPasswordError,
)

__all__ = [
    "Importer",
    "PasswordNeededError",
    "Recorder",
    "Source",
    "UnknownFormatError",
    "UnreadableStatementError",
    "WrongPasswordError",
]

_STEP = 2_000


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it came, read once; bounded before it gets here.

    name: the file's own name without folders, for messages. options: answers to questions and a saved
    column map, by name (see Question).
    """

    name: str
    content: bytes
    options: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = SILENT


class Importer(Protocol):
    """Reads the statements of one institution or of one format."""

    name: str

    def identify(self, source: Source) -> bool:
        """Tell from name and content, cheaply, whether this importer reads the file."""

    def read(self, source: Source) -> Statement:
        """Return the statement; raises UnreadableStatementError. A bad record becomes a Problem."""


class Recorder:
    """Writes down the records of a file in its order: each exactly once, so none can get lost.

    direction: the amount of a record by the file's own direction, for the plain totals of the file
    (positive in, negative out, None where the file calls it neither).
    """

    def __init__(self, source: Source, expected: int = 0) -> None:
        self._progress = source.progress
        self._expected = expected
        self._row = 0
        self._uncounted = 0
        self._pending: list[Raw] = []
        self._chunks: list[bytes] = []
        self._incoming = Decimal(0)
        self._outgoing = Decimal(0)
        self.entries: list[Entry] = []
        self.skipped: list[Skipped] = []
        self.problems: list[Problem] = []

    @property
    def row(self) -> int:
        """The ordinal that the next record gets."""
        return self._row + 1

    def entry(self, raw: Raw, entry: Entry, direction: Decimal | None) -> None:
        """Write down a record as an entry; entry.row must be self.row."""
        self._next(raw, direction)
        self.entries.append(entry)

    def skip(
        self, raw: Raw, reason: Sentence, direction: Decimal | None = None, *, counted: bool = True
    ) -> None:
        """Write down a record that is no money of its own; counted=False: not in the count of the totals."""
        self._next(raw, direction)
        self._uncounted += not counted
        self.skipped.append(Skipped(self._row, reason))

    def problem(self, raw: Raw, reason: Sentence) -> None:
        """Write down a record that could not be read."""
        self._next(raw, None)
        self.problems.append(Problem(self._row, reason))

    def _next(self, raw: Raw, direction: Decimal | None) -> None:
        self._row += 1
        self._pending.append(raw)
        if len(self._pending) == RAW_CHUNK:
            self._chunks.append(packed(self._pending))
            self._pending = []
        if direction is not None:
            if direction > 0:
                self._incoming += direction
            else:
                self._outgoing -= direction
        if self._row % _STEP == 0:
            self._progress(self._row, max(self._expected, self._row))

    def statement(
        self,
        importer: str,
        layout: str,
        encoding: str,
        stated: tuple[Stated, ...] = (),
        *,
        owner: str = "",
        notes: tuple[Sentence, ...] = (),
        questions: tuple[Question, ...] = (),
        profile: str = "",
    ) -> Statement:
        """Return everything written down, as a statement."""
        if self._pending:
            self._chunks.append(packed(self._pending))
            self._pending = []
        return Statement(
            importer=importer,
            format=layout,
            encoding=encoding,
            rows_read=self._row,
            entries=tuple(self.entries),
            skipped=tuple(self.skipped),
            problems=tuple(self.problems),
            stated=stated,
            totals=Totals(self._row - self._uncounted, self._incoming, self._outgoing),
            raws=RawRows(tuple(self._chunks), self._row),
            owner=owner,
            notes=notes,
            questions=questions,
            profile=profile,
        )
