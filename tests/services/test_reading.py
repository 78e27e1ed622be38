"""Foreign files are read in a worker process that no file can hurt for long."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kushen_desktop.domain.errors import CancelledError
from kushen_desktop.formats.refusals import (
    PasswordNeededError,
    UnknownFormatError,
    UnreadableStatementError,
    WrongPasswordError,
)
from kushen_desktop.services import reading as module
from kushen_desktop.services.reading import Reading

DATA = Path(__file__).resolve().parents[1] / "data" / "statements"
OFX = DATA / "ofx" / "sgml_bank.ofx"
LOCKED = DATA / "alipay" / "syn_app_2025.zip"


@pytest.fixture(scope="module")
def reading() -> Iterator[Reading]:
    made = Reading()
    yield made
    made.close()


def process(reading: Reading) -> int:
    assert reading._process
    assert reading._process.pid
    return reading._process.pid


def large(path: Path, rows: int = 60_000) -> Path:
    lines = (f"2026-10-{row % 28 + 1:02},-{row}.00,超市 {row},买菜,A{row}" for row in range(rows))
    path.write_text("\n".join(["交易日期,金额,对方户名,摘要,流水号", *lines]), "utf-8")
    return path


def test_one_worker_reads_one_file_after_the_other(reading: Reading) -> None:
    (first,) = reading.read(OFX)
    worker = process(reading)
    (again,) = reading.read(OFX)
    assert process(reading) == worker
    assert again.entries == first.entries
    assert first.sha256 == again.sha256 != b""


def test_a_refusal_leaves_the_worker_as_it_is(reading: Reading, tmp_path: Path) -> None:
    reading.read(OFX)
    worker = process(reading)
    strange = tmp_path / "strange.bin"
    strange.write_bytes(bytes(range(256)) * 40)
    with pytest.raises((UnknownFormatError, UnreadableStatementError)) as caught:
        reading.read(strange)
    assert "strange.bin" in str(caught.value)
    with pytest.raises(UnreadableStatementError):
        reading.read(tmp_path / "missing.csv")
    assert process(reading) == worker


def test_a_locked_archive_asks_and_is_tried_again(reading: Reading) -> None:
    with pytest.raises(PasswordNeededError):
        reading.read(LOCKED)
    with pytest.raises(WrongPasswordError):
        reading.read(LOCKED, password="000000")


def test_cancelling_ends_the_worker_and_the_next_file_gets_a_new_one(
    reading: Reading, tmp_path: Path
) -> None:
    reading.read(OFX)
    worker = process(reading)

    def stop(done: int, total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        reading.read(large(tmp_path / "large.csv"), progress=stop)
    assert reading.read(OFX)[0].rows_read > 0
    assert process(reading) != worker


def test_a_worker_that_says_nothing_is_ended(
    reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SILENCE_S", 0.0)
    with pytest.raises(UnreadableStatementError) as caught:
        reading.read(large(tmp_path / "slow.csv"))
    assert "slow.csv" in str(caught.value)
    monkeypatch.undo()
    assert reading.read(OFX)[0].rows_read > 0


def test_a_closed_reading_starts_again_when_it_is_asked() -> None:
    reading = Reading()
    reading.close()
    reading.read(OFX)
    worker = reading._process
    assert worker
    reading.close()
    assert worker.exitcode is not None
    assert reading._process is None
