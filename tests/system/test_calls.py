"""The other calls; those that change a whole process are made in one of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kushen_desktop.system import folders, memory, presence, terminal

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="says itself that it is absent elsewhere")


def ran(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_free_memory_is_a_sensible_figure() -> None:
    assert 1 << 24 < memory.free() < 1 << 50


@LINUX
def test_a_process_can_limit_itself() -> None:
    code = """
from kushen_desktop.system import memory
assert memory.limit(512 << 20)
try:
    bytearray(1 << 30)
except MemoryError:
    print("limited")
"""
    assert ran(code) == "limited"


@LINUX
def test_a_shielded_process_leaves_no_core_and_cannot_be_read() -> None:
    code = """
import resource
from kushen_desktop.system import hardening
assert hardening.shield()
import ctypes
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
    assert ran(code) == "(0, 0) 0"


@LINUX
def test_sleep_is_told_and_what_is_absent_is_none() -> None:
    before, after = presence.suspended(), presence.suspended()
    assert before is not None
    assert after is not None
    assert abs(after - before) < 1
    assert presence.idle() is None
    assert presence.screen_locked() is None


def test_a_restart_is_a_new_run_of_this_program(tmp_path: Path) -> None:
    package = tmp_path / "kushen_desktop"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "__main__.py").write_text("import sys; print('again', sys.argv[1:], secret if 0 else '')")
    source = Path(folders.__file__).parent / "processes.py"
    code = f"""
import importlib.util
spec = importlib.util.spec_from_file_location("processes", {str(source)!r})
processes = importlib.util.module_from_spec(spec)
spec.loader.exec_module(processes)
processes.restart(["--locked", "酷神"])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60, cwd=tmp_path
    )
    assert done.stdout.strip() == "again ['--locked', '酷神']"


def test_a_file_is_replaced_as_a_whole_and_belongs_to_the_user(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    folders.make_private(path.parent)
    folders.replace(path, b"one")
    folders.replace(path, b"two")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in path.parent.iterdir()] == ["file"]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_replacement_that_fails_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    with pytest.raises(OSError, match="file"):
        folders.replace(tmp_path / "file", b"x")
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_typing_is_asked_for_without_an_echo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: prompt + "!")
    assert terminal.ask_unseen("Passphrase") == "Passphrase!"
    with Path(os.devnull).open() as nobody:
        monkeypatch.setattr("sys.stdin", nobody)
        assert not terminal.interactive()
