"""Exchange rates by day: typed in, or from the European Central Bank's eurofxref file. No network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from kushen_desktop.domain.calendar import day_number, day_of
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.ids import derived_id
from kushen_desktop.domain.money import Money, checked_currency
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.formats import rates as ecb
from kushen_desktop.i18n import N_
from kushen_desktop.store.log import Value
from kushen_desktop.store.tables import RATE
from kushen_desktop.store.vault import Vault
from kushen_desktop.store.work import Work

MANUAL = "manual"
ECB = "ecb"


class RateError(KushenError):
    """A rate is no positive number."""

    code = "rate"
    message = N_("{rate} is no exchange rate: it must be above 0.")


class Rate(NamedTuple):
    """One unit of base is worth `rate` of quote on that day."""

    day: date
    base: str
    quote: str
    rate: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file of rates held: how many, how many of them new, the first and the last day."""

    count: int
    new: int
    first: date
    last: date


class Rates:
    """The exchange rates of a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def list(self, limit: int = 200) -> tuple[Rate, ...]:
        """Return the newest rates first."""
        with self._vault.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT day, base, quote, rate, source FROM rate WHERE state=0"
                " ORDER BY day DESC, base, quote LIMIT ?",
                (limit,),
            )
            return tuple(
                Rate(day_of(row.day), row.base, row.quote, Decimal(row.rate), row.source) for row in rows
            )

    def set(self, base: str, quote: str, rate: Decimal, day: date) -> None:
        """Write down a rate by hand: one base is worth `rate` of quote; wins over the bank's of that day.

        Raises CurrencyError, RateError.
        """
        if rate <= 0:
            raise RateError(rate=rate)
        self.add(
            [Rate(day, checked_currency(base), checked_currency(quote), rate, MANUAL)],
            Sentence.of(N_("Rate {base}/{quote} set"), base=base, quote=quote),
        )

    def add(self, rates: Sequence[Rate], title: Sentence) -> int:
        """Write down rates; return how many are new or changed."""
        with self._vault.work(title) as work:
            return add_rates(work, rates)

    def load(self, path: Path, since: date | None = None) -> Loaded:
        """Take over a eurofxref file of the European Central Bank; since leaves out older days.

        Raises UnreadableRatesError, also where nothing is left, and OSError.
        """
        days = [one for one in ecb.read(path) if since is None or one.day >= since]
        if not days:
            raise ecb.UnreadableRatesError(file=path.name)
        rates = [Rate(one.day, ecb.BASE, one.currency, one.rate, ECB) for one in days]
        new = self.add(rates, Sentence.of(N_("Rates loaded from {file}"), file=path.name))
        return Loaded(len(rates), new, min(one.day for one in days), max(one.day for one in days))

    def converted(self, money: Money, currency: str, day: date) -> Money | None:
        """Return money in another currency by the last rate up to that day; None where no rate is known."""
        if money.currency == currency:
            return money
        with self._vault.read() as connection:
            rate = rate_on(connection, money.currency, currency, day)
        return None if rate is None else money.converted(rate, currency)


def add_rates(work: Work, rates: Sequence[Rate]) -> int:
    """Write down rates within a unit of work; return how many are new or changed."""
    ids = [derived_id("rate", str(day_number(one.day)), one.base, one.quote, one.source) for one in rates]
    there = work.rids.many(work.connection, "rate", ids)
    new: list[dict[str, Value]] = [
        {"id": id_, "day": day_number(one.day), "base": one.base, "quote": one.quote,
         "rate": str(one.rate), "source": one.source}
        for id_, one in zip(ids, rates, strict=True)
        if id_ not in there
    ]  # fmt: skip
    work.add(RATE, new)
    old = [(id_, one) for id_, one in zip(ids, rates, strict=True) if id_ in there]
    work.set_cells(RATE, [(id_, "rate", str(one.rate)) for id_, one in old])
    work.set_cells(RATE, [(id_, "state", 0) for id_, _ in old])
    return len(new)


def rate_on(connection: Connection, base: str, quote: str, day: date) -> Decimal | None:
    """Return what one base was worth in quote on that day, directly, turned round, or across the euro.

    Of both directions the later rate holds; of one day the manual one.
    """
    there, back = _last(connection, base, quote, day), _last(connection, quote, base, day)
    if there and (back is None or there[:2] >= back[:2]):
        return there.rate
    if back:
        return 1 / back.rate
    from_euro, to_quote = _last(connection, "EUR", base, day), _last(connection, "EUR", quote, day)
    return to_quote.rate / from_euro.rate if from_euro and to_quote else None


class _Known(NamedTuple):
    day: int
    manual: int
    rate: Decimal


def _last(connection: Connection, base: str, quote: str, day: date) -> _Known | None:
    found = connection.exec_driver_sql(
        "SELECT day, source=? AS manual, rate FROM rate WHERE base=? AND quote=? AND day<=? AND state=0"
        " ORDER BY day DESC, manual DESC LIMIT 1",
        (MANUAL, base, quote, day_number(day)),
    ).one_or_none()
    return None if found is None else _Known(found.day, found.manual, Decimal(found.rate))
