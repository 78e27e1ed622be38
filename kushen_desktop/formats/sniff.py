"""What a file is by its content, and its text in the right encoding."""

import codecs
import re
import struct
from enum import StrEnum

from charset_normalizer import from_bytes

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.formats.refusals import UnreadableStatementError
from kushen_desktop.i18n import N_

MAX_BYTES = 64 * 1024 * 1024
_HEAD = 64 * 1024
# charset-normalizer compares every candidate encoding with all it is given.
_GUESS_BYTES = 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b")) + b"\x7f"
_CANDIDATES = ["gb18030", "big5", "shift_jis", "euc_kr", "cp1250", "cp1251", "cp1252", "iso8859_15"]
_OFX = re.compile(rb"OFXHEADER\s*[:=]|<OFX[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<!doctype\s+html|<(html|table|head|body)[\s>]", re.IGNORECASE)
_WORKBOOK = b"xl/work"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

EMPTY_FILE = N_("it is empty.")
TOO_LARGE = N_("it is larger than {limit} MB. Export a shorter period.")
IS_PDF = N_("it is a PDF document. Export the statement as CSV, XLSX or OFX instead.")
IS_BINARY = N_("it is not text, no spreadsheet and no archive.")
IS_LOCKED_OFFICE = N_("the spreadsheet is protected by a password. Save it without one and try again.")


class FileKind(StrEnum):
    """What the first bytes of a file say that it is."""

    EMPTY = "empty"
    ZIP = "zip"
    XLSX = "xlsx"
    XLS = "xls"
    LOCKED_OFFICE = "locked-office"
    PDF = "pdf"
    OFX = "ofx"
    XML = "xml"
    HTML = "html"
    TEXT = "text"
    BINARY = "binary"


_HOPELESS = {
    FileKind.EMPTY: EMPTY_FILE,
    FileKind.PDF: IS_PDF,
    FileKind.BINARY: IS_BINARY,
    FileKind.LOCKED_OFFICE: IS_LOCKED_OFFICE,
}


def file_kind(content: bytes) -> FileKind:
    """Return what the content is, whatever its name; never raises. Cheap: looks at magic and at the head."""
    head = content[:_HEAD]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return FileKind.XLSX if _WORKBOOK in _zip_directory(content) else FileKind.ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return FileKind.LOCKED_OFFICE if _OLE_ENCRYPTED in content else FileKind.XLS
    if b"%PDF-" in head[:1024]:
        return FileKind.PDF
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf") and not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return FileKind.EMPTY
    if not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and _binary(content, head):
        return FileKind.BINARY
    return _text_kind(head)


def _zip_directory(content: bytes) -> bytes:
    """Return the list of members of a zip, or all of it where the list is cut off."""
    end = content.rfind(b"PK\x05\x06")
    if end < 0 or len(content) < end + 22:
        return content
    # An archive with a workbook in it, uncompressed, has the workbook's own list further in front.
    (size,) = struct.unpack_from("<L", content, end + 12)
    return content[max(0, end - size) : end]


def _binary(content: bytes, head: bytes) -> bool:
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return b"\0" in content or controls * 100 > len(head)


def _text_kind(head: bytes) -> FileKind:
    opening = head[:4096].replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n")
    if _OFX.search(opening):
        return FileKind.OFX
    if _HTML.match(opening):
        return FileKind.HTML
    return FileKind.XML if opening.startswith(b"<") else FileKind.TEXT


def refuse_hopeless(untrusted_content: bytes, name: str, limit: int = MAX_BYTES) -> FileKind:
    """Return what the content is; raises UnreadableStatementError for what no importer could read.

    name: the file's own name, for the message. limit: in bytes.
    """
    if len(untrusted_content) > limit and untrusted_content.strip(b"\0"):
        reason = Sentence.of(TOO_LARGE, limit=limit // (1024 * 1024))
        raise UnreadableStatementError(reason, file=name)
    kind = file_kind(untrusted_content)
    if kind in _HOPELESS:
        raise UnreadableStatementError(Sentence.of(_HOPELESS[kind]), file=name)
    return kind


def decode(content: bytes, expected: tuple[str, ...] = ()) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    Byte order mark, strict UTF-8, strict GB18030 where one of the expected Chinese words occurs, the best
    candidate of charset-normalizer, and at last cp1252 with what it cannot show replaced. A character cut
    in two at the end of a truncated file is left out.
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content.decode(name, "replace").removeprefix("\ufeff"), name
    text = _strict(content, "utf-8")
    if text is not None:
        return text, "utf-8"
    text = _strict(content, "gb18030")
    if text is not None and any(word in text for word in expected):
        return text, "gb18030"
    return _guessed(content)


def head(content: bytes, length: int = _HEAD) -> str:
    """Return the beginning of a text as UTF-16, UTF-8 or GB18030, leniently: enough to know a layout by."""
    opening = content[:length]
    if opening.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return opening.decode("utf-16", "replace")
    text = _strict(opening, "utf-8")
    return (opening.decode("gb18030", "replace") if text is None else text).removeprefix("\ufeff")


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        cut = error.start
    if cut < max(len(content) - 3, 1):
        return None
    text = content[:cut].decode(encoding)
    # Without another character beyond ASCII the odd last byte is no proof of this encoding.
    return None if text.isascii() else text


def _guessed(content: bytes) -> tuple[str, str]:
    sample = content[:_GUESS_BYTES]
    if len(content) > len(sample):
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    if best is not None:
        text = _strict(content, best.encoding)
        if text is not None:
            return text, best.encoding
    return content.decode("cp1252", "replace"), "cp1252"
