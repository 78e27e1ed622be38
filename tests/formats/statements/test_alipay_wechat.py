"""Alipay and WeChat Pay: the generations of one wallet agree, and so do the collected samples."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kushen_desktop.domain.statement import Kind, Statement
from kushen_desktop.formats.statements import identify
from kushen_desktop.formats.statements.importer import Source

DATA = Path(__file__).resolve().parents[2] / "data" / "statements"
BOOK = Path(__file__).resolve().parents[3] / "resources" / "sample"
SHARED = Path(__file__).resolve().parents[4] / "shared" / "samples" / "statements"


def read(path: Path) -> Statement:
    source = Source(path.name, path.read_bytes())
    return identify(source).read(source)


def test_generations_of_one_wallet_have_the_same_identities() -> None:
    """Whoever imported the CSV and later downloads the XLSX finds every row already there."""
    as_csv, as_text, as_numbers = (
        read(DATA / "wechat" / name) for name in ("syn_2025.csv", "syn_2025.xlsx", "syn_2026.xlsx")
    )
    identities = [[entry.identity for entry in one.entries] for one in (as_csv, as_text, as_numbers)]
    assert identities[0] == identities[1] == identities[2]
    moments = [[(entry.date, entry.time) for entry in one.entries] for one in (as_csv, as_text, as_numbers)]
    assert moments[0] == moments[1] == moments[2]
    layouts = [read(DATA / "alipay" / f"syn_app_{year}.csv") for year in (2021, 2023, 2025)]
    for other in layouts[1:]:
        assert [entry.identity for entry in other.entries] == [entry.identity for entry in layouts[0].entries]


def test_a_refund_and_its_purchase_differ_in_identity() -> None:
    statement = read(DATA / "alipay" / "syn_app_2025.csv")
    refunds = {entry.identity[1] for entry in statement.entries if entry.kind is Kind.REFUND}
    others = {entry.identity[1] for entry in statement.entries if entry.kind is not Kind.REFUND}
    assert (refunds, others) == ({"refund"}, {"pay"})


def _shared() -> list[dict[str, Any]]:
    if not (SHARED / "expected.json").exists():
        return []
    known: list[dict[str, Any]] = json.loads((SHARED / "expected.json").read_text("utf-8"))
    return [each for each in known if each["file"].startswith(("alipay-", "wechat-"))]


@pytest.mark.skipif(not _shared(), reason="the collected samples are not beside the project")
def test_collected_samples_agree() -> None:
    for expected in _shared():
        statement = read(SHARED / expected["file"])
        assert statement.importer == expected["file"].partition("-")[0]
        figures = (statement.rows_read, statement.totals.incoming, statement.totals.outgoing)
        assert figures == (expected["count"], Decimal(expected["inc"]), Decimal(expected["exp"])), expected[
            "file"
        ]
        assert not statement.problems


def statement_totals(statement: Statement) -> tuple[int, Decimal, Decimal]:
    return statement.totals.count, statement.totals.incoming, statement.totals.outgoing


def test_the_sample_book_fits_together() -> None:
    alipay, wechat, bank = (
        read(BOOK / name) for name in ("alipay_2026.csv", "wechat_2026.xlsx", "bank_cmb_2026.ofx")
    )
    for statement in (alipay, wechat):
        (stated,) = statement.stated
        assert not statement.problems
        assert (stated.count, stated.incoming, stated.outgoing) == statement_totals(statement)
    assert not any(entry.review for entry in (*alipay.entries, *wechat.entries))
    assert all(entry.refunds for entry in (*alipay.entries, *wechat.entries) if entry.kind is Kind.REFUND)
    paid_by_bank = {
        (entry.date, entry.amount)
        for entry in (*alipay.entries, *wechat.entries)
        if entry.account.startswith("招商银行") and entry.account.endswith("(8705)")
    }
    assert paid_by_bank
    assert paid_by_bank <= {(entry.date, entry.amount) for entry in bank.entries}
