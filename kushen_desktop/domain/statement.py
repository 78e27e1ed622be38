"""What an importer gives: entries, skipped rows, problems, and what the file says of itself."""

import datetime as dt
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from kushen_desktop.domain.sentences import Sentence

Raw = dict[str, str] | str
RAW_CHUNK = 256


class Kind(StrEnum):
    """What an entry is; derived from type, status and text, not from the direction alone."""

    EXPENSE = "expense"
    INCOME = "income"
    TRANSFER = "transfer"
    REFUND = "refund"
    INTEREST = "interest"
    FEE = "fee"
    HOLD = "hold"
    UNKNOWN = "unknown"


class EntryStatus(StrEnum):
    """Whether the money has moved."""

    BOOKED = "booked"
    PENDING = "pending"


class Entry(NamedTuple):
    """One record of a statement that concerns the ledger.

    row: ordinal of the record in the file, from 1. account: number, tail or name as the file gives it,
    "" where it gives none. amount: major units, seen from that account, negative when money leaves; holds
    are signed like an expense. fee: positive, already contained in amount. counter: the other own account
    of a transfer as the file names it. ids: (name, value), e.g. ("order", "2026…"), ("merchant", "…").
    identity: what makes this record itself on every later download, chosen by the importer; row order and
    status have no part in it. source_status: the file's own word. category: the source's own category.
    refunds: the value of the id of the purchase that this refund gives back, "" where unknown.
    review: why a person should look at it, None where nothing is doubtful.
    """

    row: int
    account: str
    currency: str
    date: dt.date
    amount: Decimal
    kind: Kind
    identity: tuple[str, ...]
    time: dt.time | None = None
    fee: Decimal | None = None
    payee: str = ""
    text: str = ""
    method: str = ""
    status: EntryStatus = EntryStatus.BOOKED
    source_status: str = ""
    ids: tuple[tuple[str, str], ...] = ()
    category: str = ""
    counter: str = ""
    refunds: str = ""
    note: str = ""
    review: Sentence | None = None


class Skipped(NamedTuple):
    """A record that is no money of its own, and why."""

    row: int
    reason: Sentence


class Problem(NamedTuple):
    """A record that could not be read, and why. Problems in a user's file are values, not exceptions."""

    row: int
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Stated:
    """What the file says of itself for one account and currency; None where it says nothing.

    count: records; incoming and outgoing: sums, both positive; opening and closing: balances, in major units.
    """

    account: str
    currency: str
    count: int | None = None
    incoming: Decimal | None = None
    outgoing: Decimal | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None
    closing_date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Count, in and out over all records by the file's own direction: plain sums, both positive.

    Balances, totals, repeated headings and securities among the records are not counted.
    """

    count: int
    incoming: Decimal
    outgoing: Decimal


class RawRows:
    """The untouched records, compressed in chunks of RAW_CHUNK rows; row numbers start at 1."""

    def __init__(self, chunks: tuple[bytes, ...], count: int) -> None:
        self.chunks = chunks
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Raw]:
        for chunk in self.chunks:
            yield from unpacked(chunk)

    def __getitem__(self, row: int) -> Raw:
        """Return the record with this ordinal, from 1."""
        if not 1 <= row <= self._count:
            raise IndexError(row)
        chunk, place = divmod(row - 1, RAW_CHUNK)
        return unpacked(self.chunks[chunk])[place]


def packed(rows: list[Raw]) -> bytes:
    """Return up to RAW_CHUNK records as one compressed chunk (zlib over JSON)."""
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpacked(chunk: bytes) -> list[Raw]:
    """Return the records of a chunk."""
    rows: list[Raw] = json.loads(zlib.decompress(chunk))
    return rows


@dataclass(frozen=True, slots=True)
class Statement:
    """One file, read. Every row is exactly one of entries, skipped and problems.

    importer: the importer's name, also the institution in keys. format: the layout, e.g. "alipay-app-csv".
    questions: what a person must decide where two readings remain, e.g. the order of day and month.
    """

    importer: str
    format: str
    encoding: str
    rows_read: int
    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[Problem, ...]
    stated: tuple[Stated, ...]
    totals: Totals
    raws: RawRows
    owner: str = ""
    notes: tuple[Sentence, ...] = ()
    questions: tuple["Question", ...] = ()
    sha256: bytes = b""
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something the file leaves open: the importer took `taken`, the person may choose another answer.

    name: key of the option to pass back to the reader; answers: values it may have, each with its wording.
    """

    name: str
    text: Sentence
    answers: tuple[tuple[str, Sentence], ...]
    taken: str
    context: tuple[str, ...] = field(default=())
