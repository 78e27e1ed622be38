"""A new computer: a backup there, restored here, and both go on."""

from pathlib import Path

from kushen_desktop import cli
from kushen_desktop.app import Kushen as App
from tests.books import PASSPHRASE, seen, wrong_sums
from tests.cli.conftest import DATA, Kushen


def device(app: App) -> str:
    with app.vault.read() as connection:
        return str(connection.exec_driver_sql("SELECT value FROM meta WHERE name='device'").scalar())


def test_a_backup_restored_is_the_same_vault_on_a_device_of_its_own(kushen: Kushen, tmp_path: Path) -> None:
    kushen("vault", "create", "--label", "家用")
    kushen("accounts", "add", "现金", "--kind", "cash")
    kushen("import", "--create", DATA / "wechat" / "syn_2025.csv")
    kushen("add", "-38.50", "--account", "现金", "--payee", "星巴克", "--note", "last on the old one")
    old, new = tmp_path / "vault", tmp_path / "new computer" / "酷神"
    (backup,) = kushen("--json", "backup", "--out", tmp_path / "stick").objects
    with App.open(old, PASSPHRASE) as app:
        before, steps, first = seen(app), app.history.list(), device(app)

    on_new = ["--vault", str(new)]
    assert kushen(*on_new, "restore", backup["backup"]).code == cli.DONE
    assert kushen(*on_new, "--json", "vault", "check").objects[0]["ok"] is True
    with App.open(new, PASSPHRASE) as app:
        assert seen(app) == before
        assert app.history.list() == steps
        assert device(app) != first
        app.history.undo()
        assert app.transactions.find("note:last").count == 0
        app.history.undo()
        assert app.transactions.find().count == 0
        app.history.redo()
        app.history.redo()
        assert seen(app) == before
        app.transactions.edit(app.transactions.ids(app.transactions.find()), tags=("new",))
        assert not wrong_sums(app)
        with app.vault.read() as connection:
            made = connection.exec_driver_sql(
                "SELECT hex(device), count(*), count(DISTINCT ctr) FROM change GROUP BY 1 ORDER BY min(seq)"
            ).all()
        assert [row[0].lower() for row in made] == [first, device(app)]
        assert all(row[1] == row[2] for row in made)

    with App.open(old, PASSPHRASE) as app:
        assert seen(app) == before
        assert device(app) == first


def test_what_was_imported_there_is_known_here(kushen: Kushen, tmp_path: Path) -> None:
    kushen("vault", "create")
    (there,) = kushen("--json", "import", "--create", DATA / "wechat" / "syn_2025.csv").objects
    (backup,) = kushen("--json", "backup", "--out", tmp_path / "stick").objects
    on_new = ["--vault", str(tmp_path / "new")]
    kushen(*on_new, "restore", backup["backup"])
    (here,) = kushen(*on_new, "--json", "import", DATA / "wechat" / "syn_2025.csv").objects
    assert (here["new"], here["known"]) == (0, there["new"])
