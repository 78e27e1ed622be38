from pathlib import Path

import pytest

from kushen_desktop import cli
from kushen_desktop.services import vaults
from tests.books import PASSPHRASE
from tests.cli.conftest import Kushen

NEW = "seven quiet lighthouses under 石榴 snow"


@pytest.fixture
def code(kushen: Kushen) -> str:
    """The recovery code of a vault that the command line has made."""
    made = kushen("--json", "vault", "create", "--label", "家用")
    assert made.code == cli.DONE
    return str(made.objects[0]["recovery_code"])


def test_a_vault_is_made_with_its_code_and_kit(kushen: Kushen, tmp_path: Path) -> None:
    kit = tmp_path / "kit.pdf"
    made = kushen("vault", "create", "--label", "家用", "--kit", kit)
    assert made.code == cli.DONE
    assert str(tmp_path / "vault") in made.out
    assert kit.read_bytes().startswith(b"%PDF-")
    assert kushen("--json", "accounts").objects == []


def test_what_can_be_told_without_a_key(kushen: Kushen, code: str, tmp_path: Path) -> None:
    (tmp_path / "passphrase").unlink()
    (info,) = kushen("vault", "info", "--json").objects
    assert (info["label"], info["ways"], info["closed_properly"]) == (
        "家用",
        ["passphrase", "recovery"],
        True,
    )
    assert "家用" in kushen("vault", "info").out


def test_a_folder_that_holds_something_is_refused(kushen: Kushen, code: str) -> None:
    assert kushen("--json", "vault", "create").refusal["error"] == "vault_exists"


def test_a_weak_passphrase_is_refused_and_leaves_nothing(kushen: Kushen, tmp_path: Path) -> None:
    weak = tmp_path / "weak"
    weak.write_text("12345678", "utf-8")
    ran = kushen("--json", "--passphrase-file", weak, "vault", "create")
    assert ran.refusal["error"] == "weak_passphrase"
    assert not (tmp_path / "vault").exists()


def test_the_passphrase_is_changed(kushen: Kushen, code: str, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.write_text(NEW, "utf-8")
    assert kushen("vault", "passphrase", "--new-passphrase-file", new).code == cli.DONE
    assert kushen("--json", "balances").refusal["error"] == "wrong_passphrase"
    assert kushen("--passphrase-file", new, "balances").code == cli.DONE


def test_the_recovery_code_sets_a_new_passphrase(kushen: Kushen, code: str, tmp_path: Path) -> None:
    new, written = tmp_path / "new", tmp_path / "code"
    new.write_text(NEW, "utf-8")
    written.write_text(code.lower() + "\n", "utf-8")
    both = ["--code-file", written, "--new-passphrase-file", new]
    assert kushen("vault", "recover", *both).code == cli.DONE
    assert kushen("--passphrase-file", new, "balances").code == cli.DONE
    written.write_text(code[:-1] + ("2" if code[-1] != "2" else "3"), "utf-8")
    assert kushen("--json", "vault", "recover", *both).refusal["error"] == "recovery_code"


def test_a_whole_vault_passes_its_check(kushen: Kushen, code: str) -> None:
    kushen("accounts", "add", "现金", "--kind", "cash")
    kushen("add", "-38.50", "--account", "现金", "--payee", "星巴克")
    (found,) = kushen("vault", "check", "--json").objects
    assert found == {"ok": True, "problems": [], "seal": "intact"}
    assert kushen("vault", "check").code == cli.DONE


def test_a_wrong_sum_and_a_broken_page_are_found(kushen: Kushen, code: str, tmp_path: Path) -> None:
    kushen("accounts", "add", "现金", "--kind", "cash")
    kushen("add", "-38.50", "--account", "现金")
    folder = tmp_path / "vault"
    opened = vaults.open(folder, PASSPHRASE)
    from kushen_desktop.store.engine import connect  # noqa: PLC0415  the one test that spoils a sum

    connection = connect(opened.database, opened.database_key)
    connection.execute("UPDATE account_month SET total=total+1")
    connection.close()
    opened.close()
    ran = kushen("vault", "check", "--json")
    assert (ran.code, ran.objects[0]["problems"]) == (cli.REFUSED, ["account_month"])
    with (folder / "vault.db").open("r+b") as stream:
        stream.seek(-2_000, 2)
        stream.write(bytes(100))
    ran = kushen("vault", "check")
    assert ran.code == cli.REFUSED
    assert "found:" in ran.out
