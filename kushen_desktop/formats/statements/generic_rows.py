"""Rows of a table as entries, skipped rows and problems: each row exactly one of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kushen_desktop.domain.money import exponent
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Entry, EntryStatus, Kind
from kushen_desktop.formats.statements import generic_kinds
from kushen_desktop.formats.statements.generic_money import Sum
from kushen_desktop.formats.statements.generic_table import Rows, When
from kushen_desktop.formats.statements.importer import Recorder
from kushen_desktop.i18n import N_

_NO_DATE = Sentence(N_("The row has no date."))
_NO_AMOUNT = Sentence(N_("The row has no amount."))
_BAD_DATE = N_("“{found}” is no date.")
_BAD_AMOUNT = N_("“{found}” is no amount.")
_BAD_CURRENCY = N_("“{found}” is no currency.")
_TOO_FINE = N_("{amount} has more decimals than {currency} has.")
_TITLE = Sentence(N_("A line of text, no transaction."))
_HEADER = Sentence(N_("The heading again."))
_TOTAL = Sentence(N_("A balance or a total, no transaction."))
_NO_RECORDS = frozenset({_TITLE, _HEADER, _TOTAL})
_ZERO = Sentence(N_("The amount is zero."))
_NOT_YET = Sentence(N_("Pending and without a date; the next export will have it."))
_FAILED = N_("No money has moved: {status}")
_NEUTRAL = Sentence(N_("The file does not say whether this is money in or out."))
_BOTH = Sentence(N_("The row has money in and out; the difference is taken."))
_UNKNOWN_WAY = N_("“{found}” says neither in nor out.")
# Excel turns long numbers into 4.2E+27 or fills them up with zeros.
_SPOILT_ID = re.compile(r"\d(?:\.\d+)?E\+?\d+|\d{11,}00000", re.IGNORECASE)
_BOOKED, _PENDING = EntryStatus.BOOKED, EntryStatus.PENDING
_UNKNOWN, _REFUND, _TRANSFER = Kind.UNKNOWN, Kind.REFUND, Kind.TRANSFER


@dataclass(frozen=True)
class Table:
    """A table ready to be written down: everything by row, in the order of the file.

    currency: where neither row nor amount names one. fees: None where there are none.
    """

    names: tuple[str, ...]
    rows: Rows
    moments: Sequence[When | None]
    dates: Sequence[str]
    sums: Sequence[Sum]
    payees: Sequence[str]
    texts: Sequence[str]
    types: Sequence[str]
    notes: Sequence[str]
    statuses: Sequence[str]
    ids: Sequence[str]
    merchants: Sequence[str]
    categories: Sequence[str]
    methods: Sequence[str]
    accounts: Sequence[str]
    currencies: Sequence[tuple[str, str]]
    fees: Sequence[Decimal | None] | None
    ways: Sequence[str]
    account: str
    currency: str


def write(table: Table, recorder: Recorder) -> None:
    """Write every row of a table down."""
    heading = {name for name in table.names if name}
    names = table.names
    for index, row in enumerate(table.rows):
        raw = dict(zip(names, row, strict=False))
        money = table.sums[index]
        reason = _skipped(table, index, row, heading)
        if reason:
            counts = money.way and reason is not _TOTAL
            recorder.skip(raw, reason, money.value if counts else None, counted=reason not in _NO_RECORDS)
            continue
        found = _entry(table, index, recorder.row)
        if isinstance(found, Entry):
            recorder.entry(raw, found, found.amount if money.way else None)
        else:
            recorder.problem(raw, found)


def _skipped(table: Table, index: int, row: Sequence[str], heading: set[str]) -> Sentence | None:
    """Return why a row is no money of its own, None where it is."""
    money = table.sums[index]
    if table.moments[index] is None:
        return _no_record(table, index, row, heading)
    text = table.texts[index] or table.payees[index]
    if generic_kinds.is_total(text):
        return _TOTAL
    if money.value is not None and not money.value:
        return _ZERO
    status = table.statuses[index]
    if status and generic_kinds.failed(status):
        return Sentence.of(_FAILED, status=status)
    return None


def _no_record(table: Table, index: int, row: Sequence[str], heading: set[str]) -> Sentence | None:
    shown = table.dates[index]
    something = [cell.strip() for cell in row if cell.strip()]
    if shown and generic_kinds.pending(shown):
        return _NOT_YET
    if len(something) > 1 and heading.issuperset(something):
        return _HEADER
    if generic_kinds.is_total(something[0]) or generic_kinds.is_total(table.texts[index]):
        return _TOTAL
    return _TITLE if table.sums[index].blank else None


def _entry(table: Table, index: int, row: int) -> Entry | Sentence:
    """Return a row's entry, or the reason why it can't be read."""
    when, money = table.moments[index], table.sums[index]
    amount = money.value
    if when is None or amount is None:
        return _unread(table, index)
    named, unknown = table.currencies[index]
    currency = money.currency or named or table.currency
    if unknown:
        return Sentence.of(_BAD_CURRENCY, found=unknown[:20])
    digits = format(amount.normalize(), "f")
    if "." in digits and len(digits) - digits.index(".") - 1 > exponent(currency):
        return Sentence.of(_TOO_FINE, amount=digits, currency=currency)
    payee, text, status = table.payees[index], table.texts[index], table.statuses[index]
    kind = generic_kinds.kind(amount, f"{table.types[index]} {text} {payee} {status}")
    review = _BOTH if money.both else None
    if not money.way:
        amount, kind, review = _undecided(table, index, amount, kind)
        digits = format(amount.normalize(), "f")
    number = table.ids[index]
    if number and not _SPOILT_ID.fullmatch(number):
        identity: tuple[str, ...] = ("id", number, when.iso, digits)
    else:
        moment = when.clock.isoformat() if when.clock else ""
        identity = ("text", when.iso, moment, digits, " ".join(f"{payee} {text}".casefold().split()))
    fee = table.fees[index] if table.fees else None
    merchant = table.merchants[index]
    return Entry(
        row,
        table.accounts[index] or table.account,
        currency,
        when.day,
        amount,
        kind,
        identity,
        when.clock,
        abs(fee) if fee else None,
        payee,
        text,
        table.methods[index],
        _PENDING if status and generic_kinds.pending(status) else _BOOKED,
        status,
        _ids(number, merchant),
        table.categories[index],
        "",
        "",
        table.notes[index],
        review,
    )


def _unread(table: Table, index: int) -> Sentence:
    """Return why a row has no date or no amount."""
    if table.moments[index] is None:
        shown = table.dates[index]
        return Sentence.of(_BAD_DATE, found=shown[:40]) if shown else _NO_DATE
    money = table.sums[index]
    return _NO_AMOUNT if money.blank else Sentence.of(_BAD_AMOUNT, found=money.written[:40])


def _ids(number: str, merchant: str) -> tuple[tuple[str, str], ...]:
    if not merchant:
        return (("id", number),) if number else ()
    return (("id", number), ("merchant", merchant)) if number else (("merchant", merchant),)


def _undecided(
    table: Table, index: int, amount: Decimal, kind: Kind
) -> tuple[Decimal, Kind, Sentence | None]:
    """Return amount, kind and doubt of a row whose direction the file leaves open."""
    money = table.sums[index]
    words = f"{table.types[index]} {table.texts[index]} {table.statuses[index]}"
    if money.way is None:
        found = table.ways[index]
        return amount, _UNKNOWN, Sentence.of(_UNKNOWN_WAY, found=found[:40]) if found else _NEUTRAL
    if generic_kinds.kind(abs(amount), words) is _REFUND:
        return abs(amount), _REFUND, None
    return amount, _TRANSFER if kind is _TRANSFER else _UNKNOWN, _NEUTRAL
