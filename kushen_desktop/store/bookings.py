"""How the value of a transaction becomes rows: postings, tags, what lists need, and the search index."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import Connection

from kushen_desktop.domain.folding import grams
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Posting, Role, Shape, shape_of
from kushen_desktop.store.rids import Rids
from kushen_desktop.store.schema import BULK_SUMS, INSERT_TRIGGERS

# From this many rows on, one grouped sum is cheaper than a trigger a row.
BULK = 500
# So many rows are made, inserted and logged before the next: they stay in the processor's cache.
PART = 2_000


class Booking(NamedTuple):
    """The whole value of a transaction as the log keeps it. tags: ids of tags."""

    id: Id
    day: int
    sec: int | None
    payee: Id | None
    status: int
    text: str
    note: str
    refunds: Id | None
    review: str
    tags: tuple[Id, ...]
    postings: tuple[Posting, ...]
    state: int = 0


class Derived(NamedTuple):
    """What a list shows of the postings, so that it reads one table; rids, 0 for none."""

    account: int
    other: int
    category: int
    amount: int
    shape: int


def derived(postings: Sequence[Posting], accounts: dict[bytes, int], categories: dict[bytes, int]) -> Derived:
    """Return what lists show of these postings: amount is that of the first posting's account."""
    if not postings:
        return Derived(0, 0, 0, 0, Shape.SIMPLE)
    first = postings[0]
    if len(postings) == 1:
        category = categories[first.category] if first.category else 0
        shape = Shape.TRANSFER if first.role is Role.TRANSFER else Shape.SIMPLE
        return Derived(accounts[first.account], 0, category, first.amount, shape)
    amount = sum(posting.amount for posting in postings if posting.account == first.account)
    others = [posting.account for posting in postings if posting.account != first.account]
    kinds = {posting.category for posting in postings if posting.role in _COUNTED}
    only = kinds.pop() if len(kinds) == 1 else None
    return Derived(
        accounts[first.account],
        accounts[others[0]] if others else 0,
        categories[only] if only else 0,
        amount,
        shape_of(tuple(postings)),
    )


_COUNTED = frozenset({Role.FLOW, Role.REFUND})


class EvidenceRow(NamedTuple):
    """A line of a statement behind a transaction. ref: the id by which its source knows it."""

    row: int
    tx: Id
    status: str
    ref: str


# The driver looks for an adapter for every None and every bytes, which doubles the time of an insert:
# so ids go in as bytearray, and "nothing" as a number that nullif turns back.
_TX = (
    "INSERT INTO tx(rid, id, state, day, sec, payee, status, text, note, refunds, review,"
    " account, other, category, amount, shape) VALUES(?,?,?,?,nullif(?,-1),nullif(?,0),?,?,?,nullif(?,0),?,"
    "nullif(?,0),nullif(?,0),nullif(?,0),?,?)"
)
_POSTING = (
    "INSERT INTO posting(tx, day, live, account, amount, category, role, memo)"
    " VALUES(?,?,?,?,?,nullif(?,0),?,?)"
)


@contextmanager
def summed_at_once(connection: Connection, *, bulk: bool) -> Iterator[None]:
    """Insert within this with one grouped sum at the end instead of a trigger a row, if bulk."""
    if not bulk:
        yield
        return
    last = {name: last_rid(connection, name) for name in ("tx", "posting")}
    for name in INSERT_TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for statement in BULK_SUMS:
        connection.exec_driver_sql(statement, last)
    for name, body in INSERT_TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")


def last_rid(connection: Connection, table: str) -> int:
    """Return the highest rid of a table, 0 when it is empty."""
    return int(connection.exec_driver_sql(f"SELECT coalesce(max(rid), 0) FROM {table}").scalar_one())


def insert(connection: Connection, rids: Rids, bookings: Sequence[Booking]) -> int:
    """Insert transactions with everything derived from them; return the rid of the first."""
    first = last_rid(connection, "tx") + 1
    _insert_rows(connection, rids, bookings, first)
    return first


def _insert_rows(connection: Connection, rids: Rids, bookings: Sequence[Booking], first: int) -> None:
    accounts = rids.held(connection, "account")
    categories = rids.held(connection, "category")
    payees = rids.held(connection, "payee")
    txs, postings, searches = [], [], []
    for rid, one in enumerate(bookings, first):
        payee = payees[one.payee] if one.payee else 0
        refunds = rids.rid(connection, "tx", one.refunds) or 0 if one.refunds else 0
        account, other, category, amount, shape = derived(one.postings, accounts, categories)
        txs.append(
            (rid, bytearray(one.id), one.state, one.day, -1 if one.sec is None else one.sec, payee,
             one.status, one.text, one.note, refunds, one.review, account, other, category, amount,
             int(shape))
        )  # fmt: skip
        postings += _posting_rows(
            rid,
            one.day,
            int(one.state == 0),
            one.postings,
            accounts=accounts,
            categories=categories,
        )
        if one.text or one.note:
            searches.append((rid, grams(f"{one.text} {one.note}")))
    connection.exec_driver_sql(_TX, txs)
    if postings:
        connection.exec_driver_sql(_POSTING, postings)
    if searches:
        connection.exec_driver_sql("INSERT INTO search(rowid, grams) VALUES(?,?)", searches)
    tags = [
        (rid, rids.held(connection, "tag")[tag])
        for rid, one in enumerate(bookings, first)
        for tag in one.tags
    ]
    if tags:
        connection.exec_driver_sql("INSERT INTO tx_tag(tx, tag) VALUES(?,?)", tags)


def _posting_rows(
    tx: int,
    day: int,
    live: int,
    postings: Sequence[Posting],
    *,
    accounts: dict[bytes, int],
    categories: dict[bytes, int],
) -> list[tuple[int, int, int, int, int, int, int, str]]:
    return [
        (tx, day, live, accounts[line.account], line.amount,
         categories[line.category] if line.category else 0, int(line.role), line.memo)
        for line in postings
    ]  # fmt: skip


def postings_of(connection: Connection, rids: Rids, tx: int) -> tuple[Posting, ...]:
    """Return the postings of a transaction in their order."""
    rows = connection.exec_driver_sql(
        "SELECT account, amount, category, role, memo FROM posting WHERE tx=? ORDER BY rid", (tx,)
    )
    return tuple(
        Posting(
            rids.id(connection, "account", row.account) or Id(b""),
            row.amount,
            rids.id(connection, "category", row.category),
            Role(row.role),
            row.memo,
        )
        for row in rows
    )


def tags_of(connection: Connection, rids: Rids, tx: int) -> tuple[Id, ...]:
    """Return the ids of a transaction's tags in a fixed order."""
    rows = connection.exec_driver_sql("SELECT tag FROM tx_tag WHERE tx=?", (tx,))
    found = (rids.id(connection, "tag", row.tag) for row in rows)
    return tuple(sorted(id_ for id_ in found if id_ is not None))


def set_postings(connection: Connection, rids: Rids, tx: int, postings: Sequence[Posting]) -> None:
    """Replace the postings of a transaction."""
    accounts = rids.held(connection, "account")
    categories = rids.held(connection, "category")
    day, state = connection.exec_driver_sql("SELECT day, state FROM tx WHERE rid=?", (tx,)).one()
    connection.exec_driver_sql("DELETE FROM posting WHERE tx=?", (tx,))
    connection.exec_driver_sql(
        _POSTING, _posting_rows(tx, day, int(state == 0), postings, accounts=accounts, categories=categories)
    )
    connection.exec_driver_sql(
        "UPDATE tx SET account=nullif(?,0), other=nullif(?,0), category=nullif(?,0), amount=?, shape=?"
        " WHERE rid=?",
        (*derived(postings, accounts, categories), tx),
    )


def set_tags(connection: Connection, rids: Rids, tx: int, tags: Sequence[Id]) -> None:
    """Replace the tags of a transaction."""
    connection.exec_driver_sql("DELETE FROM tx_tag WHERE tx=?", (tx,))
    rows = [(tx, rids.held(connection, "tag")[tag]) for tag in tags]
    if rows:
        connection.exec_driver_sql("INSERT INTO tx_tag(tx, tag) VALUES(?,?)", rows)


def refresh(connection: Connection, tx: int, field: str) -> None:
    """Bring what is derived from one field of a transaction up to date."""
    if field == "day":
        connection.exec_driver_sql(
            "UPDATE posting SET day=(SELECT day FROM tx WHERE rid=:tx) WHERE tx=:tx", {"tx": tx}
        )
    elif field == "state":
        connection.exec_driver_sql(
            "UPDATE posting SET live=((SELECT state FROM tx WHERE rid=:tx)=0) WHERE tx=:tx", {"tx": tx}
        )
    elif field in {"text", "note"}:
        text, note = connection.exec_driver_sql("SELECT text, note FROM tx WHERE rid=?", (tx,)).one()
        connection.exec_driver_sql("DELETE FROM search WHERE rowid=?", (tx,))
        if text or note:
            connection.exec_driver_sql(
                "INSERT INTO search(rowid, grams) VALUES(?,?)", (tx, grams(f"{text} {note}"))
            )
