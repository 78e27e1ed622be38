"""The contract of `inspect`, as docs/cli.md has it."""

import contextlib
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kushen_desktop import cli
from kushen_desktop.domain.statement import Kind
from tests.cli.conftest import DATA, Kushen

SAMPLES = sorted(path for path in DATA.glob("*/*") if path.with_name(path.name + ".json").exists())
SHARED = Path(__file__).resolve().parents[3] / "shared" / "samples" / "statements"
CHECKED = ("alipay-", "wechat-", "ofx-", "bank-csv")

KEYS = ["file", "format", "encoding", "rows_read", "entries", "skipped", "problems", "stated", "totals"]
ENTRY = [
    "row", "account", "currency", "date", "time", "amount", "kind", "payee", "text", "method", "status",
    "ids", "raw",
]  # fmt: skip
STATED = ["account", "currency", "count", "in", "out", "opening", "closing"]


@pytest.fixture(scope="module")
def statements() -> dict[str, dict[str, Any]]:
    """What `inspect` says of every open sample, in one run: by the sample's path."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main(["inspect", "--json", *map(str, SAMPLES)])
    assert (code, err.getvalue()) == (cli.DONE, "")
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [one["file"] for one in found] == list(map(str, SAMPLES))
    return {one["file"]: one for one in found}


def test_every_statement_keeps_the_contract(statements: dict[str, dict[str, Any]]) -> None:
    for statement in statements.values():
        assert list(statement) == KEYS
        check_rows(statement)
        for entry in statement["entries"]:
            check_entry(entry)
        for left_out in statement["skipped"] + statement["problems"]:
            assert list(left_out) == ["row", "reason", "raw"]
            assert left_out["reason"]
        for stated in statement["stated"]:
            assert list(stated) == STATED
        assert list(statement["totals"]) == ["count", "in", "out"]


def test_every_kind_of_record_occurs_in_the_samples(statements: dict[str, dict[str, Any]]) -> None:
    for part in ("entries", "skipped", "problems", "stated"):
        assert any(statement[part] for statement in statements.values())
    assert any("fee" in entry for statement in statements.values() for entry in statement["entries"])


def check_rows(statement: dict[str, Any]) -> None:
    rows = [record["row"] for part in ("entries", "skipped", "problems") for record in statement[part]]
    assert sorted(rows) == list(range(1, statement["rows_read"] + 1))
    assert statement["totals"]["count"] <= statement["rows_read"]


def check_entry(entry: dict[str, Any]) -> None:
    assert [key for key in entry if key != "fee"] == ENTRY
    assert Decimal(entry["amount"]).is_finite()
    assert "e" not in entry["amount"].lower()
    assert Decimal(entry.get("fee", "0")) >= 0
    assert entry["kind"] in set(Kind)
    assert entry["status"] in {"booked", "pending"}
    assert isinstance(entry["ids"], dict)
    assert entry["raw"]


def test_the_samples_agree_with_what_stands_beside_them(statements: dict[str, dict[str, Any]]) -> None:
    for path in SAMPLES:
        statement = statements[str(path)]
        expected = json.loads(path.with_name(path.name + ".json").read_text("utf-8"))
        if "options" in expected:
            continue
        assert statement["format"] == expected.get("format", statement["format"])
        assert statement["rows_read"] == expected.get("rows_read", statement["rows_read"])
        assert statement["totals"]["in"] == expected.get("incoming", statement["totals"]["in"])
        assert statement["totals"]["out"] == expected.get("outgoing", statement["totals"]["out"])


def test_the_raw_cells_are_those_of_the_row(statements: dict[str, dict[str, Any]]) -> None:
    statement = statements[str(DATA / "wechat" / "syn_2025.csv")]
    assert len(statement["entries"]) > 3
    for entry in statement["entries"]:
        assert entry["raw"]["交易时间"].startswith(entry["date"])


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not here")
def test_the_shared_samples_agree_with_their_expectations(kushen: Kushen) -> None:
    listed = json.loads((SHARED / "expected.json").read_text("utf-8"))
    expected = {one["file"]: one for one in listed if one["file"].startswith(CHECKED)}
    ran = kushen("inspect", "--json", *[SHARED / name for name in expected])
    found = {Path(one["file"]).relative_to(SHARED).as_posix(): one for one in ran.objects}
    wrong = {
        name: (found[name]["totals"] if name in found else None, one["count"], one["inc"], one["exp"])
        for name, one in expected.items()
        if one["count"] is not None and (name not in found or not agrees(found[name]["totals"], one))
    }
    assert wrong == {}


def agrees(totals: dict[str, Any], expected: dict[str, Any]) -> bool:
    return bool(
        totals["count"] == expected["count"]
        and all(
            expected[theirs] is None or Decimal(totals[ours]) == Decimal(expected[theirs])
            for ours, theirs in (("in", "inc"), ("out", "exp"))
        )
    )


def test_a_file_that_is_refused_does_not_keep_the_others_from_being_told(
    kushen: Kushen, tmp_path: Path
) -> None:
    fake = tmp_path / "a document.csv"
    fake.write_bytes(b"%PDF-1.7\n")
    ran = kushen("--json", "inspect", fake, DATA / "ofx" / "sgml_bank.ofx", tmp_path / "nothing.csv")
    assert ran.code == cli.REFUSED
    assert [Path(one["file"]).name for one in ran.objects] == ["sgml_bank.ofx"]
    refusals = [json.loads(line) for line in ran.err.splitlines()]
    assert [one["error"] for one in refusals] == ["unreadable", "unreadable"]
    assert "a document.csv" in refusals[0]["message"]


def test_people_get_a_short_table(kushen: Kushen) -> None:
    ran = kushen("inspect", DATA / "ofx" / "sgml_bank.ofx")
    assert ran.code == cli.DONE
    assert ran.out.splitlines()[0].split() == [
        "File", "Format", "Rows", "Entries", "Skipped", "Problems", "In", "Out",
    ]  # fmt: skip
    assert "sgml_bank.ofx" in ran.out.splitlines()[1]


def test_a_locked_archive_opens_with_its_password(kushen: Kushen, tmp_path: Path) -> None:
    archive = DATA / "alipay" / "syn_app_2025.zip"
    assert kushen("--json", "inspect", archive).refusal["error"] == "password_needed"
    wrong = tmp_path / "wrong"
    wrong.write_text("000000", "utf-8")
    assert kushen("--json", "inspect", "--password-file", wrong, archive).refusal["error"] == "wrong_password"
