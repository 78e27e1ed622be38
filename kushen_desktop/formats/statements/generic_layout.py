"""Where in a grid the statement is: its header by the set of its words, never by a line number."""

import sys
from collections.abc import Sequence
from typing import NamedTuple

from kushen_desktop.formats.statements import generic_dates, generic_numbers
from kushen_desktop.formats.statements.generic_words import MONEY, fit
from kushen_desktop.formats.tables import clean

_SEARCHED = 300
_SAMPLE = 200
# Part of a profile, so it is not translated.
UNNAMED = "Column {number}"


class Layout(NamedTuple):
    """A header and the first row of data behind it.

    names: one per column, unique, made up where the file has none; header: index of the header's row, -1
    where there is none. preamble: the text before. merit: compares two ways to cut the same text.
    """

    names: tuple[str, ...]
    header: int
    first: int
    preamble: str
    merit: tuple[int, ...]


def located(rows: Sequence[Sequence[str]]) -> Layout | None:
    """Return where the statement is, None where no row holds a date and an amount."""
    header = _by_words(rows)
    if header is not None:
        return _layout(rows, header, header + 1, words=1)
    first = next((index for index, row in enumerate(rows[:_SEARCHED]) if _is_data(row)), None)
    if first is None:
        return None
    above = next((index for index in range(first - 1, -1, -1) if any(map(str.strip, rows[index]))), -1)
    if above >= 0 and _could_head(rows[above], rows[first]):
        return _layout(rows, above, first, words=0)
    return _layout(rows, -1, first, words=0)


def _by_words(rows: Sequence[Sequence[str]]) -> int | None:
    for index, row in enumerate(rows[:_SEARCHED]):
        if len(row) < 2:
            continue
        roles = {fit(clean(cell)).role for cell in row}
        if roles & {"date", "value_date"} and roles & MONEY:
            return index
    return None


def _is_data(row: Sequence[str]) -> bool:
    cells = [clean(cell) for cell in row]
    dates = [index for index, cell in enumerate(cells) if generic_dates.written(cell)]
    return bool(dates) and any(
        generic_numbers.written(cell)
        for index, cell in enumerate(cells)
        if index not in dates and _is_money(cell)
    )


def _is_money(cell: str) -> bool:
    """Tell whether a cell without a heading may be an amount: a lone run of digits may be anything."""
    return not cell.isdigit() or len(cell) < 8


def _could_head(row: Sequence[str], data: Sequence[str]) -> bool:
    cells = [cell for cell in map(clean, row) if cell]
    if len(cells) < 2 or len(set(cells)) * 2 < len(cells) or abs(len(row) - len(data)) > 2:
        return False
    return not any(generic_dates.written(cell) or generic_numbers.written(cell) for cell in cells)


def _layout(rows: Sequence[Sequence[str]], header: int, first: int, words: int) -> Layout:
    data = rows[first : first + _SAMPLE]
    widths = [len(row) for row in data if any(map(str.strip, row))]
    top = [clean(cell) for cell in rows[header]] if header >= 0 else []
    width = max([len(top), *map(len, rows[first:])], default=0)
    usual = max(set(widths), key=widths.count, default=0)
    preamble = "\n".join(
        " ".join(map(clean, row)) for row in rows[: max(header, 0) if header >= 0 else first]
    )
    known = sum(bool(fit(name).role) for name in top)
    merit = (words, known, sum(value == usual for value in widths), usual)
    return Layout(_unique(top, width), header, first, preamble, merit)


def _unique(top: list[str], width: int) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for index in range(width):
        name = (top[index] if index < len(top) else "") or UNNAMED.format(number=index + 1)
        unique, count = name, 1
        while unique in names:
            count += 1
            unique = f"{name} ({count})"
        names[sys.intern(unique)] = None
    return tuple(names)
