"""From the search language to conditions over the transactions of a vault."""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection

from kushen_desktop.domain.folding import fold, phrase
from kushen_desktop.domain.ledger import Role, Shape, Status
from kushen_desktop.domain.money import exponent
from kushen_desktop.domain.query import Field, Query, Term
from kushen_desktop.services.accounts import accounts_in
from kushen_desktop.services.categories import categories_in, names_of, under

_SPLIT = f"{Shape.SPLIT:d}, {Shape.COMPLEX:d}"


class Condition(NamedTuple):
    """SQL over tx, and what is bound in it by name."""

    sql: str
    bound: dict[str, str | int]


def condition(connection: Connection, query: Query) -> Condition:
    """Return the condition that a query means for the transactions of this vault."""
    parts = ["tx.state=0"]
    bound: dict[str, str | int] = {}
    for number, term in enumerate(query.terms):
        sql, values = _MEANINGS[term.field](connection, term, f"t{number}")
        parts.append(f"NOT coalesce(({sql}), 0)" if term.negated else f"({sql})")
        bound |= values
    return Condition(" AND ".join(parts), bound)


def _any(connection: Connection, term: Term, name: str) -> Condition:
    sql, bound = _payee(connection, term, name)
    parts = [sql]
    grams = phrase(term.text)
    if grams:
        parts.append(f"tx.rid IN (SELECT rowid FROM search WHERE search MATCH :{name}g)")
        bound[f"{name}g"] = grams
    for more in (_tag, _category, _account):
        sql, values = more(connection, term, name)
        if sql != "0":
            parts.append(sql)
            bound |= values
    return Condition(" OR ".join(f"({part})" for part in parts), bound)


def _payee(connection: Connection, term: Term, name: str) -> Condition:
    return _in_names(connection, "payee", "tx.payee IN ({})", term, name)


def _tag(connection: Connection, term: Term, name: str) -> Condition:
    return _in_names(
        connection, "tag", "tx.rid IN (SELECT tx_tag.tx FROM tx_tag WHERE tx_tag.tag IN ({}))", term, name
    )


def _in_names(connection: Connection, table: str, sql: str, term: Term, name: str) -> Condition:
    """Look in the few thousand names first, so that the million rows are reached by an index."""
    rids = connection.exec_driver_sql(
        f"SELECT rid FROM {table} WHERE instr(folded, ?)", (fold(term.text),)
    ).scalars()
    found = ",".join(map(str, rids))
    return Condition(sql.format(found) if found else "0", {})


def _category(connection: Connection, term: Term, name: str) -> Condition:
    categories = categories_in(connection)
    wanted = fold(term.text.rpartition("/")[2])
    exact = {id_ for id_, one in categories.items() if wanted in names_of(one)}
    tops = exact or {
        id_ for id_, one in categories.items() if any(wanted in known for known in names_of(one))
    }
    rids = _rids(connection, "category", under(categories, tops))
    if not rids:
        return Condition("0", {})
    inside = f"SELECT posting.tx FROM posting WHERE posting.live=1 AND posting.category IN ({rids})"
    split = f"tx.shape IN ({_SPLIT}) AND tx.rid IN ({inside} AND posting.role IN (0, 4))"
    return Condition(f"tx.category IN ({rids}) OR ({split})", {})


def _account(connection: Connection, term: Term, name: str) -> Condition:
    accounts = accounts_in(connection)
    wanted = fold(term.text)
    exact = {id_ for id_, one in accounts.items() if wanted == fold(one.name)}
    found = exact or {
        id_
        for id_, one in accounts.items()
        if any(wanted in fold(text) for text in (one.name, one.institution, one.number))
    }
    rids = _rids(connection, "account", found)
    return Condition(_touching(rids) if rids else "0", {})


def _touching(rids: str) -> str:
    more = f"SELECT posting.tx FROM posting WHERE posting.account IN ({rids})"
    return (
        f"tx.account IN ({rids}) OR tx.other IN ({rids})"
        f" OR (tx.shape={Shape.COMPLEX:d} AND tx.rid IN ({more}))"
    )


def _note(connection: Connection, term: Term, name: str) -> Condition:
    grams = phrase(term.text)
    if not grams:
        return Condition("0", {})
    return Condition(f"tx.rid IN (SELECT rowid FROM search WHERE search MATCH :{name})", {name: grams})


def _amount(connection: Connection, term: Term, name: str) -> Condition:
    """Compare without sign, in the units of each account's currency."""
    parts, bound = [], dict[str, str | int]()
    by_exponent: dict[int, list[str]] = {}
    for row in connection.exec_driver_sql("SELECT rid, currency FROM account"):
        by_exponent.setdefault(exponent(row.currency), []).append(str(row.rid))
    for digits, rids in by_exponent.items():
        low, high = f"{name}l{digits}", f"{name}h{digits}"
        bound[low] = int(term.low.scaleb(digits).to_integral_value("ROUND_CEILING"))
        bound[high] = int(term.high.scaleb(digits).to_integral_value("ROUND_FLOOR"))
        parts.append(f"abs(tx.amount) BETWEEN :{low} AND :{high} AND +tx.account IN ({','.join(rids)})")
    return Condition(" OR ".join(f"({part})" for part in parts) or "0", bound)


def _date(connection: Connection, term: Term, name: str) -> Condition:
    return Condition(
        f"tx.day BETWEEN :{name}l AND :{name}h",
        {f"{name}l": int(term.low), f"{name}h": min(int(term.high), 99_991_231)},
    )


def _currency(connection: Connection, term: Term, name: str) -> Condition:
    found = {id_ for id_, one in accounts_in(connection).items() if one.currency == term.text.upper()}
    rids = _rids(connection, "account", found)
    return Condition(_touching(rids) if rids else "0", {})


_REFUND = f"SELECT 1 FROM posting WHERE posting.tx=tx.rid AND posting.role={Role.REFUND:d}"
_FLOWS = f"SELECT 1 FROM posting WHERE posting.tx=tx.rid AND posting.role={Role.FLOW:d}"
_FLAGS = {
    "uncategorised": f"tx.category IS NULL AND tx.shape<>{Shape.TRANSFER:d} AND EXISTS("
    f"{_FLOWS} AND posting.category IS NULL)",
    "transfer": f"tx.shape={Shape.TRANSFER:d}",
    "split": f"tx.shape IN ({_SPLIT})",
    "income": f"tx.amount>0 AND EXISTS({_FLOWS})",
    "expense": f"tx.amount<0 AND EXISTS({_FLOWS})",
    "refund": f"EXISTS({_REFUND})",
    "pending": f"tx.status={Status.PENDING:d}",
    "booked": f"tx.status={Status.BOOKED:d}",
    "reconciled": f"tx.status={Status.RECONCILED:d}",
    "review": "tx.review<>''",
}


def _is(connection: Connection, term: Term, name: str) -> Condition:
    return Condition(_FLAGS[term.text], {})


def _id(connection: Connection, term: Term, name: str) -> Condition:
    """Find by the number that a statement gives, whole or from its beginning."""
    return Condition(
        f"tx.rid IN (SELECT evidence.tx FROM evidence WHERE evidence.ref<>'' AND evidence.ref>=:{name}"
        f" AND evidence.ref<:{name}e)",
        {name: term.text, f"{name}e": term.text + "\U0010ffff"},
    )


_MEANINGS: dict[Field, Callable[[Connection, Term, str], Condition]] = {
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


def _rids(connection: Connection, table: str, ids: set[bytes] | set) -> str:  # type: ignore[type-arg]
    if not ids:
        return ""
    marks = ",".join("?" * len(ids))
    rows = connection.exec_driver_sql(f"SELECT rid FROM {table} WHERE id IN ({marks})", tuple(ids))
    return ",".join(map(str, rows.scalars()))
