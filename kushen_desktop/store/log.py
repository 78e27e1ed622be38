"""The change log: one change set for each action, its cells in compressed segments."""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from kushen_desktop.domain import calendar
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Posting, Role
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.store import columns
from kushen_desktop.store.bookings import Booking
from kushen_desktop.store.tables import Synced

Value = int | str | bytes | None | tuple[Id, ...] | tuple[Posting, ...]
_ROWS_A_SEGMENT = 1_000
_SCHEMA = 1


@dataclass(slots=True)
class Cell:
    """One field of one row, before and after."""

    table: str
    id: Id
    field: str
    before: Value
    after: Value


def encoded(value: Value) -> object:
    """Return a value as JSON can hold it: bytes as hex, postings and tags as lists."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple):
        return [_encoded_item(item) for item in value]
    return value


def _encoded_item(item: Id | Posting) -> object:
    if isinstance(item, bytes):
        return item.hex()
    category = None if item.category is None else item.category.hex()
    return [item.account.hex(), item.amount, category, int(item.role), item.memo]


def decoded(spec: Synced, name: str, value: object) -> Value:
    """Return a value of this field from what JSON held."""
    if name == "postings" and isinstance(value, list):
        return tuple(
            Posting(
                Id(bytes.fromhex(account)),
                amount,
                None if category is None else Id(bytes.fromhex(category)),
                Role(role),
                memo,
            )
            for account, amount, category, role, memo in value
        )
    if name == "tags" and isinstance(value, list):
        return tuple(Id(bytes.fromhex(tag)) for tag in value)
    if isinstance(value, str) and name in spec.binary:
        return bytes.fromhex(value)
    if value is None or isinstance(value, int | str):
        return value
    raise TypeError(name)


@dataclass(slots=True)
class Log:
    """What one change set has changed so far.

    added: for each table the values of new rows, in the order of its fields, the id first. booked: new
    transactions, in segments already, and bookings how many. moved: rows that
    an undo or redo withdrew or revived; they are named by the root of the change set, not one by one.
    """

    added: dict[str, list[list[object]]] = field(default_factory=dict)
    booked: list[bytes] = field(default_factory=list)
    bookings: int = 0
    cells: list[Cell] = field(default_factory=list)
    born: list[tuple[int, int, int]] = field(default_factory=list)
    moved: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.booked or self.cells or self.moved)

    def book(self, rows: Sequence[Booking]) -> None:
        """Note new transactions."""
        self.booked.append(_packed({"book": columns.folded(rows)}))
        self.bookings += len(rows)

    def rows(self) -> int:
        """Return how many rows are new or changed."""
        changed = {(cell.table, cell.id) for cell in self.cells}
        new = sum(len(rows) for table, rows in self.added.items() if table != "evidence")
        return new + self.bookings + len(changed) + self.moved

    def segments(self) -> Iterator[bytes]:
        """Yield the compressed parts of the log."""
        for table, rows in self.added.items():
            for start in range(0, len(rows), _ROWS_A_SEGMENT):
                yield _packed({"add": table, "rows": rows[start : start + _ROWS_A_SEGMENT]})
        yield from self.booked
        for start in range(0, len(self.cells), _ROWS_A_SEGMENT):
            part = self.cells[start : start + _ROWS_A_SEGMENT]
            yield _packed(
                {"set": [[c.table, c.id.hex(), c.field, encoded(c.before), encoded(c.after)] for c in part]}
            )

    def write(self, connection: Connection, seq: int, title: Sentence, root: int, undoes: int | None) -> None:
        """Append this change set to the log of the vault."""
        device = bytes.fromhex(_meta(connection, "device"))
        ctr = connection.exec_driver_sql("SELECT coalesce(max(ctr), 0)+1 FROM change").scalar_one()
        now = int(calendar.now() * 1000)
        connection.exec_driver_sql(
            "INSERT INTO change(seq, device, ctr, hlc, schema, title, params, at, rows, root, undoes)"
            " VALUES(?,?,?,?,?,?,?,?,?,?,?)",
            (seq, device, ctr, _stamped(connection, now), _SCHEMA, title.text,
             json.dumps(title.params, ensure_ascii=False), now, self.rows(), root, undoes),
        )  # fmt: skip
        parts = [(seq, ord_, body) for ord_, body in enumerate(self.segments())]
        if parts:
            connection.exec_driver_sql("INSERT INTO segment(change, ord, body) VALUES(?,?,?)", parts)
        if self.born:
            connection.exec_driver_sql(
                "INSERT INTO born(change, tab, first, last) VALUES(?,?,?,?)",
                [(seq, *range_) for range_ in self.born],
            )


def _packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def _meta(connection: Connection, name: str) -> str:
    return str(connection.exec_driver_sql("SELECT value FROM meta WHERE name=?", (name,)).scalar_one())


def _stamped(connection: Connection, now: int) -> int:
    """Return the hybrid logical time: 48 bits of milliseconds, 16 of counter, never going back."""
    last = connection.exec_driver_sql("SELECT coalesce(max(hlc), 0) FROM change").scalar_one()
    return max(now << 16, int(last) + 1)


def booked(connection: Connection, seq: int) -> Iterator[Booking]:
    """Yield the transactions that a change set booked, as they were then."""
    for part in _parts(connection, seq):
        if "book" in part:
            yield from columns.unfolded(part["book"])


def cells(connection: Connection, seq: int, specs: dict[str, Synced]) -> Iterator[Cell]:
    """Yield the cells that a change set changed in rows that were there before."""
    for part in _parts(connection, seq):
        for table, id_, name, before, after in part.get("set", ()):
            spec = specs[table]
            yield Cell(
                table, Id(bytes.fromhex(id_)), name, decoded(spec, name, before), decoded(spec, name, after)
            )


def _parts(connection: Connection, seq: int) -> Iterator[dict]:  # type: ignore[type-arg]  # JSON of ours
    bodies = connection.exec_driver_sql("SELECT body FROM segment WHERE change=? ORDER BY ord", (seq,))
    for body in bodies.scalars().all():
        yield json.loads(zlib.decompress(body))
