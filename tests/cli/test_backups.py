from pathlib import Path

import pytest

from kushen_desktop import cli
from tests.cli.conftest import Kushen

pytestmark = pytest.mark.usefixtures("vault")


def test_a_vault_is_restored_from_its_backup(kushen: Kushen, tmp_path: Path) -> None:
    kushen("accounts", "add", "现金", "--kind", "cash")
    (made,) = kushen("--json", "backup", "--out", tmp_path / "backups").objects
    assert Path(made["backup"]).parent == tmp_path / "backups"
    restored = ["--vault", str(tmp_path / "again")]
    assert kushen(*restored, "restore", made["backup"]).code == cli.DONE
    assert [one["name"] for one in kushen("--json", *restored, "accounts").objects] == ["现金"]
    refused = kushen("--json", *restored, "restore", made["backup"])
    assert refused.refusal["error"] == "vault_exists"


def test_a_backup_may_be_one_file(kushen: Kushen, tmp_path: Path) -> None:
    file = tmp_path / "home.kushen-backup"
    assert str(file) in kushen("backup", "--out", file).out
    assert file.stat().st_size > 10_000


def test_a_backup_opens_with_the_recovery_code(kushen: Kushen, tmp_path: Path) -> None:
    other, code = ["--vault", str(tmp_path / "other")], tmp_path / "code"
    code.write_text(kushen("--json", *other, "vault", "create").objects[0]["recovery_code"], "utf-8")
    file = tmp_path / "other.kushen-backup"
    kushen(*other, "backup", "--out", file)
    restored = ["--vault", str(tmp_path / "again")]
    assert kushen(*restored, "restore", file, "--code-file", code).code == cli.DONE
    assert kushen(*restored, "vault", "info").code == cli.DONE
