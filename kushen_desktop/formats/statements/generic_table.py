"""The body of a table, column by column: cleaned cells, and when each row happened."""

import re
from collections.abc import Callable, Hashable, Sequence
from datetime import date, time
from itertools import zip_longest
from typing import NamedTuple, TypeVar

from kushen_desktop.formats.statements import generic_dates, generic_kinds, generic_numbers
from kushen_desktop.formats.statements.generic_columns import Columns
from kushen_desktop.formats.statements.generic_dates import Day
from kushen_desktop.formats.tables import clean

_Cell = TypeVar("_Cell", bound=Hashable)
_Value = TypeVar("_Value")
_DATE_LIKE = re.compile(r"\d[\d\-/. :年月日]*")
_TITLE_DATE = re.compile(r"(\d{4})\s*[年/.-]\s*(\d{1,2})(?!\d)")
_SAMPLE = 200
_UNCLEAN = "\"'\u200b\ufeff"

Rows = Sequence[Sequence[str]]


class When(NamedTuple):
    """The day of a row, also as ISO 8601, and the time where the file gives one."""

    day: date
    clock: time | None
    iso: str


def mapped(cells: Sequence[_Cell], read: Callable[[_Cell], _Value]) -> list[_Value]:
    """Return read(cell) for each cell; each different cell is read once."""
    known = {cell: read(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def tidy(found: Sequence[str]) -> list[str]:
    """Return texts with single spaces, and nothing where a dash or a slash stands for nothing."""
    return [
        "" if text in generic_numbers.EMPTY else " ".join(text.split()) if "  " in text else text
        for text in found
    ]


class Body:
    """The records of a table by column; rows may be of different lengths."""

    def __init__(self, rows: list[list[str]]) -> None:
        self.rows = rows
        self._columns = list(zip_longest(*rows, fillvalue=""))

    def cells(self, index: int) -> list[str]:
        """Return one column, cleaned; "" where a row is too short."""
        if index >= len(self._columns):
            return [""] * len(self.rows)
        bare = [cell.strip() for cell in self._columns[index]]
        together = "".join(bare)
        return mapped(bare, clean) if any(mark in together for mark in _UNCLEAN) else bare

    def filled(self, indexes: Sequence[int]) -> list[str]:
        """Return the first cell with something in it among these columns, for each row."""
        if not indexes:
            return [""] * len(self.rows)
        found = self.cells(indexes[0])
        for index in indexes[1:3]:
            if all(found):
                break
            found = [first or other for first, other in zip(found, self.cells(index), strict=True)]
        return found


def without_footer(rows: list[list[str]], columns: Columns) -> list[list[str]]:
    """Return the rows that are records: without blank ones, and without notes and totals after the last."""
    body = [row for row in rows if any(map(str.strip, row))]
    dates = [*columns.roles.get("date", ()), *columns.roles.get("value_date", ())]
    counts = sorted(sum(1 for cell in row if cell.strip()) for row in body[:_SAMPLE])
    usual = counts[len(counts) // 2] if counts else 0
    while body and _is_footer(body[-1], dates, usual):
        body.pop()
    return body


def _is_footer(row: Sequence[str], dates: Sequence[int], usual: int) -> bool:
    days = [clean(row[index]) for index in dates if index < len(row)]
    if any(_DATE_LIKE.fullmatch(cell) or generic_dates.written(cell) for cell in days):
        return False
    something = [cell for cell in map(clean, row) if cell]
    return not something or generic_kinds.is_total(something[0]) or len(something) * 2 < usual


def days(
    body: Body, columns: Columns, preamble: str
) -> tuple[list[Sequence[Day | None]], list[str], date | None]:
    """Return the dates of each date column, the cell to show for each row, and the statement's month."""
    indexes = [*columns.roles.get("date", ()), *columns.roles.get("value_date", ())][:3]
    shown = body.filled(indexes)
    written: list[Sequence[Day | None]] = [
        mapped(body.cells(index), generic_dates.written) for index in indexes
    ]
    title = _TITLE_DATE.search(preamble)
    month = date(int(title[1]), int(title[2]), 28) if title and 1 <= int(title[2]) <= 12 else None
    return written, shown, month if month and month.year >= 1000 else None


def moments(
    written: Sequence[Sequence[Day | None]],
    shown: Sequence[str],
    order: str,
    month: date | None,
    clocks: Sequence[str],
) -> list[When | None]:
    """Return when each row happened: the first of its dates that can be read."""
    found: list[When | None] = [None] * len(shown)
    for column in written:
        read = mapped(column, lambda day: None if day is None else _when(day, order))
        found = [first or other for first, other in zip(found, read, strict=True)]
        if all(found):
            break
    if month and not all(found):
        found = [
            moment
            or ((day := generic_dates.without_year(cell, month)) and When(day, None, day.isoformat()))
            or None
            for moment, cell in zip(found, shown, strict=True)
        ]
    if clocks:
        times = mapped(clocks, generic_dates.clock)
        found = [
            moment if moment is None or time is None else When(moment.day, time, moment.iso)
            for moment, time in zip(found, times, strict=True)
        ]
    return found


def _when(day: Day, order: str) -> When | None:
    read = generic_dates.read(day, order)
    return When(read, day.clock, read.isoformat()) if read else None
