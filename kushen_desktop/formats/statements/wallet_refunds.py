"""Refunds of wallet statements find the purchase they give back, within one file."""

from bisect import bisect_right
from collections import defaultdict
from datetime import datetime, time
from decimal import Decimal
from typing import NamedTuple

from kushen_desktop.domain.statement import Entry, Kind

# How many purchases before a refund are looked at: enough for months, and bounded for long files.
_REACH = 100
_PREFIXES = ("退款-", "退款－", "退款:", "退款：")
_WHOLLY = frozenset({"已全额退款", "对方已退还", "已退还"})


def linked(entries: list[Entry]) -> list[Entry]:
    """Return the entries with `refunds` filled in where the purchase is in the same file.

    A number that the refund itself names stays. Else the merchant's order number; else payee with text or
    with the purchase's own status, for purchases before the refund. None is given back more than it cost.
    """
    places = [place for place, entry in enumerate(entries) if entry.kind is Kind.REFUND and not entry.refunds]
    if places:
        book = _Purchases(entries, [entries[place] for place in places])
        # In the order of time, so that earlier refunds take from their purchase first.
        for place in sorted(places, key=lambda place: _moment(entries[place])):
            entries[place] = entries[place]._replace(refunds=book.origin(entries[place]))
    return entries


def given_back(status: str) -> bool:
    """Tell whether a purchase's own status says that some or all of it was given back."""
    return status in _WHOLLY or status.startswith("已退款")


def _merchant(entry: Entry) -> str:
    # Newer refunds have the number of their purchase with _0 behind it.
    return entry.ids[-1][1].removesuffix("_0") if entry.ids and entry.ids[-1][0] == "merchant" else ""


def _order(entry: Entry) -> str:
    return entry.ids[0][1] if entry.ids and entry.ids[0][0] == "order" else ""


def _moment(entry: Entry) -> datetime:
    return datetime.combine(entry.date, entry.time or time())


def _goods(refund: Entry) -> str:
    text = refund.text
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return text


class _Purchase(NamedTuple):
    at: datetime
    entry: Entry


def _at(purchase: _Purchase) -> datetime:
    return purchase.at


class _Purchases:
    """The purchases that share a number, or payee and something else, with a refund: few, in long files."""

    def __init__(self, entries: list[Entry], refunds: list[Entry]) -> None:
        merchants = {_merchant(refund) for refund in refunds} - {""}
        payees = {refund.payee for refund in refunds} - {""}
        goods = {(refund.payee, _goods(refund)) for refund in refunds if refund.payee and _goods(refund)}
        self._left: dict[int, Decimal] = {}
        self._found: dict[tuple[str, ...], list[_Purchase]] = defaultdict(list)
        for entry in entries:
            if entry.kind is not Kind.EXPENSE or not _order(entry):
                continue
            merchant = _merchant(entry) if merchants else ""
            if merchant in merchants:
                self._add((merchant,), entry)
            if entry.payee in payees and given_back(entry.source_status):
                self._add((entry.payee, "", ""), entry)
            elif (entry.payee, entry.text) in goods:
                self._add((entry.payee, entry.text), entry)
        for purchases in self._found.values():
            purchases.sort(key=_at)

    def _add(self, key: tuple[str, ...], entry: Entry) -> None:
        self._left[entry.row] = -entry.amount
        self._found[key].append(_Purchase(_moment(entry), entry))

    def origin(self, refund: Entry) -> str:
        """Return the order number of the purchase that a refund gives back, "" where it is not known."""
        for key in ((_merchant(refund),), (refund.payee, "", ""), (refund.payee, _goods(refund))):
            found = self._best(refund, self._found.get(key, []), by_status=len(key) == 3)
            if found is not None:
                self._left[found.row] -= refund.amount
                return _order(found)
        return ""

    def _best(self, refund: Entry, purchases: list[_Purchase], *, by_status: bool) -> Entry | None:
        """Return the purchase that fits; by_status: its status or its text must say so."""
        end = bisect_right(purchases, _moment(refund), key=_at)
        goods = _goods(refund)
        best, fitness = None, (False, False, False)
        for purchase in reversed(purchases[max(0, end - _REACH) : end]):
            entry = purchase.entry
            left = self._left[entry.row]
            marked, same = _marked(refund, entry), bool(goods) and entry.text == goods
            if left < refund.amount or (by_status and not marked and not same):
                continue
            if best is None or (marked, same, left == refund.amount) > fitness:
                best, fitness = entry, (marked, same, left == refund.amount)
        return best


def _marked(refund: Entry, entry: Entry) -> bool:
    """Tell whether the purchase's own status says that this much was given back."""
    status = entry.source_status
    if status in _WHOLLY:
        return -entry.amount == refund.amount
    return status.startswith("已退款") and status.strip("已退款()（）￥¥ ") in {
        f"{refund.amount}",
        f"{refund.amount.normalize():f}",
    }
