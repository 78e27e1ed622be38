"""Records of wallet statements: the header found by its names, broken lines put together again."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kushen_desktop.domain.statement import Raw
from kushen_desktop.formats.tables import clean, interned

_FURTHEST_HEADER = 200
AMOUNT = r"[¥￥]?\d[\d,]*(\.\d+)?"
Sound = Callable[[Sequence[str]], bool]


class Section(NamedTuple):
    """The records of a file: column names, rows, and the lines around them as text."""

    names: tuple[str, ...]
    rows: list[list[str]]
    around: list[str]


def sound_by(header: Sequence[str], shapes: Mapping[str, str]) -> Sound:
    """Return what tells a row in good order: the cells of these columns have the shape of a pattern."""
    names = [clean(cell) for cell in header]
    fixed = [(names.index(name), re.compile(shape)) for name, shape in shapes.items() if name in names]

    def sound(row: Sequence[str]) -> bool:
        return all(
            len(row) > column and shape.fullmatch(clean(row[column])) is not None for column, shape in fixed
        )

    return sound


def header_place(rows: Sequence[Sequence[str]], wanted: frozenset[str]) -> int:
    """Return the index of the first row that has all these column names, -1 where none has."""
    for index, row in enumerate(rows[:_FURTHEST_HEADER]):
        if len(row) >= len(wanted) and wanted <= {clean(cell) for cell in row}:
            return index
    return -1


def section(rows: list[list[str]], place: int, sound: Sound, text_columns: Sequence[str]) -> Section:
    """Return the records below the header at this place, up to a line of dashes or the end of full rows.

    sound: tells whether a row of the right width has its fixed columns in their places. text_columns: names
    of the columns in which a stray comma may have cut a cell in two.
    """
    names = interned(rows[place])
    while names and not names[-1]:
        names = names[:-1]
    end = _end(rows, place + 1, len(names))
    around = [",".join(row) for row in rows[:place] + rows[end:]]
    mender = _Mender(names, len(rows[place]), sound, text_columns)
    return Section(names, list(mender.mended(rows[place + 1 : end])), around)


def raw_of(names: Sequence[str], row: Sequence[str]) -> Raw:
    """Return the untouched cells by column name; cells without a name as column 14, 15 and so on."""
    raw = dict(zip(names, row, strict=False))
    for index in range(len(names), len(row)):
        if row[index].strip():
            raw[str(index + 1)] = row[index]
    return raw


def _end(rows: list[list[str]], start: int, width: int) -> int:
    end = len(rows)
    for index in range(start, end):
        row = rows[index]
        if row and row[0].lstrip().startswith("-----") and len(row) * 2 < width:
            end = index
            break
    while end > start and _is_footer(rows[end - 1], width):
        end -= 1
    return end


def _is_footer(row: list[str], width: int) -> bool:
    filled = sum(1 for cell in row if cell.strip())
    return filled * 2 < min(width, 10) and not any("\n" in cell for cell in row)


class _Mender:
    def __init__(self, names: tuple[str, ...], full: int, sound: Sound, text_columns: Sequence[str]) -> None:
        self._width = len(names)
        self._full = full
        self._sound = sound
        self._text = [names.index(name) for name in text_columns if name in names]

    def mended(self, rows: list[list[str]]) -> Iterator[list[str]]:
        """Yield one row a record; what cannot be mended comes as it is."""
        index = 0
        while index < len(rows):
            row = rows[index]
            index += 1
            if not any(map(str.strip, row)):
                continue
            if self._fits(row):
                yield row
                continue
            taken, joined = self._joined(row, rows[index : index + 2])
            if joined is not None:
                index += taken
                yield joined
            else:
                yield from self._split(row)

    def _fits(self, row: list[str]) -> bool:
        """Tell whether a row is as wide as the header with its empty cells, or in good order all the same."""
        if len(row) == self._full:
            return True
        return len(row) >= self._width and not any(map(str.strip, row[self._width :])) and self._sound(row)

    def _joined(self, row: list[str], following: list[list[str]]) -> tuple[int, list[str] | None]:
        """Return how many further lines belong to the record, and the record; None where none does."""
        narrowed = self._narrowed(row)
        if narrowed is not None:
            return 0, narrowed
        record = row
        for taken, line in enumerate(following, 1):
            if not record or not line or len(record) + len(line) - 1 > self._width + 2:
                break
            record = [*record[:-1], f"{record[-1].rstrip()} {line[0].lstrip()}", *line[1:]]
            narrowed = self._narrowed(record)
            if narrowed is not None:
                return taken, narrowed
        return 0, None

    def _narrowed(self, row: list[str]) -> list[str] | None:
        """Return a row with the surplus commas put back into the text they came from, None if none fits."""
        while len(row) >= self._width:
            surplus = len(row) - self._width
            if surplus == 0 and self._sound(row):
                return row
            for column in self._text if surplus else ():
                last = column + surplus + 1
                candidate = [*row[:column], ",".join(row[column:last]), *row[last:]]
                if self._sound(candidate):
                    return candidate
            if row[-1].strip():
                break
            row = row[:-1]
        return None

    def _split(self, row: list[str]) -> Iterator[list[str]]:
        """Yield the rows that a stray quote has made one of, or the row as it is."""
        lines = [line.split(",") for line in ",".join(row).splitlines()]
        mended = [self._narrowed(cells) for cells in lines]
        if len(lines) == 1 and mended[0] is None:
            yield row
            return
        for cells, found in zip(lines, mended, strict=True):
            yield found or cells
