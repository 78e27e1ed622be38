"""What each term of a search means: conditions over tx, each with the index that answers it."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from sqlalchemy import Connection

from kushen_desktop.domain.folding import fold, phrase
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Role, Shape, Status
from kushen_desktop.domain.money import exponent
from kushen_desktop.domain.query import Field, Term
from kushen_desktop.services.accounts import accounts_in
from kushen_desktop.services.categories import categories_in, names_of, under

Bound = dict[str, str | int]
# From so many finds of a word on, going once through an index beats fetching every row.
_MANY = 3_000
# As the partial index says it: SQLite must find the same words.
_SHAPED = "tx.shape IN (1, 2, 3)"
_SPLIT = f"{Shape.SPLIT:d}, {Shape.COMPLEX:d}"


class Branch(NamedTuple):
    """A condition over tx and the index it goes through; "" fetches rows by their rid or goes through all."""

    through: str
    sql: str

    @property
    def source(self) -> str:
        """What stands behind FROM tx."""
        return f"INDEXED BY {self.through}" if self.through else "NOT INDEXED"


class Meaning(NamedTuple):
    """A term holds where one of its branches does. rank: how much it narrows, 0 most; None never leads."""

    branches: tuple[Branch, ...]
    bound: Bound
    rank: int | None = None

    @property
    def sql(self) -> str:
        """The condition as a whole."""
        return " OR ".join(f"({branch.sql})" for branch in self.branches) or "0"


def meaning(connection: Connection, term: Term, name: str) -> Meaning:
    """Return what a term means in this vault; name makes the names of what is bound unique."""
    return _MEANINGS[term.field](connection, term, name)


def _any(connection: Connection, term: Term, name: str) -> Meaning:
    payees = _named(connection, "payee", term)
    parts = [
        _payee(connection, term, name),
        _note(connection, term, name, through="tx_payee" if payees else "tx_day"),
        _tag(connection, term, name),
        _category(connection, term, name),
        _account(connection, term, name),
    ]
    bound: Bound = {}
    for part in parts:
        bound |= part.bound
    return Meaning(tuple(branch for part in parts for branch in part.branches), bound, 3)


def _payee(connection: Connection, term: Term, name: str) -> Meaning:
    rids = _named(connection, "payee", term)
    return Meaning((Branch("tx_payee", f"tx.payee IN ({rids})"),) if rids else (), {}, 2)


def _tag(connection: Connection, term: Term, name: str) -> Meaning:
    rids = _named(connection, "tag", term)
    sql = f"tx.rid IN (SELECT tx_tag.tx FROM tx_tag WHERE tx_tag.tag IN ({rids}))"
    return Meaning((Branch("", sql),) if rids else (), {}, 1)


def _named(connection: Connection, table: str, term: Term) -> str:
    """Look in the few thousand names first, so that the million rows are reached by an index."""
    rows = connection.exec_driver_sql(f"SELECT rid FROM {table} WHERE instr(folded, ?)", (fold(term.text),))
    return ",".join(map(str, rows.scalars()))


def _note(connection: Connection, term: Term, name: str, *, through: str = "tx_day") -> Meaning:
    grams = phrase(term.text)
    if not grams:
        return Meaning((), {}, 2)
    key = f"{name}g"
    count = connection.exec_driver_sql(
        "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)", (grams, _MANY)
    ).scalar_one()
    if not count:
        return Meaning((), {}, 2)
    index = through if count >= _MANY else ""
    sql = f"tx.rid IN (SELECT rowid FROM search WHERE search MATCH :{key})"
    return Meaning((Branch(index, sql),), {key: grams}, 2)


def _category(connection: Connection, term: Term, name: str) -> Meaning:
    categories = categories_in(connection)
    wanted = fold(term.text.rpartition("/")[2])
    exact = {id_ for id_, one in categories.items() if wanted in names_of(one)}
    tops = exact or {
        id_ for id_, one in categories.items() if any(wanted in known for known in names_of(one))
    }
    rids = _rids(connection, "category", under(categories, tops))
    if not rids:
        return Meaning((), {}, 3)
    inside = (
        "SELECT posting.tx FROM posting INDEXED BY posting_category WHERE posting.live=1"
        f" AND posting.role IN (0, 4) AND posting.category IN ({rids})"
    )
    split = f"{_SHAPED} AND tx.shape IN ({_SPLIT}) AND tx.rid IN ({inside})"
    return Meaning((Branch("tx_category", f"tx.category IN ({rids})"), Branch("tx_shape", split)), {}, 3)


def _account(connection: Connection, term: Term, name: str) -> Meaning:
    accounts = accounts_in(connection)
    wanted = fold(term.text)
    exact = {id_ for id_, one in accounts.items() if wanted == fold(one.name)}
    found = exact or {
        id_
        for id_, one in accounts.items()
        if any(wanted in fold(text) for text in (one.name, one.institution, one.number))
    }
    return Meaning(_touching(_rids(connection, "account", found)), {}, 4)


def _currency(connection: Connection, term: Term, name: str) -> Meaning:
    found = {id_ for id_, one in accounts_in(connection).items() if one.currency == term.text.upper()}
    return Meaning(_touching(_rids(connection, "account", found)), {}, 7)


def _touching(rids: str) -> tuple[Branch, ...]:
    """Return the branches of what touches these accounts, first, second or in one of many lines."""
    if not rids:
        return ()
    more = f"SELECT 1 FROM posting WHERE posting.tx=tx.rid AND posting.account IN ({rids})"
    return (
        Branch("tx_account", f"tx.account IN ({rids})"),
        Branch("tx_other", f"tx.other IS NOT NULL AND tx.other IN ({rids})"),
        Branch("tx_shape", f"{_SHAPED} AND tx.shape={Shape.COMPLEX:d} AND EXISTS({more})"),
    )


def _amount(connection: Connection, term: Term, name: str) -> Meaning:
    """Compare without sign, in the units of each account's currency."""
    branches, bound = [], Bound()
    by_exponent: dict[int, list[str]] = {}
    for row in connection.exec_driver_sql("SELECT rid, currency FROM account"):
        by_exponent.setdefault(exponent(row.currency), []).append(str(row.rid))
    for digits, rids in by_exponent.items():
        low, high = f"{name}l{digits}", f"{name}h{digits}"
        bound[low] = int(term.low.scaleb(digits).to_integral_value("ROUND_CEILING"))
        bound[high] = int(term.high.scaleb(digits).to_integral_value("ROUND_FLOOR"))
        sql = f"abs(tx.amount) BETWEEN :{low} AND :{high} AND +tx.account IN ({','.join(rids)})"
        branches.append(Branch("tx_payee", sql))
    return Meaning(tuple(branches), bound, 6)


def _date(connection: Connection, term: Term, name: str) -> Meaning:
    low, high = f"{name}l", f"{name}h"
    bound: Bound = {low: int(term.low), high: min(int(term.high), 99_991_231)}
    return Meaning((Branch("tx_day", f"tx.day BETWEEN :{low} AND :{high}"),), bound, 5)


_REFUND = f"SELECT 1 FROM posting WHERE posting.tx=tx.rid AND posting.role={Role.REFUND:d}"
_FLOWS = f"SELECT 1 FROM posting WHERE posting.tx=tx.rid AND posting.role={Role.FLOW:d}"
_FLAGS = {
    "uncategorised": Branch(
        "tx_category",
        f"tx.category IS NULL AND tx.shape<>{Shape.TRANSFER:d} AND EXISTS("
        f"{_FLOWS} AND posting.category IS NULL)",
    ),
    "transfer": Branch("tx_shape", f"{_SHAPED} AND tx.shape={Shape.TRANSFER:d}"),
    "split": Branch("tx_shape", f"{_SHAPED} AND tx.shape IN ({_SPLIT})"),
    "review": Branch("tx_review", "tx.review<>''"),
    "income": Branch("", f"tx.amount>0 AND EXISTS({_FLOWS})"),
    "expense": Branch("", f"tx.amount<0 AND EXISTS({_FLOWS})"),
    "refund": Branch("", f"EXISTS({_REFUND})"),
    "pending": Branch("", f"tx.status={Status.PENDING:d}"),
    "booked": Branch("", f"tx.status={Status.BOOKED:d}"),
    "reconciled": Branch("", f"tx.status={Status.RECONCILED:d}"),
}


def _is(connection: Connection, term: Term, name: str) -> Meaning:
    branch = _FLAGS[term.text]
    return Meaning((branch,), {}, 4 if branch.through else None)


def _id(connection: Connection, term: Term, name: str) -> Meaning:
    """Find by the number that a statement gives, whole or from its beginning."""
    sql = (
        "tx.rid IN (SELECT evidence.tx FROM evidence WHERE evidence.ref<>''"
        f" AND evidence.ref>=:{name} AND evidence.ref<:{name}e)"
    )
    return Meaning((Branch("", sql),), {name: term.text, f"{name}e": term.text + "\U0010ffff"}, 0)


_MEANINGS: dict[Field, Callable[[Connection, Term, str], Meaning]] = {
    Field.ANY: _any,
    Field.PAYEE: _payee,
    Field.CATEGORY: _category,
    Field.ACCOUNT: _account,
    Field.TAG: _tag,
    Field.NOTE: _note,
    Field.AMOUNT: _amount,
    Field.DATE: _date,
    Field.CURRENCY: _currency,
    Field.IS: _is,
    Field.ID: _id,
}


def _rids(connection: Connection, table: str, ids: Collection[Id]) -> str:
    if not ids:
        return ""
    marks = ",".join("?" * len(ids))
    rows = connection.exec_driver_sql(f"SELECT rid FROM {table} WHERE id IN ({marks})", tuple(ids))
    return ",".join(map(str, rows.scalars()))
