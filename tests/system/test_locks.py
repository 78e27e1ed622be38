import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kushen_desktop.system.locks import FileLock, HeldError

HOLD = """
import sys
from pathlib import Path
from kushen_desktop.system.locks import FileLock
lock = FileLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_lock_is_held_once_also_within_a_process(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    lock = FileLock(path)
    assert path.read_text() == str(os.getpid())
    with pytest.raises(HeldError) as caught:
        FileLock(path)
    assert caught.value.holder == os.getpid()
    lock.release()
    lock.release()
    FileLock(path).release()


def test_another_process_is_named_and_its_lock_ends_with_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdout
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(HeldError) as caught:
            FileLock(path)
        assert caught.value.holder == process.pid
        process.kill()
        process.wait()
        assert path.read_text() == str(process.pid)
        FileLock(path).release()


def test_of_many_at_once_exactly_one_gets_it(tmp_path: Path) -> None:
    def attempt(_number: int) -> FileLock | None:
        try:
            return FileLock(tmp_path / "lock")
        except HeldError:
            return None

    with ThreadPoolExecutor(8) as pool:
        for _ in range(25):
            got = [lock for lock in pool.map(attempt, range(8)) if lock]
            assert len(got) == 1
            got[0].release()


def test_a_lock_cannot_be_made_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "none" / "lock")
