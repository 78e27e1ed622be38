import csv
import json
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from kushen_desktop.app import Kushen
from kushen_desktop.domain.errors import CancelledError
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import AccountKind, NewTransaction, Posting, Role, Status
from kushen_desktop.domain.query import QueryError
from kushen_desktop.formats.exports import ledger_csv
from kushen_desktop.services.exports import FORMATS
from kushen_desktop.store.errors import ReadOnlyVaultError
from tests.books import book

FORMULA = '=HYPERLINK("http://x","y")'


@pytest.fixture
def app() -> Iterator[Kushen]:
    with book() as app:
        yield app


@pytest.fixture
def cash(app: Kushen) -> Id:
    return app.accounts.add("现金", AccountKind.CASH)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_what_was_found_is_written_as_csv(app: Kushen, cash: Id, tmp_path: Path) -> None:
    coffee = app.categories.named("Coffee and tea").id
    yen = app.accounts.add("旅行", AccountKind.CASH, "JPY")
    kept = NewTransaction(
        date(2026, 3, 5), (Posting(cash, -3850, coffee, memo="大杯"), Posting(cash, -150)), "星巴克",
        time(18, 5), Status.PENDING, "拿铁\n一杯", "与同事, 两人", ("出差", "报销"),
    )  # fmt: skip
    app.transactions.add(kept)
    app.transactions.add(NewTransaction(date(2026, 3, 6), (Posting(yen, -1200),), "便利店"))
    path = tmp_path / "ledger.csv"
    assert app.exports.ledger("", path, "csv") == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,line,date")
    newest, first, second = read_csv(path)
    assert (newest["amount"], newest["currency"], newest["time"]) == ("-1200", "JPY", "")
    assert (first["id"], first["line"], second["line"]) == (second["id"], "1", "2")
    assert (first["date"], first["time"], first["payee"]) == ("2026-03-05", "18:05:00", "星巴克")
    assert (first["amount"], first["category"], first["memo"]) == (
        "-38.50",
        "Dining › Coffee and tea",
        "大杯",
    )
    assert (first["text"], first["note"], first["status"]) == ("拿铁\n一杯", "与同事, 两人", "pending")
    assert set(first["tags"].split()) == {"出差", "报销"}
    assert app.exports.ledger("payee:星巴克", path, "csv") == 1
    assert [row["payee"] for row in read_csv(path)] == ["星巴克", "星巴克"]


def test_a_text_that_could_be_a_formula_is_guarded_and_a_number_stays_one(
    app: Kushen, cash: Id, tmp_path: Path
) -> None:
    app.transactions.add(
        NewTransaction(date(2026, 3, 5), (Posting(cash, -100),), FORMULA, note="-1+1", text="@SUM(A1)")
    )
    path = tmp_path / "ledger.csv"
    app.exports.ledger("", path, "csv")
    (row,) = read_csv(path)
    assert (row["payee"], row["note"], row["text"]) == ("'" + FORMULA, "'-1+1", "'@SUM(A1)")
    assert row["amount"] == "-1.00"


@given(st.sampled_from("=+-@\t\r\n\0＝＋－＠"), st.text(max_size=5))
def test_whatever_begins_like_a_formula_is_guarded(first: str, rest: str) -> None:
    assert ledger_csv.guarded(first + rest) == "'" + first + rest


@given(st.text(alphabet="星巴克 aZ0.,(", max_size=8))
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert ledger_csv.guarded(text) == text


def test_json_loses_nothing(app: Kushen, cash: Id, tmp_path: Path) -> None:
    bank = app.accounts.add("招行", AccountKind.BANK_CARD)
    bought = app.transactions.add(NewTransaction(date(2026, 3, 5), (Posting(cash, -10010),), FORMULA))
    app.transactions.add(
        NewTransaction(date(2026, 3, 7), (Posting(cash, 10010, role=Role.REFUND),), refunds=bought)
    )
    app.transactions.add(
        NewTransaction(
            date(2026, 3, 8),
            (Posting(bank, -500, role=Role.TRANSFER), Posting(cash, 500, role=Role.TRANSFER)),
        )
    )
    path = tmp_path / "ledger.json"
    assert app.exports.ledger("", path, "json") == 3
    written = json.loads(path.read_text("utf-8"))
    assert (written["format"], written["version"]) == ("kushen-ledger", 1)
    moved, refund, purchase = written["transactions"]
    assert purchase["id"] == bought.hex() == refund["refunds"]
    assert (purchase["payee"], purchase["refunds"], purchase["time"]) == (FORMULA, None, None)
    assert [line["role"] for line in moved["lines"]] == ["transfer", "transfer"]
    assert refund["lines"] == [
        {
            "account": "现金",
            "currency": "CNY",
            "amount": "100.10",
            "category": "",
            "role": "refund",
            "memo": "",
        }
    ]


@pytest.mark.parametrize("layout", FORMATS)
def test_more_than_a_page_of_several_months_in_one_piece(
    app: Kushen, cash: Id, tmp_path: Path, layout: str
) -> None:
    with app.vault.work(app.history.list()[0].title) as work:
        from kushen_desktop.services.transactions import add_transactions  # noqa: PLC0415  2,500 at once

        add_transactions(
            work,
            [
                NewTransaction(date(2026, 1 + n % 3, 1 + n % 28), (Posting(cash, n + 1),), f"payee {n % 9}")
                for n in range(2_500)
            ],
        )
    told: list[tuple[int, int]] = []
    path = tmp_path / "ledger"
    assert app.exports.ledger("", path, layout, lambda done, total: told.append((done, total))) == 2_500
    assert told[-1] == (2_500, 2_500)
    if layout == "csv":
        rows = [(row["date"], row["amount"]) for row in read_csv(path)]
    else:
        found = json.loads(path.read_text("utf-8"))["transactions"]
        rows = [(row["date"], row["lines"][0]["amount"]) for row in found]
    assert [day for day, _ in rows] == sorted((day for day, _ in rows), reverse=True)
    assert sum(Decimal(amount) for _, amount in rows) == Decimal(sum(range(1, 2_501))) / 100


def test_an_empty_ledger_is_an_empty_file(app: Kushen, tmp_path: Path) -> None:
    assert app.exports.ledger("", tmp_path / "a.json", "json") == 0
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["transactions"] == []
    assert app.exports.ledger("", tmp_path / "a.csv", "csv") == 0
    assert read_csv(tmp_path / "a.csv") == []


def test_what_fails_leaves_the_old_file_and_no_other(app: Kushen, cash: Id, tmp_path: Path) -> None:
    app.transactions.add(NewTransaction(date(2026, 3, 5), (Posting(cash, -100),)))
    path = tmp_path / "ledger.csv"
    path.write_text("old", "utf-8")

    def cancel(done: int, total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        app.exports.ledger("", path, "csv", cancel)
    with pytest.raises(QueryError):
        app.exports.ledger("amount:much", path, "csv")
    assert [(one.name, one.read_text("utf-8")) for one in tmp_path.iterdir()] == [("ledger.csv", "old")]


def test_the_file_is_for_its_owner_only(app: Kushen, tmp_path: Path) -> None:
    app.exports.ledger("", tmp_path / "ledger.csv", "csv")
    assert (tmp_path / "ledger.csv").stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_be_written_is_told(app: Kushen, tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").mkdir()
    with pytest.raises((ReadOnlyVaultError, OSError)):
        app.exports.ledger("", tmp_path / "ledger.csv", "csv")
    assert [one.name for one in tmp_path.iterdir()] == ["ledger.csv"]
