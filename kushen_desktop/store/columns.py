"""Many new transactions as one value of the log: column by column, so that it is small and quick to make.

A segment holds: ids (hex, one after the other), the plain columns as lists, tables of the ids that are
referred to with places in them (0 is none), and the postings of all rows one after the other with how many
each row has. Reading it back gives the same bookings.
"""

from collections.abc import Callable, Sequence
from itertools import chain

from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Posting, Role
from kushen_desktop.store.bookings import Booking

_PLAIN = ("day", "sec", "status", "text", "note", "review", "state")
_ID = 16

Columns = dict[str, list]  # type: ignore[type-arg]  # JSON of ours


class _Places:
    """The ids that a column refers to, each once, and its place in the list, from 1."""

    def __init__(self) -> None:
        self.places: dict[bytes | None, int] = {None: 0}

    def of(self, ids: Sequence[Id | None]) -> list[int]:
        """Return the places of these ids, learning new ones."""
        places = self.places
        for id_ in dict.fromkeys(ids):
            places.setdefault(id_, len(places))
        return [places[id_] for id_ in ids]

    def written(self) -> list[str]:
        """Return the ids in the order of their places, as hex."""
        return [id_.hex() for id_ in self.places if id_ is not None]


def folded(rows: Sequence[Booking]) -> dict[str, object]:
    """Return transactions as columns that JSON can hold."""
    lines = list(chain.from_iterable([row.postings for row in rows]))
    tags = list(chain.from_iterable([row.tags for row in rows]))
    payees, refunds, accounts, categories, known_tags = (_Places() for _ in range(5))
    columns: dict[str, object] = {"ids": b"".join([row.id for row in rows]).hex()}
    for place, name in enumerate(Booking._fields):
        if name in _PLAIN:
            columns[name] = [row[place] for row in rows]
    columns |= {
        "payee": payees.of([row.payee for row in rows]),
        "refunds": refunds.of([row.refunds for row in rows]),
        "lines": [len(row.postings) for row in rows],
        "account": accounts.of([line.account for line in lines]),
        "amount": [line.amount for line in lines],
        "category": categories.of([line.category for line in lines]),
        "role": [int(line.role) for line in lines],
        "memo": [line.memo for line in lines],
        "tagged": [len(row.tags) for row in rows] if tags else [],
        "tag": known_tags.of(tags),
    }
    columns["known"] = [one.written() for one in (payees, refunds, accounts, categories, known_tags)]
    return columns


def unfolded(columns: Columns) -> list[Booking]:
    """Return the transactions that folded() was given."""
    payees, refunds, accounts, categories, known_tags = (_reader(known) for known in columns["known"])
    ids = bytes.fromhex(str(columns["ids"]))
    lines = [
        Posting(accounts(account) or Id(b""), amount, categories(category), Role(role), memo)
        for account, amount, category, role, memo in zip(
            *(columns[name] for name in ("account", "amount", "category", "role", "memo")), strict=True
        )
    ]
    tags = [tag for tag in map(known_tags, columns["tag"]) if tag is not None]
    ends, tag_ends = _ends(columns["lines"]), _ends(columns["tagged"] or [0] * len(columns["lines"]))
    return [
        Booking(
            id=Id(ids[row * _ID : row * _ID + _ID]),
            payee=payees(columns["payee"][row]),
            refunds=refunds(columns["refunds"][row]),
            tags=tuple(tags[slice(*tag_ends[row])]),
            postings=tuple(lines[slice(*ends[row])]),
            **{name: columns[name][row] for name in _PLAIN},
        )
        for row in range(len(ends))
    ]


def _reader(known: list[str]) -> Callable[[int], Id | None]:
    ids = [None, *(Id(bytes.fromhex(id_)) for id_ in known)]
    return ids.__getitem__


def _ends(counts: list[int]) -> list[tuple[int, int]]:
    ends, last = [], 0
    for count in counts:
        ends.append((last, last + count))
        last += count
    return ends
