"""From the search language to what a vault holds: one condition, and counts by month from few pages."""

from collections import Counter
from typing import NamedTuple

from sqlalchemy import Connection

from kushen_desktop.domain.query import Query
from kushen_desktop.services.terms import Branch, Meaning, meaning


class Condition(NamedTuple):
    """SQL over tx, what is bound in it by name, and the same in parts that do not overlap.

    led: an index leads to what is found.
    """

    sql: str
    bound: dict[str, str | int]
    parts: tuple[Branch, ...] = ()
    led: bool = False


def condition(connection: Connection, query: Query) -> Condition:
    """Return the condition that a query means for the transactions of this vault."""
    meanings = [
        (term.negated, meaning(connection, term, f"t{number}")) for number, term in enumerate(query.terms)
    ]
    bound: dict[str, str | int] = {}
    for _, one in meanings:
        bound |= one.bound
    held = [f"NOT coalesce(({one.sql}), 0)" if negated else f"({one.sql})" for negated, one in meanings]
    whole = " AND ".join(["tx.state=0", *held])
    if any(not negated and not one.branches for negated, one in meanings):
        return Condition("0", bound)  # a word that stands nowhere
    leads = [
        (one.rank, place)
        for place, (negated, one) in enumerate(meanings)
        if not negated and one.rank is not None
    ]
    if not leads:
        return Condition(whole, bound, (Branch("", whole),))
    lead = min(leads)[1]
    rest = [sql for place, sql in enumerate(held) if place != lead]
    return Condition(whole, bound, _apart(meanings[lead][1], rest), led=True)


def by_month(connection: Connection, wanted: Condition) -> tuple[tuple[int, int], ...]:
    """Return months (yyyymm), newest first, each with how many transactions a condition finds in it."""
    counts: Counter[int] = Counter()
    for part in wanted.parts:
        # The index by day gives its rows in order: counting by day then needs no sorting at all.
        each = "tx.day" if part.through == "tx_day" else "tx.day/100*100"
        rows = connection.exec_driver_sql(
            f"SELECT {each}, count(*) FROM tx {part.source} WHERE {part.sql} GROUP BY 1", wanted.bound
        )
        for day, count in rows:
            counts[day // 100] += count
    return tuple(sorted(counts.items(), reverse=True))


def _apart(lead: Meaning, rest: list[str]) -> tuple[Branch, ...]:
    """Return the branches of the term that narrows most, each without what those before it have found."""
    parts: list[Branch] = []
    before: list[str] = []
    for branch in lead.branches:
        others = [f"NOT coalesce(({sql}), 0)" for sql in before]
        parts.append(Branch(branch.through, " AND ".join(["tx.state=0", f"({branch.sql})", *others, *rest])))
        before.append(branch.sql)
    return tuple(parts)
