"""The passphrase is forgotten: the recovery code brings everything back."""

from pathlib import Path

import pytest

from kushen_desktop import cli
from kushen_desktop.app import Kushen as App
from kushen_desktop.services import vaults
from kushen_desktop.store.errors import WrongPassphraseError
from tests.books import CHEAP, PASSPHRASE, book, seen, wrong_sums
from tests.cli.conftest import DATA, Kushen

NEW = "seven quiet lighthouses under 石榴 snow"


def test_the_recovery_code_brings_everything_back(kushen: Kushen, tmp_path: Path) -> None:
    (made,) = kushen("--json", "vault", "create", "--label", "家用", "--kit", tmp_path / "kit.pdf").objects
    kushen("accounts", "add", "现金", "--kind", "cash")
    kushen("add", "-38.50", "--account", "现金", "--payee", "星巴克", "--category", "Dining", "--tag", "出差")
    kushen("import", "--create", DATA / "wechat" / "syn_2025.csv")
    folder = tmp_path / "vault"
    with App.open(folder, PASSPHRASE) as app:
        before, steps = seen(app), app.history.list()
    assert before["tx"]

    forgotten, code, new = tmp_path / "forgotten", tmp_path / "code", tmp_path / "new"
    forgotten.write_text("was it wombat-lantern-gravel?", "utf-8")
    ran = kushen("--passphrase-file", forgotten, "--json", "balances")
    assert ran.refusal["error"] == "wrong_passphrase"
    code.write_text(made["recovery_code"].replace("-", " ").lower(), "utf-8")
    new.write_text(NEW, "utf-8")
    ran = kushen("vault", "recover", "--code-file", code, "--new-passphrase-file", new)
    assert ran.code == cli.DONE
    assert kushen("--json", "balances").refusal["error"] == "wrong_passphrase"

    with App.open(folder, NEW) as app:
        assert seen(app) == before
        assert app.history.list() == steps
        app.history.undo()
        app.history.redo()
        assert seen(app) == before
        assert not wrong_sums(app)
    assert kushen("--passphrase-file", new, "--json", "vault", "check").objects[0]["ok"] is True


def test_the_code_goes_on_to_open_and_can_be_replaced(tmp_path: Path) -> None:
    created = vaults.create(tmp_path / "vault", PASSPHRASE, "家用", cost=CHEAP)
    created.opened.close()
    code = created.recovery_code
    for passphrase in (NEW, "another four words gravel 77 moon"):
        vaults.recover(tmp_path / "vault", code, passphrase, cost=CHEAP)
        vaults.open(tmp_path / "vault", passphrase).close()
    opened = vaults.open(tmp_path / "vault", passphrase)
    fresh, _ = vaults.new_recovery_code(opened, passphrase)
    opened.close()
    with pytest.raises(Exception, match="recovery code"):
        vaults.recover(tmp_path / "vault", code, NEW, cost=CHEAP)
    vaults.recover(tmp_path / "vault", fresh, NEW, cost=CHEAP)
    with pytest.raises(WrongPassphraseError):
        vaults.open(tmp_path / "vault", passphrase)
    vaults.open(tmp_path / "vault", NEW).close()


def test_a_code_of_another_vault_opens_nothing_and_changes_nothing(tmp_path: Path) -> None:
    with book(tmp_path / "mine") as app:
        before = seen(app)
    other = vaults.create(tmp_path / "other", PASSPHRASE, cost=CHEAP)
    other.opened.close()
    files = {path: path.read_bytes() for path in (tmp_path / "mine").iterdir()}
    with pytest.raises(Exception, match="recovery code"):
        vaults.recover(tmp_path / "mine", other.recovery_code, NEW, cost=CHEAP)
    assert {path: path.read_bytes() for path in (tmp_path / "mine").iterdir()} == files
    with App.open(tmp_path / "mine", PASSPHRASE) as app:
        assert seen(app) == before
