"""Cells of Chinese wallet statements: times, amounts, numbers, accounts, and what a file says of itself."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from kushen_desktop.domain.statement import Stated
from kushen_desktop.formats.tables import clean

CNY = "CNY"
INCOMING = "收入"
OUTGOING = "支出"
BLANK = frozenset({"", "/", "-", "--"})

_CENT = Decimal("0.01")
_NOISE = Decimal("0.000001")
_AMOUNT = re.compile(r"-?\d{1,13}(\.\d{1,20})?")
_MONEY_MARKS = str.maketrans("", "", "¥￥,， \t\xa0元")
_MOMENT = re.compile(
    r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:[\sT]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
)
_SERIAL = re.compile(r"[345]\d{4}(\.\d+)?")
_SERIAL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  statements give China's wall clock without a zone
_EXPONENT = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
# A spreadsheet keeps 15 digits of a number; behind them an order number becomes zeros.
_KEPT_DIGITS = 15
_SHORTEST_SPOILT = 20
_COUNT = re.compile(r"共\s*(\d+)\s*笔记录")
_SUM = re.compile(r"(?:^|[^待])(收入|支出)[：:]\s*\w+\s*笔[,，]?\s*([\d.]+)\s*元")
_OWNER = re.compile(r"(?:姓名|支付宝账户|账号|微信昵称)[：:]\s*\[?([^\],\s][^\],]*)")


def moment(text: str) -> tuple[date, time | None]:
    """Return day and time of 2026-09-24 11:40:58 and its re-saved forms; raises ValueError."""
    if len(text) == 19 and text[4] == "-" and text[10] == " ":
        return date.fromisoformat(text[:10]), time.fromisoformat(text[11:])
    if _SERIAL.fullmatch(text):
        # Days since the epoch of spreadsheets, where a cell has lost its format.
        at = _SERIAL_EPOCH + timedelta(seconds=round(Decimal(text) * 86_400))
        return at.date(), at.time()
    match = _MOMENT.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day, hour, minute, second = match.groups(default="")
    clock = time(int(hour), int(minute), int(second or 0)) if hour else None
    return date(int(year), int(month), int(day)), clock


def yuan(untrusted_text: str) -> Decimal:
    """Return an amount in yuan with two decimals; raises ValueError, also for parts of a fen."""
    text = untrusted_text
    if not _AMOUNT.fullmatch(text):
        text = text.translate(_MONEY_MARKS)
        if not _AMOUNT.fullmatch(text):
            raise ValueError(untrusted_text)
    amount = Decimal(text)
    if text[-3:-2] == ".":
        return amount
    rounded = amount.quantize(_CENT)
    # Cells of spreadsheets are binary fractions: 28.16 may come as 28.160000000000004.
    if abs(rounded - amount) > _NOISE:
        raise ValueError(untrusted_text)
    return rounded


def order_number(cell: str) -> str:
    """Return an order number without what programs wrap around it, "" where the cell gives none."""
    bare = clean(cell)
    return "" if bare in BLANK else bare


def spoilt(order: str) -> bool:
    """Tell whether a spreadsheet program has turned this order number into a rounded number."""
    if order.endswith("00000"):
        return len(order) >= _SHORTEST_SPOILT and order.isdigit() and not order[_KEPT_DIGITS:].strip("0")
    return "E" in order.upper() and _EXPONENT.fullmatch(order) is not None


def first_method(method: str, default: str) -> str:
    """Return the account that was debited: the first of what & joins; the others are discounts."""
    bare = method.partition("&")[0].strip()
    return default if bare in BLANK else bare


def stated(lines: Iterable[str]) -> tuple[Stated, ...]:
    """Return count and sums that the lines around the records give, for all accounts together."""
    count: int | None = None
    sums: dict[str, Decimal] = {}
    for line in lines:
        if match := _COUNT.search(line):
            count = int(match[1])
        elif (match := _SUM.search(line)) and _AMOUNT.fullmatch(match[2]):
            sums[match[1]] = Decimal(match[2])
    if count is None and not sums:
        return ()
    return (Stated("", CNY, count, sums.get(INCOMING), sums.get(OUTGOING)),)


def owner(lines: Iterable[str]) -> str:
    """Return name and account of whose statement it is, as the lines around the records give them."""
    return " ".join(match.strip() for line in lines for match in _OWNER.findall(line))
