from typing import Any

import pytest

from kushen_desktop.store.errors import KdfRefusedError, WrongPassphraseError
from kushen_desktop.store.keys import Secret
from kushen_desktop.store.slots import SLOTS, slot as ways
from kushen_desktop.store.slots.passphrase import PASSPHRASE, calibrated, normalised
from kushen_desktop.store.slots.slot import Cost
from tests.store.made import CHEAP

GOOD = {"name": "argon2id", "m": 19456, "t": 1, "p": 1, "salt": "00" * 16}
MASTER = Secret(b"m" * 32)


def test_argon2id_is_what_others_compute() -> None:
    # argon2-cffi 25.1: hash_secret_raw(b"Kushen123", bytes(16), 1, 19456, 1, 32, Type.ID)
    wanted = "8ef1bf5f6ab76c4be7a4e758f7aa7747f65381d6f8c8466c18ac7a285846327a"
    assert PASSPHRASE.input_key("Kushen123", GOOD).hex() == wanted


def test_full_width_letters_of_an_input_method_are_the_same() -> None:
    assert normalised("Ｋｕｓｈｅｎ　１２３") == b"Kushen 123"
    assert PASSPHRASE.input_key("Ｋｕｓｈｅｎ１２３", GOOD) == PASSPHRASE.input_key("Kushen123", GOOD)
    assert PASSPHRASE.input_key("kushen123", GOOD) != PASSPHRASE.input_key("Kushen123", GOOD)
    assert normalised("\ud800")


@pytest.mark.parametrize(
    "change",
    [
        {"m": 4 << 30},
        {"m": (2048 << 10) + 1},
        {"m": 19455},
        {"m": 0},
        {"m": -1},
        {"m": True},
        {"m": 19456.0},
        {"m": "19456"},
        {"t": 0},
        {"t": 21},
        {"p": 0},
        {"p": 17},
        {"salt": "00" * 15},
        {"salt": "zz" * 16},
        {"salt": None},
        {"name": "argon2i"},
        {"name": "scrypt"},
        {"more": 1},
    ],
)
def test_work_out_of_bounds_is_refused_before_any_is_done(change: dict[str, Any]) -> None:
    with pytest.raises(KdfRefusedError):
        PASSPHRASE.input_key("anything", {**GOOD, **change})


@pytest.mark.parametrize("missing", sorted(GOOD))
def test_a_missing_field_is_refused(missing: str) -> None:
    with pytest.raises(KdfRefusedError):
        PASSPHRASE.input_key("anything", {name: value for name, value in GOOD.items() if name != missing})


def test_a_slot_is_not_made_weaker_than_it_could_be_read() -> None:
    with pytest.raises(KdfRefusedError):
        PASSPHRASE.enrol("anything", Cost(8 * 1024, 1, 1))


def test_the_calibrated_cost_never_falls_below_the_floor() -> None:
    cost = calibrated()
    assert cost.memory in {mib << 10 for mib in (64, 128, 256, 512, 1024)}
    assert (cost.passes, cost.lanes) == (3, 4)


def test_each_way_has_a_name_of_its_own() -> None:
    assert [slot.kind for slot in SLOTS] == ["passphrase", "recovery"]


def test_a_record_opens_with_its_passphrase_only() -> None:
    vault = bytes(16)
    one = ways.made(PASSPHRASE, "the first one", master=MASTER, vault_id=vault, now=1, cost=CHEAP)
    two = ways.made(PASSPHRASE, "the other one", master=MASTER, vault_id=vault, now=1, cost=CHEAP)
    assert one.kdf["salt"] != two.kdf["salt"]
    assert ways.opened(PASSPHRASE, "the other one", (one, two), vault) == MASTER
    with pytest.raises(WrongPassphraseError):
        ways.opened(PASSPHRASE, "a third one", (one, two), vault)
    with pytest.raises(WrongPassphraseError):
        ways.opened(PASSPHRASE, "the first one", (), vault)
