"""One STMTTRN of an OFX file as an entry (OFX 2.3, section 11.4.4)."""

import re
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from kushen_desktop.domain.money import exponent
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Entry, EntryStatus, Kind
from kushen_desktop.formats.statements.ofx_marks import leaves
from kushen_desktop.formats.statements.ofx_text import plain
from kushen_desktop.i18n import N_

NO_DATE = Sentence(N_("The record has no date."))
NO_AMOUNT = Sentence(N_("The record has no amount."))
TOO_LONG = Sentence(N_("The record is too long to be a transaction."))
CUT_OFF = Sentence(N_("The file ends in the middle of this record. Download it again."))
_BAD_DATE = N_("“{found}” is no date.")
_BAD_AMOUNT = N_("“{found}” is no amount.")
_TWO_WAYS = N_("The amount “{found}” can be read in two ways.")
_LONGEST = 20_000
_DATE = re.compile(r"\s*(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)(?:[T\s]?(\d\d):?(\d\d)(?::?(\d\d))?)?")
_AMOUNT = re.compile(r"[-+]?\d{1,13}(\.\d{1,8})?")
_THOUSANDS = re.compile(r"[-+]?\d{1,3},\d{3}")
# A bank that knows only the day writes midnight or noon.
_NO_TIME = frozenset({time(0), time(12)})
# Bound once: looking up a member of an enumeration costs more than the rest of a record's fields.
_BOOKED, _PENDING, _HOLD, _TRANSFER = EntryStatus.BOOKED, EntryStatus.PENDING, Kind.HOLD, Kind.TRANSFER
_UNKNOWN, _INCOME, _EXPENSE = Kind.UNKNOWN, Kind.INCOME, Kind.EXPENSE
_KINDS = {"INT": Kind.INTEREST, "FEE": Kind.FEE, "SRVCHG": Kind.FEE, "XFER": _TRANSFER, "HOLD": _HOLD}


class RecordError(Exception):
    """A record lacks something or has it garbled; stays inside this format."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__()
        self.reason = reason


@lru_cache(maxsize=4096)
def moment(untrusted_text: str) -> tuple[date, time | None, str]:
    """Return the local day and time as written, the zone unread, and the day in ISO; raises RecordError.

    The time is None where the bank evidently knows only the day.
    """
    if not untrusted_text.strip():
        raise RecordError(NO_DATE)
    day, clock = _parsed(untrusted_text)
    return day, None if clock in _NO_TIME else clock, day.isoformat()


def _parsed(untrusted_text: str) -> tuple[date, time | None]:
    found = _DATE.match(untrusted_text)
    if found:
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        try:
            return date(year, month, day), time(hour, minute, second) if found[4] else None
        except ValueError:
            pass
    raise RecordError(Sentence.of(_BAD_DATE, found=untrusted_text.strip()[:40]))


def number(untrusted_text: str) -> Decimal:
    """Return a signed amount, its decimal mark being a point or a comma; raises RecordError."""
    text = untrusted_text.strip()
    if _AMOUNT.fullmatch(text) or _AMOUNT.fullmatch(text := _with_point(text)):
        return Decimal(text)
    raise RecordError(Sentence.of(_BAD_AMOUNT, found=untrusted_text.strip()[:40]) if text else NO_AMOUNT)


def _with_point(text: str) -> str:
    text = re.sub(r"[\s']", "", text).replace("\N{MINUS SIGN}", "-")
    comma, point = text.rfind(","), text.rfind(".")
    if comma > point:
        return text.replace(".", "").replace(",", ".") if text.count(",") == 1 else text.replace(",", "")
    return text.replace(",", "")


def entry(row: int, block: str, account: str, currency: str) -> Entry:
    """Return the entry that a record's text describes; raises RecordError."""
    if len(block) > _LONGEST:
        raise RecordError(TOO_LONG)
    cells = leaves(block)
    value = cells.get
    day, clock, iso_day = moment(value("DTPOSTED") or value("DTTRAN") or value("DTUSER") or "")
    written_amount = value("TRNAMT", "")
    amount = number(written_amount)
    if "CURRENCY" in cells:
        currency = _currency(cells, currency)
    review = None
    if "," in written_amount and exponent(currency) != 3 and _THOUSANDS.fullmatch(written_amount.strip()):
        # A thousandth of a cent is no amount, so the comma groups; but the standard says it is decimal.
        amount = number(written_amount.replace(",", ""))
        review = Sentence.of(_TWO_WAYS, found=written_amount.strip())
    digits = format(amount.normalize(), "f")
    payee, text, fitid = plain(value("NAME", "")), plain(value("MEMO", "")), plain(value("FITID", ""))
    kind = _KINDS.get(value("TRNTYPE", "").strip()) or _by_sign(amount)
    pending = kind is _HOLD or block.startswith("<STMTTRNP")
    itself = ("fitid", fitid) if fitid else ("text", f"{payee} {text}".strip().casefold())
    return Entry(
        row,
        account,
        currency,
        day,
        amount,
        kind,
        (*itself, iso_day, digits),
        clock,
        None,
        payee,
        text,
        "",
        _PENDING if pending else _BOOKED,
        "",
        _ids(fitid, cells),
        "",
        plain(value("ACCTID", "")) if kind is _TRANSFER else "",
        "",
        "",
        review,
    )


def _by_sign(amount: Decimal) -> Kind:
    if not amount:
        return _UNKNOWN
    return _INCOME if amount > 0 else _EXPENSE


def _currency(cells: dict[str, str], currency: str) -> str:
    """Return the currency of TRNAMT: inside CURRENCY another one holds; ORIGCURRENCY is only told."""
    code = (cells["CURRENCY"].strip() or cells.get("CURSYM", "").strip()).upper()
    return code if re.fullmatch(r"[A-Z]{3}", code) else currency


def _ids(fitid: str, cells: dict[str, str]) -> tuple[tuple[str, str], ...]:
    ids: tuple[tuple[str, str], ...] = (("fitid", fitid),) if fitid else ()
    for tag, name in (("CHECKNUM", "check"), ("REFNUM", "reference")):
        number_of_it = cells.get(tag)
        if number_of_it:
            ids += ((name, plain(number_of_it)),)
    return ids
