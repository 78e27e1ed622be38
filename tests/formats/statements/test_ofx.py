import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.money import CurrencyError
from kushen_desktop.domain.statement import Statement
from kushen_desktop.formats.statements.importer import Source, UnreadableStatementError
from kushen_desktop.formats.statements.ofx import Ofx

HERE = Path(__file__).resolve()
SAMPLES = HERE.parents[2] / "data" / "statements" / "ofx"
SHARED = HERE.parents[4] / "shared" / "samples" / "statements"
_EXPECTED = SHARED / "expected.json"
REAL = [
    row
    for row in (json.loads(_EXPECTED.read_text("utf-8")) if _EXPECTED.exists() else [])
    if row["fmt"].startswith("ofx")
]
OWN = sorted(path.with_suffix("") for path in SAMPLES.glob("*.json"))


def read(content: bytes | str, **options: str) -> Statement:
    if isinstance(content, str):
        content = content.encode()
    return Ofx().read(Source("a.ofx", content, options))


def conserved(statement: Statement) -> bool:
    parts = (statement.entries, statement.skipped, statement.problems)
    rows = sorted(record.row for part in parts for record in part)
    return rows == list(range(1, statement.rows_read + 1)) and len(statement.raws) == statement.rows_read


@pytest.mark.skipif(not REAL, reason="the collected samples are not here")
@pytest.mark.parametrize("row", REAL, ids=[row["file"] for row in REAL])
def test_collected_files_have_their_counts_and_totals(row: dict[str, Any]) -> None:
    statement = read((SHARED / row["file"]).read_bytes())
    assert statement.rows_read - len(statement.skipped) == row["count"]
    assert statement.totals.incoming == Decimal(row["inc"])
    assert statement.totals.outgoing == Decimal(row["exp"])
    assert not statement.problems
    assert conserved(statement)


def test_what_is_no_ofx_is_refused() -> None:
    with pytest.raises(UnreadableStatementError):
        read(b"date,amount\n2026-01-01,1\n")
    assert not Ofx().identify(Source("a.csv", b"date,amount\n2026-01-01,1\n"))


def test_a_wrong_currency_is_refused() -> None:
    with pytest.raises(CurrencyError):
        read((SAMPLES / "cut_off.ofx").read_bytes(), currency="yuan")


def test_the_chosen_currency_is_taken() -> None:
    statement = read((SAMPLES / "cut_off.ofx").read_bytes(), currency="eur")
    assert [entry.currency for entry in statement.entries] == ["EUR"]
    assert not statement.questions


def test_the_raw_record_is_untouched() -> None:
    record = "<STMTTRN><trnamt>-1<!-- c --><dtposted>20260101<FITID>1</STMTTRN>"
    statement = read(f"<ofx><curdef>EUR{record}</ofx>")
    assert statement.raws[1] == record
    assert statement.entries[0].amount == -1


def test_identity_does_not_depend_on_how_the_amount_is_written() -> None:
    def identity(amount: str) -> tuple[str, ...]:
        text = f"<OFX><CURDEF>EUR<STMTTRN><DTPOSTED>20260101<TRNAMT>{amount}<FITID>1</STMTTRN></OFX>"
        return read(text).entries[0].identity

    assert identity("-3.40") == identity("-3.4") == identity("-3,40") == ("fitid", "1", "2026-01-01", "-3.4")


@pytest.mark.parametrize(
    ("body", "encoding", "declared", "taken"),
    [
        ("Zażółć gęślą", "cp1250", "CHARSET:1250", "cp1250"),
        ("Zażółć gęślą", "utf-8", "CHARSET:1252", "utf-8"),
        ("Café Straße", "cp1252", "CHARSET:NONE", "cp1252"),
        ("Café Straße", "cp1252", "ENCODING:UTF-8", "cp1252"),
        ("超市", "gb18030", "CHARSET:1252", "gb18030"),
        ("Łódź", "iso-8859-2", "CHARSET:8859-2", "iso8859-2"),
    ],
)
def test_encodings_that_lie(body: str, encoding: str, declared: str, taken: str) -> None:
    record = f"<STMTTRN><DTPOSTED>20260101<TRNAMT>1<NAME>{body}</STMTTRN>"
    statement = read(f"OFXHEADER:100\n{declared}\n\n<OFX><CURDEF>EUR{record}</OFX>".encode(encoding))
    assert (statement.entries[0].payee, statement.encoding) == (body, taken)


_AMOUNTS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)
_NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
_RECORDS = st.lists(st.tuples(st.dates(dt.date(1000, 1, 1)), _AMOUNTS, _NAMES), max_size=8)


@given(_RECORDS, st.booleans(), st.sampled_from(["\n", "", "\r\n  "]), st.sampled_from(["utf-8", "utf-16"]))
def test_what_was_written_is_read(
    records: list[tuple[dt.date, Decimal, str]],
    closed: bool,  # noqa: FBT001  hypothesis passes it by name
    gap: str,
    encoding: str,
) -> None:
    def leaf(tag: str, value: str) -> str:
        escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f"<{tag}>{escaped}{f'</{tag}>' if closed else ''}{gap}"

    rows = "".join(
        "<STMTTRN>"
        + leaf("DTPOSTED", day.isoformat().replace("-", ""))
        + leaf("TRNAMT", str(amount))
        + leaf("NAME", name)
        + "</STMTTRN>"
        for day, amount, name in records
    )
    statement = read(f"<OFX>{gap}<STMTRS>{leaf('CURDEF', 'EUR')}{rows}</STMTRS></OFX>".encode(encoding))
    assert [(entry.date, entry.amount, entry.payee) for entry in statement.entries] == records
    assert conserved(statement)


@given(st.binary(max_size=400))
def test_arbitrary_bytes_lose_no_record(junk: bytes) -> None:
    statement = read(b"<OFX><STMTTRN>" + junk)
    assert conserved(statement)
    assert statement.rows_read >= 1


@given(st.sampled_from(OWN), st.data())
def test_mutated_samples_lose_no_record(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 40))
        content[start : start + length] = data.draw(st.binary(max_size=12))
        if not content:
            break
    try:
        statement = read(bytes(content))
    except KushenError:
        return
    assert conserved(statement)
