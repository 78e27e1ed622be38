"""Pages of a list: a few hundred rows from any place, however long the list is."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row as SqlRow

from kushen_desktop.domain.calendar import day_of, time_of
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Row, Shape, Status
from kushen_desktop.services.search import Condition

_COLUMNS = (
    "tx.id, tx.day, tx.sec, payee.name AS payee, tx.text, tx.note, account.id AS account,"
    " other.id AS other, category.id AS category, tx.amount, account.currency, tx.shape, tx.status, tx.review"
    " FROM tx LEFT JOIN payee ON payee.rid=tx.payee LEFT JOIN account ON account.rid=tx.account"
    " LEFT JOIN account AS other ON other.rid=tx.other LEFT JOIN category ON category.rid=tx.category"
)
_ROWS = f"SELECT {_COLUMNS}"
_ORDER = "ORDER BY tx.day DESC, tx.sec DESC, tx.rid DESC"

# Months with few finds are read together, by the index that found them.
_FEW = 2_000


class Place(NamedTuple):
    """Rows of a list: months (yyyymm, newest first) that hold them, and which of these months' finds."""

    months: tuple[int, ...]
    first: int
    limit: int

    def bound(self) -> dict[str, int]:
        """Return what the queries below bind."""
        low, high = self.months[-1] * 100, self.months[0] * 100 + 99
        return {"low": low, "high": high, "first": self.first, "limit": self.limit}


def page(
    connection: Connection, wanted: Condition, months: Sequence[tuple[int, int]], first: int, count: int
) -> tuple[Row, ...]:
    """Return so many rows from a place on, newest first; months: (yyyymm, finds), newest first."""
    rows: list[Row] = []
    for span, n in _spans(months, together=wanted.led):
        if first >= n:
            first -= n
            continue
        place = Place(span, first, count - len(rows))
        read = _few if len(span) > 1 else _month
        rows += read(connection, wanted, place)
        first = 0
        if len(rows) >= count:
            break
    return tuple(rows)


def _spans(months: Sequence[tuple[int, int]], *, together: bool) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield months with how many finds they hold: one by one, or together where they hold few."""
    span: list[int] = []
    total = 0
    for month, n in months:
        if span and (not together or total + n > _FEW):
            yield tuple(span), total
            span, total = [], 0
        span.append(month)
        total += n
    if span:
        yield tuple(span), total


def _month(connection: Connection, wanted: Condition, place: Place) -> list[Row]:
    """Return rows of one month: the kept counts lead to it, so only its own rows are passed over."""
    inner = (
        f"SELECT tx.rid FROM tx INDEXED BY tx_day WHERE {wanted.sql} AND tx.day BETWEEN :low AND :high"
        f" {_ORDER} LIMIT :limit OFFSET :first"
    )
    rows = connection.exec_driver_sql(
        f"{_ROWS} WHERE tx.rid IN ({inner}) {_ORDER}", {**wanted.bound, **place.bound()}
    )
    return [_row(row) for row in rows]


def _few(connection: Connection, wanted: Condition, place: Place) -> list[Row]:
    """Return rows of several months that hold few."""
    parts = " UNION ALL ".join(
        f"SELECT tx.rid, tx.day, tx.sec FROM tx {part.source} WHERE {part.sql}"
        " AND tx.day BETWEEN :low AND :high"
        for part in wanted.parts
    )
    inner = f"SELECT rid FROM ({parts}) ORDER BY day DESC, sec DESC, rid DESC LIMIT :limit OFFSET :first"
    rows = connection.exec_driver_sql(
        f"{_ROWS} WHERE tx.rid IN ({inner}) {_ORDER}", {**wanted.bound, **place.bound()}
    )
    return [_row(row) for row in rows]


def listed(connection: Connection, rids: Sequence[int]) -> tuple[Row, ...]:
    """Return the rows of these rids in their order."""
    rows = connection.exec_driver_sql(
        f"SELECT tx.rid, {_COLUMNS} WHERE tx.rid IN ({','.join(map(str, rids))})"
    )
    by_rid = {row.rid: _row(row) for row in rows}
    return tuple(by_rid[rid] for rid in rids if rid in by_rid)


def _row(row: SqlRow[Any]) -> Row:
    return Row(
        Id(bytes(row.id)),
        day_of(row.day),
        None if row.sec is None else time_of(row.sec),
        row.payee or "",
        row.text,
        row.note,
        Id(bytes(row.account or b"")),
        None if row.other is None else Id(bytes(row.other)),
        None if row.category is None else Id(bytes(row.category)),
        row.amount,
        row.currency or "",
        Shape(row.shape),
        Status(row.status),
        row.review,
    )
