"""What an import would do, row by row, before anything is written."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import NamedTuple

from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Account
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Entry, Statement
from kushen_desktop.i18n import N_


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    REVIEW = "review"
    CHANGED = "changed"
    TWIN = "twin"
    KNOWN = "known"
    DELETED = "deleted"
    SKIPPED = "skipped"
    PROBLEM = "problem"


VERDICT_TITLES = {
    Verdict.NEW: N_("New"),
    Verdict.REVIEW: N_("Needs review"),
    Verdict.CHANGED: N_("Changed"),
    Verdict.TWIN: N_("Probably there"),
    Verdict.KNOWN: N_("Already there"),
    Verdict.DELETED: N_("Deleted by you"),
    Verdict.SKIPPED: N_("Skipped"),
    Verdict.PROBLEM: N_("Problem"),
}
WRITTEN = frozenset({Verdict.NEW, Verdict.REVIEW, Verdict.CHANGED})
TICKABLE = WRITTEN | {Verdict.TWIN, Verdict.DELETED}


class PreviewRow(NamedTuple):
    """One row of the file. entry is None for skipped rows and problems; id: its transaction, if written.

    category: what is proposed, None for none.
    """

    row: int
    verdict: Verdict
    reason: Sentence
    entry: Entry | None = None
    id: Id | None = None
    category: Id | None = None


class Leg(Enum):
    """The one leg of a transfer that is to be booked, because another source has brought the other."""

    OWN = "own"
    OTHER = "other"


class TargetKey(NamedTuple):
    """An account as the file names it ("" where it names none), and a currency."""

    name: str
    currency: str


@dataclass(slots=True)
class Target:
    """Where the rows of one account of the file go: an account of the vault, or one to be made.

    account: the chosen account; None means that `proposed` is made when the import is confirmed.
    closing, closing_day: the balance the file states, in minor units. balance, day: what the user says the
    balance is at the end of that day, for the opening balance; None asks for nothing.
    """

    key: TargetKey
    count: int
    account: Id | None
    proposed: Account
    closing: int | None = None
    closing_day: date | None = None
    balance: int | None = None
    day: date | None = None


class Difference(NamedTuple):
    """Something the file states of itself that its rows do not come to."""

    text: Sentence


@dataclass(slots=True)
class Preview:
    """An import as it would be written; the user changes ticked, categories and targets, then confirms it.

    known_since: when this very file was imported whole already, else None. ticked: rows to be written.
    legs: transfers of which one leg is there.
    categories: what the user chose instead of the proposals, by row.
    """

    file: str
    statement: Statement
    rows: list[PreviewRow]
    targets: dict[TargetKey, Target]
    ticked: set[int]
    legs: dict[int, Leg] = field(default_factory=dict)
    known_since: datetime | None = None
    differences: tuple[Difference, ...] = ()
    categories: dict[int, Id | None] = field(default_factory=dict)

    def left_out(self) -> tuple[int, int, int]:
        """Return how many rows are not written: there already, skipped by the file or the user, problems."""
        left = [row.verdict for row in self.rows if row.row not in self.ticked]
        known = left.count(Verdict.KNOWN) + left.count(Verdict.TWIN)
        problems = left.count(Verdict.PROBLEM)
        return known, len(left) - known - problems, problems

    def counts(self) -> dict[Verdict, int]:
        """Return how many rows have each verdict."""
        counts = dict.fromkeys(Verdict, 0)
        for row in self.rows:
            counts[row.verdict] += 1
        return counts


class Imported(NamedTuple):
    """What an import has done. change: number of the change set, 0 when nothing was written."""

    file: str
    new: int
    changed: int
    known: int
    skipped: int
    problems: int
    change: int


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """An import in the list of imports. change: number of the change set that undoing it takes back."""

    change: int
    file: str
    importer: str
    format: str
    rows: int
    new: int
    at: datetime
    undone: bool
