"""Keys of rows: 16 bytes, made on the device or derived from what the row is."""

import secrets
import time
from hashlib import sha1
from typing import NewType

Id = NewType("Id", bytes)

# The namespace under which every derived key of this program is made (RFC 9562, section 5.5).
_NAMESPACE = bytes.fromhex("0d5b1c3e6f2a5e4a9d0c7b1e4b53484e")
_VERSION_5 = 0x50
_VERSION_7 = 0x70
_VARIANT = 0x80


def new_id() -> Id:
    """Return a fresh UUIDv7: 48 bits of milliseconds, then random bits (RFC 9562, section 5.7)."""
    random = bytearray(secrets.token_bytes(10))
    random[0] = random[0] & 0x0F | _VERSION_7
    random[2] = random[2] & 0x3F | _VARIANT
    return Id((time.time_ns() // 1_000_000).to_bytes(6, "big") + bytes(random))


def derived_id(*parts: str) -> Id:
    """Return the UUIDv5 of these parts: the same on every device for the same thing."""
    digest = bytearray(sha1(_NAMESPACE + "\x1f".join(parts).encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | _VERSION_5
    digest[8] = digest[8] & 0x3F | _VARIANT
    return Id(bytes(digest))
