"""Vaults that cannot be opened or written: each with its own error, and nothing changed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.services import vaults
from kushen_desktop.store import header
from kushen_desktop.store.engine import open_engine, translated
from kushen_desktop.store.errors import (
    DamagedHeaderError,
    DamagedVaultError,
    DatabaseMissingError,
    DiskFullError,
    HeaderChangedError,
    KdfRefusedError,
    NewerVaultError,
    NoVaultError,
    ReadOnlyVaultError,
    WrongKeyError,
    WrongPassphraseError,
)
from kushen_desktop.store.unlocked import SealState
from tests.store.made import CHEAP, FIRST, SECOND, made
from tests.store.test_header import framed

HDR, TWIN = "vault.hdr", "vault.hdr.bak"
PAGE = 4096


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "家用 vault"
    made(folder, rows=40)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "vault.lock"}


def rows(folder: Path, passphrase: str = FIRST) -> int:
    opened = vaults.open(folder, passphrase)
    engine = open_engine(opened.database, opened.database_key, writer=False)
    with engine.begin() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM note").scalar_one()
    engine.dispose()
    opened.close()
    return int(found)


def forge(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the header's fields and give header and twin a right checksum, without the key."""
    fields = json.loads((folder / HDR).read_bytes()[14:-64])
    change(fields)
    content = framed(header.canonical(fields))
    for name in (HDR, TWIN):
        (folder / name).write_bytes(content)


class Small:
    """A file system of 1 MiB, mounted for one test."""

    def __init__(self, at: Path) -> None:
        self.at = at

    def read_only(self) -> None:
        subprocess.run(["mount", "-o", "remount,ro", str(self.at)], check=True)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    at = tmp_path / "small"
    at.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting needs root on Linux")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "kushen-test", str(at)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("mounting is not allowed here")
    yield Small(at)
    subprocess.run(["umount", "-l", str(at)], check=True)


def test_a_damaged_header_is_put_back_from_its_twin_with_a_notice(folder: Path) -> None:
    (folder / HDR).write_bytes(b"KSHN\n\x1a\n mangled by a text tool")
    assert vaults.info(folder).header_damaged
    opened = vaults.open(folder, FIRST)
    assert "put back" in opened.notices[0].english()
    opened.close()
    assert not vaults.info(folder).header_damaged
    assert (folder / "vault.hdr.damaged").exists()


def test_two_damaged_headers_are_told_apart_from_a_wrong_passphrase(folder: Path) -> None:
    for name in (HDR, TWIN):
        (folder / name).write_bytes((folder / name).read_bytes()[:-1])
    before = contents(folder)
    for attempt in (lambda: vaults.open(folder, FIRST), lambda: vaults.info(folder)):
        with pytest.raises(DamagedHeaderError):
            attempt()
    assert contents(folder) == before


def forge_gen(fields: dict[str, Any]) -> None:
    fields["gen"] = 10_000


def forge_seal(fields: dict[str, Any]) -> None:
    fields["seal"] = {"size": PAGE, "sha256": "00" * 32, "gen": 1}


def forge_one_slot(fields: dict[str, Any]) -> None:
    fields["slots"] = fields["slots"][:1]


def forge_slot_twice(fields: dict[str, Any]) -> None:
    fields["slots"] = fields["slots"] + fields["slots"][:1]


def forge_label(fields: dict[str, Any]) -> None:
    fields["label"] = "someone else's"


def forge_unknown(fields: dict[str, Any]) -> None:
    fields["cipher"] = "none"


@pytest.mark.parametrize(
    "change", [forge_gen, forge_seal, forge_one_slot, forge_slot_twice, forge_label, forge_unknown]
)
def test_a_forged_header_is_noticed(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    forge(folder, change)
    before = contents(folder)
    with pytest.raises(HeaderChangedError):
        vaults.open(folder, FIRST)
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("kdf", "raised"),
    [({"m": 1 << 32}, KdfRefusedError), ({"m": 8}, KdfRefusedError), ({"t": 2}, WrongPassphraseError)],
)
def test_forged_work_is_refused(folder: Path, kdf: dict[str, int], raised: type[KushenError]) -> None:
    def change(fields: dict[str, Any]) -> None:
        fields["slots"][0]["kdf"].update(kdf)

    forge(folder, change)
    with pytest.raises(raised):
        vaults.open(folder, FIRST)


def test_a_bomb_of_work_takes_no_memory(folder: Path) -> None:
    def change(fields: dict[str, Any]) -> None:
        fields["slots"][0]["kdf"].update(m=1 << 32)

    forge(folder, change)
    code = """
import sys
from pathlib import Path
from kushen_desktop.services import vaults
from kushen_desktop.store.errors import KdfRefusedError
from kushen_desktop.system import memory
memory.limit(1 << 30)
try:
    vaults.open(Path(sys.argv[1]), sys.argv[2])
except KdfRefusedError:
    print("refused")
"""
    done = subprocess.run([sys.executable, "-c", code, str(folder), FIRST], capture_output=True, check=True)
    assert done.stdout.strip() == b"refused"


def test_a_newer_vault_says_so(folder: Path) -> None:
    def change(fields: dict[str, Any]) -> None:
        fields["min_app"] = "9.1"

    forge(folder, change)
    with pytest.raises(NewerVaultError) as caught:
        vaults.open(folder, FIRST)
    assert "9.1" in str(caught.value)


def test_a_missing_database_is_not_made_anew(folder: Path) -> None:
    (folder / "vault.db").rename(folder / "elsewhere.db")
    with pytest.raises(DatabaseMissingError):
        vaults.open(folder, FIRST)
    assert vaults.info(folder).database_size is None
    (folder / "elsewhere.db").rename(folder / "vault.db")
    assert rows(folder) == 40


def lengths(opened: vaults.Opened) -> None:
    engine = open_engine(opened.database, opened.database_key)
    with translated(opened.database), engine.begin() as connection:
        connection.exec_driver_sql("SELECT sum(length(text)) FROM note").all()


def test_damage_of_the_database_has_its_own_errors(folder: Path) -> None:
    path = folder / "vault.db"
    whole = path.read_bytes()
    for place, raised in ((20, WrongKeyError), (6 * PAGE + 9, DamagedVaultError)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        opened = vaults.open(folder, FIRST)
        with pytest.raises(raised):
            lengths(opened)
        opened.abandon()
    path.write_bytes(whole)
    assert rows(folder) == 40


def test_a_check_names_the_damage(folder: Path) -> None:
    path = folder / "vault.db"
    whole = path.read_bytes()
    path.write_bytes(whole[: 6 * PAGE] + bytes(PAGE) + whole[7 * PAGE :])
    opened = vaults.open(folder, FIRST)
    found = vaults.check(opened)
    assert any("page 7" in problem for problem in found.problems)
    assert found.seal is SealState.CHANGED
    opened.close()


def test_no_vault_gets_no_lock_file(tmp_path: Path) -> None:
    with pytest.raises(NoVaultError):
        vaults.open(tmp_path, FIRST)
    assert not list(tmp_path.iterdir())


def test_a_read_only_folder_says_so_and_can_still_be_looked_at(small: Small) -> None:
    folder = small.at / "v"
    made(folder, rows=5)
    small.read_only()
    before = contents(folder)
    for attempt in (
        lambda: vaults.open(folder, FIRST),
        lambda: vaults.change_passphrase(folder, FIRST, SECOND, cost=CHEAP),
        lambda: vaults.create(small.at / "w", FIRST, cost=CHEAP),
    ):
        with pytest.raises(ReadOnlyVaultError):
            attempt()
    opened = vaults.open(folder, FIRST, read_only=True)
    engine = open_engine(opened.database, opened.database_key, read_only=True)
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM note").scalar() == 5
    engine.dispose()
    opened.close()
    assert contents(folder) == before


def test_a_full_disk_changes_nothing(small: Small) -> None:
    folder = small.at / "v"
    made(folder, rows=5)
    before = contents(folder)
    (small.at / "ballast").write_bytes(bytes(2_000_000)[: _left(small.at)])
    with pytest.raises(DiskFullError):
        vaults.change_passphrase(folder, FIRST, SECOND, cost=CHEAP)
    with pytest.raises(DiskFullError):
        vaults.create(small.at / "w", FIRST, cost=CHEAP)
    assert contents(folder) == before
    assert not (small.at / "w" / HDR).exists()
    (small.at / "ballast").unlink()
    assert rows(folder) == 5
    vaults.change_passphrase(folder, FIRST, SECOND, cost=CHEAP)
    assert rows(folder, SECOND) == 5


def _left(path: Path) -> int:
    status = os.statvfs(path)
    return status.f_bavail * status.f_frsize
