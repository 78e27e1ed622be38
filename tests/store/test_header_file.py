from dataclasses import replace
from pathlib import Path

import pytest

from kushen_desktop.store import header_file
from kushen_desktop.store.errors import (
    DamagedHeaderError,
    DiskFullError,
    NewerVaultError,
    NoVaultError,
)
from kushen_desktop.store.header_file import DAMAGED, NAME, TWIN
from kushen_desktop.system import folders
from tests.store.test_header import MAC, a_header, forged


def test_header_and_twin_are_the_same_after_each_write(tmp_path: Path) -> None:
    for gen in (1, 2):
        header_file.save(tmp_path, a_header(gen=gen), MAC)
        assert (tmp_path / NAME).read_bytes() == (tmp_path / TWIN).read_bytes()
        assert header_file.load(tmp_path).framed.header.gen == gen
    assert {path.name for path in tmp_path.iterdir()} == {NAME, TWIN}
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"\0" * 2000, None])
def test_a_damaged_or_missing_header_gives_way_to_its_twin(tmp_path: Path, content: bytes | None) -> None:
    header_file.save(tmp_path, a_header(), MAC)
    (tmp_path / NAME).unlink()
    if content is not None:
        (tmp_path / NAME).write_bytes(content)
    found = header_file.load(tmp_path)
    assert found.from_twin
    header_file.repair(tmp_path, found.framed, MAC)
    assert not header_file.load(tmp_path).from_twin
    assert (tmp_path / DAMAGED).exists() == (content is not None)


def test_both_damaged_is_told(tmp_path: Path) -> None:
    header_file.save(tmp_path, a_header(), MAC)
    for name in (NAME, TWIN):
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-1])
    with pytest.raises(DamagedHeaderError):
        header_file.load(tmp_path)


def test_no_vault_here(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path, tmp_path / "none", tmp_path / "file"):
        with pytest.raises(NoVaultError):
            header_file.load(folder)


def test_a_newer_vault_is_not_taken_for_a_damaged_one(tmp_path: Path) -> None:
    header_file.save(tmp_path, a_header(), MAC)
    (tmp_path / NAME).write_bytes(forged({"min_app": "7.1"}))
    with pytest.raises(NewerVaultError, match=r"7\.1"):
        header_file.load(tmp_path)


def test_a_failed_write_leaves_the_header_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header_file.save(tmp_path, a_header(gen=1), MAC)
    real = folders.replace

    def full_at_second(path: Path, content: bytes) -> None:
        if path.name == NAME:
            raise OSError(28, "No space left on device")
        real(path, content)

    monkeypatch.setattr(folders, "replace", full_at_second)
    with pytest.raises(DiskFullError):
        header_file.save(tmp_path, replace(a_header(), gen=2), MAC)
    assert header_file.load(tmp_path).framed.header.gen == 1


def test_only_as_much_is_read_as_a_header_can_have(tmp_path: Path) -> None:
    with (tmp_path / NAME).open("wb") as stream:
        stream.truncate(1 << 40)
    with pytest.raises(DamagedHeaderError):
        header_file.load(tmp_path)
