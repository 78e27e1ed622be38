import pytest

from kushen_desktop import cli
from tests.cli.conftest import Kushen


@pytest.fixture(autouse=True)
def _accounts(vault: object, kushen: Kushen) -> None:
    kushen("accounts", "add", "现金", "--kind", "cash")
    kushen("accounts", "add", "招行储蓄卡", "--number", "6214830100008705", "--institution", "招商银行")
    kushen("accounts", "add", "Travel", "--currency", "HKD")


def booked(kushen: Kushen, *arguments: str) -> str:
    ran = kushen("--json", "add", *arguments)
    assert ran.code == cli.DONE, ran.err
    return str(ran.objects[0]["ids"][0])


def test_accounts_are_listed_with_their_numbers_masked(kushen: Kushen) -> None:
    listed = kushen("--json", "accounts").objects
    assert [one["name"] for one in listed] == ["现金", "Travel", "招行储蓄卡"]
    assert "6214830100008705" not in kushen("accounts").out + str(listed)
    assert "8705" in kushen("accounts").out


def test_an_account_is_changed_and_closed(kushen: Kushen) -> None:
    (changed,) = kushen("--json", "accounts", "edit", "现金", "--rename", "钱包", "--closed").objects
    assert (changed["name"], changed["closed"], changed["kind"]) == ("钱包", True, "cash")
    (again,) = kushen("--json", "accounts", "edit", "钱包", "--no-closed", "--kind", "wallet").objects
    assert (again["closed"], again["kind"]) == (False, "wallet")
    assert kushen("--json", "accounts", "add", "钱包").refusal["error"] == "account_exists"
    assert kushen("--json", "accounts", "edit", "现金").refusal["error"] == "unknown_account"


def test_a_purchase_is_booked_found_and_counted(kushen: Kushen) -> None:
    id_ = booked(
        kushen, "-38.50", "--account", "现金", "--payee", "星巴克", "--category", "dining", "--tag", "出差",
        "--date", "2026-03-05", "--time", "18:05", "--note", "与同事",
    )  # fmt: skip
    (found,) = kushen("--json", "transactions", "payee:星巴克 amount:>30 date:2026-03 tag:出差").objects
    assert found["id"] == id_
    assert (found["amount"], found["currency"], found["category"]) == ("-38.50", "CNY", "Dining")
    assert (found["date"], found["time"], found["note"]) == ("2026-03-05", "18:05:00", "与同事")
    balances = {one["account"]: one["balance"] for one in kushen("--json", "balances").objects}
    assert balances["现金"] == "-38.50"
    assert "星巴克" in kushen("transactions").out
    assert kushen("--json", "transactions", "--", "-payee:星巴克").objects == []


def test_a_transfer_moves_money_and_is_no_spending(kushen: Kushen) -> None:
    booked(kushen, "200", "--account", "招行储蓄卡", "--to", "现金")
    balances = {one["account"]: one["balance"] for one in kushen("--json", "balances").objects}
    assert (balances["现金"], balances["招行储蓄卡"]) == ("200.00", "-200.00")
    (found,) = kushen("--json", "transactions", "is:transfer").objects
    assert found["shape"] == "transfer"


def test_a_transfer_between_currencies_needs_what_came_in(kushen: Kushen) -> None:
    ran = kushen("--json", "add", "100", "--account", "现金", "--to", "Travel")
    assert ran.refusal["error"] == "unbalanced"
    booked(kushen, "100", "--account", "现金", "--to", "Travel", "--received", "109.30")
    (travel,) = [one for one in kushen("--json", "balances").objects if one["account"] == "Travel"]
    assert (travel["balance"], travel["in_base"]) == ("109.30", None)
    out = kushen("balances").out
    assert "needs HKD rate" in out
    assert "Not counted, a rate is missing: HKD" in out
    kushen("rates", "set", "HKD", "CNY", "0.92", "--date", "2020-01-01")
    (travel,) = [one for one in kushen("--json", "balances").objects if one["account"] == "Travel"]
    assert travel["in_base"] == "100.56"


def test_fields_are_changed_and_taken_back(kushen: Kushen) -> None:
    id_ = booked(kushen, "-12", "--account", "现金", "--payee", "星巴克", "--category", "Dining")
    assert (
        kushen("edit", id_, "--amount", "-12.50", "--note", "大杯", "--account", "招行储蓄卡").code
        == cli.DONE
    )
    (found,) = kushen("--json", "transactions").objects
    assert (found["amount"], found["note"], found["account"]) == ("-12.50", "大杯", "招行储蓄卡")
    assert kushen("edit", id_, "--category", "").code == cli.DONE
    assert kushen("--json", "transactions", "is:uncategorised").objects[0]["id"] == id_
    kushen("undo")
    assert kushen("--json", "transactions").objects[0]["category"] == "Dining"


def test_what_is_deleted_comes_back_by_undo(kushen: Kushen) -> None:
    ids = [booked(kushen, "-1", "--account", "现金"), booked(kushen, "-2", "--account", "现金")]
    assert kushen("--json", "delete", *ids).objects == [{"ids": ids}]
    assert kushen("--json", "transactions").objects == []
    assert kushen("--json", "edit", ids[0], "--note", "x").refusal["error"] == "unknown_transaction"
    kushen("undo")
    assert len(kushen("--json", "transactions").objects) == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["add", "12,5,0.x", "--account", "现金"], "amount"),
        (["add", "-1.234", "--account", "现金"], "amount"),
        (["add", "-1", "--account", "nobody"], "unknown_account"),
        (["add", "-1", "--account", "现金", "--category", "nothing"], "unknown_category"),
        (["add", "-1", "--account", "现金", "--date", "yesterday"], "date"),
        (["add", "-1", "--account", "现金", "--time", "noon"], "time"),
        (["edit", "12", "--note", "x"], "unknown_transaction"),
        (["edit", "0" * 32, "--note", "x"], "unknown_transaction"),
        (["delete", "0" * 32], "unknown_transaction"),
        (["transactions", "amount:>much"], "query"),
        (["undo", "99"], "nothing"),
        (["accounts", "add", "Yen", "--currency", "¥"], "currency"),
        (["rates", "set", "HKD", "CNY", "nan"], "amount"),
        (["rates", "set", "HKD", "CNY", "much"], "amount"),
        (["rates", "load", "nothing.xml"], "file"),
        (["export", "--out", "ledger.pdf"], "unknown_export"),
    ],
)
def test_what_makes_no_sense_is_refused(kushen: Kushen, arguments: list[str], code: str) -> None:
    ran = kushen("--json", *arguments)
    assert (ran.code, ran.out, ran.refusal["error"]) == (cli.REFUSED, "", code)


def test_edit_wants_to_know_what(kushen: Kushen) -> None:
    id_ = booked(kushen, "-1", "--account", "现金")
    assert kushen("--json", "edit", id_).refusal["error"] == "nothing_to_change"


def test_the_history_lists_the_newest_first(kushen: Kushen) -> None:
    booked(kushen, "-1", "--account", "现金", "--payee", "星巴克")
    listed = kushen("--json", "history", "--limit", "2").objects
    assert [one["undone"] for one in listed] == [False, False]
    assert listed[0]["change"] > listed[1]["change"]
    assert "星巴克" in listed[0]["title"]
    kushen("undo")
    assert "undone" in kushen("history", "--limit", "1").out


def test_a_long_list_comes_page_by_page(kushen: Kushen) -> None:
    for day in range(1, 8):
        booked(kushen, "-1", "--account", "现金", "--date", f"2026-03-{day:02}")
    assert len(kushen("--json", "transactions", "--limit", "3").objects) == 3
    every = kushen("--json", "transactions", "--limit", "0").objects
    assert [one["date"][-1] for one in every] == list("7654321")
    assert "7 transactions; CNY" in kushen("transactions", "--limit", "2").out
