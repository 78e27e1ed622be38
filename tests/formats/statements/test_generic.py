import csv
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, strategies as st

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.money import CurrencyError
from kushen_desktop.domain.statement import Statement
from kushen_desktop.formats.statements.generic import Generic, profile_key
from kushen_desktop.formats.statements.generic_answers import WrongAnswerError
from kushen_desktop.formats.statements.importer import Source, UnreadableStatementError

HERE = Path(__file__).resolve()
SAMPLES = HERE.parents[2] / "data" / "statements" / "generic"
SHARED = HERE.parents[4] / "shared" / "samples" / "statements"
_EXPECTED = SHARED / "expected.json"
# What honest rules for any table can read; the others need rules of their own.
_READ = (
    "bank-csv",
    "cn-bank-csv",
    "cn-bank-xls",
    "jd-csv",
    "meituan-csv",
    "monzo-csv",
    "n26-csv",
    "revolut-csv",
    "wise-csv",
)
REAL = [
    row
    for row in (json.loads(_EXPECTED.read_text("utf-8")) if _EXPECTED.exists() else [])
    if row["fmt"] in _READ
]
OWN = sorted(path.with_suffix("") for path in SAMPLES.glob("*.json"))
NO_SAMPLES = pytest.mark.skipif(not REAL, reason="the collected samples are not here")


def read(content: bytes | str, **options: str) -> Statement:
    if isinstance(content, str):
        content = content.encode()
    named = {name.replace("__", "."): value for name, value in options.items()}
    return Generic().read(Source("a.csv", content, named))


def conserved(statement: Statement) -> bool:
    parts = (statement.entries, statement.skipped, statement.problems)
    rows = sorted(record.row for part in parts for record in part)
    return rows == list(range(1, statement.rows_read + 1)) and len(statement.raws) == statement.rows_read


def taken(statement: Statement) -> dict[str, str]:
    return {question.name: question.taken for question in statement.questions}


@NO_SAMPLES
@pytest.mark.parametrize("row", REAL, ids=[row["file"] for row in REAL])
def test_collected_files_have_their_counts_and_totals(row: dict[str, Any]) -> None:
    statement = read((SHARED / row["file"]).read_bytes())
    assert row["count"] in {statement.rows_read, len(statement.entries)}
    assert statement.totals.incoming == Decimal(row["inc"])
    assert statement.totals.outgoing == Decimal(row["exp"])
    assert not statement.problems
    assert conserved(statement)


@NO_SAMPLES
def test_an_exchange_of_coins_is_flagged_row_by_row() -> None:
    statement = read((SHARED / "cn-broker" / "deg_huobi.csv").read_bytes())
    assert (len(statement.entries), len(statement.problems)) == (0, 3)


@NO_SAMPLES
@pytest.mark.parametrize("name", ["feidee-xls/feidee_mymoney_test_file.xls", "synthetic-cn/tinysnow_ccb.csv"])
def test_what_is_not_understood_is_said(name: str) -> None:
    statement = read((SHARED / name).read_bytes())
    assert conserved(statement)
    assert statement.notes or any(entry.review for entry in statement.entries)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 1000,
        b"%PDF-1.7\n1 0 obj",
        b"no table here, only words\nand, more words\n",
        b"a,b\n1,2\n3,4\n",
        b"<html><table><tr><td>2026-01-01</td><td>1,00</td></tr></table></html>",
        b"PK\x03\x04 and nothing more",
    ],
)
def test_what_is_no_statement_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableStatementError):
        read(content)


AMBIGUOUS = "Date,Payee,Amount,Currency\n05/01/2026,A,-1.00,GBP\n05/02/2026,B,-2.00,GBP\n"


@pytest.mark.parametrize(
    "options",
    [
        {"date_order": "YMD"},
        {"date_order": "DDD"},
        {"decimal": ","},
        {"decimal": "x"},
        {"sign": "direction"},
        {"sign": "?"},
        {"columns__amount": "Nowhere"},
        {"columns__colour": "Date"},
        {"encoding": "klingon"},
        {"profile": "{"},
        {"profile": "[]"},
        {"profile": '{"columns": 1}'},
    ],
)
def test_wrong_answers_are_refused(options: dict[str, str]) -> None:
    with pytest.raises(WrongAnswerError):
        read(AMBIGUOUS, **options)


def test_a_wrong_currency_is_refused() -> None:
    with pytest.raises(CurrencyError):
        read(AMBIGUOUS, currency="pounds")


def test_every_answer_offered_is_accepted_and_settles_its_question() -> None:
    for path in OWN:
        options = json.loads(path.with_name(f"{path.name}.json").read_text("utf-8")).get("options", {})
        for question in Generic().read(Source(path.name, path.read_bytes(), options)).questions:
            for answer, _ in question.answers:
                if question.name.startswith(("columns.", "encoding")) and answer != question.taken:
                    continue
                answered = Generic().read(
                    Source(path.name, path.read_bytes(), {**options, question.name: answer})
                )
                assert question.name not in taken(answered)
                assert conserved(answered)


def test_the_answer_decides() -> None:
    assert taken(read(AMBIGUOUS)) == {"date_order": "MDY"}
    months = [
        [entry.date.month for entry in read(AMBIGUOUS, date_order=order).entries] for order in ("DMY", "MDY")
    ]
    assert months == [[1, 2], [5, 5]]
    text = "Date,Text,Amount\n2026-01-01,shop,5.00\n"
    signs = [read(text, currency="EUR", sign=sign).entries[0].amount for sign in ("inverted", "signed")]
    assert signs == [Decimal(-5), Decimal(5)]


def test_a_chosen_column_is_taken() -> None:
    text = "Date,Text,Amount,Other\n2026-01-01,a,-1.00,-7.00\n2026-01-02,b,-2.00,-8.00\n"
    statement = read(text, currency="EUR", columns__amount="Other", columns__payee="Text", columns__text="")
    assert [entry.amount for entry in statement.entries] == [-7, -8]
    assert [(entry.payee, entry.text) for entry in statement.entries] == [("a", ""), ("b", "")]


def test_a_profile_answers_the_same_header_later_even_with_columns_moved() -> None:
    first = read(AMBIGUOUS, date_order="DMY", columns__text="Payee")
    moved = "Payee,Date,Currency,Amount\nC,07/03/2026,GBP,-3.00\n"
    later = read(moved, profile=first.profile)
    assert not later.questions
    assert (later.entries[0].date, later.entries[0].text) == (dt.date(2026, 3, 7), "C")
    assert json.loads(first.profile)["key"] == profile_key(["currency", "Amount", "DATE", "Payee "])
    assert read(moved, profile=later.profile).profile == later.profile


def test_a_profile_of_another_header_does_not_count() -> None:
    other = read(
        "Day,Payee,Amount\n05/01/2026,A,-1.00\n", date_order="DMY", currency="GBP", columns__date="Day"
    )
    assert taken(read(AMBIGUOUS, profile=other.profile)) == {"date_order": "MDY"}


def test_a_profile_gives_way_to_what_the_file_proves() -> None:
    profile = read(AMBIGUOUS, date_order="DMY").profile
    proven = read(AMBIGUOUS.replace("05/02", "05/22"), profile=profile)
    assert [entry.date.day for entry in proven.entries] == [1, 22]


def test_raw_cells_are_untouched() -> None:
    statement = read('Date,Text,Amount,\n2026-01-01,"  a ""b"" ", -1.00 ,x\n', currency="EUR")
    assert statement.raws[1] == {
        "Date": "2026-01-01",
        "Text": '  a "b" ',
        "Amount": " -1.00 ",
        "Column 4": "x",
    }


def test_two_identical_rows_are_two_entries_of_one_identity() -> None:
    row = "2026-01-01,coffee,-3.00,EUR\n"
    entries = read(f"Date,Text,Amount,Currency\n{row}{row}").entries
    assert len(entries) == 2
    assert entries[0].identity == entries[1].identity


def test_a_date_without_year_takes_it_from_the_title() -> None:
    rows = "12/30,消费 甲,5.00\n01/03,消费 乙,6.00\n01/05,还款,-11.00\n"
    statement = read(f"信用卡账单(2026年01月)\n交易日,交易摘要,人民币金额\n{rows}")
    assert [entry.date for entry in statement.entries] == [
        dt.date(2025, 12, 30),
        dt.date(2026, 1, 3),
        dt.date(2026, 1, 5),
    ]
    assert [entry.amount for entry in statement.entries] == [-5, -6, 11]


def test_a_cut_off_last_row_is_not_taken_for_a_footer() -> None:
    statement = read("Date,Text,Amount,Currency\n2026-01-01,a,-1.00,EUR\n2026-01-\n")
    assert statement.rows_read == 2
    assert [problem.row for problem in statement.problems] + [
        skipped.row for skipped in statement.skipped
    ] == [2]


def test_the_sheet_is_asked_for() -> None:
    book = openpyxl.Workbook()
    for title, amount in (("One", -1), ("Two", -2)):
        sheet = book.create_sheet(title)
        sheet.append(["Date", "Text", "Amount", "Currency"])
        sheet.append([dt.date(2026, 1, 1), "x", amount, "EUR"])
    file = io.BytesIO()
    book.save(file)
    assert taken(read(file.getvalue()))["sheet"] in {"One", "Two"}
    assert read(file.getvalue(), sheet="Two").entries[0].amount == -2
    with pytest.raises(WrongAnswerError):
        read(file.getvalue(), sheet="Three")


_WORDS = st.text("abcdefghijk äöüß店早餐", min_size=1, max_size=12).map(str.strip).filter(bool)
_ROWS = st.lists(
    st.tuples(
        st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)),
        st.integers(-(10**9), 10**9).filter(bool),
        _WORDS,
    ),
    min_size=2,
    max_size=10,
)
_ORDERS = {"YMD": "%Y-%m-%d", "DMY": "%d.%m.%Y", "MDY": "%m/%d/%Y"}


def _shown(cents: int, mark: str) -> str:
    whole, rest = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", "." if mark == "," else ",")
    return f"{grouped}{mark}{rest:02}"


def _money(cents: int, mark: str, model: str) -> list[str]:
    shown = _shown(cents, mark)
    if model == "columns":
        return ["", shown] if cents > 0 else [shown, ""]
    if model == "direction":
        return [shown, "C" if cents > 0 else "D"]
    return [("-" if (cents < 0) == (model == "signed") else "") + shown]


@given(
    _ROWS,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(sorted(_ORDERS)),
    st.sampled_from([".", ","]),
    st.sampled_from(["signed", "inverted", "columns", "direction"]),
)
def test_what_was_written_is_read(  # noqa: PLR0917  hypothesis passes them in order
    rows: list[tuple[dt.date, int, str]], delimiter: str, encoding: str, order: str, mark: str, model: str
) -> None:
    heads = {"columns": ["Debit", "Credit"], "direction": ["Amount", "D/C"]}.get(model, ["Amount"])
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["Date", "Description", *heads, "Currency"])
    for day, cents, words in rows:
        writer.writerow([day.strftime(_ORDERS[order]), words, *_money(cents, mark, model), "EUR"])
    # What a file leaves open is answered; what it proves must be found without help.
    asked = taken(read(text.getvalue().encode(encoding)))
    right = {"date_order": order, "decimal": mark, "sign": model}
    options = {
        name: answer
        for name, answer in right.items()
        if name in asked or (name, model) == ("sign", "inverted")
    }
    statement = read(text.getvalue().encode(encoding), **options)
    assert [(entry.date, entry.amount, entry.text) for entry in statement.entries] == [
        (day, Decimal(cents) / 100, " ".join(words.split())) for day, cents, words in rows
    ]
    assert conserved(statement)


_CELLS = st.sampled_from(
    [
        "2026-01-01",
        "01/02/2026",
        "31.12.2026",
        "12.50",
        "-1.234,56",
        "Date",
        "Amount",
        "余额",
        "Total",
        "",
        "Pending",
    ]
) | st.text(max_size=6)


@given(st.lists(st.lists(_CELLS, max_size=6), max_size=8), st.sampled_from(",;\t"))
def test_arbitrary_tables_lose_no_row(rows: list[list[str]], delimiter: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([["Date", "Text", "Amount"], *rows])
    try:
        statement = read(text.getvalue().encode("utf-8", "replace"))
    except KushenError:
        return
    assert conserved(statement)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_read_or_refused(junk: bytes) -> None:
    for content in (junk, b"Date,Text,Amount\n2026-01-01,a,-1.00\n" + junk):
        try:
            assert conserved(read(content))
        except KushenError:
            continue


@given(st.sampled_from(OWN), st.data())
def test_mutated_samples_lose_no_row(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, max(len(content) - 1, 0)))
        content[start : start + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=10))
    try:
        assert conserved(read(bytes(content)))
    except KushenError:
        return
