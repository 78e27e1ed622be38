import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kushen_desktop import __main__, cli, i18n
from kushen_desktop.cli.context import Tour
from kushen_desktop.domain.errors import CancelledError
from tests.books import PASSPHRASE
from tests.cli.conftest import Kushen

ROOT = Path(__file__).resolve().parents[2]


def test_a_command_that_is_none_and_an_option_that_is_none_are_wrong_usage(kushen: Kushen) -> None:
    for wrong in (["prance"], ["balances", "--prance"], ["undo", "first"], ["accounts", "add"], []):
        assert kushen(*wrong).code == cli.WRONG_USAGE


def test_help_and_version_are_no_failure(kushen: Kushen) -> None:
    assert kushen("--help").code == cli.DONE
    assert "--dry-run" in kushen("import", "--help").out
    assert kushen("--version").out.startswith("kushen ")


def test_a_refusal_is_a_sentence_on_standard_error(kushen: Kushen) -> None:
    ran = kushen("balances")
    assert (ran.code, ran.out) == (cli.REFUSED, "")
    assert ran.err.startswith("There is no vault in “")


def test_a_refusal_is_an_object_on_standard_error_for_programs(kushen: Kushen) -> None:
    ran = kushen("balances", "--json")
    assert (ran.code, ran.out) == (cli.REFUSED, "")
    assert ran.refusal["error"] == "no_vault"
    assert set(ran.refusal) == {"error", "message"}


def test_a_refusal_for_programs_stays_english(kushen: Kushen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert kushen("--json", "balances").refusal["message"].startswith("There is no vault")
    assert i18n.language() == "en"
    kushen("balances")
    assert i18n.language() == "zh_CN"


def test_the_language_chosen_in_the_window_wins(kushen: Kushen, tmp_path: Path) -> None:
    folder = tmp_path / "config" / "kushen"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps({"language": "zh_CN"}), "utf-8")
    kushen("balances")
    assert i18n.language() == "zh_CN"


def test_a_vault_has_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["balances", "--json"]) == cli.REFUSED
    assert json.loads(capsys.readouterr().err)["error"] == "no_vault_named"


def test_the_end_that_a_command_comes_to_is_its_exit_code(kushen: Kushen, tmp_path: Path) -> None:
    def ends(error: BaseException) -> Tour:
        def tour(out: Path) -> int:
            raise error

        return tour

    for error, code in (
        (KeyboardInterrupt(), cli.CANCELLED),
        (CancelledError(), cli.CANCELLED),
        (FileNotFoundError(2, "No such file", "nowhere"), cli.REFUSED),
        (ZeroDivisionError("1234.56 at 星巴克"), cli.REFUSED),
    ):
        ran = kushen("tour", "--out", tmp_path, tour=ends(error))
        assert ran.code == code
        assert ran.out == ""
        assert ran.err.count("\n") == 1


def test_a_mistake_tells_its_kind_and_place_but_not_its_text(kushen: Kushen, tmp_path: Path) -> None:
    def tour(out: Path) -> int:
        raise ZeroDivisionError("1234.56 at 星巴克")

    for ran in (
        kushen("tour", "--out", tmp_path, tour=tour),
        kushen("tour", "--json", "--out", "x", tour=tour),
    ):
        assert "ZeroDivisionError at test_main.py" in ran.err
        assert "1234.56" not in ran.err


def test_the_tour_is_handed_over_and_gives_its_exit_code(kushen: Kushen, tmp_path: Path) -> None:
    assert kushen("tour", "--out", tmp_path, tour=lambda out: 7 if out == tmp_path else 0).code == 7
    assert kushen("tour", "--out", tmp_path, "--json").refusal["error"] == "no_window"


def test_the_passphrase_comes_from_the_first_line_of_standard_input(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSPHRASE}\r\nanother line\n"))
    assert cli.main(["--vault", str(vault), "--passphrase-file", "-", "balances"]) == cli.DONE


def test_without_a_terminal_or_a_file_nobody_can_be_asked(
    vault: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSPHRASE))
    assert cli.main(["--vault", str(vault), "--json", "balances"]) == cli.REFUSED
    assert json.loads(capsys.readouterr().err)["error"] == "no_passphrase"


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\x00", b"x" * 5_000])
def test_a_file_without_a_passphrase_is_refused(
    vault: Path, tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "no passphrase"
    file.write_bytes(content)
    arguments = ["--vault", str(vault), "--passphrase-file", str(file), "--json", "balances"]
    assert cli.main(arguments) == cli.REFUSED
    assert json.loads(capsys.readouterr().err)["error"] == "passphrase_file"


def test_a_wrong_passphrase_is_refused(vault: Path, tmp_path: Path, kushen: Kushen) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not that one", "utf-8")
    assert kushen("--passphrase-file", wrong, "--json", "balances").refusal["error"] == "wrong_passphrase"


def test_nothing_at_all_opens_the_window_and_a_command_does_not() -> None:
    assert cli.wants_window([])
    assert cli.wants_window(["-platform", "offscreen"])
    for arguments in (["balances"], ["--vault", "x", "balances"], ["--help"], ["-h"], ["prance"]):
        assert not cli.wants_window(arguments)


def test_a_command_starts_from_a_checkout(capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["--version"]) == cli.DONE
    assert capsys.readouterr().out.startswith("kushen ")


def test_a_reader_that_has_enough_is_no_mistake(vault: Path, kushen: Kushen, tmp_path: Path) -> None:
    kushen("accounts", "add", "招行储蓄卡")
    command = [sys.executable, "-m", "kushen_desktop", "--vault", str(vault)]
    command += ["--passphrase-file", str(tmp_path / "passphrase"), "--json", "accounts"]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(command, cwd=ROOT, stdout=closed, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (cli.REFUSED, b"")


def test_reading_balances_loads_neither_the_window_nor_what_only_others_need(
    vault: Path, tmp_path: Path
) -> None:
    code = (
        "import sys\nfrom kushen_desktop import cli\n"
        f"assert cli.main(['--vault', {str(vault)!r}, '--passphrase-file', {str(tmp_path / 'p')!r},"
        " 'balances']) == 0\n"
        "heavy = ('PySide6', 'openpyxl', 'xlrd', 'pyzipper', 'fpdf', 'rapidfuzz', 'charset_normalizer')\n"
        "sys.exit(' '.join(name for name in heavy if name in sys.modules) or 0)"
    )
    (tmp_path / "p").write_text(PASSPHRASE, "utf-8")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
