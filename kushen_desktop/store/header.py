"""The header of a vault: which slots open it, which file is its database, how it was last closed.

Layout, big-endian: magic (8) · version u16 · length u32 (at most 64 KiB) · canonical JSON · SHA-256 of all
before (damage, told without a key) · HMAC-SHA256 of all before that under the master key's "header-mac".
A field named in "critical" must be understood; any other unknown field is kept as it is.
"""

import json
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from kushen_desktop.store import keys
from kushen_desktop.store.keys import Secret, Wrapped

MAGIC = b"KSHN\r\n\x1a\n"
VERSION = 1
JSON_LIMIT = 64 * 1024
_FRAME = struct.Struct(">8sHI")
_SUM_BYTES = 32
SIZE_LIMIT = _FRAME.size + JSON_LIMIT + 2 * _SUM_BYTES
_SLOT_LIMIT = 32
LABEL_LIMIT = 200
# The name goes into a path: nothing but our own pattern is believed.
_DB_FILE = re.compile(r"vault(\.[1-9][0-9]{0,8})?\.db")
_VERSION_TEXT = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}")
_FIELDS = {"created", "critical", "db_file", "epoch", "gen", "inbox_pub", "label", "min_app", "seal", "slots"}
_FIELDS |= {"vault_id"}
_WRAP_FIELDS = ("nonce", "wrap", "commit")


class DamagedError(Exception):
    """These bytes are not a whole header; the caller says of which file."""


class NewerError(Exception):
    """The header needs a later version of the program: args[0]."""


@dataclass(frozen=True)
class SlotRecord:
    """One way to unlock as the header holds it: public fields (JSON) and the wrapped master key."""

    public: Mapping[str, Any]
    wrapped: Wrapped

    @property
    def id(self) -> bytes:
        """8 bytes."""
        return bytes.fromhex(self.public["id"])

    @property
    def kind(self) -> str:
        """The kind of a module in store.slots, or of a later version's."""
        return str(self.public["kind"])

    @property
    def kdf(self) -> Mapping[str, Any]:
        """How the secret becomes an input key; as untrusted as the file until the MAC is checked."""
        kdf: Mapping[str, Any] = self.public["kdf"]
        return kdf

    def bound(self) -> bytes:
        """Return the public fields in the one form in which they are authenticated."""
        return canonical(self.public)


@dataclass(frozen=True)
class Seal:
    """What the database file was at the last clean lock: bytes, SHA-256, and the header's generation then."""

    size: int
    sha256: bytes
    gen: int


@dataclass(frozen=True)
class Header:
    """Everything in a header. gen grows with every write, epoch with every new master key."""

    vault_id: bytes
    label: str
    created: int
    slots: tuple[SlotRecord, ...]
    gen: int = 1
    epoch: int = 1
    db_file: str = "vault.db"
    seal: Seal | None = None
    inbox_pub: bytes | None = None
    min_app: str = "0.1.0"
    unknown: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Framed:
    """A header read from bytes whose SHA-256 fits; its MAC is still to be checked."""

    header: Header
    signed: bytes
    mac: bytes

    @property
    def content(self) -> bytes:
        """The whole file's bytes."""
        return self.signed + sha256(self.signed).digest() + self.mac

    def genuine(self, mac_key: Secret) -> bool:
        """Return whether it was written by somebody who had this vault's key."""
        return keys.same(self.mac, keys.mac(mac_key, self.signed))


def canonical(value: object) -> bytes:
    """Return the one JSON form that is signed: sorted keys, ASCII, no blanks."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False
    ).encode()


def written(header: Header, mac_key: Secret) -> bytes:
    """Return the file's bytes."""
    text = canonical(_as_json(header))
    signed = _FRAME.pack(MAGIC, VERSION, len(text)) + text
    return signed + sha256(signed).digest() + keys.mac(mac_key, signed)


def checksum(content: bytes) -> bytes:
    """Return the SHA-256 of a whole header file, by which a backup's manifest names it."""
    return sha256(content).digest()


def read(untrusted: bytes, app_version: str) -> Framed:
    """Return the header in these bytes. Raises DamagedError, NewerError."""
    if len(untrusted) < _FRAME.size + 2 * _SUM_BYTES or len(untrusted) > SIZE_LIMIT:
        raise DamagedError
    magic, version, length = _FRAME.unpack_from(untrusted)
    end = _FRAME.size + length
    if magic != MAGIC or len(untrusted) != end + 2 * _SUM_BYTES:
        raise DamagedError
    signed, checksum, mac = untrusted[:end], untrusted[end : end + _SUM_BYTES], untrusted[-_SUM_BYTES:]
    if not keys.same(sha256(signed).digest(), checksum):
        raise DamagedError
    if version > VERSION:
        raise NewerError(str(version))
    try:
        untrusted_fields = json.loads(signed[_FRAME.size :])
        if canonical(untrusted_fields) != signed[_FRAME.size :]:
            raise DamagedError
        return Framed(_from_json(untrusted_fields, app_version), signed, mac)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedError from error


def _as_json(header: Header) -> dict[str, Any]:
    seal = header.seal
    return {
        **header.unknown,
        "vault_id": header.vault_id.hex(),
        "label": header.label,
        "created": header.created,
        "gen": header.gen,
        "epoch": header.epoch,
        "db_file": header.db_file,
        "min_app": header.min_app,
        "inbox_pub": header.inbox_pub.hex() if header.inbox_pub else None,
        "seal": {"size": seal.size, "sha256": seal.sha256.hex(), "gen": seal.gen} if seal else None,
        "slots": [_slot_json(slot) for slot in header.slots],
    }


def _slot_json(slot: SlotRecord) -> dict[str, Any]:
    return {**slot.public, **{name: getattr(slot.wrapped, name).hex() for name in _WRAP_FIELDS}}


def _from_json(fields: dict[str, Any], app_version: str) -> Header:
    min_app = _matching(fields["min_app"], _VERSION_TEXT)
    if _numbers(min_app) > _numbers(app_version) or set(fields.get("critical", ())) - _FIELDS:
        raise NewerError(min_app)
    untrusted_slots = fields["slots"]
    _true(isinstance(untrusted_slots, list) and 0 < len(untrusted_slots) <= _SLOT_LIMIT)
    return Header(
        vault_id=_bytes(fields["vault_id"], 16),
        label=_text(fields["label"]),
        created=_count(fields["created"]),
        slots=tuple(_slot(slot) for slot in untrusted_slots),
        gen=_count(fields["gen"]),
        epoch=_count(fields["epoch"]),
        db_file=_matching(fields["db_file"], _DB_FILE),
        seal=None if fields["seal"] is None else _seal(fields["seal"]),
        inbox_pub=None if fields["inbox_pub"] is None else _bytes(fields["inbox_pub"], 32),
        min_app=min_app,
        unknown={name: value for name, value in fields.items() if name not in _FIELDS - {"critical"}},
    )


def _slot(fields: dict[str, Any]) -> SlotRecord:
    found = Wrapped(
        _bytes(fields["nonce"], keys.NONCE_BYTES),
        _bytes(fields["wrap"], keys.WRAP_BYTES),
        _bytes(fields["commit"], keys.COMMIT_BYTES),
    )
    _bytes(fields["id"], 8)
    _text(fields["kind"])
    _true(isinstance(fields["kdf"], dict))
    return SlotRecord({name: value for name, value in fields.items() if name not in _WRAP_FIELDS}, found)


def _seal(fields: dict[str, Any]) -> Seal:
    return Seal(_count(fields["size"]), _bytes(fields["sha256"], 32), _count(fields["gen"]))


def _true(condition: bool) -> None:  # noqa: FBT001  reads as a sentence
    if not condition:
        raise DamagedError


def _count(value: object) -> int:
    _true(isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 63)
    assert isinstance(value, int)
    return value


def _text(value: object) -> str:
    _true(isinstance(value, str) and len(value) <= LABEL_LIMIT)
    assert isinstance(value, str)
    return value


def _bytes(value: object, length: int) -> bytes:
    _true(isinstance(value, str) and len(value) == 2 * length)
    assert isinstance(value, str)
    return bytes.fromhex(value)


def _matching(value: object, pattern: re.Pattern[str]) -> str:
    text = _text(value)
    _true(pattern.fullmatch(text) is not None)
    return text


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", version)[:3])
