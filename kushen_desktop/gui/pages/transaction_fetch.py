"""What the transactions page fetches on a worker: the list where the user was, the selected in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Row
from kushen_desktop.domain.money import Money
from kushen_desktop.domain.progress import Progress
from kushen_desktop.gui.models.directory import Directory
from kushen_desktop.gui.models.paged import PAGE
from kushen_desktop.gui.models.transactions import is_moved
from kushen_desktop.services.transactions import Found

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen

_IN_SIGHT = 80
_FEW, _CHUNK = 64, 2_000


class Wanted(NamedTuple):
    """What to list and where the user was. anchor: the row at the top, kept there; top: its place before.

    selected: None means everything. follow: go to the current row rather than to the top.
    """

    text: str
    sorting: tuple[str, bool] | None
    anchor: Id | None = None
    top: int = 0
    selected: tuple[Id, ...] | None = ()
    current: Id | None = None
    follow: bool = False


class Listing(NamedTuple):
    """What was found, with the pages in sight, and where the rows of `wanted` are now."""

    wanted: Wanted
    found: Found
    directory: Directory
    base: str
    top: int
    pages: Mapping[int, Sequence[Row]]
    places: Mapping[Id, int]


class Selected(NamedTuple):
    """Some transactions. ids: None means all that was found. sums: net by currency, transfers left out."""

    number: int
    ids: tuple[Id, ...] | None
    sums: tuple[Money, ...]
    currencies: frozenset[str]


def fetch(app: Kushen, wanted: Wanted) -> Listing:
    """Return the list that is wanted; raises QueryError."""
    directory = Directory(
        {one.id: one for one in app.accounts.list()}, {one.id: one for one in app.categories.list()}
    )
    found = app.transactions.find(wanted.text)
    if wanted.sorting is not None:
        key, descending = wanted.sorting
        found = app.transactions.ordered(found, key, descending=descending)
    places = _places(app, found, wanted)
    top = places.get(wanted.anchor, wanted.top) if wanted.anchor is not None else wanted.top
    if wanted.follow and wanted.current in places:
        top = max(places[wanted.current] - _IN_SIGHT // 8, 0)
    top = max(min(top, found.count - 1), 0)
    first, last = max(top - _IN_SIGHT, 0) // PAGE, (top + _IN_SIGHT) // PAGE
    pages = {number: app.transactions.rows(found, number * PAGE, PAGE) for number in range(first, last + 1)}
    base = app.settings.all().base_currency
    return Listing(wanted, found, directory, base, top, pages, places)


def gather(app: Kushen, found: Found, ranges: Iterable[tuple[int, int]], progress: Progress) -> Selected:
    """Return the transactions in these ranges of places, first and last, in full."""
    wanted = list(ranges)
    total = sum(last - first + 1 for first, last in wanted)
    if total >= found.count:
        return everything(app, found)
    rows: list[tuple[Id, int, str, bool]] = []
    for first, last in wanted:
        for at in range(first, last + 1, _CHUNK):
            progress(len(rows), total)
            page = app.transactions.rows(found, at, min(_CHUNK, last + 1 - at))
            rows += [(row.id, row.amount, row.currency, is_moved(row)) for row in page]
    return _summed(rows)


def everything(app: Kushen, found: Found) -> Selected:
    """Return all that was found, without naming each."""
    sums = app.transactions.sums(found)
    net = tuple(Money(one.incoming + one.outgoing, one.currency) for one in sums)
    return Selected(found.count, None, net, frozenset(one.currency for one in sums))


def selected(rows: Iterable[Row]) -> Selected:
    """Return rows that are in memory as a selection."""
    return _summed([(row.id, row.amount, row.currency, is_moved(row)) for row in rows])


def _summed(rows: Sequence[tuple[Id, int, str, bool]]) -> Selected:
    sums: dict[str, int] = {}
    for _id, amount, currency, moved in rows:
        sums[currency] = sums.get(currency, 0) + (0 if moved else amount)
    net = tuple(Money(amount, currency) for currency, amount in sums.items())
    return Selected(len(rows), tuple(row[0] for row in rows), net, frozenset(sums))


def _places(app: Kushen, found: Found, wanted: Wanted) -> dict[Id, int]:
    single = {id_ for id_ in (wanted.anchor, wanted.current) if id_ is not None}
    many = set(wanted.selected or ())
    if len(many) > _FEW:
        return app.transactions.places(found, many | single)
    found_at = {id_: app.transactions.place(found, id_) for id_ in single | many}
    return {id_: place for id_, place in found_at.items() if place is not None}
