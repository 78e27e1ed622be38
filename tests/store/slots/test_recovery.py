import pytest

from kushen_desktop.domain import recovery_code
from kushen_desktop.domain.recovery_code import RecoveryCodeError
from kushen_desktop.store.errors import KdfRefusedError, KitUnreadableError, WrongRecoveryCodeError
from kushen_desktop.store.keys import Secret
from kushen_desktop.store.slots import slot as ways
from kushen_desktop.store.slots.recovery import RECOVERY, from_kit_text, kit_text

VAULT, MASTER = bytes(range(16)), Secret(b"m" * 32)
CODE = recovery_code.written(bytes(range(20)))
RECORD = ways.made(RECOVERY, CODE, master=MASTER, vault_id=VAULT, now=1_700_000_000)


def test_the_code_opens_however_it_is_typed() -> None:
    for typed in (CODE, CODE.lower(), CODE.replace("-", " "), CODE.replace("-", ""), CODE.replace("0", "o")):
        assert ways.opened(RECOVERY, typed, (RECORD,), VAULT) == MASTER


def test_another_code_and_a_mistyped_one_are_told_apart() -> None:
    with pytest.raises(WrongRecoveryCodeError):
        ways.opened(RECOVERY, recovery_code.written(bytes(20)), (RECORD,), VAULT)
    with pytest.raises(RecoveryCodeError):
        ways.opened(RECOVERY, CODE[:-1] + ("A" if CODE[-1] != "A" else "B"), (RECORD,), VAULT)


def test_another_derivation_is_refused() -> None:
    with pytest.raises(KdfRefusedError):
        RECOVERY.input_key(CODE, {"name": "argon2id"})


def test_the_printed_slot_opens_without_a_header() -> None:
    text = kit_text(VAULT, RECORD)
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:")
    vault, record = from_kit_text(f"  {text[:50].lower()}\n{text[50:]} ")
    assert (vault, record) == (VAULT, RECORD)
    assert ways.opened(RECOVERY, CODE, (record,), vault) == MASTER


@pytest.mark.parametrize(
    "text",
    ["", "KSHN1:", kit_text(VAULT, RECORD)[:-8], kit_text(VAULT, RECORD)[6:], "KSHN1:" + "1" * 200, "中文"],
)
def test_a_part_of_the_printed_slot_is_refused(text: str) -> None:
    with pytest.raises(KitUnreadableError):
        from_kit_text(text)
