"""Tables as rows of text: nothing shifts, nothing is rounded, nothing hostile gets far."""

import datetime as dt
import io
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

from kushen_desktop.formats import archives, sniff, spreadsheets, tables
from kushen_desktop.formats.refusals import UnreadableStatementError
from kushen_desktop.formats.tables import clean, sheets, text_table

SHARED = Path(__file__).resolve().parents[3] / "shared" / "samples" / "statements"


def workbook(
    cells: dict[tuple[int, int], object], active: str = "", **more: dict[tuple[int, int], object]
) -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "first"
    for title, content in {"first": cells, **more}.items():
        sheet = first if title == "first" else book.create_sheet(title)
        for (row, column), value in content.items():
            sheet.cell(row, column).value = value
        if title == active:
            book.active = sheet
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def altered(content: bytes, member: str, change: tuple[bytes, bytes]) -> bytes:
    stored = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            if name == member:
                assert change[0] in body
                body = body.replace(*change)
            new.writestr(name, body)
    return stored.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableStatementError) as caught:
        sheets(content, "a.xlsx")
    assert "a.xlsx" in str(caught.value)
    return caught.value.reason.text


@pytest.mark.parametrize(
    ("cell", "bare"),
    [
        ("  9.90\t", "9.90"),
        ("\ufeff交易时间 ", "交易时间"),
        ("\xa0招商银行\u3000", "招商银行"),
        ('="20261120"', "20261120"),
        ('"20261120\t"', "20261120"),
        ("'20261120", "20261120"),
        ("'s Hertogenbosch", "'s Hertogenbosch"),
        ("", ""),
        ("=", "="),
    ],
)
def test_clean(cell: str, bare: str) -> None:
    assert clean(cell) == bare


@given(st.text())
def test_clean_is_done_once_and_for_all(cell: str) -> None:
    assert clean(clean(cell)) == clean(cell) or '"' in cell or "'" in cell


def test_text_keeps_ragged_rows_blank_lines_and_tabs_behind_quotes() -> None:
    text = 'a,b\r\n\r\n"3985734"\t,"x, ""y"""\n1\n1,2,3'
    assert text_table(text) == [["a", "b"], [], ["3985734\t", 'x, "y"'], ["1"], ["1", "2", "3"]]
    assert text_table("a;b\n1;2", ";") == [["a", "b"], ["1", "2"]]


def test_a_quoted_cell_may_hold_lines() -> None:
    assert text_table('a,"one\ntwo"\nb,c') == [["a", "one\ntwo"], ["b", "c"]]


def test_a_quote_that_never_closes_swallows_nothing() -> None:
    lines = ["1,ok", "1,ok", '2,"打开,x', *(f"{number},x" for number in range(3, 200))]
    found = text_table("\n".join(lines))
    assert len(found) == 200
    assert found[2] == ["2", '"打开', "x"]
    assert found[-1] == ["199", "x"]


def test_limits_of_text() -> None:
    for text in ("," * 2000, "\n" * (tables.MAX_ROWS + 2), "x" * (tables.MAX_FIELD + 1)):
        with pytest.raises(UnreadableStatementError):
            text_table(text)
    assert len(text_table("x" * 200_000)[0][0]) == 200_000


@given(st.lists(st.lists(st.text("ab, \"'中\n", max_size=6), min_size=1, max_size=4), max_size=20))
def test_what_csv_writes_is_read_back(rows: list[list[str]]) -> None:
    quoted = "".join(
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\r\n" for row in rows
    )
    assert text_table(quoted) == rows


def test_cells_of_a_workbook_as_text() -> None:
    serial = 46289.48678240741
    content = workbook(
        {
            (1, 1): "交易时间",
            (4, 2): 28.16,
            (4, 3): 12.0,
            (4, 4): 7,
            (4, 5): dt.datetime(2026, 9, 24, 11, 40, 58),  # noqa: DTZ001  cells have no zone
            (4, 6): dt.date(2026, 9, 24),
            (4, 7): True,
            (4, 8): 4.2e27,
            (4, 9): serial,
            (4, 10): " 零钱 ",
        }
    )
    ((title, rows),) = sheets(content)
    assert title == "first"
    assert [row[0] for row in rows] == ["交易时间", "", "", ""]
    assert rows[3][1:] == [
        *("28.16", "12", "7", "2026-09-24 11:40:58", "2026-09-24", "True"),
        *("4.2E+27", "46289.48678240741", " 零钱 "),
    ]


def test_a_serial_number_with_a_format_of_dates_is_a_time_to_the_second() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.cell(1, 1, 46289.48678240741).number_format = r"yyyy\-mm\-dd\ hh\:mm\:ss"
    stored = io.BytesIO()
    book.save(stored)
    assert sheets(stored.getvalue()) == [("Sheet", [["2026-09-24 11:40:58"]])]


def test_absent_rows_and_columns_shift_nothing() -> None:
    ((_, rows),) = sheets(workbook({(6, 3): "x", (16, 1): "y"}))
    assert len(rows) == 16
    assert (rows[5][2], rows[15][0]) == ("x", "y")


def test_the_open_sheet_comes_first() -> None:
    content = workbook({(1, 1): "a"}, "third", second={(1, 1): "b"}, third={(1, 1): "c"})
    assert [title for title, _ in sheets(content)] == ["third", "first", "second"]


def test_an_empty_style_does_not_stop_the_reader() -> None:
    content = altered(workbook({(1, 1): "a"}), "xl/styles.xml", (b"<fill><patternFill /></fill>", b"<fill/>"))
    assert sheets(content) == [("first", [["a"]])]


def test_openpyxl_reads_the_same_as_calamine() -> None:
    content = workbook({(1, 1): "a", (3, 2): 28.16, (3, 3): dt.datetime(2026, 9, 24, 1, 2, 3)})  # noqa: DTZ001
    assert spreadsheets._by_openpyxl(content) == spreadsheets._by_calamine(content)


def test_two_cells_in_far_corners_are_refused_before_memory_is_taken() -> None:
    assert refusal(workbook({(1, 1): "a", (1_048_576, 16_384): "z"})) == spreadsheets.TOO_MANY_CELLS
    assert refusal(workbook({(1, 1): "a", (1, 2000): "z"})) == spreadsheets.TOO_MANY_CELLS


@pytest.mark.parametrize("reference", [b"A99999999999", b"ZZZZZZ1", b" XFD1048576"])
def test_a_reference_beyond_every_sheet_is_refused(reference: bytes) -> None:
    whole = workbook({(1, 1): "a", (2, 1): "b"})
    content = altered(whole, "xl/worksheets/sheet1.xml", (b'r="A2"', b'r="' + reference + b'"'))
    assert refusal(content) == spreadsheets.TOO_MANY_CELLS


def test_a_workbook_that_is_a_bomb_is_refused() -> None:
    stored = io.BytesIO(workbook({(1, 1): "a"}))
    with zipfile.ZipFile(stored, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", bytes(20 * 1024 * 1024))
    assert refusal(stored.getvalue()) == archives.INFLATES_TOO_FAR


def test_an_entity_bomb_in_a_workbook_is_refused_or_read_as_nothing() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    content = altered(workbook({(1, 1): "a"}), "xl/workbook.xml", (b"<workbook", bomb + b"<workbook"))
    try:
        found = sheets(content)
    except UnreadableStatementError:
        return
    assert found == [("first", [["a"]])]


def test_half_a_workbook_is_damaged() -> None:
    whole = workbook({(row, 1): f"cell {row}" for row in range(1, 400)})
    for part in (whole[: len(whole) // 2], whole[:-30], b"PK\x03\x04xl/workbook.xml"):
        assert refusal(part) == archives.DAMAGED_ARCHIVE


def test_what_is_no_spreadsheet_is_refused() -> None:
    assert refusal(b"a,b\n1,2\n") == spreadsheets.NO_SHEET
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == spreadsheets.DAMAGED_SHEET
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert refusal(locked) == sniff.IS_LOCKED_OFFICE


# Made once: a workbook holds the time of its making, and examples must not depend on it.
SMALL = workbook({(1, 1): "a", (2, 2): 28.16})


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_any_damage_is_a_named_refusal_or_none(data: st.DataObject) -> None:
    content = bytearray(SMALL)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=5)):
        content[place] = data.draw(st.integers(0, 255))
    reasons = set()
    try:
        sheets(bytes(content))
    except UnreadableStatementError as refused:
        reasons.add(refused.reason.text)
    known = {archives.DAMAGED_ARCHIVE, archives.UNKNOWN_METHOD, archives.INFLATES_TOO_FAR}
    known |= {archives.TOO_MANY_ENTRIES, spreadsheets.DAMAGED_SHEET, spreadsheets.TOO_MANY_CELLS}
    assert reasons <= known | {spreadsheets.NO_SHEET}


@pytest.mark.skipif(not SHARED.exists(), reason="the collected samples are not beside the project")
def test_old_workbooks_with_chinese_are_not_garbled() -> None:
    for path in sorted(SHARED.glob("*-xls/*.xls")):
        found = sheets(path.read_bytes(), path.name)
        assert not any(unicodedata.category(char) == "Cc" for title, _ in found for char in title)
        assert any("\u4e00" <= char <= "\u9fff" for title, _ in found for char in title)
