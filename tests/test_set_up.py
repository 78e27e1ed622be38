"""The set-up, and the platform it sets up."""

import ast
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import qVersion

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "packaging" / "set_up.py"


@pytest.fixture
def set_up() -> dict[str, Any]:
    names: dict[str, Any] = runpy.run_path(str(SCRIPT))["main"].__globals__
    return names


def test_an_old_python_can_read_the_script_that_refuses_it() -> None:
    ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 8))


def test_a_python_without_locked_packages_is_refused(
    set_up: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up["check_python"]()
    monkeypatch.setitem(set_up, "OLDEST", (3, 90))
    with pytest.raises(SystemExit):
        set_up["check_python"]()
    assert "needs Python 3.11 to 3.14" in capsys.readouterr().err


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Qt brings all its libraries on other systems"
)
def test_missing_libraries_are_named_by_their_package(
    set_up: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert set_up["missing_packages"]() == []
    monkeypatch.setitem(set_up["OFFSCREEN"], "libnowhere.so.7", "libnowhere7")
    assert set_up["missing_packages"]() == ["libnowhere7"]
    monkeypatch.setitem(set_up["X11"], "libnowindow.so.7", "libnowindow7")
    monkeypatch.setenv("DISPLAY", ":7")
    assert set(set_up["missing_packages"]()) >= {"libnowhere7", "libnowindow7"}


def test_a_failing_step_stops_with_the_end_of_its_output(
    set_up: dict[str, Any],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(set_up, "LOG", tmp_path / "build" / "setup.log")
    with pytest.raises(SystemExit):
        set_up["run"]([sys.executable, "-c", "raise SystemExit('the disk is full')"], "It did not work.")
    told = capsys.readouterr().err
    assert "It did not work." in told
    assert "the disk is full" in told


def test_the_command_in_the_environment_starts_from_another_folder(tmp_path: Path) -> None:
    command = ROOT / ".venv" / "bin" / "kushen"
    if not command.exists():
        pytest.skip("this checkout was not set up by packaging/set_up.py")
    done = subprocess.run([str(command), "--help"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_qt_is_a_release_that_runs_on_every_python() -> None:
    # PySide6 6.12 aborts the process below Python 3.12: tests/gui/test_qt_canary.py.
    assert qVersion().startswith("6.11.")
