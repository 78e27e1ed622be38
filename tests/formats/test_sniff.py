"""What a file is, by its content, and in which encoding."""

import io
import random
import zipfile

import pytest
from hypothesis import given, strategies as st

from kushen_desktop.formats import sniff
from kushen_desktop.formats.refusals import UnreadableStatementError
from kushen_desktop.formats.sniff import FileKind, decode, file_kind, head, refuse_hopeless

CHINESE = "交易时间,交易对方,金额\n2026-11-20,瑞幸咖啡,9.90\n"
EXPECTED = ("交易对方",)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", FileKind.EMPTY),
        (b" \r\n\t \n", FileKind.EMPTY),
        (b"\xef\xbb\xbf", FileKind.EMPTY),
        (b"\0" * 4096, FileKind.EMPTY),
        (b"%PDF-1.7\n...", FileKind.PDF),
        (b"PK\x03\x04....", FileKind.ZIP),
        (b"PK\x03\x04....xl/workbook.xml", FileKind.XLSX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", FileKind.XLS),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            FileKind.LOCKED_OFFICE,
        ),
        (b"OFXHEADER:100\nDATA:OFXSGML\n", FileKind.OFX),
        (b"\n\n<?xml version='1.0'?><?OFX OFXHEADER='200'?><OFX>", FileKind.OFX),
        ("<?xml version='1.0'?><OFX>".encode("utf-16"), FileKind.OFX),
        (b"<?xml version='1.0'?><Document/>", FileKind.XML),
        (b"<!DOCTYPE html><table><tr>", FileKind.HTML),
        (CHINESE.encode("gb18030"), FileKind.TEXT),
        (CHINESE.encode("utf-16"), FileKind.TEXT),
        (b"a,b\n1,\0\n", FileKind.BINARY),
        (random.Random(1).randbytes(5000).replace(b"\0", b"\1"), FileKind.BINARY),
    ],
)
def test_kinds(content: bytes, kind: FileKind) -> None:
    assert file_kind(content) is kind


def test_a_workbook_lies_in_an_archive_or_is_one() -> None:
    def packed(name: str, content: bytes) -> bytes:
        stored = io.BytesIO()
        with zipfile.ZipFile(stored, "w") as archive:
            archive.writestr(name, content)
        return stored.getvalue()

    book = packed("xl/workbook.xml", b"<workbook/>")
    assert file_kind(book) is FileKind.XLSX
    assert file_kind(packed("账单.xlsx", book)) is FileKind.ZIP


@given(st.binary(max_size=3000))
def test_any_bytes_have_a_kind_and_a_text(content: bytes) -> None:
    assert file_kind(content) in FileKind
    text, encoding = decode(content, EXPECTED)
    assert isinstance(text, str)
    assert encoding
    assert isinstance(head(content), str)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.4\n" + b"x" * 2000, "alipay.csv", "PDF"),
        (b"", "leer.csv", "empty"),
        (bytes(100 * 1024 * 1024), "nothing.csv", "empty"),
        (b"1,2\n" * (17 * 1024 * 1024), "long.csv", "64 MB"),
        (random.Random(2).randbytes(9000), "noise.xlsx", "not text"),
    ],
    ids=["pdf", "empty", "zeros", "long", "noise"],
)
def test_the_hopeless_is_refused_by_name_and_reason(content: bytes, name: str, words: str) -> None:
    with pytest.raises(UnreadableStatementError) as caught:
        refuse_hopeless(content, name)
    assert name in str(caught.value)
    assert words in caught.value.reason.english()


def test_hope_is_given_its_kind() -> None:
    assert refuse_hopeless(CHINESE.encode("gb18030"), "a.csv") is FileKind.TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_chinese_in_every_encoding(encoding: str) -> None:
    text, found = decode(CHINESE.encode(encoding), EXPECTED)
    assert (text, found) == (CHINESE, encoding)


def test_gbk_is_not_taken_for_granted_without_an_expected_word() -> None:
    text = "Número;Descripción;Importe\n1;Café de la peña;3,20\n2;Año nuevo, mañana;4,10\n" * 20
    decoded, encoding = decode(text.encode("cp1252"), EXPECTED)
    assert encoding in {"cp1252", "cp1250", "iso8859_15", "iso8859-15"}
    assert "Café" in decoded


def test_a_character_cut_at_the_end_does_not_change_the_encoding() -> None:
    for encoding in ("utf-8", "gb18030"):
        text, found = decode((CHINESE + "咖").encode(encoding)[:-1], EXPECTED)
        assert (text, found) == (CHINESE, encoding)


def test_one_odd_byte_is_no_character_cut_in_two() -> None:
    text, encoding = decode(b"caf\xe9")
    assert len(text) == 4
    assert encoding != "utf-8"


def test_a_long_file_is_guessed_by_its_beginning_and_decoded_whole() -> None:
    content = "Straße;Größe;Müller\n".encode("cp1252") * (sniff._GUESS_BYTES // 18)
    text, encoding = decode(content)
    assert encoding in {"cp1252", "cp1250", "iso8859_15", "iso8859-15"}
    assert text.count("Straße") == content.count(b"\n")
