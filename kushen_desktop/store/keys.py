"""Keys: the master key, what is derived from it, and how a slot wraps it.

Everything descends by HKDF-SHA256 (RFC 5869) with the vault's id as salt. A wrap is AES-256-GCM with a
commitment (HMAC-SHA256 under a second key), because GCM alone lets one ciphertext open under two keys.
"""

import hmac
import secrets
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
WRAP_BYTES = KEY_BYTES + 16
COMMIT_BYTES = 32
_SUITE = b"kshn1"


class Secret(bytes):
    """Bytes that must not be shown: their repr hides them from tracebacks and logs."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} secret bytes>"

    __str__ = __repr__


class NotThisKeyError(Exception):
    """The wrap does not open with this input key; never shown, a slot's caller says what it means."""


class Wrapped(NamedTuple):
    """A wrapped master key: nonce (12 bytes), ciphertext with tag (48), commitment (32)."""

    nonce: bytes
    wrap: bytes
    commit: bytes


def new_master() -> Secret:
    """Return a fresh random master key, 32 bytes."""
    return Secret(secrets.token_bytes(KEY_BYTES))


def subkey(master: Secret, vault_id: bytes, purpose: str) -> Secret:
    """Return the 32-byte key for one purpose: "db", "header-mac", "backup"."""
    return _derived(master, vault_id, purpose.encode(), KEY_BYTES)


def mac(key: Secret, content: bytes) -> bytes:
    """Return the HMAC-SHA256 of the content, 32 bytes."""
    return hmac.new(key, content, sha256).digest()


def same(one: bytes, other: bytes) -> bool:
    """Compare two codes without telling by the time taken where they differ."""
    return hmac.compare_digest(one, other)


def wrapped(master: Secret, input_key: Secret, vault_id: bytes, slot_id: bytes, public: bytes) -> Wrapped:
    """Return the master key wrapped under what a slot's secret yields, bound to the slot's public fields."""
    encrypting, committing = _slot_keys(input_key, vault_id, slot_id)
    nonce = secrets.token_bytes(NONCE_BYTES)
    bound = _SUITE + vault_id + public
    wrap = AESGCM(encrypting).encrypt(nonce, master, bound)
    return Wrapped(nonce, wrap, mac(committing, nonce + wrap + bound))


def unwrapped(found: Wrapped, input_key: Secret, vault_id: bytes, slot_id: bytes, public: bytes) -> Secret:
    """Return the master key; raises NotThisKeyError when the key or any bound field is another."""
    encrypting, committing = _slot_keys(input_key, vault_id, slot_id)
    bound = _SUITE + vault_id + public
    if not same(found.commit, mac(committing, found.nonce + found.wrap + bound)):
        raise NotThisKeyError
    try:
        return Secret(AESGCM(encrypting).decrypt(found.nonce, found.wrap, bound))
    except InvalidTag as error:
        raise NotThisKeyError from error


def _slot_keys(input_key: Secret, vault_id: bytes, slot_id: bytes) -> tuple[Secret, Secret]:
    both = _derived(input_key, vault_id, b"slot " + slot_id, 2 * KEY_BYTES)
    return Secret(both[:KEY_BYTES]), Secret(both[KEY_BYTES:])


def _derived(key: Secret, salt: bytes, purpose: bytes, length: int) -> Secret:
    return Secret(HKDF(SHA256(), length, salt, _SUITE + b" " + purpose).derive(key))
