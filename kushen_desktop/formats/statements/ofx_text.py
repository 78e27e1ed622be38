"""The characters of an OFX file: the declared encoding is a hint, often a wrong one."""

import codecs
import html
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"(?:CHARSET\s*[:=]|encoding\s*=)\s*[\"']?\s*([A-Za-z0-9._-]+)", re.IGNORECASE)
_CHINESE_HINT = re.compile(rb"<LANGUAGE>\s*(?:CHI|ZHO)|<CURDEF>\s*(?:CNY|RMB|CNH)", re.IGNORECASE)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_HAN_GB2312 = re.compile(rb"(?:[\xa1-\xa9\xb0-\xf7][\xa1-\xfe])+")
_CHINESE = {"gbk", "gb2312", "gb18030", "hz", "cp936", "936"}
_HEAD = 2_000
_SAMPLE_RUNS = 2_000


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text and the encoding that was used; never fails.

    Order: byte order mark, strict UTF-8, Chinese where the bytes look it, what the header declares, cp1252.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, "replace"), encoding
    for encoding in ("utf-8", *_candidates(content)):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", "replace"), "cp1252"


def _candidates(content: bytes) -> list[str]:
    found = [_known(name.decode("ascii").lower()) for name in _DECLARED.findall(content[:_HEAD])]
    declared = [name for name in found if name]
    if "gb18030" in declared or _looks_chinese(content):
        return ["gb18030", *declared]
    return declared


def _known(name: str) -> str:
    """Return Python's name of a declared charset, "" for one that says nothing about the bytes."""
    if name in _CHINESE:
        return "gb18030"
    if name in {"none", "usascii", "us-ascii", "ascii", "unicode", "utf-8"}:
        return ""
    if name.isdigit():
        name = f"cp{name}"
    if re.fullmatch(r"8859-\d+", name):
        name = f"iso-{name}"
    try:
        return "cp1252" if codecs.lookup(name).name == "iso8859-1" else codecs.lookup(name).name
    except LookupError:
        return ""


def _looks_chinese(content: bytes) -> bool:
    """Tell whether the high bytes come in pairs as those of GB 2312 do.

    Without a hint in the file, one run of two characters or more is asked for: Western text has an accent
    here and there, hardly ever two times two of them together.
    """
    longest = 0
    for number, run in enumerate(_HIGH_RUN.finditer(content)):
        if not _HAN_GB2312.fullmatch(run[0]):
            return False
        longest = max(longest, len(run[0]))
        if number == _SAMPLE_RUNS:
            break
    return longest >= 4 or (longest > 0 and bool(_CHINESE_HINT.search(content)))


def plain(value: str) -> str:
    """Return a value without its escapes and with single spaces; a bare & stays what it is."""
    if "&" in value or "<" in value:
        value = value[9:].removesuffix("]]>") if value.startswith("<![CDATA[") else html.unescape(value)
    value = value.strip()
    return " ".join(value.split()) if "  " in value or not value.isprintable() else value
