from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from kushen_desktop.store import tries
from kushen_desktop.store.tries import DELAYS, Tries


def test_the_wait_grows_and_stops_growing() -> None:
    waits = [tries.wait(Tries(failures, 100), 100) for failures in range(13)]
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]


@given(st.integers(0, 50), st.floats(0, 4e9), st.floats(0, 4e9))
def test_no_clock_makes_anybody_wait_longer_than_a_minute(failures: int, at: float, now: float) -> None:
    assert 0 <= tries.wait(Tries(failures, at), now) <= DELAYS[-1]


def test_failures_are_counted_over_restarts_and_forgotten_after_success(tmp_path: Path) -> None:
    for second in range(6):
        tries.failed(tmp_path, 1000 + second)
    assert tries.read(tmp_path) == Tries(6, 1005)
    assert tries.forget(tmp_path) == 6
    assert tries.read(tmp_path) == Tries()
    assert not list(tmp_path.iterdir())
    assert tries.forget(tmp_path) == 0


def test_a_clock_set_back_does_not_lock_out(tmp_path: Path) -> None:
    for _ in range(12):
        tries.failed(tmp_path, 9_000)
    tries.put_back(tmp_path, 1_000)
    assert tries.wait(tries.read(tmp_path), 1_000) == 60
    tries.put_back(tmp_path, 1_060)
    assert tries.wait(tries.read(tmp_path), 1_060) == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\xff", b'{"failures":"x","at":0}', b'{"failures":1e999,"at":0}', b"[" * 150],
)
def test_a_damaged_file_counts_as_no_failure(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "vault.tries").write_bytes(content)
    assert tries.read(tmp_path) == Tries()


def test_impossible_counts_are_bounded(tmp_path: Path) -> None:
    (tmp_path / "vault.tries").write_bytes(b'{"failures":-5,"at":0}')
    assert tries.read(tmp_path).failures == 0
    (tmp_path / "vault.tries").write_bytes(b'{"failures":%d,"at":0}' % 10**30)
    assert tries.wait(tries.read(tmp_path), 0) == 60
