"""The file of a backup: a ZIP without compression: manifest.json, manifest.mac, vault.hdr, vault.db.

Unpacked with any tool, its folder is a vault. The manifest has sizes, SHA-256 sums, row counts; its MAC (hex
of HMAC-SHA256 under the master key's "backup") ties all of it to the vault. At most 4 GiB: no ZIP64.
"""

import hashlib
import json
import os
import shutil
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from kushen_desktop import __version__
from kushen_desktop.store import header, header_file, keys
from kushen_desktop.store.engine import translated
from kushen_desktop.store.errors import (
    BackupDamagedError,
    BackupTooLargeError,
    NewerVaultError,
    NotABackupError,
)
from kushen_desktop.store.header import DamagedError, Framed, NewerError
from kushen_desktop.store.keys import Secret

_FORMAT = 1
_MANIFEST, _MAC = "manifest.json", "manifest.mac"
_MANIFEST_LIMIT = 256 * 1024
_MAC_CHARACTERS = 64
_DIRECTORY_LIMIT = 4096
_SIZE_LIMIT = (1 << 32) - (1 << 20)
_CHUNK = 1 << 20
# End of central directory (APPNOTE.TXT 4.3.16), always the last 22 bytes here: we write no comment.
_END = struct.Struct("<4sHHHHIIH")
_LOCATOR_64, _LOCATOR_64_BYTES = b"PK\x06\x07", 20


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; created in seconds since 1970, rows per table."""

    vault_id: bytes
    label: str
    created: int
    app: str
    gen: int
    header_sha256: bytes
    database_size: int
    database_sha256: bytes
    rows: Mapping[str, int]


@dataclass(frozen=True)
class Contents:
    """A backup's small parts, each bounded, none proven yet but the header's checksum."""

    path: Path
    manifest: Manifest
    signed: bytes
    mac: bytes
    header: Framed

    def genuine(self, backup_key: Secret) -> bool:
        """Return whether the vault with this key wrote the manifest, and the header belongs to it."""
        return (
            keys.same(self.mac, keys.mac(backup_key, self.signed))
            and header.checksum(self.header.content) == self.manifest.header_sha256
            and self.manifest.vault_id == self.header.header.vault_id
        )


def write(path: Path, manifest: Manifest, header_bytes: bytes, database: Path, backup_key: Secret) -> None:
    """Write the container and bring it to the disk; raises BackupTooLargeError, DiskFullError and others."""
    if manifest.database_size > _SIZE_LIMIT:
        raise BackupTooLargeError
    signed = header.canonical(_as_json(manifest))
    with translated(path), path.open("wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=False) as made:
            made.writestr(_MANIFEST, signed)
            made.writestr(_MAC, keys.mac(backup_key, signed).hex())
            made.writestr(header_file.NAME, header_bytes)
            made.write(database, "vault.db")
        stream.flush()
        os.fsync(stream.fileno())


def read(untrusted_path: Path) -> Contents:
    """Return the small parts of a backup; nothing is unpacked by name, nothing larger than its bound is read.

    Raises NotABackupError, BackupDamagedError, NewerVaultError, VaultUnreadableError.
    """
    with translated(untrusted_path), untrusted_path.open("rb") as stream:
        _check_end(untrusted_path, stream)
        try:
            with zipfile.ZipFile(stream) as untrusted:
                return _contents(untrusted_path, untrusted)
        except NewerError as error:
            raise NewerVaultError(version=error.args[0]) from error
        except (zipfile.BadZipFile, DamagedError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise BackupDamagedError(path=untrusted_path) from error
        except (NotImplementedError, RuntimeError, EOFError) as error:
            raise BackupDamagedError(path=untrusted_path) from error


def unpack_database(contents: Contents, target: Path) -> None:
    """Copy the database out of a proven backup and compare it with the manifest.

    Raises BackupDamagedError, DiskFullError and others.
    """
    try:
        with (
            translated(target),
            zipfile.ZipFile(contents.path) as proven,
            proven.open("vault.db") as source,
            target.open("xb") as stream,
        ):
            shutil.copyfileobj(source, stream, _CHUNK)
            stream.flush()
            os.fsync(stream.fileno())
    except (zipfile.BadZipFile, EOFError) as error:
        raise BackupDamagedError(path=contents.path) from error
    check_database(contents, target)


def check_database(contents: Contents, database: Path) -> None:
    """Raise BackupDamagedError unless the file is what the manifest says."""
    with translated(database), database.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").digest()
    if digest != contents.manifest.database_sha256:
        raise BackupDamagedError(path=contents.path)


def check_inside(contents: Contents) -> None:
    """Read the database back from the container; raises BackupDamagedError unless it is what went in."""
    try:
        with (
            translated(contents.path),
            zipfile.ZipFile(contents.path) as made,
            made.open("vault.db") as stream,
        ):
            digest = hashlib.sha256()
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except (zipfile.BadZipFile, EOFError) as error:
        raise BackupDamagedError(path=contents.path) from error
    if digest.digest() != contents.manifest.database_sha256:
        raise BackupDamagedError(path=contents.path)


def _check_end(path: Path, stream: BinaryIO) -> None:
    """Refuse what is no ZIP of ours before a library reads a directory of any size."""
    size = stream.seek(0, os.SEEK_END)
    if size < _END.size + _LOCATOR_64_BYTES:
        raise NotABackupError(path=path)
    stream.seek(size - _END.size - _LOCATOR_64_BYTES)
    tail = stream.read()
    magic, _, _, _, entries, directory, _, comment = _END.unpack(tail[_LOCATOR_64_BYTES:])
    if (
        magic != b"PK\x05\x06"
        or entries != len(_bounds())
        or directory > _DIRECTORY_LIMIT
        or comment
        or tail.startswith(_LOCATOR_64)
    ):
        raise NotABackupError(path=path)
    stream.seek(0)


def _bounds() -> dict[str, int]:
    return {
        _MANIFEST: _MANIFEST_LIMIT,
        _MAC: _MAC_CHARACTERS,
        header_file.NAME: header.SIZE_LIMIT,
        "vault.db": _SIZE_LIMIT,
    }


def _contents(path: Path, untrusted: zipfile.ZipFile) -> Contents:
    infos = {info.filename: info for info in untrusted.infolist()}
    if set(infos) != set(_bounds()):
        raise NotABackupError(path=path)
    for name, bound in _bounds().items():
        info = infos[name]
        if info.compress_type != zipfile.ZIP_STORED or max(info.file_size, info.compress_size) > bound:
            raise DamagedError
    signed = untrusted.read(_MANIFEST)
    manifest = _manifest(json.loads(signed))
    if infos["vault.db"].file_size != manifest.database_size:
        raise DamagedError
    framed = header.read(untrusted.read(header_file.NAME), __version__)
    return Contents(path, manifest, signed, bytes.fromhex(untrusted.read(_MAC).decode("ascii")), framed)


def _as_json(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "vault_id": manifest.vault_id.hex(),
        "label": manifest.label,
        "created": manifest.created,
        "app": manifest.app,
        "gen": manifest.gen,
        "header": manifest.header_sha256.hex(),
        "database": {"size": manifest.database_size, "sha256": manifest.database_sha256.hex()},
        "rows": dict(manifest.rows),
    }


def _manifest(fields: dict[str, Any]) -> Manifest:
    if fields["format"] > _FORMAT:
        raise NewerError(str(fields["app"])[:20])
    return Manifest(
        vault_id=bytes.fromhex(fields["vault_id"]),
        label=str(fields["label"])[: header.LABEL_LIMIT],
        created=int(fields["created"]),
        app=str(fields["app"])[:20],
        gen=int(fields["gen"]),
        header_sha256=bytes.fromhex(fields["header"]),
        database_size=int(fields["database"]["size"]),
        database_sha256=bytes.fromhex(fields["database"]["sha256"]),
        rows={str(name): int(count) for name, count in dict(fields["rows"]).items()},
    )
