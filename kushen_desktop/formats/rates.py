"""Reference rates of the European Central Bank: eurofxref, daily or history, as XML, CSV or zipped CSV.

Layouts: ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates. One euro is worth `rate`
of each currency. The files are downloaded by the user; they are bounded here like every foreign file.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.i18n import N_

BASE = "EUR"
MAX_BYTES = 32 * 1024 * 1024
# The history has some 300 days a year since 1999 and about 40 currencies.
MAX_RATES = 1_000_000
_MAX_CURRENCIES = 200
_MISSING = {"", "N/A"}
_RANGE = (Decimal("1e-9"), Decimal("1e9"))


class UnreadableRatesError(KushenError):
    """The file is none of eurofxref, or is damaged."""

    code = "unreadable_rates"
    message = N_(
        "{file} holds no exchange rates that can be read. Download eurofxref-daily.xml, eurofxref-hist.xml "
        "or eurofxref-hist.zip from the European Central Bank, and choose that file."
    )


class EuroRate(NamedTuple):
    """One euro was worth `rate` of a currency on that day."""

    day: date
    currency: str
    rate: Decimal


def read(path: Path) -> tuple[EuroRate, ...]:
    """Return the rates of a file; raises UnreadableRatesError, and OSError as opening it does."""
    with path.open("rb") as stream:
        untrusted = stream.read(MAX_BYTES + 1)
    try:
        rates = tuple(_bounded(_rates(_text(untrusted, path.name))))
    except (ValueError, InvalidOperation, ParseError, csv.Error, KushenError) as error:
        raise UnreadableRatesError(file=path.name) from error
    if not rates:
        raise UnreadableRatesError(file=path.name)
    return rates


def _text(untrusted: bytes, name: str) -> bytes:
    """Return the one file that matters: the content itself, or the CSV within a zip."""
    if len(untrusted) > MAX_BYTES:
        raise ValueError("too large")
    if not untrusted.startswith(b"PK"):
        return untrusted
    from kushen_desktop.formats import archives  # noqa: PLC0415  most files are no archive; it loads slowly

    tables = (content for inner, content in archives.members(untrusted, name) if inner.endswith(".csv"))
    return next(tables, b"")


def _rates(content: bytes) -> Iterator[EuroRate]:
    return _xml(content) if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _csv(content)


def _bounded(rates: Iterator[EuroRate]) -> Iterator[EuroRate]:
    for count, one in enumerate(rates):
        if count >= MAX_RATES or not _RANGE[0] <= one.rate <= _RANGE[1]:
            raise ValueError(one.currency)
        yield one


def _xml(content: bytes) -> Iterator[EuroRate]:
    """Read Cube elements: one with a time for each day, in it one with a rate for each currency."""
    from defusedxml.ElementTree import iterparse  # noqa: PLC0415  only here: every start of the program would pay

    day: date | None = None
    for event, element in iterparse(io.BytesIO(content), ("start", "end"), forbid_dtd=True):
        if event == "end":
            element.clear()
        elif element.tag.rpartition("}")[2] == "Cube":
            if "time" in element.attrib:
                day = date.fromisoformat(element.attrib["time"])
            elif "currency" in element.attrib:
                if day is None:
                    raise ValueError("a rate without a day")
                yield EuroRate(day, _currency(element.attrib["currency"]), Decimal(element.attrib["rate"]))


def _csv(content: bytes) -> Iterator[EuroRate]:
    """Read a table with the days down and the currencies across."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    header = [cell.strip() for cell in next(rows, [])]
    if header[:1] != ["Date"] or len(header) > _MAX_CURRENCIES:
        raise ValueError("no table of rates")
    currencies = [_currency(cell) if cell else "" for cell in header[1:]]
    for row in rows:
        if not row:
            continue
        day = _day(row[0].strip())
        for currency, cell in zip(currencies, row[1:], strict=False):
            if currency and cell.strip() not in _MISSING:
                yield EuroRate(day, currency, Decimal(cell.strip()))


def _day(text: str) -> date:
    """Return the day of 2026-03-31 (history) or 31 March 2026 (daily)."""
    if text[:4].isdigit():
        return date.fromisoformat(text)
    return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007  a day has no zone


def _currency(text: str) -> str:
    if len(text) != 3 or not (text.isascii() and text.isalpha() and text.isupper()):
        raise ValueError(text)
    return text
