"""Zip archives from outside, read into memory within limits. Nothing is ever extracted by name."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

import pyzipper

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.formats.refusals import (
    PasswordNeededError,
    UnreadableStatementError,
    WrongPasswordError,
)
from kushen_desktop.formats.sniff import FileKind, file_kind
from kushen_desktop.i18n import N_

# Limits after OWASP ASVS 5.2.3.
MAX_ENTRIES = 2_000
MAX_INFLATED = 200 * 1024 * 1024
MAX_RATIO = 100
_FREE_OF_RATIO = 1024 * 1024
_MAX_DIRECTORY = 2 * 1024 * 1024
_CHUNK = 256 * 1024
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_JUNK = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|\._)", re.IGNORECASE)
_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_LOCATOR64 = b"PK\x06\x07"

# What a wrong password or flipped bits make the reader raise: found by flipping bits.
_DAMAGE = (
    *(zipfile.BadZipFile, pyzipper.BadZipFile, zlib.error, struct.error),
    *(RuntimeError, ValueError, LookupError, EOFError, OSError),
)
# LZMA would let the file choose how much memory its dictionary takes.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})

DAMAGED_ARCHIVE = N_("the archive is damaged or incomplete. Download it again.")
TOO_MANY_ENTRIES = N_("the archive holds more than {limit} files.")
INFLATES_TOO_FAR = N_("unpacked it would be larger than {limit} MB or {ratio} times its size.")
NESTED_ARCHIVE = N_("there is another archive inside it. Unpack it and choose the statement itself.")
UNKNOWN_METHOD = N_("it was packed by a method that this program doesn't know. Unpack it first.")
NOTHING_INSIDE = N_("the archive is empty.")


def members(
    untrusted_content: bytes, name: str, password: str | None = None
) -> tuple[tuple[str, bytes], ...]:
    """Return (name without folders, content) of every file in a zip, AES and ZipCrypto included.

    name: of the archive, for messages. Raises PasswordNeededError, WrongPasswordError and
    UnreadableStatementError: damaged, too many entries, inflating too far, an archive within the archive.
    """
    found = []
    with _opened(untrusted_content, name) as archive:
        entries = _entries(archive, name)
        if password is None and any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise PasswordNeededError(file=name)
        archive.setpassword((password or "").encode() or None)
        budget = _Budget(name)
        for entry in entries:
            shown = _shown_name(entry)
            if shown.endswith("/") or _JUNK.search(shown):
                continue
            content = b"".join(_inflated(archive, entry, budget))
            if file_kind(content) is FileKind.ZIP:
                raise UnreadableStatementError(Sentence.of(NESTED_ARCHIVE), file=name)
            found.append((shown.rsplit("/", 1)[-1] or "?", content))
    if not found:
        raise UnreadableStatementError(Sentence.of(NOTHING_INSIDE), file=name)
    return tuple(found)


def refuse_bomb(untrusted_content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Inflate a zip-based document piece by piece and yield (member, piece); keeps nothing.

    Raises UnreadableStatementError beyond the limits. Whoever iterates to the end knows it is no bomb.
    """
    with _opened(untrusted_content, name) as archive:
        budget = _Budget(name)
        for entry in _entries(archive, name):
            if entry.flag_bits & _ENCRYPTED:
                raise UnreadableStatementError(Sentence.of(DAMAGED_ARCHIVE), file=name)
            for piece in _inflated(archive, entry, budget):
                yield entry.filename, piece


class _Budget:
    """Counts what has been inflated of one archive."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._total = 0

    def spend(self, inflated: int, of_entry: int, packed: int) -> None:
        """Count so many bytes more; of_entry and packed: what its entry has become from what."""
        self._total += inflated
        if self._total > MAX_INFLATED or (of_entry > _FREE_OF_RATIO and of_entry > MAX_RATIO * packed):
            reason = Sentence.of(INFLATES_TOO_FAR, limit=MAX_INFLATED // (1024 * 1024), ratio=MAX_RATIO)
            raise UnreadableStatementError(reason, file=self.name)


def _opened(content: bytes, name: str) -> pyzipper.AESZipFile:
    _refuse_directory(content, name)
    try:
        return pyzipper.AESZipFile(io.BytesIO(content))
    except _DAMAGE as error:
        raise UnreadableStatementError(Sentence.of(DAMAGED_ARCHIVE), file=name) from error


def _refuse_directory(content: bytes, name: str) -> None:
    """Refuse a directory of entries that is too long to be read at all."""
    end = content.rfind(_END, max(0, len(content) - 65_557))
    if end < 0 or len(content) < end + 22:
        raise UnreadableStatementError(Sentence.of(DAMAGED_ARCHIVE), file=name)
    entries, size = struct.unpack_from("<HL", content, end + 10)
    if end >= 76 and content[end - 20 : end - 16] == _LOCATOR64 and content[end - 76 : end - 72] == _END64:
        entries, size = struct.unpack_from("<QQ", content, end - 76 + 32)
    if entries > MAX_ENTRIES or size > _MAX_DIRECTORY:
        raise UnreadableStatementError(Sentence.of(TOO_MANY_ENTRIES, limit=MAX_ENTRIES), file=name)


def _entries(archive: pyzipper.AESZipFile, name: str) -> list[zipfile.ZipInfo]:
    entries: list[zipfile.ZipInfo] = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise UnreadableStatementError(Sentence.of(TOO_MANY_ENTRIES, limit=MAX_ENTRIES), file=name)
    return entries


def _inflated(archive: pyzipper.AESZipFile, entry: zipfile.ZipInfo, budget: _Budget) -> Iterator[bytes]:
    done = 0
    if entry.compress_type not in _METHODS:
        raise UnreadableStatementError(Sentence.of(UNKNOWN_METHOD), file=budget.name)
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(_CHUNK):
                done += len(piece)
                budget.spend(len(piece), done, entry.compress_size)
                yield piece
    except NotImplementedError as error:
        # Patched or split entries, and encryption other than AES and ZipCrypto.
        raise UnreadableStatementError(Sentence.of(UNKNOWN_METHOD), file=budget.name) from error
    except _DAMAGE as error:
        # A wrong password passes the one check byte of ZipCrypto once in 256 and then inflates to nonsense.
        if entry.flag_bits & _ENCRYPTED:
            raise WrongPasswordError(file=budget.name) from error
        raise UnreadableStatementError(Sentence.of(DAMAGED_ARCHIVE), file=budget.name) from error


def _shown_name(entry: zipfile.ZipInfo) -> str:
    """Return the entry's name with slashes; Chinese tools write GBK without saying so."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        try:
            encoded = name.encode("cp437")
        except UnicodeEncodeError:
            encoded = b""
        for encoding in ("utf-8", "gb18030"):
            try:
                name = encoded.decode(encoding) or name
                break
            except UnicodeDecodeError:
                continue
    return "".join(char for char in name.replace("\\", "/") if char.isprintable())
