"""Money: whole minor units of one ISO 4217 currency. Never a float, never two currencies in one sum."""

import re
from dataclasses import dataclass
from decimal import Decimal

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.i18n import N_

# Minor units other than two: ISO 4217, table A.1.
_EXPONENTS = dict.fromkeys(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ],
    0,
) | dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3)
_SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "JPY": "JP¥", "TWD": "NT$"}
_AMOUNT = re.compile(r"[-+−]?\d{1,13}(\.\d{1,8})?")
_CODE = re.compile(r"[A-Z]{3}")
MINUS = "\N{MINUS SIGN}"


class AmountError(KushenError):
    """A text is no amount of this currency."""

    code = "amount"
    message = N_("“{text}” is no amount in {currency}.")


class CurrencyError(KushenError):
    """A text is no currency code."""

    code = "currency"
    message = N_("“{text}” is no currency code of three letters, such as CNY.")


def exponent(currency: str) -> int:
    """Return how many digits this currency has behind the point."""
    return _EXPONENTS.get(currency, 2)


def checked_currency(untrusted_text: str) -> str:
    """Return a currency code in capitals; raises CurrencyError."""
    code = untrusted_text.strip().upper()
    if not _CODE.fullmatch(code):
        raise CurrencyError(text=untrusted_text)
    return code


def symbol(currency: str) -> str:
    """Return the sign people write before an amount: ¥, $, or the code and a space."""
    return _SYMBOLS.get(currency, f"{currency} ")


def minor(amount: Decimal, currency: str) -> int:
    """Return whole minor units; raises AmountError where digits would be lost."""
    scaled = amount.scaleb(_EXPONENTS.get(currency, 2))
    units = int(scaled)
    if units != scaled:
        raise AmountError(text=amount, currency=currency)
    return units


def decimal(minor_units: int, currency: str) -> Decimal:
    """Return the amount in major units, with all digits of the currency."""
    return Decimal(minor_units).scaleb(-exponent(currency))


def parse(untrusted_text: str, currency: str) -> int:
    """Return the minor units of what a person typed: sign, grouping by comma or space, point."""
    text = re.sub(r"[\s,，¥￥$€£]", "", untrusted_text).replace("。", ".")
    if not _AMOUNT.fullmatch(text):
        raise AmountError(text=untrusted_text, currency=currency)
    return minor(Decimal(text.replace(MINUS, "-")), currency)


def written(minor_units: int, currency: str, *, sign: bool = False) -> str:
    """Return an amount as read by people: grouped, a true minus, no symbol; sign=True writes + too."""
    digits = f"{decimal(abs(minor_units), currency):,.{exponent(currency)}f}"
    mark = MINUS if minor_units < 0 else "+" if sign and minor_units > 0 else ""
    return mark + digits


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in minor units of one currency."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return Money(self.minor + other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return self + -other

    def __str__(self) -> str:
        return f"{symbol(self.currency)}{written(self.minor, self.currency)}"

    def converted(self, rate: Decimal, currency: str) -> "Money":
        """Return this amount in another currency, one of ours being worth `rate` of it; half to even."""
        major = decimal(self.minor, self.currency) * rate
        return Money(int(major.scaleb(exponent(currency)).to_integral_value()), currency)
