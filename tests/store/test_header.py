import hashlib
import json
import struct
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from kushen_desktop.store import header, keys
from kushen_desktop.store.header import DamagedError, Header, NewerError, Seal, SlotRecord
from kushen_desktop.store.keys import Secret, Wrapped

MAC = Secret(b"k" * 32)
APP = "0.1.0"


def a_header(**changes: Any) -> Header:
    public = {
        "id": "00" * 8,
        "kind": "recovery",
        "kdf": {"name": "hkdf"},
        "factors": [],
        "created": 1,
        "label": "",
    }
    slot = SlotRecord(public, Wrapped(b"n" * 12, b"w" * 48, b"c" * 32))
    return replace(Header(bytes(16), "家用", 1_700_000_000, (slot, slot)), **changes)


def forged(change: dict[str, Any], version: int = header.VERSION) -> bytes:
    """Rewrite fields of a header and give it a right checksum, as somebody without the key can."""
    fields = json.loads(header.written(a_header(), MAC)[14:-64])
    fields.update(change)
    return framed(header.canonical(fields), version)


def framed(text: bytes, version: int = header.VERSION) -> bytes:
    signed = struct.pack(">8sHI", header.MAGIC, version, len(text)) + text
    return signed + hashlib.sha256(signed).digest() + bytes(32)


def refused(content: bytes) -> bool:
    try:
        return not header.read(content, APP).genuine(MAC)
    except (DamagedError, NewerError):
        return True


@given(
    label=st.text(max_size=60),
    gen=st.integers(0, 2**63 - 1),
    seal=st.none()
    | st.builds(Seal, st.integers(0, 2**40), st.binary(min_size=32, max_size=32), st.integers(0, 9)),
    inbox=st.none() | st.binary(min_size=32, max_size=32),
    epoch=st.integers(1, 99),
)
def test_what_is_written_is_read(
    label: str, gen: int, seal: Seal | None, inbox: bytes | None, epoch: int
) -> None:
    name = f"vault.{epoch}.db"
    wanted = a_header(label=label, gen=gen, seal=seal, inbox_pub=inbox, epoch=epoch, db_file=name)
    found = header.read(header.written(wanted, MAC), APP)
    assert found.header == wanted
    assert found.genuine(MAC)
    assert not found.genuine(Secret(b"x" * 32))


def test_bit_flips_are_refused() -> None:
    content = header.written(a_header(), MAC)
    assert not refused(content)
    for bit in range(0, len(content) * 8, 5):
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        assert refused(bytes(flipped)), bit


@pytest.mark.soak
def test_every_bit_flip_is_refused() -> None:
    content = header.written(a_header(seal=Seal(4096, bytes(32), 3)), MAC)
    for bit in range(len(content) * 8):
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        assert refused(bytes(flipped)), bit


def test_every_truncation_and_every_surplus_is_damage() -> None:
    content = header.written(a_header(), MAC)
    for length in range(len(content)):
        with pytest.raises(DamagedError):
            header.read(content[:length], APP)
    for surplus in (b"\0", bytes(header.SIZE_LIMIT)):
        with pytest.raises(DamagedError):
            header.read(content + surplus, APP)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_without_another_error(content: bytes) -> None:
    assert refused(content)
    assert refused(framed(content))


@pytest.mark.parametrize(
    "change",
    [
        {"db_file": "../vault.db"},
        {"db_file": "/etc/passwd"},
        {"db_file": "vault.01.db"},
        {"db_file": "vault.db\n"},
        {"vault_id": "00" * 15},
        {"vault_id": "zz" * 16},
        {"gen": -1},
        {"gen": True},
        {"gen": 1.5},
        {"gen": 2**63},
        {"slots": []},
        {"slots": {}},
        {"slots": [{}]},
        {"slots": [1]},
        {"slots": "x"},
        {"seal": {"size": 1}},
        {"seal": []},
        {"inbox_pub": "00"},
        {"label": "x" * 201},
        {"label": None},
        {"min_app": "x"},
        {"critical": 7},
        {"critical": [["a"]]},
    ],
)
def test_impossible_fields_are_damage(change: dict[str, Any]) -> None:
    with pytest.raises(DamagedError):
        header.read(forged(change), APP)


@pytest.mark.parametrize(
    "text",
    [
        b'{"gen":1,"gen":2}',
        b'{ "gen":1}',
        b'{"gen":NaN}',
        b"[" * 60_000,
        b"1" * 5_000,
        b"[]",
        b"null",
        b'"\\ud800"',
        b"\xff",
    ],
)
def test_json_that_is_not_ours_is_damage(text: bytes) -> None:
    with pytest.raises(DamagedError):
        header.read(framed(text), APP)


@pytest.mark.parametrize(
    "content",
    [
        forged({}, version=2),
        forged({"critical": ["shamir"], "shamir": {}}),
        forged({"min_app": "0.2.0"}),
        forged({"min_app": "10"}),
    ],
)
def test_a_newer_header_says_so(content: bytes) -> None:
    with pytest.raises(NewerError):
        header.read(content, APP)


def test_unknown_fields_that_are_not_critical_are_kept() -> None:
    content = forged({"colour": {"b": [1, "二"], "a": None}, "critical": ["slots"]})
    found = header.read(content, APP).header
    again = header.read(header.written(replace(found, gen=9), MAC), APP).header
    assert again.unknown == {"colour": {"b": [1, "二"], "a": None}, "critical": ["slots"]}


def test_unknown_fields_of_a_slot_are_kept_and_bound() -> None:
    public = {**a_header().slots[0].public, "touch": True}
    slot = SlotRecord(public, keys.Wrapped(b"n" * 12, b"w" * 48, b"c" * 32))
    found = header.read(header.written(a_header(slots=(slot,)), MAC), APP).header
    assert found.slots == (slot,)
    assert b"touch" in found.slots[0].bound()
