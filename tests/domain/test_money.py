"""Money: never a lost unit, never two currencies in one sum."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from kushen_desktop.domain.money import (
    AmountError,
    CurrencyError,
    Money,
    checked_currency,
    decimal,
    exponent,
    minor,
    parse,
    symbol,
    written,
)

CURRENCIES = st.sampled_from(["CNY", "USD", "EUR", "HKD", "JPY", "KRW", "KWD", "TND", "XAU"])
# Thirteen digits before the point are the most that anybody may type.
AMOUNTS = st.integers(-(10**13) + 1, 10**13 - 1)


@given(AMOUNTS, CURRENCIES)
def test_what_is_written_is_read_as_the_same_amount(amount: int, currency: str) -> None:
    assert parse(written(amount, currency), currency) == amount
    assert parse(written(amount, currency, sign=True), currency) == amount
    assert parse(str(decimal(amount, currency)), currency) == amount


@given(AMOUNTS, CURRENCIES)
def test_minor_units_are_whole_and_come_back(amount: int, currency: str) -> None:
    assert minor(decimal(amount, currency), currency) == amount
    assert -decimal(amount, currency).as_tuple().exponent == exponent(currency)  # type: ignore[operator]


@given(AMOUNTS, CURRENCIES, st.integers(1, 9))
def test_an_amount_with_more_digits_than_its_currency_is_refused(
    amount: int, currency: str, digit: int
) -> None:
    finer = Decimal(f"{decimal(amount, currency)}{'' if exponent(currency) else '.'}{digit}")
    with pytest.raises(AmountError):
        minor(finer, currency)
    with pytest.raises(AmountError):
        parse(str(finer), currency)


@given(st.text(max_size=20), CURRENCIES)
def test_any_text_is_an_amount_or_refused(text: str, currency: str) -> None:
    try:
        amount = parse(text, currency)
    except AmountError:
        return
    assert parse(written(amount, currency), currency) == amount


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("12", "CNY", 12_00),
        ("¥1,234.50", "CNY", 1_234_50),
        ("￥ 1，234.5", "CNY", 1_234_50),
        ("-0.01", "CNY", -1),
        ("−0.01", "CNY", -1),
        ("+3.10", "USD", 3_10),
        ("3。5", "CNY", 3_50),
        ("1 000", "JPY", 1_000),
        ("1.00", "JPY", 1),
        ("0.001", "KWD", 1),
        ("１２", "CNY", 12_00),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, currency: str, amount: int) -> None:
    assert parse(text, currency) == amount


@pytest.mark.parametrize(
    "text", ["", "-", ".5", "5.", "1e5", "1.2.3", "--1", "NaN", "Infinity", "0x10", "½", "十二", "1" * 14]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        parse(text, "CNY")


def test_amounts_are_written_grouped_with_a_true_minus() -> None:
    assert written(-1_234_567_89, "CNY") == "−1,234,567.89"
    assert written(5, "CNY", sign=True) == "+0.05"
    assert written(0, "CNY", sign=True) == "0.00"
    assert written(1_500, "JPY") == "1,500"
    assert str(Money(-5, "HKD")) == "HK$−0.05"
    assert symbol("CHF") == "CHF "


@given(AMOUNTS, AMOUNTS, CURRENCIES)
def test_money_of_one_currency_adds_and_subtracts(first: int, second: int, currency: str) -> None:
    total = Money(first, currency) + Money(second, currency)
    assert total == Money(first + second, currency)
    assert total - Money(second, currency) == Money(first, currency)


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(ValueError, match="CNY and USD"):
        Money(1, "CNY") + Money(1, "USD")
    with pytest.raises(ValueError, match="CNY and USD"):
        Money(1, "CNY") - Money(1, "USD")


@pytest.mark.parametrize(
    ("money", "rate", "currency", "units"),
    [
        (Money(100_00, "USD"), "7.1234", "CNY", 712_34),
        (Money(1_000, "JPY"), "0.0478", "CNY", 47_80),
        (Money(1_00, "CNY"), "20.9", "JPY", 21),
        (Money(10, "CNY"), "0.25", "USD", 2),
        (Money(30, "CNY"), "0.25", "USD", 8),
        (Money(-30, "CNY"), "0.25", "USD", -8),
        (Money(1, "KWD"), "3.25", "USD", 0),
    ],
)
def test_conversion_rounds_half_to_even_in_the_units_of_the_other(
    money: Money, rate: str, currency: str, units: int
) -> None:
    assert money.converted(Decimal(rate), currency) == Money(units, currency)


def test_a_currency_is_three_letters() -> None:
    assert checked_currency(" cny ") == "CNY"
    for text in ("", "CN", "CNYY", "C1Y", "人民币"):
        with pytest.raises(CurrencyError):
            checked_currency(text)
