"""Transactions: lists of any length, one in full, add, edit, delete – one or thousands at once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from sqlalchemy import Connection, Row as SqlRow

from kushen_desktop.domain.calendar import day_number, day_of, second_number, time_of
from kushen_desktop.domain.ids import Id, new_id
from kushen_desktop.domain.ledger import (
    Evidence,
    NewTransaction,
    OtherCurrencyError,
    Posting,
    Role,
    Row,
    Shape,
    State,
    Status,
    Transaction,
    UnbalancedError,
    UnknownTransactionError,
)
from kushen_desktop.domain.query import parse
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.i18n import N_, _
from kushen_desktop.services import evidence, listing, paging
from kushen_desktop.services.accounts import accounts_in
from kushen_desktop.services.edit_titles import edit_title
from kushen_desktop.services.payees import ensure_payees, ensure_tags
from kushen_desktop.services.search import Condition, by_month, condition
from kushen_desktop.store.bookings import Booking
from kushen_desktop.store.log import Value
from kushen_desktop.store.tables import PAYEE, TX
from kushen_desktop.store.vault import Vault
from kushen_desktop.store.work import Work

# Fields of an edit whose new value depends on what each transaction holds.
_OF_EACH = {"category", "account", "add_tags"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: how many in each month (yyyymm), newest first; pass it back for its rows.

    order: the rids in another order, when ordered() made one.
    """

    text: str
    count: int
    months: tuple[tuple[int, int], ...]
    condition: Condition
    order: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """What the transactions found come to in one currency; minor units, outgoing negative."""

    currency: str
    count: int
    incoming: int
    outgoing: int


class Transactions:
    """The transactions of a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def find(self, untrusted_text: str = "") -> Found:
        """Return what a search finds ("" finds all), counted by month; raises QueryError."""
        query = parse(untrusted_text)
        with self._vault.read() as connection:
            wanted = condition(connection, query)
            if query.terms:
                months = by_month(connection, wanted)
            else:
                rows = connection.exec_driver_sql("SELECT month, n FROM tx_month WHERE n>0 ORDER BY 1 DESC")
                months = tuple((row[0], row[1]) for row in rows)
        return Found(untrusted_text, sum(n for _, n in months), months, wanted)

    def rows(self, found: Found, first: int, count: int) -> tuple[Row, ...]:
        """Return so many rows from this place on, newest first or in the order of ordered()."""
        with self._vault.read() as connection:
            if found.order is not None:
                return paging.listed(connection, found.order[first : first + count])
            return paging.page(connection, found.condition, found.months, first, count)

    def ordered(self, found: Found, by: str, *, descending: bool) -> Found:
        """Return what was found in another order: by a column of the window, as services.listing names it."""
        with self._vault.read() as connection:
            order = listing.ordered(connection, found.condition, by, descending=descending)
        return replace(found, count=len(order), order=order)

    def ids(self, found: Found) -> tuple[Id, ...]:
        """Return the ids of everything found, in its order."""
        with self._vault.read() as connection:
            return tuple(listing.ids(connection, found.condition, found.order))

    def places(self, found: Found, ids: Collection[Id]) -> dict[Id, int]:
        """Return the places of many transactions in what was found, of those that are in it."""
        with self._vault.read() as connection:
            return listing.places(connection, found.condition, found.order, ids)

    def place(self, found: Found, id_: Id) -> int | None:
        """Return the place of a transaction in what was found, None when it is not there."""
        with self._vault.read() as connection:
            here = connection.exec_driver_sql("SELECT day, sec, rid FROM tx WHERE id=?", (id_,)).one_or_none()
            if here is None:
                return None
            if found.order is not None:
                return found.order.index(here.rid) if here.rid in found.order else None
            before = sum(n for month, n in found.months if month > here.day // 100)
            bound = {**found.condition.bound, "day": here.day, "sec": here.sec, "rid": here.rid}
            within = connection.exec_driver_sql(
                f"SELECT count(*), sum(tx.rid=:rid) FROM tx WHERE {found.condition.sql}"
                " AND tx.day BETWEEN :day AND :day/100*100+99"
                " AND (tx.day, coalesce(tx.sec, -1), tx.rid)>=(:day, coalesce(:sec, -1), :rid)",
                bound,
            ).one()
        return before + within[0] - 1 if within[1] else None

    def sums(self, found: Found) -> tuple[Sum, ...]:
        """Return what is found in money, by currency; transfers count on neither side."""
        with self._vault.read() as connection:
            # The plus keeps SQLite from walking all accounts by index only to group what was found.
            rows = connection.exec_driver_sql(
                "SELECT account.currency, sum(n) AS n, sum(incoming) AS incoming, sum(outgoing) AS outgoing"
                " FROM (SELECT tx.account, count(*) AS n,"
                f" sum(CASE WHEN tx.shape<>{Shape.TRANSFER:d} THEN max(tx.amount, 0) ELSE 0 END) AS incoming,"
                f" sum(CASE WHEN tx.shape<>{Shape.TRANSFER:d} THEN min(tx.amount, 0) ELSE 0 END) AS outgoing"
                f" FROM tx WHERE {found.condition.sql} GROUP BY +tx.account) AS found"
                " JOIN account ON account.rid=found.account GROUP BY 1 ORDER BY 2 DESC",
                found.condition.bound,
            )
            return tuple(Sum(row.currency, row.n, row.incoming, row.outgoing) for row in rows)

    def get(self, id_: Id) -> Transaction:
        """Return one transaction and the statement lines behind it; raises UnknownTransactionError."""
        with self._vault.read() as connection:
            row = connection.exec_driver_sql(
                "SELECT tx.*, payee.name AS payee_name, refunded.id AS refunded FROM tx"
                " LEFT JOIN payee ON payee.rid=tx.payee LEFT JOIN tx AS refunded ON refunded.rid=tx.refunds"
                " WHERE tx.id=? AND tx.state=0",
                (id_,),
            ).one_or_none()
            if row is None:
                raise UnknownTransactionError
            return _transaction(row, _postings(connection, row.rid), _tags(connection, row.rid),
                                evidence.behind(connection, row.rid))  # fmt: skip

    def add(self, new: NewTransaction) -> Id:
        """Book a transaction; return its id; raises UnbalancedError."""
        with self._vault.work(Sentence.of(N_("“{payee}” added"), payee=new.payee or "–")) as work:
            return add_transactions(work, [new])[0]

    def edit(self, ids: Sequence[Id], **fields: Any) -> int:
        """Change fields, named as in NewTransaction, of any number of transactions; return how many.

        category= gives every flow of them this category (None takes it away) and is remembered for
        the payee; account= moves simple ones; add_tags= leaves the tags that are there. Raises
        UnbalancedError, OtherCurrencyError.
        """
        with self._vault.work(edit_title(len(ids), fields)) as work:
            edit_transactions(work, ids, fields)
        return len(ids)

    def delete(self, ids: Sequence[Id]) -> int:
        """Delete transactions; an import of the same file does not bring them back unasked."""
        with self._vault.work(Sentence.of(N_("{count} deleted"), count=len(ids))) as work:
            work.set_cells(TX, [(id_, "state", int(State.DELETED)) for id_ in ids])
        return len(ids)


def booking(new: NewTransaction, payees: dict[str, Id], tags: dict[str, Id]) -> Booking:
    """Return the value the store keeps for a transaction."""
    return Booking(
        new.id or new_id(),
        day_number(new.day),
        None if new.time is None else second_number(new.time),
        payees.get(new.payee),
        int(new.status),
        new.text,
        new.note,
        new.refunds,
        new.review,
        tuple(sorted({tags[tag] for tag in new.tags if tag.strip()})),
        new.postings,
    )


def add_transactions(work: Work, new: Sequence[NewTransaction]) -> list[Id]:
    """Book transactions within a unit of work; return their ids; raises UnbalancedError."""
    for one in new:
        checked(one.postings)
    payees = ensure_payees(work, (one.payee for one in new))
    tags = ensure_tags(work, (tag for one in new for tag in one.tags))
    rows = [booking(one, payees, tags) for one in new]
    work.add_bookings(rows)
    return [row.id for row in rows]


def checked(postings: Sequence[Posting]) -> None:
    """Raise UnbalancedError when postings make no sense together."""
    if not postings:
        raise UnbalancedError(reason="0")
    moved = [posting for posting in postings if posting.role is Role.TRANSFER]
    if len(moved) == 2 and moved[0].account == moved[1].account:
        raise UnbalancedError(reason=_("a transfer needs two accounts"))


def edit_transactions(work: Work, ids: Sequence[Id], fields: dict[str, Any]) -> None:
    """Change fields of transactions within a unit of work."""
    cells: list[tuple[Id, str, Value]] = []
    simple = {name: value for name, value in fields.items() if name not in _OF_EACH}
    for name, value in _stored(work, simple).items():
        cells += [(id_, name, value) for id_ in ids]
    if "category" in fields or "account" in fields:
        cells += _moved(work, ids, fields)
    if "add_tags" in fields:
        cells += _tagged(work, ids, fields["add_tags"])
    work.set_cells(TX, cells)
    if fields.get("category") is not None:
        _remember(work, ids, fields["category"])


def _stored(work: Work, fields: dict[str, Any]) -> dict[str, Value]:
    stored: dict[str, Value] = {}
    for name, value in fields.items():
        match name, value:
            case "day", date():
                stored["day"] = day_number(value)
            case "time", _:
                stored["sec"] = second_number(value) if isinstance(value, time) else None
            case "payee", str():
                stored["payee"] = ensure_payees(work, [value]).get(value)
            case "tags", _:
                stored["tags"] = tuple(sorted(set(ensure_tags(work, value).values())))
            case "status", _:
                stored["status"] = int(value)
            case "postings", _:
                checked(value)
                stored["postings"] = tuple(value)
            case (("text" | "note" | "review" | "refunds"), _):
                stored[name] = value
            case _:
                raise TypeError(name)
    return stored


def _moved(work: Work, ids: Sequence[Id], fields: dict[str, Any]) -> Iterable[tuple[Id, str, Value]]:
    accounts = accounts_in(work.connection) if "account" in fields else {}
    for id_, rid in work.rids.many(work.connection, "tx", ids).items():
        before = work.value(TX, rid, "postings")
        lines = [line for line in before if isinstance(line, Posting)] if isinstance(before, tuple) else []
        if "category" in fields:
            lines = [
                replace(line, category=fields["category"]) if line.role in {Role.FLOW, Role.REFUND} else line
                for line in lines
            ]
        if "account" in fields and len({line.account for line in lines}) == 1:
            here, there = accounts[lines[0].account], accounts[fields["account"]]
            if here.currency != there.currency:
                raise OtherCurrencyError(
                    currencies=here.currency, account=there.name, currency=there.currency
                )
            lines = [replace(line, account=there.id) for line in lines]
        yield Id(id_), "postings", tuple(lines)


def _tagged(work: Work, ids: Sequence[Id], names: Iterable[str]) -> Iterable[tuple[Id, str, Value]]:
    more = set(ensure_tags(work, names).values())
    for id_, rid in work.rids.many(work.connection, "tx", ids).items():
        before = work.value(TX, rid, "tags")
        there = {tag for tag in before if isinstance(tag, bytes)} if isinstance(before, tuple) else set()
        yield Id(id_), "tags", tuple(sorted(there | more))


def _remember(work: Work, ids: Sequence[Id], category: Id) -> None:
    """Keep the category for the payees, as the next import's proposal."""
    payees = set()
    for rid in work.rids.many(work.connection, "tx", ids).values():
        payee = work.value(TX, rid, "payee")
        if isinstance(payee, bytes):
            payees.add(Id(payee))
    work.set_cells(PAYEE, [(payee, "category", category) for payee in payees])


def _postings(connection: Connection, rid: int) -> tuple[Posting, ...]:
    rows = connection.exec_driver_sql(
        "SELECT account.id AS account, posting.amount, category.id AS category, posting.role, posting.memo"
        " FROM posting LEFT JOIN account ON account.rid=posting.account"
        " LEFT JOIN category ON category.rid=posting.category WHERE posting.tx=? ORDER BY posting.rid",
        (rid,),
    )
    return tuple(
        Posting(
            Id(bytes(row.account or b"")),
            row.amount,
            None if row.category is None else Id(bytes(row.category)),
            Role(row.role),
            row.memo,
        )
        for row in rows
    )


def _tags(connection: Connection, rid: int) -> tuple[str, ...]:
    rows = connection.exec_driver_sql(
        "SELECT tag.name FROM tx_tag JOIN tag ON tag.rid=tx_tag.tag WHERE tx_tag.tx=? ORDER BY tag.name",
        (rid,),
    )
    return tuple(rows.scalars())


def _transaction(
    row: SqlRow[Any], postings: tuple[Posting, ...], tags: tuple[str, ...], behind: tuple[Evidence, ...]
) -> Transaction:
    return Transaction(
        id=Id(bytes(row.id)),
        day=day_of(row.day),
        time=None if row.sec is None else time_of(row.sec),
        payee=row.payee_name or "",
        status=Status(row.status),
        text=row.text,
        note=row.note,
        tags=tags,
        refunds=None if row.refunded is None else Id(bytes(row.refunded)),
        review=row.review,
        postings=postings,
        evidence=behind,
    )
