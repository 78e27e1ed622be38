"""Unlocking with the recovery code: 160 random bits need no slow hash, HKDF alone takes them up.

The slot also goes on the printed kit as text, so that the database opens when both headers are lost.
"""

import base64
from collections.abc import Mapping
from typing import Any

from kushen_desktop.domain import recovery_code
from kushen_desktop.store import keys
from kushen_desktop.store.errors import KdfRefusedError, KitUnreadableError, WrongRecoveryCodeError
from kushen_desktop.store.header import SlotRecord
from kushen_desktop.store.keys import Secret, Wrapped
from kushen_desktop.store.slots.slot import Cost

_KDF = {"name": "hkdf"}
_PREFIX = "KSHN1:"
_ID, _SLOT_ID, _CREATED = 16, 8, 8
_SIZES = (_ID, _SLOT_ID, _CREATED, keys.NONCE_BYTES, keys.WRAP_BYTES, keys.COMMIT_BYTES)


class Recovery:
    """The recovery slot."""

    kind = "recovery"
    wrong = WrongRecoveryCodeError

    def enrol(self, secret: str, cost: Cost | None) -> tuple[dict[str, Any], Secret]:
        """Return kdf fields and the input key; a cost does not apply. Raises RecoveryCodeError."""
        del cost
        return dict(_KDF), self.input_key(secret, _KDF)

    def input_key(self, secret: str, untrusted_kdf: Mapping[str, Any]) -> Secret:
        """Return the input key; raises RecoveryCodeError for a mistyped code, KdfRefusedError."""
        if dict(untrusted_kdf) != _KDF:
            raise KdfRefusedError
        return Secret(recovery_code.read(secret))


def kit_text(vault_id: bytes, record: SlotRecord) -> str:
    """Return the recovery slot as the text of a QR code: upper-case letters and digits, about 210 of them."""
    created = int(record.public["created"]).to_bytes(_CREATED, "big")
    packed = vault_id + record.id + created + b"".join(record.wrapped)
    return _PREFIX + base64.b32encode(packed).decode().rstrip("=")


def from_kit_text(untrusted_text: str) -> tuple[bytes, SlotRecord]:
    """Return the vault's id and the slot; raises KitUnreadableError."""
    text = "".join(untrusted_text.split()).upper()
    body = text.removeprefix(_PREFIX)
    try:
        packed = base64.b32decode(body + "=" * (-len(body) % 8))
    except ValueError as error:
        raise KitUnreadableError from error
    if not text.startswith(_PREFIX) or len(packed) != sum(_SIZES):
        raise KitUnreadableError
    parts = []
    for size in _SIZES:
        parts.append(packed[:size])
        packed = packed[size:]
    vault_id, slot_id, created, *found = parts
    public = {
        "id": slot_id.hex(),
        "kind": RECOVERY.kind,
        "kdf": dict(_KDF),
        "factors": [],
        "created": int.from_bytes(created, "big"),
        "label": "",
    }
    return vault_id, SlotRecord(public, Wrapped(*found))


RECOVERY = Recovery()
