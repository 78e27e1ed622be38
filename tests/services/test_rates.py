"""Exchange rates: the last one known, either way round, across the euro; never guessed."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from kushen_desktop.app import Kushen
from kushen_desktop.domain.money import CurrencyError, Money
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.formats.rates import UnreadableRatesError
from kushen_desktop.i18n import N_
from kushen_desktop.services.rates import ECB, Rate, RateError

FIRST, NEXT, LATER = date(2026, 3, 2), date(2026, 3, 3), date(2026, 8, 1)
BANK = Sentence.of(N_("Rates loaded from {file}"), file="test")


def bank(app: Kushen, day: date, quote: str, rate: str) -> None:
    app.rates.add([Rate(day, "EUR", quote, Decimal(rate), ECB)], BANK)


def worth(app: Kushen, base: str, quote: str, day: date, units: int = 1_000_000) -> int | None:
    found = app.rates.converted(Money(units, base), quote, day)
    return None if found is None else found.minor


def test_without_a_rate_nothing_is_converted(app: Kushen) -> None:
    assert worth(app, "HKD", "CNY", FIRST) is None
    assert worth(app, "CNY", "CNY", FIRST) == 1_000_000


def test_the_last_rate_is_carried_forward_and_never_back(app: Kushen) -> None:
    app.rates.set("usd", "cny", Decimal("7.1"), FIRST)
    app.rates.set("USD", "CNY", Decimal("7.2"), LATER)
    assert worth(app, "USD", "CNY", FIRST - timedelta(days=1)) is None
    assert worth(app, "USD", "CNY", FIRST) == 7_100_000
    assert worth(app, "USD", "CNY", LATER - timedelta(days=1)) == 7_100_000
    assert worth(app, "USD", "CNY", date(2030, 1, 1)) == 7_200_000


def test_a_rate_is_turned_round(app: Kushen) -> None:
    app.rates.set("USD", "CNY", Decimal(8), FIRST)
    assert worth(app, "CNY", "USD", FIRST) == 125_000


def test_of_both_ways_round_the_later_rate_holds(app: Kushen) -> None:
    app.rates.set("USD", "CNY", Decimal(5), FIRST)
    app.rates.set("CNY", "USD", Decimal("0.125"), NEXT)
    assert worth(app, "USD", "CNY", FIRST) == 5_000_000
    assert worth(app, "USD", "CNY", NEXT) == 8_000_000
    assert worth(app, "CNY", "USD", NEXT) == 125_000


def test_other_pairs_go_across_the_euro(app: Kushen) -> None:
    bank(app, FIRST, "HKD", "8.5")
    bank(app, FIRST, "CNY", "7.65")
    assert worth(app, "HKD", "CNY", NEXT) == 900_000
    assert worth(app, "CNY", "HKD", NEXT) == 1_111_111
    assert worth(app, "EUR", "CNY", NEXT) == 7_650_000
    assert worth(app, "CNY", "EUR", NEXT, 765) == 100
    assert worth(app, "HKD", "USD", NEXT) is None


def test_a_manual_rate_beats_the_banks_of_the_same_day(app: Kushen) -> None:
    app.rates.set("EUR", "CNY", Decimal(8), FIRST)
    bank(app, FIRST, "CNY", "7.65")
    assert worth(app, "EUR", "CNY", FIRST) == 8_000_000
    bank(app, FIRST, "HKD", "8")
    assert worth(app, "HKD", "CNY", FIRST) == 1_000_000
    app.rates.set("HKD", "CNY", Decimal("0.92"), FIRST)
    assert worth(app, "HKD", "CNY", FIRST) == 920_000


def test_a_rate_set_again_replaces_the_one_of_its_day_and_undo_brings_it_back(app: Kushen) -> None:
    app.rates.set("USD", "CNY", Decimal(7), FIRST)
    app.rates.set("USD", "CNY", Decimal("7.5"), FIRST)
    assert [one.rate for one in app.rates.list()] == [Decimal("7.5")]
    app.history.undo()
    assert worth(app, "USD", "CNY", FIRST) == 7_000_000
    app.history.undo()
    assert worth(app, "USD", "CNY", FIRST) is None
    app.rates.set("USD", "CNY", Decimal(6), FIRST)
    assert worth(app, "USD", "CNY", FIRST) == 6_000_000


def test_what_is_no_currency_is_refused(app: Kushen) -> None:
    with pytest.raises(CurrencyError):
        app.rates.set("US dollar", "CNY", Decimal(7), FIRST)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.tuples(st.dates(FIRST, FIRST + timedelta(days=20)), st.sampled_from(["USD", "CNY"])),
        st.decimals("0.01", "500", places=4),
        max_size=12,
    ),
    st.dates(FIRST, FIRST + timedelta(days=25)),
)
def test_any_rates_across_the_euro_are_the_last_ones_of_each_currency(
    app: Kushen, rates: dict[tuple[date, str], Decimal], day: date
) -> None:
    with app.vault.work(BANK) as work:
        work.connection.exec_driver_sql("UPDATE rate SET state=1")
    app.rates.add([Rate(on, "EUR", currency, rate, ECB) for (on, currency), rate in rates.items()], BANK)
    last = {
        currency: rates[max(known)]
        for currency in ("USD", "CNY")
        if (known := [key for key in rates if key[1] == currency and key[0] <= day])
    }
    expected = (
        Money(1_000_000, "USD").converted(last["CNY"] / last["USD"], "CNY").minor if len(last) == 2 else None
    )
    assert worth(app, "USD", "CNY", day) == expected


def test_a_file_of_the_bank_is_taken_over_once(app: Kushen, tmp_path: Path) -> None:
    path = tmp_path / "eurofxref-hist.csv"
    path.write_text("Date,USD,CNY,HKD,\n2026-03-03,1.1,7.7,N/A,\n2026-03-02,1.0,7.0,8.5,\n", "utf-8")
    loaded = app.rates.load(path)
    assert (loaded.count, loaded.new, loaded.first, loaded.last) == (5, 5, FIRST, NEXT)
    assert worth(app, "USD", "CNY", NEXT) == 7_000_000
    assert worth(app, "HKD", "EUR", NEXT, 850) == 100
    again = app.rates.load(path)
    assert (again.count, again.new) == (5, 0)
    assert len(app.history.list()) == 1
    assert app.rates.load(path, since=NEXT).count == 2
    with pytest.raises(UnreadableRatesError):
        app.rates.load(path, since=LATER)


@pytest.mark.parametrize("rate", ["0", "-1"])
def test_a_rate_that_is_none_is_refused(app: Kushen, rate: str) -> None:
    with pytest.raises(RateError):
        app.rates.set("USD", "CNY", Decimal(rate), date(2026, 11, 1))
