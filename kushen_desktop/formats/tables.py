"""Tables as rows of text: delimited text and spreadsheets, within limits."""

import csv
import io
import sys
from collections import Counter

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.formats.refusals import UnreadableStatementError
from kushen_desktop.formats.spreadsheets import MAX_COLUMNS, MAX_ROWS, TOO_MANY_CELLS, sheets
from kushen_desktop.i18n import N_

__all__ = ["MAX_COLUMNS", "MAX_ROWS", "clean", "interned", "sheets", "text_table"]

MAX_FIELD = 1_000_000
SPACE = " \t\r\n\v\f\xa0\u3000\ufeff\u200b"
# So many delimiters in a line within a cell are no text any more.
_STRAY_DELIMITERS = 5
_STRAY_LINES = 40
# One limit for the whole process; the default of 131,072 stops at long notes.
csv.field_size_limit(max(MAX_FIELD, csv.field_size_limit()))

BROKEN_TABLE = N_("its rows can't be told apart. Export it again, or save it as XLSX.")


def text_table(text: str, delimiter: str = ",", name: str = "?") -> list[list[str]]:
    """Return the rows of delimited text, ragged as they are, blank lines as empty lists.

    Quoted cells may hold the delimiter and line ends. A quote that never closes does not swallow the file:
    then each line is a row. name: of the file, for messages. Raises UnreadableStatementError beyond limits.
    """
    try:
        rows = _quoted(text, delimiter)
        if rows is None:
            rows = [_line(line.rstrip("\n"), delimiter) for line in io.StringIO(text, newline=None)]
    except csv.Error as error:
        raise UnreadableStatementError(Sentence.of(BROKEN_TABLE), file=name) from error
    if len(rows) > MAX_ROWS or max(map(len, rows), default=0) > MAX_COLUMNS:
        limits = {"rows": f"{MAX_ROWS:,}", "columns": f"{MAX_COLUMNS:,}"}
        raise UnreadableStatementError(Sentence.of(TOO_MANY_CELLS, **limits), file=name)
    return rows


def _quoted(text: str, delimiter: str) -> list[list[str]] | None:
    """Return the rows, None where a quote without an end has swallowed some."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return None
    return None if text.count("\n") > len(rows) and _swallowed(rows, delimiter) else rows


def _swallowed(rows: list[list[str]], delimiter: str) -> bool:
    """Tell whether a cell holds too many lines, or in a row of unusual width lines that look like rows."""
    usual = Counter(map(len, rows)).most_common(1)[0][0]
    enough = max(_STRAY_DELIMITERS, usual // 2)
    return any(
        cell.count("\n") > _STRAY_LINES
        or (len(row) != usual and any(line.count(delimiter) >= enough for line in cell.split("\n")))
        for row in rows
        for cell in row
        if "\n" in cell
    )


def _line(line: str, delimiter: str) -> list[str]:
    if line.count('"') % 2:
        return [_unquoted(cell) for cell in line.split(delimiter)]
    return next(csv.reader([line], delimiter=delimiter), [])


def _unquoted(cell: str) -> str:
    return cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def clean(cell: str) -> str:
    """Return a cell without spaces, TAB, byte order mark, quotes and ="…" around it."""
    bare = cell.strip(SPACE)
    if '"' not in bare and not bare.startswith("'"):
        return bare
    if bare.startswith('="'):
        bare = bare[1:]
    bare = bare.strip('"').strip(SPACE)
    # Spreadsheets mark text that looks like a number by an apostrophe.
    return bare[1:] if bare.startswith("'") and bare[1:].isdigit() else bare


def interned(row: list[str]) -> tuple[str, ...]:
    """Return column names, cleaned, one object each: they become the keys of every raw record."""
    return tuple(sys.intern(clean(cell)) for cell in row)
