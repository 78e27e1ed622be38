from pathlib import Path

import pytest

from kushen_desktop import cli
from tests.cli.conftest import DATA, Kushen

OFX = DATA / "ofx" / "xml_one_line.qfx"
SEVERAL = DATA / "ofx" / "sgml_bank.ofx"
ALIPAY = DATA / "alipay" / "syn_app_2023.csv"
pytestmark = pytest.mark.usefixtures("vault")


def test_a_file_goes_in_once(kushen: Kushen) -> None:
    (first,) = kushen("--json", "import", OFX, "--create").objects
    assert first["new"] > 0
    assert first["rows"] == sum(first[part] for part in ("new", "changed", "known", "skipped", "problems"))
    (second,) = kushen("--json", "import", OFX).objects
    assert (second["new"], second["known"], second["change"]) == (0, first["new"], 0)
    assert [one["file"] for one in kushen("--json", "imports").objects] == ["xml_one_line.qfx"]
    assert "xml_one_line.qfx" in kushen("imports").out


def test_a_dry_run_tells_every_row_and_writes_nothing(kushen: Kushen) -> None:
    (told,) = kushen("--json", "import", "--dry-run", "--create", ALIPAY).objects
    assert [row["row"] for row in told["told"]] == list(range(1, told["rows"] + 1))
    assert told["dry_run"] is True
    assert "would be new" in kushen("import", "--dry-run", "--create", ALIPAY).out
    assert kushen("--json", "transactions").objects == []
    assert kushen("--json", "accounts").objects == []


def test_accounts_that_nobody_knows_are_refused_with_those_that_are_there(kushen: Kushen) -> None:
    kushen("accounts", "add", "现金", "--kind", "cash")
    ran = kushen("--json", "import", ALIPAY)
    assert (ran.code, ran.refusal["error"]) == (cli.REFUSED, "unmatched_accounts")
    assert "现金" in ran.refusal["message"]
    assert kushen("--json", "imports").objects == []


def test_an_unknown_account_is_refused_with_the_near_ones_and_made_when_allowed(kushen: Kushen) -> None:
    kushen("accounts", "add", "招行储蓄卡", "--currency", "USD")
    ran = kushen("--json", "import", "--account", "招行储蓄", OFX)
    assert ran.refusal["error"] == "unknown_account"
    assert "招行储蓄卡" in ran.refusal["message"]
    assert kushen("import", "--account", "My bank", "--create", OFX).code == cli.DONE
    assert {one["account"] for one in kushen("--json", "transactions").objects} == {"My bank"}


def test_all_rows_go_to_the_account_that_was_named(kushen: Kushen) -> None:
    (row,) = kushen("--json", "inspect", OFX).objects[0]["entries"][:1]
    kushen("accounts", "add", "Everyday", "--currency", row["currency"])
    assert kushen("import", "--account", "everyday", OFX).code == cli.DONE
    assert {one["account"] for one in kushen("--json", "transactions").objects} == {"Everyday"}


def test_the_balance_that_was_said_comes_true(kushen: Kushen) -> None:
    ran = kushen(
        "import", "--create", "--account", "Mine", OFX, "--balance", "1,234.56", "--at", "2030-01-01"
    )
    assert ran.code == cli.DONE
    (balance,) = kushen("--json", "balances", "--at", "2030-01-01").objects
    assert balance["balance"] == "1234.56"


def test_one_balance_for_several_accounts_is_refused(kushen: Kushen) -> None:
    ran = kushen("--json", "import", "--create", ALIPAY, "--balance", "100")
    assert ran.refusal["error"] == "several_accounts"
    assert kushen("--json", "accounts").objects == []


def test_all_files_or_none(kushen: Kushen, tmp_path: Path) -> None:
    ran = kushen("import", "--create", OFX, tmp_path / "nothing.csv")
    assert ran.code == cli.REFUSED
    assert kushen("--json", "imports").objects == []
    assert kushen("import", "--create", OFX, ALIPAY).code == cli.DONE
    assert len(kushen("--json", "imports").objects) == 2


def test_a_locked_archive_asks_for_its_password(kushen: Kushen, tmp_path: Path) -> None:
    archive = DATA / "alipay" / "syn_app_2025.zip"
    ran = kushen("--json", "import", "--create", archive)
    assert (ran.code, ran.refusal["error"]) == (cli.REFUSED, "no_passphrase")
    wrong = tmp_path / "wrong"
    wrong.write_text("not it", "utf-8")
    ran = kushen("--json", "import", "--create", "--password-file", wrong, archive)
    assert ran.refusal["error"] == "wrong_password"


def test_people_are_told_what_to_look_at(kushen: Kushen) -> None:
    ran = kushen("import", "--create", SEVERAL)
    assert "sgml_bank.ofx: " in ran.out
    assert "Problem – " in ran.out
    assert "Needs review – " in ran.out


def test_a_card_with_several_currencies_makes_an_account_for_each(kushen: Kushen) -> None:
    assert kushen("import", "--create", SEVERAL).code == cli.DONE
    accounts = kushen("--json", "accounts").objects
    assert len({one["name"] for one in accounts}) == len(accounts) == 3
    (again,) = kushen("--json", "import", SEVERAL).objects
    assert again["new"] == 0
    ran = kushen("--json", "import", "--create", "--account", "one for all", SEVERAL)
    assert ran.refusal["error"] == "several_accounts"


def test_an_import_is_undone_and_done_again(kushen: Kushen) -> None:
    (imported,) = kushen("--json", "import", "--create", OFX).objects
    (undone,) = kushen("--json", "undo", imported["change"]).objects
    assert undone == {"change": imported["change"], "title": undone["title"], "undone": True}
    assert kushen("--json", "transactions").objects == []
    assert kushen("--json", "imports").objects[0]["undone"] is True
    assert kushen("redo").code == cli.DONE
    assert len(kushen("--json", "transactions", "--limit", "0").objects) == imported["new"]
    assert kushen("--json", "redo").refusal["error"] == "nothing"
