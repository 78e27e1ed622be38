"""A child process that is killed at a random moment, random by a seed that the test names."""

import random
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 300


def until_killed(code: str, arguments: tuple[str, ...], chance: random.Random, longest: float) -> list[str]:
    """Run the code, wait for its first line, kill it within so many seconds; return the lines it got out."""
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True, cwd=_ROOT
    ) as child:
        assert child.stdout
        first = child.stdout.readline()
        assert first, "the child failed by itself"
        time.sleep(chance.uniform(0, longest))
        child.kill()
        return [first.strip(), *(line.strip() for line in child.stdout)]


_ROOT = Path(__file__).resolve().parents[2]
