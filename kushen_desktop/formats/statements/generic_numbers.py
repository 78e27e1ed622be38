"""Amounts as banks write them: signs, currencies, grouping, and which mark is the decimal one."""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from kushen_desktop.formats.statements.generic_words import code

MARKS = (".", ",")
_SIGN = r"([-+\u2212\u2013\uff0d\uff0b]?)"
_CURRENCY = r"((?:HK|US|NT|A|C)?\$|[¥￥£€]|[A-Z]{3}|人民币|Kč|zł|kr\.?|元|Lt)?"
_CELL = re.compile(
    rf"{_SIGN}\s*{_CURRENCY}\s*{_SIGN}\s*(\d[\d.,'’\s]*|[.,]\d+)\s*{_CURRENCY}\s*{_SIGN}\s*(CR|DR|Cr|Dr|cr|dr)?\.?"
)
_PLAIN = re.compile(r"-?\d{1,13}(?:\.\d{1,2})?")
_NOTED = re.compile(r"(.*\d)\s*[(（]([^()（）]*)[)）]")
_MINUS = frozenset("-\u2212\u2013\uff0d")
_GROUPS = re.compile(r"['’\s]")
_LEGAL = re.compile(r"\d{0,13}(\.\d{1,8})?")
_LONGEST = 60
EMPTY = frozenset({"", "-", "--", "—", "/", "N/A", "n/a"})


class Amount(NamedTuple):
    """An amount as written. digits: with its marks, unsigned; signed: whether a sign stood with them."""

    digits: str
    negative: bool = False
    signed: bool = False
    currency: str = ""


def written(cell: str) -> Decimal | Amount | None:
    """Return a cell as an amount, None where it is none.

    A Decimal where only one reading is possible, an Amount where decimal mark or currency are still open.
    """
    return Decimal(cell) if _PLAIN.fullmatch(cell) else amount(cell)


def amount(cell: str) -> Amount | None:
    """Return a cell taken apart, None where it is no amount."""
    if not cell or len(cell) > _LONGEST:
        return None
    if cell[0] in "(（" and cell[-1] in ")）":
        inner = amount(cell[1:-1].strip())
        return inner._replace(negative=True, signed=True) if inner and not inner.signed else None
    noted = _NOTED.fullmatch(cell)
    if noted:
        inner = amount(noted[1])
        return inner._replace(currency=inner.currency or code(noted[2])) if inner else None
    return _parts(cell)


def _parts(cell: str) -> Amount | None:
    found = _CELL.fullmatch(cell)
    if not found:
        return None
    before, first, between, digits, second, behind, mark = found.groups()
    signs = [sign for sign in (before, between, behind) if sign]
    if len(signs) > 1 or (signs and mark and mark.casefold() == "dr" and signs[0] in _MINUS):
        return None
    negative = bool(signs and signs[0] in _MINUS) or bool(mark and mark.casefold() == "dr")
    currency = code(first or "") or code(second or "")
    return Amount(_GROUPS.sub("", digits), negative, bool(signs) or bool(mark), currency)


def value(found: Decimal | Amount | None, mark: str) -> Decimal | None:
    """Return the signed amount with this decimal mark, None where it doesn't fit."""
    if not isinstance(found, Amount):
        return found
    digits = found.digits
    if "," in digits or "." in digits:
        evidence = mark_of(digits)
        used = evidence or mark
        other = "," if used == "." else "."
        digits = digits.replace(other, "")
        if used == ",":
            digits = digits.replace(",", ".")
        if digits.startswith("."):
            digits = f"0{digits}"
        digits = digits.removesuffix(".")
        if not _LEGAL.fullmatch(digits):
            return None
    number = Decimal(digits)
    return -number if found.negative else number


def mark_of(digits: str) -> str:
    """Return the decimal mark that these digits prove, "" where both are possible or none is there."""
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma < 0 and point < 0:
        return ""
    if comma >= 0 and point >= 0:
        return "," if comma > point else "."
    mark = "," if comma >= 0 else "."
    other = "." if mark == "," else ","
    if digits.count(mark) > 1:
        return other
    whole, _, rest = digits.partition(mark)
    if len(rest) != 3 or len(whole) > 3 or whole in {"", "0"}:
        return mark
    return ""


def marks(amounts: Iterable[Amount], points: int) -> tuple[str, bool, bool]:
    """Return the likelier decimal mark, whether both remain possible, and whether one is proven.

    points: how many amounts beside these have a point that can only be decimal. Where every amount looks
    like 1,234 its mark groups thousands: few currencies have three decimals.
    """
    proofs: Counter[str] = Counter()
    doubtful = ""
    for found in amounts:
        if "," in found.digits or "." in found.digits:
            proof = mark_of(found.digits)
            proofs[proof] += 1
            if not proof:
                doubtful = "," if "," in found.digits else "."
    commas, points = proofs[","], points + proofs["."]
    if commas or points:
        # A doubtful amount is settled by the others only where they agree.
        doubt = bool(proofs[""] and commas and points)
        return ("," if commas > points else "."), doubt, not doubt
    return ("." if doubtful in {"", ","} else ","), bool(doubtful), False
