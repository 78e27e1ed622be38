"""What is typed at a real terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kushen_desktop import cli
from tests.books import PASSPHRASE
from tests.cli.conftest import Kushen

ROOT = Path(__file__).resolve().parents[2]
# Gives the child a terminal of its own, as a shell does.
LOGIN = (
    "import os, sys; os.login_tty(int(sys.argv[1]));"
    " os.execv(sys.executable, [sys.executable, '-m', 'kushen_desktop', *sys.argv[2:]])"
)


def terminals() -> bool:
    """Tell whether this system gives out terminals: a bare chroot has none."""
    try:
        ends = os.openpty()
    except (AttributeError, OSError):
        return False
    for end in ends:
        os.close(end)
    return hasattr(os, "login_tty")


pytestmark = pytest.mark.skipif(not terminals(), reason="no terminals to be had here")


def at_terminal(arguments: list[str], typed: list[str]) -> tuple[int, str]:
    """Run a command, answer each of its prompts, return exit code and everything that was to be seen."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-c", LOGIN, str(theirs), *arguments]
    with subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs]) as child:
        os.close(theirs)
        seen, waiting = b"", list(typed)
        while piece := read(ours):
            seen += piece
            if seen.endswith(b": ") and waiting:
                os.write(ours, waiting.pop(0).encode() + b"\n")
        os.close(ours)
    return child.returncode, seen.decode()


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1024)
    except OSError:  # Linux says so when the other side is gone
        return b""


def test_the_passphrase_is_asked_for_unseen(vault: Path, kushen: Kushen) -> None:
    kushen("accounts", "add", "现金", "--kind", "cash")
    code, seen = at_terminal(["--vault", str(vault), "balances"], [PASSPHRASE])
    assert code == cli.DONE
    assert "Passphrase: " in seen
    assert PASSPHRASE not in seen
    assert "现金" in seen


def test_a_new_passphrase_has_to_be_typed_twice_alike(vault: Path) -> None:
    typed = [PASSPHRASE, "seven quiet lighthouses", "seven quiet lighthouse"]
    code, seen = at_terminal(["--vault", str(vault), "vault", "passphrase"], typed)
    assert code == cli.REFUSED
    assert "not the same" in seen
    assert "lighthouse" not in seen
