"""Lists in an order of the user's choice, whole lists of ids, and the places of transactions in a list."""

from array import array
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection

from kushen_desktop.domain.ids import Id
from kushen_desktop.services.search import Condition

NEWEST = "tx.day DESC, tx.sec DESC, tx.rid DESC"
# What a list can be ordered by; payees, categories and accounts by their folded or written name.
_ORDERS = {
    "date": "tx.day {way}, tx.sec {way}, tx.rid {way}",
    "time": "tx.sec {way}",
    "payee": "(SELECT payee.folded FROM payee WHERE payee.rid=tx.payee) {way}",
    "text": "tx.text {way}",
    "note": "tx.note {way}",
    "category": "(SELECT category.position FROM category WHERE category.rid=tx.category) {way}",
    "account": "(SELECT account.name FROM account WHERE account.rid=tx.account) {way}",
    "status": "tx.review<>'' {way}, tx.status {way}",
    "amount": "tx.amount {way}",
}
_CHUNK = 500


def ordered(connection: Connection, wanted: Condition, by: str, *, descending: bool) -> Sequence[int]:
    """Return the rids of what a condition finds in this order, eight bytes each: any place is then one step.

    by: a key of _ORDERS, as the window names its columns; within equals the newest come first.
    """
    order = _ORDERS[by].format(way="DESC" if descending else "ASC")
    rows = connection.exec_driver_sql(
        f"SELECT tx.rid FROM tx WHERE {wanted.sql} ORDER BY {order}, {NEWEST}", wanted.bound
    )
    return array("q", rows.scalars())


def ids(connection: Connection, wanted: Condition, order: Sequence[int] | None) -> Iterator[Id]:
    """Yield the ids of all that a condition finds, in the list's order."""
    if order is not None:
        yield from _ids_of(connection, order)
        return
    rows = connection.exec_driver_sql(
        f"SELECT tx.id FROM tx WHERE {wanted.sql} ORDER BY {NEWEST}", wanted.bound
    )
    for id_ in rows.scalars():
        yield Id(bytes(id_))


def places(
    connection: Connection, wanted: Condition, order: Sequence[int] | None, of: Collection[Id]
) -> dict[Id, int]:
    """Return the places in the list of those of these transactions that are in it."""
    left = set(of)
    found: dict[Id, int] = {}
    for place, id_ in enumerate(ids(connection, wanted, order)):
        if not left:
            break
        if id_ in left:
            left.discard(id_)
            found[id_] = place
    return found


def _ids_of(connection: Connection, order: Sequence[int]) -> Iterator[Id]:
    for first in range(0, len(order), _CHUNK):
        part = order[first : first + _CHUNK]
        marks = ",".join(map(str, part))
        rows = connection.exec_driver_sql(f"SELECT rid, id FROM tx WHERE rid IN ({marks})")
        by_rid = {row.rid: Id(bytes(row.id)) for row in rows}
        yield from (by_rid[rid] for rid in part if rid in by_rid)
