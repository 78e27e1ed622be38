import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from kushen_desktop.services import backups, vaults
from kushen_desktop.store import container, header, keys
from kushen_desktop.store.engine import open_engine
from kushen_desktop.store.errors import (
    BackupDamagedError,
    BackupTooLargeError,
    DamagedVaultError,
    DiskFullError,
    NewerVaultError,
    NotABackupError,
    ReadOnlyVaultError,
    VaultExistsError,
    WrongPassphraseError,
    WrongRecoveryCodeError,
)
from kushen_desktop.store.unlocked import Opened, SealState
from kushen_desktop.store.vault import Vault
from tests.store.made import CHEAP, FIRST, SECOND, filled, made

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC).timestamp()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    created = vaults.create(tmp_path / "vault", FIRST, "家用", cost=CHEAP)
    Vault(created.opened.database, created.opened.database_key).close()
    filled(created.opened.database, created.opened.database_key, 40)
    yield created.opened
    created.opened.close()


@pytest.fixture
def file(opened: Opened, tmp_path: Path) -> Path:
    return backups.backup_to(opened, tmp_path / "one.kushen-backup", now=NOW).path


def notes(folder: Path) -> tuple[int, str]:
    """Return the number of notes and the device of a vault, after a check."""
    found = vaults.open(folder, FIRST)
    assert found.clean
    assert vaults.check(found) == ((), SealState.INTACT)
    engine = open_engine(found.database, found.database_key, writer=False)
    with engine.begin() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM note").scalar_one()
        device = connection.exec_driver_sql("SELECT value FROM meta WHERE name='device'").scalar_one()
    engine.dispose()
    found.close()
    return int(count), str(device)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_backup_becomes_a_vault_with_a_device_of_its_own(
    opened: Opened, file: Path, tmp_path: Path
) -> None:
    backups.restore(file, FIRST, tmp_path / "new" / "home")
    opened.close()
    count, device = notes(tmp_path / "new" / "home")
    assert count == 40
    assert (count, device) != notes(tmp_path / "vault")
    assert names(tmp_path / "new" / "home") == {"vault.db", "vault.hdr", "vault.hdr.bak", "vault.lock"}
    assert vaults.info(tmp_path / "new" / "home").vault_id == vaults.info(tmp_path / "vault").vault_id


def test_a_backup_tells_what_it_is_without_a_key(opened: Opened, file: Path) -> None:
    found = backups.look(file)
    assert (found.label, found.created, found.vault_id) == ("家用", NOW, opened.header.vault_id)
    assert found.size == file.stat().st_size
    assert found.rows >= 40


def test_a_backup_unpacked_by_any_tool_is_a_vault(file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(file) as whole:
        whole.extractall(tmp_path / "by hand")
    assert notes(tmp_path / "by hand")[0] == 40


def test_no_plain_text_is_in_a_backup_nor_left_beside_it(file: Path) -> None:
    content = file.read_bytes()
    assert b"0007 0007" not in content
    assert b"CREATE TABLE" not in content
    assert b"SQLite format 3" not in content
    assert names(file.parent) == {"vault", file.name}


def test_the_recovery_code_restores_too(tmp_path: Path) -> None:
    created = made(tmp_path / "vault", rows=3)
    other = made(tmp_path / "other")
    again = vaults.open(tmp_path / "vault", FIRST)
    file = backups.backup_to(again, tmp_path / "b").path
    again.close()
    with pytest.raises(WrongRecoveryCodeError):
        backups.restore_with_code(file, other.recovery_code, tmp_path / "new")
    backups.restore_with_code(file, created.recovery_code, tmp_path / "new")
    assert notes(tmp_path / "new")[0] == 3


def test_a_restore_needs_the_passphrase_and_a_new_folder(file: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPassphraseError):
        backups.restore(file, SECOND, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    before = {path: path.read_bytes() for path in (tmp_path / "vault").iterdir()}
    with pytest.raises(VaultExistsError):
        backups.restore(file, FIRST, tmp_path / "vault")
    assert {path: path.read_bytes() for path in (tmp_path / "vault").iterdir()} == before


def test_a_backup_opens_with_the_passphrase_of_its_day(opened: Opened, file: Path, tmp_path: Path) -> None:
    vaults.change_passphrase_of(opened, FIRST, SECOND, cost=CHEAP)
    with pytest.raises(WrongPassphraseError):
        backups.restore(file, SECOND, tmp_path / "new")
    backups.restore(file, FIRST, tmp_path / "new")


def test_a_backup_of_a_vault_in_use_holds_whole_changes(opened: Opened, tmp_path: Path) -> None:
    """Each writing adds two rows at once: every backup has an even number more."""
    engine = open_engine(opened.database, opened.database_key)
    stop = threading.Event()

    def write() -> None:
        while not stop.wait(0.02):
            with engine.begin() as connection:
                for _ in range(2):
                    connection.exec_driver_sql("INSERT INTO note(text) VALUES('pair')")

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(3):
            target = tmp_path / f"{number}.kushen-backup"
            backups.backup_to(opened, target)
            backups.restore(target, FIRST, tmp_path / f"new{number}")
            assert notes(tmp_path / f"new{number}")[0] % 2 == 0
    finally:
        stop.set()
        thread.join()
        engine.dispose()


def test_a_damaged_vault_makes_no_backup_and_keeps_the_old_one(opened: Opened, file: Path) -> None:
    before = file.read_bytes()
    path = opened.database
    whole = path.read_bytes()
    path.write_bytes(whole[: 9 * 4096] + bytes(4096) + whole[10 * 4096 :])
    with pytest.raises(DamagedVaultError):
        backups.backup_to(opened, file)
    path.write_bytes(whole)
    assert file.read_bytes() == before
    assert names(file.parent) == {"vault", file.name}


def test_flipped_bits_are_refused(file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    for place in range(0, len(whole), len(whole) // 30):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        try:
            backups.restore(file, FIRST, tmp_path / "new")
        except (BackupDamagedError, NotABackupError, NewerVaultError, WrongPassphraseError):
            assert not (tmp_path / "new").exists()
        else:
            # Dates and attributes of the ZIP mean nothing; what they frame must be whole.
            assert notes(tmp_path / "new")[0] == 40
            for path in (tmp_path / "new").iterdir():
                path.unlink()
            (tmp_path / "new").rmdir()


@pytest.mark.parametrize("part", [0, 1, 21, 500, 5_000, -1, -22, -60])
def test_a_cut_file_is_refused(file: Path, tmp_path: Path, part: int) -> None:
    file.write_bytes(file.read_bytes()[:part])
    with pytest.raises((NotABackupError, BackupDamagedError)):
        backups.restore(file, FIRST, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(file) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    with zipfile.ZipFile(file, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)


def without_database(members: dict[str, bytes]) -> None:
    del members["vault.db"]


def with_a_stranger(members: dict[str, bytes]) -> None:
    members["../../evil"] = b"x"


def with_other_rows(members: dict[str, bytes]) -> None:
    fields = json.loads(members["manifest.json"])
    fields["rows"]["note"] = 41
    members["manifest.json"] = header.canonical(fields)


def with_a_huge_header(members: dict[str, bytes]) -> None:
    members["vault.hdr"] = bytes(header.SIZE_LIMIT + 1)


def with_nonsense(members: dict[str, bytes]) -> None:
    members["manifest.json"] = b"[" * 10_000


def with_a_shorter_database(members: dict[str, bytes]) -> None:
    members["vault.db"] = members["vault.db"][:-4096]


@pytest.mark.parametrize(
    "change",
    [
        without_database,
        with_a_stranger,
        with_other_rows,
        with_a_huge_header,
        with_nonsense,
        with_a_shorter_database,
    ],
)
def test_a_changed_backup_is_refused(
    file: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    rewritten(file, change)
    with pytest.raises((BackupDamagedError, NotABackupError)):
        backups.restore(file, FIRST, tmp_path / "new")
    assert names(tmp_path) == {"vault", file.name}


def test_a_database_of_another_vault_is_refused(file: Path, tmp_path: Path) -> None:
    made(tmp_path / "other", rows=40)
    other = vaults.open(tmp_path / "other", FIRST)
    second = backups.backup_to(other, tmp_path / "two.kushen-backup").path
    other.close()
    with zipfile.ZipFile(second) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}

    def swap(members: dict[str, bytes]) -> None:
        members["vault.db"] = parts["vault.db"]
        fields = json.loads(members["manifest.json"])
        fields["database"] = json.loads(parts["manifest.json"])["database"]
        members["manifest.json"] = header.canonical(fields)

    rewritten(file, swap)
    with pytest.raises(BackupDamagedError):
        backups.restore(file, FIRST, tmp_path / "new")


def test_a_packed_bomb_is_not_unpacked(file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(file) as old:
        members = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(name, bytes(50_000_000) if name == "vault.db" else content)
    with pytest.raises(BackupDamagedError):
        backups.restore(file, FIRST, tmp_path / "new")


@pytest.mark.parametrize("content", [b"", b"x" * 100, b"%PDF-1.7" + bytes(5_000), b"PK\x05\x06" + bytes(18)])
def test_another_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other").write_bytes(content)
    with pytest.raises(NotABackupError):
        backups.look(tmp_path / "other")


def test_a_zip_of_something_else_is_no_backup(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as made_zip:
        for name in "abcd":
            made_zip.writestr(name, b"")
    with pytest.raises(NotABackupError):
        backups.look(tmp_path / "other.zip")


def test_a_backup_of_a_later_format_says_so(file: Path) -> None:
    def later(members: dict[str, bytes]) -> None:
        fields = json.loads(members["manifest.json"])
        members["manifest.json"] = header.canonical({**fields, "format": 2, "app": "9.9"})

    rewritten(file, later)
    with pytest.raises(NewerVaultError, match=r"9\.9"):
        backups.look(file)


def test_names_carry_the_time_and_old_ones_go(opened: Opened, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")
    prefix = opened.header.vault_id[:4].hex()
    (folder / "ffffffff-20200101-000000.kushen-backup").write_text("another vault's")
    for days in range(1, 12):
        stamp = datetime.fromtimestamp(NOW - days * 86_400).astimezone().strftime("%Y%m%d-%H%M%S")
        (folder / f"{prefix}-{stamp}.kushen-backup").write_bytes(b"old")
    made_now = backups.backup(opened, folder, now=NOW)
    assert made_now.path.exists()
    left = sorted(path.name for path in folder.glob(f"{prefix}-*"))
    assert len(left) == 8  # seven days; the week before last's Sunday; October has none
    assert {"letter.txt", "ffffffff-20200101-000000.kushen-backup"} <= names(folder)


@given(st.lists(st.integers(0, 800 * 24), max_size=80, unique=True))
def test_rotation_keeps_the_newest_and_never_more_than_its_share(hours: list[int]) -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    stamps = [start + timedelta(hours=hour) for hour in hours]
    kept = backups.kept_of(stamps)
    assert kept <= set(stamps)
    assert len(kept) <= 7 + 4 + 12
    days = sorted({stamp.date() for stamp in stamps})[-7:]
    for day in days:
        assert max(stamp for stamp in stamps if stamp.date() == day) in kept
    months = sorted({(stamp.year, stamp.month) for stamp in stamps})[-12:]
    assert {(stamp.year, stamp.month) for stamp in kept} >= set(months)
    # Keeping again keeps all: rotation after every backup loses nothing that one rotation would keep.
    assert backups.kept_of(list(kept)) == kept


def test_a_folder_that_cannot_be_written(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises((ReadOnlyVaultError, NotADirectoryError, FileExistsError)):
        backups.backup(opened, tmp_path / "file" / "inside")


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounting needs root on Linux")
def test_a_full_disk_leaves_the_old_backup(opened: Opened, tmp_path: Path) -> None:
    at = tmp_path / "small"
    at.mkdir()
    file = backups.backup_to(opened, tmp_path / "b").path
    room = f"size={file.stat().st_size * 16 // 10}"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", room, "kushen-test", str(at)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        (at / "b").write_bytes(file.read_bytes())
        with pytest.raises(DiskFullError):
            backups.backup_to(opened, at / "b")
        assert names(at) == {"b"}
        assert (at / "b").read_bytes() == file.read_bytes()
        with pytest.raises(DiskFullError):
            backups.restore(at / "b", FIRST, at / "new")
        assert names(at) == {"b"}
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def test_more_than_four_gibibytes_are_refused(tmp_path: Path) -> None:
    manifest = container.Manifest(bytes(16), "", 0, "0.1.0", 1, bytes(32), 1 << 32, bytes(32), {})
    with pytest.raises(BackupTooLargeError):
        container.write(tmp_path / "b", manifest, b"", tmp_path / "none", keys.new_master())
    assert not (tmp_path / "b").exists()
