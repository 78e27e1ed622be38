import json
from pathlib import Path

from kushen_desktop import cli
from tests.cli.conftest import Kushen


def test_an_export_says_that_anyone_can_read_it(kushen: Kushen, vault: Path, tmp_path: Path) -> None:
    kushen("accounts", "add", "现金", "--kind", "cash")
    kushen("add", "-38.50", "--account", "现金", "--payee", "=星巴克")
    ran = kushen("export", "--out", tmp_path / "ledger.csv")
    assert "1 transaction written" in ran.out
    assert "not encrypted" in ran.err
    assert "'=星巴克" in (tmp_path / "ledger.csv").read_text("utf-8-sig")
    (told,) = kushen("--json", "export", "payee:星巴克", "--out", tmp_path / "LEDGER.JSON").objects
    assert told == {"file": str(tmp_path / "LEDGER.JSON"), "transactions": 1, "encrypted": False}
    (written,) = json.loads((tmp_path / "LEDGER.JSON").read_text("utf-8"))["transactions"]
    assert written["payee"] == "=星巴克"


def test_a_folder_that_is_not_there_is_told(kushen: Kushen, vault: Path, tmp_path: Path) -> None:
    ran = kushen("--json", "export", "--out", tmp_path / "nowhere" / "ledger.csv")
    assert (ran.code, ran.refusal["error"]) == (cli.REFUSED, "file")
