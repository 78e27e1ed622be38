"""XLSX and XLS as rows of text: python-calamine first and openpyxl where it fails; xlrd for XLS.

python-calamine is not used for XLS: damaged ones make it panic, past every except, and it garbles the Chinese
of old ones (its issue 229).
"""

import datetime as dt
import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Literal

import openpyxl
import python_calamine
import xlrd
import xlrd.biffh
import xlrd.compdoc

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.formats.archives import refuse_bomb
from kushen_desktop.formats.refusals import UnreadableStatementError
from kushen_desktop.formats.sniff import IS_LOCKED_OFFICE, FileKind, file_kind
from kushen_desktop.i18n import N_

Rows = list[list[str]]
Sheets = list[tuple[str, Rows]]

MAX_ROWS = 1_100_000
MAX_COLUMNS = 1_024
MAX_SHEETS = 256
# A reader may lay out a whole rectangle for two cells in its corners.
MAX_AREA = 20_000_000
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)(\d+)""")
_OVERLAP = 32
_HALF_SECOND = dt.timedelta(milliseconds=500)
_MIDNIGHT = dt.time()
_ACTIVE = re.compile(rb"""\sactiveTab=["'](\d{1,4})["']""")

TOO_MANY_CELLS = N_("it has more than {rows} rows or {columns} columns.")
DAMAGED_SHEET = N_("the spreadsheet is damaged or incomplete. Export it again.")
NO_SHEET = N_("it is no spreadsheet.")


def sheets(untrusted_content: bytes, name: str = "?") -> Sheets:
    """Return (sheet name, rows) of every sheet of an XLSX or XLS, the active sheet of an XLSX first.

    Row n of a sheet stands at index n - 1, whether or not the rows before it are in the file.

    Cells as text: dates as 2026-09-24 or 2026-09-24 11:40:58 to the nearest second, numbers with all their
    digits, whole ones without a point. Raises UnreadableStatementError: damaged, locked or too large.
    """
    kind = file_kind(untrusted_content)
    if kind is FileKind.LOCKED_OFFICE:
        raise UnreadableStatementError(Sentence.of(IS_LOCKED_OFFICE), file=name)
    if kind is FileKind.XLSX:
        _refuse_sparse(untrusted_content, name)
        readers: tuple[Callable[[bytes], Sheets], ...] = (_by_calamine, _by_openpyxl)
    elif kind is FileKind.XLS:
        readers = (_by_xlrd,)
    else:
        raise UnreadableStatementError(Sentence.of(NO_SHEET), file=name)
    found = _first_that_reads(readers, untrusted_content, name)
    for _title, rows in found:
        if len(rows) > MAX_ROWS or max(map(len, rows), default=0) > MAX_COLUMNS:
            raise _too_many(name)
    return _active_first(found, untrusted_content) if kind is FileKind.XLSX else found


def _too_many(name: str) -> UnreadableStatementError:
    limits = {"rows": f"{MAX_ROWS:,}", "columns": f"{MAX_COLUMNS:,}"}
    return UnreadableStatementError(Sentence.of(TOO_MANY_CELLS, **limits), file=name)


def _first_that_reads(readers: Sequence[Callable[[bytes], Sheets]], content: bytes, name: str) -> Sheets:
    failure: Exception | None = None
    for reader in readers:
        try:
            found = reader(content)
        except _FAILURES as error:
            failure = error
        else:
            return found
    raise UnreadableStatementError(Sentence.of(DAMAGED_SHEET), file=name) from failure


# What the three libraries raise on damaged files, found by cutting and flipping real ones.
_FAILURES = (
    python_calamine.CalamineError,
    python_calamine.PasswordError,
    python_calamine.XmlError,
    python_calamine.ZipError,
    xlrd.biffh.XLRDError,
    xlrd.compdoc.CompDocError,
    zipfile.BadZipFile,
    struct.error,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    EOFError,
    OSError,
)


def _refuse_sparse(content: bytes, name: str) -> None:
    """Refuse bombs, and sheets whose corners span more cells than memory has room for."""
    tail, member, rows, columns = b"", "", 0, 0
    for current, piece in refuse_bomb(content, name):
        if not current.startswith("xl/worksheets/"):
            continue
        if current != member:
            tail, member, rows, columns = b"", current, 0, 0
        for letters, number in _REFERENCE.findall(tail + piece):
            # Longer ones are beyond every limit, and text that long is no number to reckon with.
            rows = max(rows, int(number[:9]))
            columns = max(columns, _column(letters[:5]))
        if rows > MAX_ROWS or columns > 16_384 or rows * columns > MAX_AREA:
            raise _too_many(name)
        tail = piece[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _by_calamine(content: bytes) -> Sheets:
    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            names = [sheet.name for sheet in book.sheets_metadata if _is_sheet(sheet)][:MAX_SHEETS]
            return [(name, _calamine_rows(book, name)) for name in names]
    except BaseException as panic:
        # A panic of its Rust code on a damaged file is no Exception, and has no name to catch it by.
        if type(panic).__name__ != "PanicException":
            raise
        raise python_calamine.CalamineError from panic


def _calamine_rows(book: python_calamine.CalamineWorkbook, name: str) -> Rows:
    return _rows(book.get_sheet_by_name(name).to_python(skip_empty_area=False))


def _is_sheet(sheet: python_calamine.SheetMetadata) -> bool:
    return sheet.typ == python_calamine.SheetTypeEnum.WorkSheet


def _by_openpyxl(content: bytes) -> Sheets:
    with warnings.catch_warnings():
        # It warns of what it mends in damaged files; the rows are judged, not the file.
        warnings.simplefilter("ignore")
        return _openpyxl_sheets(content)


def _openpyxl_sheets(content: bytes) -> Sheets:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        return [
            (sheet.title, _rows(sheet.iter_rows(values_only=True))) for sheet in book.worksheets[:MAX_SHEETS]
        ]
    finally:
        book.close()


def _by_xlrd(content: bytes) -> Sheets:
    with xlrd.open_workbook(
        file_contents=content, on_demand=True, ragged_rows=True, logfile=io.StringIO()
    ) as book:
        found = []
        for index in range(min(book.nsheets, MAX_SHEETS)):
            sheet = book.sheet_by_index(index)
            rows = (
                [_xls_value(cell, book.datemode) for cell in sheet.row(row)] for row in range(sheet.nrows)
            )
            found.append((sheet.name, _rows(rows)))
        return found


def _xls_value(cell: xlrd.sheet.Cell, datemode: Literal[0, 1]) -> object:
    if cell.ctype == xlrd.XL_CELL_DATE and isinstance(cell.value, float):
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError):
            return cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else cell.value


def _rows(rows: Iterable[Iterable[object]]) -> Rows:
    return [[cell if type(cell) is str else _text(cell) for cell in row] for row in rows]


def _text(value: object) -> str:
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dt.datetime):
        nearest = (value + _HALF_SECOND).replace(microsecond=0, tzinfo=None)
        if nearest.time() == _MIDNIGHT:
            return nearest.date().isoformat()
        return nearest.isoformat(sep=" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return "" if value is None else str(value)


def _number(value: float) -> str:
    text = repr(value)
    if "e" in text or "n" in text:
        return str(Decimal(text))
    return text.removesuffix(".0")


def _active_first(found: Sheets, content: bytes) -> Sheets:
    """Put the sheet first that was open when the workbook was saved: the one its owner means."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        match = _ACTIVE.search(archive.read("xl/workbook.xml"))
    place = int(match[1]) if match else 0
    return [found[place], *found[:place], *found[place + 1 :]] if 0 < place < len(found) else found
