import contextlib
import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kushen_desktop.domain.recovery_code import RecoveryCodeError
from kushen_desktop.services import vaults
from kushen_desktop.store.engine import open_engine
from kushen_desktop.store.errors import (
    DamagedHeaderError,
    DatabaseMissingError,
    DiskFullError,
    KitUnreadableError,
    NoVaultError,
    UnlockDelayError,
    VaultExistsError,
    VaultInUseError,
    WeakPassphraseError,
    WrongKeyError,
    WrongPassphraseError,
    WrongRecoveryCodeError,
)
from kushen_desktop.store.unlocked import SealState
from tests.store.made import CHEAP, FIRST, SECOND, made

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


def test_a_new_vault_opens_with_its_passphrase(tmp_path: Path) -> None:
    created = vaults.create(tmp_path / "a" / "b", FIRST, "家用", cost=CHEAP)
    assert created.opened.clean
    assert not created.opened.database.read_bytes().startswith(b"SQLite format 3")
    created.opened.close()
    found = vaults.info(tmp_path / "a" / "b")
    assert (found.label, found.ways, found.closed_properly) == ("家用", ("passphrase", "recovery"), True)
    assert found.database_size == PAGE
    opened = vaults.open(tmp_path / "a" / "b", FIRST)
    assert opened.header.vault_id == found.vault_id
    assert (opened.failures, opened.notices) == (0, ())
    opened.close()


def test_no_secret_is_in_the_files(tmp_path: Path) -> None:
    created = made(tmp_path / "v", rows=3)
    everything = b"".join(contents(tmp_path / "v").values())
    for secret in (FIRST, created.recovery_code, created.recovery_code.replace("-", ""), "0001 0001"):
        assert secret.encode() not in everything


def test_an_empty_folder_is_taken_and_a_full_one_left_alone(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    made(tmp_path / "empty")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    for taken in (tmp_path / "full", tmp_path / "empty", tmp_path / "full" / "letter.txt"):
        with pytest.raises(VaultExistsError):
            vaults.create(taken, FIRST, cost=CHEAP)
    assert contents(tmp_path / "full") == {"letter.txt": b"mine"}


@pytest.mark.parametrize("passphrase", ["", "zhangwei19900512", "short but odd!", "x" * 2000])
def test_a_weak_passphrase_makes_no_vault(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(WeakPassphraseError):
        vaults.create(tmp_path / "v", passphrase, cost=CHEAP)
    assert not (tmp_path / "v").exists()


def test_a_generated_passphrase_is_always_taken() -> None:
    assert all(vaults.strength(vaults.generated_passphrase()).accepted for _ in range(20))


def test_the_meter_knows_pinyin_where_the_general_one_does_not() -> None:
    assert vaults.strength("wobuzhidao").score == 0
    assert vaults.strength("zhangwei1990").score <= 1
    assert vaults.strength("家用家用家用家用家用家用", "家用").score == 0


def test_a_wrong_passphrase_is_no_damage_and_changes_nothing(folder: Path) -> None:
    before = contents(folder)
    with pytest.raises(WrongPassphraseError):
        vaults.open(folder, SECOND)
    after = contents(folder)
    del after["vault.tries"]
    assert after == before
    assert rows(folder) == 40


def test_the_wait_after_failures_is_told_and_holds_before_any_work(folder: Path) -> None:
    now = [1_000_000.0]
    for _ in range(4):
        with pytest.raises(WrongPassphraseError):
            vaults.open(folder, SECOND, clock=lambda: now[0])
    with pytest.raises(UnlockDelayError) as caught:
        vaults.open(folder, FIRST, clock=lambda: now[0])
    assert caught.value.params == {"seconds": "1", "failures": "4"}
    now[0] += 1
    opened = vaults.open(folder, FIRST, clock=lambda: now[0])
    assert opened.failures == 4
    opened.close()
    opened = vaults.open(folder, FIRST, clock=lambda: now[0])
    assert opened.failures == 0
    opened.close()


def test_a_vault_is_open_once(folder: Path) -> None:
    opened = vaults.open(folder, FIRST)
    for attempt in (
        lambda: vaults.open(folder, FIRST),
        lambda: vaults.change_passphrase(folder, FIRST, SECOND),
    ):
        with pytest.raises(VaultInUseError) as caught:
            attempt()
        assert caught.value.params["process"] == str(os.getpid())
    opened.close()
    assert rows(folder) == 40


def test_a_lock_left_behind_is_taken_over(folder: Path) -> None:
    (folder / "vault.lock").write_text("4711")
    assert rows(folder) == 40


def test_the_passphrase_changes_and_the_old_one_is_void_also_in_the_twin(folder: Path) -> None:
    database = (folder / "vault.db").read_bytes()
    vaults.change_passphrase(folder, FIRST, SECOND, cost=CHEAP)
    assert (folder / "vault.db").read_bytes() == database
    (folder / HDR).unlink()
    with pytest.raises(WrongPassphraseError):
        vaults.open(folder, FIRST)
    opened = vaults.open(folder, SECOND)
    assert opened.clean
    assert opened.notices
    assert vaults.check(opened) == ((), SealState.INTACT)
    opened.close()


def test_the_passphrase_of_an_open_vault_changes_too(folder: Path) -> None:
    opened = vaults.open(folder, FIRST)
    with pytest.raises(WrongPassphraseError):
        vaults.change_passphrase_of(opened, SECOND, SECOND, cost=CHEAP)
    with pytest.raises(WeakPassphraseError):
        vaults.change_passphrase_of(opened, FIRST, "zhangwei19900512", cost=CHEAP)
    vaults.change_passphrase_of(opened, FIRST, SECOND, cost=CHEAP)
    opened.close()
    assert rows(folder, SECOND) == 40


class KilledError(BaseException):
    """Where the process would have ended."""


def test_a_kill_at_any_step_of_a_change_locks_nobody_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The steps are the calls that reach the disk; whatever was written before stays, as after a kill."""
    changed: list[bool] = []
    for wanted in itertools.count():
        present, other = (SECOND, FIRST) if rows_of(folder, SECOND) else (FIRST, SECOND)
        steps = itertools.count()
        with monkeypatch.context() as patched, contextlib.suppress(KilledError):
            for owner, name in ((os, "fsync"), (os, "open"), (Path, "replace")):
                patched.setattr(owner, name, stopping(getattr(owner, name), steps, wanted))
            vaults.change_passphrase(folder, present, other, cost=CHEAP)
            break
        changed.append(rows_of(folder, other) == 40)
        assert changed[-1] != (rows_of(folder, present) == 40)
    # Lock and two files, each opened, synced, renamed, its folder opened and synced.
    assert len(changed) == 11
    assert True in changed
    assert False in changed


def stopping(real: Callable[..., object], steps: Iterator[int], wanted: int) -> Callable[..., object]:
    def call(*arguments: object, **named: object) -> object:
        if next(steps) == wanted:
            raise KilledError
        return real(*arguments, **named)

    return call


def rows_of(folder: Path, passphrase: str) -> int:
    """Return the rows of a vault that opens with this passphrase, else 0."""
    try:
        return rows(folder, passphrase)
    except WrongPassphraseError:
        (folder / "vault.tries").unlink()
        return 0


def test_a_wrong_old_passphrase_changes_nothing(folder: Path) -> None:
    before = (folder / HDR).read_bytes()
    with pytest.raises(WrongPassphraseError):
        vaults.change_passphrase(folder, SECOND, SECOND, cost=CHEAP)
    assert (folder / HDR).read_bytes() == before
    assert vaults.info(folder).closed_properly


def test_the_recovery_code_opens_and_sets_a_new_passphrase(tmp_path: Path) -> None:
    folder = tmp_path / "v"
    code = made(folder, rows=5).recovery_code
    other = made(tmp_path / "other").recovery_code
    opened = vaults.open_with_code(folder, code)
    opened.close()
    with pytest.raises(WrongRecoveryCodeError):
        vaults.recover(folder, other, SECOND, cost=CHEAP)
    with pytest.raises(RecoveryCodeError):
        vaults.recover(folder, code[:-1] + ("7" if code[-1] != "7" else "8"), SECOND, cost=CHEAP)
    for _ in range(12):
        (folder / "vault.tries").write_text('{"failures": 12, "at": 9e9}')
    vaults.recover(folder, code.lower(), SECOND, cost=CHEAP)
    assert rows(folder, SECOND) == 5
    with pytest.raises(WrongPassphraseError):
        vaults.open(folder, FIRST)
    vaults.recover(folder, code, FIRST, cost=CHEAP)
    assert rows(folder, FIRST) == 5


def test_a_new_recovery_code_voids_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "v"
    old = made(folder).recovery_code
    opened = vaults.open(folder, FIRST)
    with pytest.raises(WrongPassphraseError):
        vaults.new_recovery_code(opened, SECOND)
    code, _kit = vaults.new_recovery_code(opened, FIRST)
    opened.close()
    with pytest.raises(WrongRecoveryCodeError):
        vaults.open_with_code(folder, old)
    vaults.open_with_code(folder, code).close()


def test_the_kit_opens_a_vault_without_any_header(tmp_path: Path) -> None:
    folder = tmp_path / "v"
    created = made(folder, rows=5)
    stranger = made(tmp_path / "other")
    for name in (HDR, TWIN):
        (folder / name).unlink()
    with pytest.raises(NoVaultError):
        vaults.open(folder, FIRST)
    with pytest.raises(KitUnreadableError):
        vaults.recover_from_kit(folder, created.kit[:-9], created.recovery_code, SECOND, cost=CHEAP)
    with pytest.raises(WrongRecoveryCodeError):
        vaults.recover_from_kit(folder, created.kit, stranger.recovery_code, SECOND, cost=CHEAP)
    with pytest.raises(WrongKeyError):
        vaults.recover_from_kit(folder, stranger.kit, stranger.recovery_code, SECOND, cost=CHEAP)
    with pytest.raises(DatabaseMissingError):
        vaults.recover_from_kit(tmp_path, created.kit, created.recovery_code, SECOND, cost=CHEAP)
    assert not (folder / HDR).exists()
    vaults.recover_from_kit(folder, created.kit, created.recovery_code, SECOND, cost=CHEAP)
    assert rows(folder, SECOND) == 5
    vaults.open_with_code(folder, created.recovery_code).close()


def test_unknown_fields_of_a_later_version_live_through_a_change(folder: Path) -> None:
    opened = vaults.open(folder, FIRST)
    opened.header = replace(opened.header, unknown={"colour": "green"})
    opened.set_slots(opened.header.slots)
    opened.close()
    vaults.change_passphrase(folder, FIRST, SECOND, cost=CHEAP)
    opened = vaults.open(folder, SECOND)
    assert opened.header.unknown == {"colour": "green"}
    opened.close()


def test_every_refusal_is_a_sentence_that_says_what_to_do() -> None:
    for error in (
        NoVaultError(path="p"),
        DamagedHeaderError(path="p"),
        VaultInUseError(path="p", process=1),
        UnlockDelayError(seconds=2, failures=5),
        DiskFullError(path="p"),
    ):
        assert str(error).endswith(".")
        assert "{" not in str(error)
