"""Refunds of wallet statements find the purchase they give back, within one file."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time
from decimal import Decimal
from typing import NamedTuple

from kushen_desktop.domain.statement import Entry, Kind

# How many purchases before a refund are looked at: enough for months, and bounded for long files.
_REACH = 200
_PREFIXES = ("退款-", "退款－", "退款:", "退款：")
_WHOLLY = frozenset({"已全额退款", "对方已退还", "已退还"})


def linked(entries: list[Entry]) -> list[Entry]:
    """Return the entries with `refunds` filled in where the purchase is in the same file.

    A number that the refund itself names stays. Else the merchant's order number; else payee with text or
    with the purchase's own status, for purchases before the refund. None is given back more than it cost.
    """
    places = [place for place, entry in enumerate(entries) if entry.kind is Kind.REFUND]
    if not places:
        return entries
    book = _Purchases(entry for entry in entries if entry.kind is Kind.EXPENSE and named(entry, "order"))
    # In the order of time, so that earlier refunds take from their purchase first.
    for place in sorted(places, key=lambda place: _moment(entries[place])):
        entries[place] = entries[place]._replace(refunds=book.origin(entries[place]))
    return entries


def named(entry: Entry, name: str) -> str:
    """Return the id of this name, "" where the entry has none."""
    return next((value for key, value in entry.ids if key == name), "")


def _moment(entry: Entry) -> datetime:
    return datetime.combine(entry.date, entry.time or time())


class _Purchase(NamedTuple):
    at: datetime
    entry: Entry


class _Purchases:
    def __init__(self, purchases: Iterable[Entry]) -> None:
        self._left: dict[int, Decimal] = {}
        self._by_order: dict[str, Entry] = {}
        self._by_merchant: dict[str, list[_Purchase]] = defaultdict(list)
        self._by_payee: dict[str, list[_Purchase]] = defaultdict(list)
        for purchase in sorted((_Purchase(_moment(entry), entry) for entry in purchases), key=_at):
            entry = purchase.entry
            self._left[entry.row] = -entry.amount
            self._by_order[named(entry, "order")] = entry
            self._by_payee[entry.payee].append(purchase)
            if merchant := named(entry, "merchant"):
                self._by_merchant[merchant].append(purchase)

    def origin(self, refund: Entry) -> str:
        """Return the order number of the purchase that a refund gives back, "" where it is not known."""
        if refund.refunds:
            return refund.refunds
        merchant = named(refund, "merchant")
        found = (
            self._best(refund, self._by_merchant.get(merchant.removesuffix("_0"), []), sure=True)
            or self._best(refund, self._by_merchant.get(merchant, []), sure=True)
            or (
                self._best(refund, self._by_payee.get(refund.payee, []), sure=False) if refund.payee else None
            )
        )
        if found is None:
            return ""
        self._left[found.row] -= refund.amount
        return named(found, "order")

    def _best(self, refund: Entry, purchases: list[_Purchase], *, sure: bool) -> Entry | None:
        """Return the purchase that fits; without a number in common (not sure) only one that says so."""
        end = bisect_right(purchases, _moment(refund), key=_at)
        possible = [
            purchase
            for purchase in purchases[max(0, end - _REACH) : end]
            if self._left[purchase.entry.row] >= refund.amount
            and (sure or _same_text(refund, purchase.entry) or _marked(refund, purchase.entry))
        ]
        best = max(possible, key=lambda purchase: self._fitness(refund, purchase), default=None)
        return best.entry if best else None

    def _fitness(self, refund: Entry, purchase: _Purchase) -> tuple[bool, bool, bool, datetime]:
        entry = purchase.entry
        exact = self._left[entry.row] == refund.amount
        return _marked(refund, entry), _same_text(refund, entry), exact, purchase.at


def _at(purchase: _Purchase) -> datetime:
    return purchase.at


def _same_text(refund: Entry, entry: Entry) -> bool:
    text = refund.text
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return bool(text) and text == entry.text


def _marked(refund: Entry, entry: Entry) -> bool:
    """Tell whether the purchase's own status says that this much was given back."""
    status = entry.source_status
    if status in _WHOLLY:
        return -entry.amount == refund.amount
    return status.startswith("已退款") and status.strip("已退款()（）￥¥ ") in {
        f"{refund.amount}",
        f"{refund.amount.normalize():f}",
    }
