"""What a way to unlock must offer, and how the header's records are made and opened with it."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from kushen_desktop.store import keys
from kushen_desktop.store.errors import VaultError
from kushen_desktop.store.header import SlotRecord
from kushen_desktop.store.keys import NotThisKeyError, Secret


class Cost(NamedTuple):
    """Work of Argon2id: memory in KiB, passes, lanes."""

    memory: int
    passes: int
    lanes: int


class Slot(Protocol):
    """One way to unlock."""

    @property
    def kind(self) -> str:
        """The name in the header."""

    @property
    def wrong(self) -> type[VaultError]:
        """What to raise when no record of this kind opens."""

    def enrol(self, secret: str, cost: Cost | None) -> tuple[dict[str, Any], Secret]:
        """Return the kdf fields for the header and the input key they yield; cost None lets it choose."""

    def input_key(self, secret: str, untrusted_kdf: Mapping[str, Any]) -> Secret:
        """Return the input key for fields read from a header; raises KdfRefusedError before any work."""


def made(
    slot: Slot, secret: str, *, master: Secret, vault_id: bytes, now: int, cost: Cost | None = None
) -> SlotRecord:
    """Return a record that opens with the secret; now in seconds since 1970."""
    kdf, input_key = slot.enrol(secret, cost)
    slot_id = secrets.token_bytes(8)
    public = {
        "id": slot_id.hex(),
        "kind": slot.kind,
        "kdf": kdf,
        "factors": [],
        "created": now,
        "label": "",
    }
    draft = SlotRecord(public, keys.Wrapped(b"", b"", b""))
    return SlotRecord(public, keys.wrapped(master, input_key, vault_id, slot_id, draft.bound()))


def opened(slot: Slot, secret: str, records: Iterable[SlotRecord], vault_id: bytes) -> Secret:
    """Return the master key from the first record of this kind that opens; raises slot.wrong.

    A record that asks for a further factor is for a later version of this program.
    """
    for record in records:
        if record.kind != slot.kind or record.public.get("factors"):
            continue
        input_key = slot.input_key(secret, record.kdf)
        try:
            return keys.unwrapped(record.wrapped, input_key, vault_id, record.id, record.bound())
        except NotThisKeyError:
            continue
    raise slot.wrong
