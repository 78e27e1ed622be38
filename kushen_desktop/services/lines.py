"""From a line of a statement to a transaction of the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass

from kushen_desktop.domain.calendar import day_number, second_number
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Account, Posting, Role, Status
from kushen_desktop.domain.money import minor
from kushen_desktop.domain.preview import Leg, TargetKey
from kushen_desktop.domain.starter import category_id
from kushen_desktop.domain.statement import Entry, EntryStatus, Kind
from kushen_desktop.store.bookings import Booking

_FEES = category_id("money.fees")


@dataclass(frozen=True, slots=True)
class Places:
    """What the names of a file mean: accounts by key, other accounts of transfers by name and currency.

    legs: for rows of transfers, the one leg that is not in the ledger yet.
    """

    accounts: Mapping[TargetKey, Account]
    counters: Mapping[TargetKey, Account | None]
    legs: Mapping[int, Leg]

    def counter(self, entry: Entry, account: Account) -> Account | None:
        """Return the other account of a transfer, None when it is not known or the same."""
        other = self.counters.get(TargetKey(entry.counter, entry.currency)) if entry.counter else None
        return None if other is None or other.id == account.id else other


def postings(entry: Entry, places: Places, category: Id | None) -> tuple[Posting, ...]:
    """Return the lines of the transaction; the fee, contained in the amount, apart.

    Raises AmountError when the amount has more digits than its currency.
    """
    account = places.accounts[(entry.account, entry.currency)]  # type: ignore[index]  # equal, and cheaper
    amount = minor(entry.amount, entry.currency)
    kind = entry.kind
    if entry.fee is None and kind not in _MOVES:
        return (Posting(account.id, amount, category),)
    fee = minor(entry.fee or entry.amount * 0, entry.currency)
    if places.legs.get(entry.row) is Leg.OTHER and (other := places.counter(entry, account)):
        return (Posting(other.id, -(amount + fee), role=Role.TRANSFER),)
    main = _main(entry, account, places, amount + fee, category)
    return (*main, Posting(account.id, -fee, _FEES)) if fee else main


_MOVES = frozenset({Kind.TRANSFER, Kind.REFUND, Kind.HOLD})


def _main(
    entry: Entry, account: Account, places: Places, amount: int, category: Id | None
) -> tuple[Posting, ...]:
    match entry.kind:
        case Kind.TRANSFER:
            leg = Posting(account.id, amount, role=Role.TRANSFER)
            other = places.counter(entry, account)
            if other is None or places.legs.get(entry.row) is Leg.OWN:
                return (leg,)
            return (leg, Posting(other.id, -amount, role=Role.TRANSFER))
        case Kind.REFUND:
            return (Posting(account.id, amount, category, Role.REFUND),)
        case Kind.HOLD:
            return (Posting(account.id, amount, role=Role.HOLD),)
        case _:
            return (Posting(account.id, amount, category),)


def booked(
    entry: Entry,
    id_: Id,
    lines: tuple[Posting, ...],
    payee: Id | None,
    refunds: Id | None,
) -> Booking:
    """Return the transaction of a line."""
    return Booking(
        id_,
        day_number(entry.date),
        None if entry.time is None else second_number(entry.time),
        payee,
        int(Status.PENDING if entry.status is EntryStatus.PENDING else Status.BOOKED),
        entry.text,
        entry.note,
        refunds,
        entry.review.english() if entry.review else "",
        (),
        lines,
    )


def source_id(entry: Entry) -> str:
    """Return the id by which the source knows the line, "" when it has none worth keeping."""
    return entry.ids[0][1] if entry.ids and entry.ids[0][0] == "order" else ""
