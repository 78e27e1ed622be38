"""Dates as banks write them; the order of day and month is found from all rows, never guessed per row."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from itertools import pairwise
from typing import NamedTuple

_LONGEST = 48
ORDERS = ("YMD", "DMY", "MDY")
_CLOCK = (
    r"(?:(?:[T\s]\s*|(?<=日))(\d{1,2})[:：.](\d{2})(?:[:：.](\d{2}))?(?:[.,]\d+)?\s*([AaPp]\.?[Mm]\.?)?"
    r"(?:\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)?"
)
_NUMBERS = re.compile(rf"(\d{{1,4}})\s?[-/.年]\s?(\d{{1,2}})\s?[-/.月]\s?(\d{{1,4}})日?\.?{_CLOCK}")
_COMPACT = re.compile(r"(\d{8})(?:[T\s]?(\d{2}):?(\d{2}):?(\d{2}))?")
_WEEKDAY = r"(?:[^\W\d]{2,9}[,.]?\s+)?"
_NAMED = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})\.?[-\s]([^\W\d]{{3,10}})\.?[-,\s]\s?(\d{{2,4}}){_CLOCK}",
)
_NAMED_US = re.compile(rf"([^\W\d]{{3,10}})\.?\s(\d{{1,2}}),?\s(\d{{4}}){_CLOCK}")
_NO_YEAR = re.compile(r"(\d{1,2})[/月](\d{1,2})日?")
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?(?:\.\d+)?|(\d{2})(\d{2})(\d{2})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january janvier enero januari ene sausio",
            "feb februar february février fevrier febrero februari fév vasario",
            "mar mär märz march mars marzo maart mrt mrz kovo",
            "apr april avril abril abr avr balandžio",
            "may mai mayo mei gegužės",
            "jun june juni juin junio birželio",
            "jul july juli juillet julio liepos",
            "aug august août aout agosto augustus ago rugpjūčio",
            "sep sept september septembre septiembre rugsėjo",
            "oct okt october oktober octobre octubre spalio",
            "nov november novembre noviembre lapkričio",
            "dec dez december dezember décembre decembre diciembre dic gruodžio",
        ),
        start=1,
    )
    for name in names.split()
}


class Day(NamedTuple):
    """A date as written. numbers: three parts in the written order; order: "" where several may hold."""

    numbers: tuple[int, int, int]
    order: str
    clock: time | None = None
    short_year: bool = False


def written(cell: str) -> Day | None:
    """Return a cell as a date whose order may still be open, None where it is no date."""
    if len(cell) > _LONGEST or len(cell) < 6:
        return None
    found = _NUMBERS.fullmatch(cell)
    if found:
        return _numbers(found)
    found = _COMPACT.fullmatch(cell)
    if found:
        digits = found[1]
        clock = _time(found[2], found[3], found[4], None)
        return Day((int(digits[:4]), int(digits[4:6]), int(digits[6:])), "YMD", clock)
    found = _NAMED.fullmatch(cell)
    if found:
        numbers = (int(found[1]), _MONTHS.get(found[2].casefold(), 0), int(found[3]))
        return Day(numbers, "DMY", _clock(found, 4), len(found[3]) == 2) if numbers[1] else None
    found = _NAMED_US.fullmatch(cell)
    if found:
        numbers = (_MONTHS.get(found[1].casefold(), 0), int(found[2]), int(found[3]))
        return Day(numbers, "MDY", _clock(found, 4)) if numbers[0] else None
    return None


def _numbers(found: re.Match[str]) -> Day | None:
    first, second, third = found[1], found[2], found[3]
    numbers = (int(first), int(second), int(third))
    clock = _clock(found, 4)
    if len(first) == 4 and len(third) <= 2:
        return Day(numbers, "YMD", clock)
    if len(first) <= 2 and len(third) == 4:
        return Day(numbers, "", clock)
    return Day(numbers, "", clock, short_year=True) if len(first) <= 2 and len(third) <= 2 else None


def _clock(found: re.Match[str], group: int) -> time | None:
    return _time(found[group], found[group + 1], found[group + 2], found[group + 3])


def _time(hour: str | None, minute: str | None, second: str | None, half: str | None) -> time | None:
    if hour is None or minute is None:
        return None
    hours = int(hour) % 12 + 12 * (half[0] in "Pp") if half else int(hour)
    if hours > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    return time(hours, int(minute), int(second or 0))


def clock(cell: str) -> time | None:
    """Return a cell that holds only a time of day, None where it does not."""
    found = _TIME.fullmatch(cell)
    if not found:
        return None
    return _time(found[1] or found[4], found[2] or found[5], found[3] or found[6], None)


def read(day: Day, order: str) -> date | None:
    """Return the date that results with this order (one of ORDERS), None where there is none such."""
    order = day.order or order
    part = dict(zip(order, day.numbers, strict=True))
    year = part["Y"]
    if day.short_year:
        if year > 99:
            return None
        year += 2000 if year < 70 else 1900
    if year < 1000 or (not day.short_year and not day.order and order == "YMD"):
        return None
    try:
        return date(year, part["M"], part["D"])
    except ValueError:
        return None


def looks(cell: str) -> bool:
    """Tell whether a cell is a date, with or without its year."""
    return written(cell) is not None or _NO_YEAR.fullmatch(cell) is not None


def without_year(cell: str, latest: date) -> date | None:
    """Return a month and day as a date in the year that ends with the month of `latest`."""
    found = _NO_YEAR.fullmatch(cell)
    if not found:
        return None
    month, day = int(found[1]), int(found[2])
    try:
        return date(latest.year - (month > latest.month), month, day)
    except ValueError:
        return None


def orders(days: Iterable[Day]) -> list[str]:
    """Return the orders that read the most of these dates, the likeliest first; empty for no dates.

    More than one is left where every day is also a month. Likelier is the order in which the dates run evenly
    up or down, then the one that spans less time, then day before month.
    """
    open_ones = [day for day in days if not day.order]
    if not open_ones:
        return ["YMD"]
    readings = {order: [read(day, order) for day in open_ones] for order in ORDERS}
    counts = {order: sum(value is not None for value in values) for order, values in readings.items()}
    best = max(counts.values())
    if not best:
        return []
    left = [order for order in ("DMY", "MDY", "YMD") if counts[order] == best]
    return sorted(left, key=lambda order: _unlikeliness([value for value in readings[order] if value]))


def _unlikeliness(days: Sequence[date]) -> tuple[int, int]:
    steps = [(later - earlier).days for earlier, later in pairwise(days)]
    turns = min(sum(step < 0 for step in steps), sum(step > 0 for step in steps))
    return turns, sum(abs(step) for step in steps)
