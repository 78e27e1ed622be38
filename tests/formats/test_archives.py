"""Archives from outside: locked ones open, bombs and tricks are refused with a reason."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
import pyzipper
from hypothesis import given, settings, strategies as st

from kushen_desktop.formats import archives
from kushen_desktop.formats.archives import members, refuse_bomb
from kushen_desktop.formats.refusals import (
    PasswordNeededError,
    UnreadableStatementError,
    WrongPasswordError,
)

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "statements" / "alipay" / "syn_app_2025.zip"


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stored.getvalue()


def locked(content: bytes, password: bytes = b"123456", *, aes: bool = True) -> bytes:
    stored = io.BytesIO()
    kind = {"encryption": pyzipper.WZ_AES} if aes else {}
    with pyzipper.AESZipFile(stored, "w", **kind) as archive:
        archive.setpassword(password)
        archive.writestr("微信支付账单.csv", content)
    return stored.getvalue()


def zip_crypto(name: bytes, content: bytes, password: bytes) -> bytes:
    """Return a zip in the old encryption, which libraries read but no longer write (APPNOTE 6.1)."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = _crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = _crc(keys[2], keys[1] >> 24)

    def encrypted(byte: int) -> int:
        mixed = (keys[2] | 2) & 0xFFFF
        out = byte ^ ((mixed * (mixed ^ 1)) >> 8 & 0xFF)
        update(byte)
        return out

    for byte in password:
        update(byte)
    crc = zlib.crc32(content)
    body = bytes(encrypted(byte) for byte in bytes(11) + bytes([crc >> 24]) + content)
    sizes = struct.pack("<LLLHH", crc, len(body), len(content), len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 1, 0, 0, 0x5D21) + sizes + name
    central = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 1, 0, 0, 0x5D21) + sizes
    central += struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name
    start = len(local) + len(body)
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), start, 0)
    return local + body + central + end


def _crc(key: int, byte: int) -> int:
    value = (key ^ byte) & 0xFF
    for _ in range(8):
        value = (value >> 1) ^ (0xEDB88320 if value & 1 else 0)
    return value ^ (key >> 8)


def reason(content: bytes, password: str | None = None) -> str:
    with pytest.raises(UnreadableStatementError) as caught:
        members(content, "a.zip", password)
    assert "a.zip" in str(caught.value)
    return caught.value.reason.text


def test_the_locked_sample_opens_with_its_password_only() -> None:
    content = SAMPLE.read_bytes()
    ((name, inside),) = members(content, SAMPLE.name, "260905")
    assert name == "支付宝交易明细(20261001-20261122).csv"
    assert inside == SAMPLE.with_suffix(".csv").read_bytes()
    with pytest.raises(PasswordNeededError):
        members(content, SAMPLE.name)
    for wrong in ("260906", "", "密码"):
        with pytest.raises(WrongPasswordError):
            members(content, SAMPLE.name, wrong)


def test_the_old_encryption_opens_too() -> None:
    content = zip_crypto("账单.csv".encode("gbk"), b"a,b\n1,2\n" * 40, b"889900")
    assert members(content, "w.zip", "889900") == (("账单.csv", b"a,b\n1,2\n" * 40),)
    with pytest.raises(PasswordNeededError):
        members(content, "w.zip")


@settings(max_examples=60, deadline=None)
@given(st.text("0123456789", min_size=6, max_size=6).filter(lambda text: text != "889900"))
def test_a_wrong_password_is_never_something_else(password: str) -> None:
    content = zip_crypto(b"a.csv", b"a,b\n1,2\n" * 40, b"889900")
    with pytest.raises(WrongPasswordError):
        members(content, "w.zip", password)


def test_names_lose_their_folders_and_their_tricks() -> None:
    tricks = {
        "../../etc/passwd": b"a",
        "/root/.ssh/id": b"b",
        "C:\\Windows\\evil.csv": b"c",
        "x/\u202e\x07y.csv": b"d",
        "__MACOSX/._x": b"",
    }
    names = [name for name, _ in members(packed(tricks), "a.zip")]
    assert names == ["passwd", "id", "evil.csv", "y.csv"]


def test_gbk_names_without_the_flag_are_read() -> None:
    name = "支付宝交易明细.csv"
    content = packed({"x" * len(name.encode("gbk")): b"1"})
    content = content.replace(b"x" * len(name.encode("gbk")), name.encode("gbk"))
    assert members(content, "a.zip")[0][0] == name


def test_bombs_are_refused() -> None:
    assert reason(packed({"zeros.csv": bytes(30 * 1024 * 1024)})) == archives.INFLATES_TOO_FAR


def test_the_sum_of_all_entries_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {str(number): bytes(range(256)) * 4096 for number in range(4)}
    assert len(members(packed(parts, zipfile.ZIP_STORED), "a.zip")) == 4
    monkeypatch.setattr(archives, "MAX_INFLATED", 3 * 1024 * 1024)
    assert reason(packed(parts, zipfile.ZIP_STORED)) == archives.INFLATES_TOO_FAR


def test_methods_that_choose_their_own_memory_are_refused() -> None:
    assert reason(packed({"a.csv": b"1,2"}, zipfile.ZIP_LZMA)) == archives.UNKNOWN_METHOD


def test_too_many_entries_are_refused_before_they_are_read() -> None:
    assert reason(packed({str(number): b"" for number in range(2001)})) == archives.TOO_MANY_ENTRIES
    honest = packed({str(number): b"" for number in range(2001)})
    lying = bytearray(honest)
    end = honest.rfind(b"PK\x05\x06")
    lying[end + 8 : end + 12] = struct.pack("<HH", 1, 1)
    assert reason(bytes(lying)) == archives.TOO_MANY_ENTRIES


def test_an_archive_in_an_archive_is_refused() -> None:
    assert reason(packed({"in.zip": packed({"a": b"1"})})) == archives.NESTED_ARCHIVE


def test_an_archive_of_nothing_is_refused() -> None:
    assert reason(packed({})) == archives.NOTHING_INSIDE
    assert reason(packed({"folder/": b""})) == archives.NOTHING_INSIDE


def test_damage_is_told() -> None:
    whole = packed({"a.csv": b"1,2\n" * 500, "b.csv": bytes(range(256))})
    assert reason(whole[: len(whole) // 2]) == archives.DAMAGED_ARCHIVE
    assert reason(b"PK\x03\x04" + b"?" * 400) == archives.DAMAGED_ARCHIVE
    flipped = bytearray(packed({"a.csv": bytes(range(256))}, zipfile.ZIP_STORED))
    flipped[60] ^= 0xFF
    assert reason(bytes(flipped)) == archives.DAMAGED_ARCHIVE


# Made once: an archive holds the time of its making, and examples must not depend on it.
SMALL = packed({"a.csv": b"1,2\n" * 50, "b.csv": b"x"})


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_is_a_named_refusal_or_none(data: st.DataObject) -> None:
    content = bytearray(SMALL)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    try:
        found = members(bytes(content), "a.zip", "123456")
    except (UnreadableStatementError, WrongPasswordError):
        return
    assert all("/" not in name for name, _ in found)


def test_pieces_of_a_sound_document_come_whole() -> None:
    content = packed({"xl/workbook.xml": b"<a/>" * 90_000, "b": b"2"})
    pieces: dict[str, bytes] = {}
    for name, piece in refuse_bomb(content, "a.xlsx"):
        pieces[name] = pieces.get(name, b"") + piece
    assert pieces == {"xl/workbook.xml": b"<a/>" * 90_000, "b": b"2"}
