"""Unlocking with a passphrase: Argon2id (RFC 9106), calibrated on the computer that makes the slot."""

import secrets
import time
import unicodedata
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kushen_desktop.store.errors import KdfRefusedError, NotEnoughMemoryError, WrongPassphraseError
from kushen_desktop.store.keys import Secret
from kushen_desktop.store.slots.slot import Cost
from kushen_desktop.system import memory

_MIB = 1024
_CHOICES = (64 * _MIB, 128 * _MIB, 256 * _MIB, 512 * _MIB, 1024 * _MIB)
_FLOOR = Cost(_CHOICES[0], 3, 4)
_WANTED_S = 1.0
_SALT_BYTES = 16
# What is accepted from a file, before anything is allocated: 19 MiB is OWASP's least, 2 GiB our most.
_MEMORY = range(19 * _MIB, 2048 * _MIB + 1)
_PASSES = range(1, 21)
_LANES = range(1, 17)
_FIELDS = {"name", "m", "t", "p", "salt"}


def normalised(passphrase: str) -> bytes:
    """Return the bytes that are hashed: NFKC folds full-width letters typed by a Chinese input method."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def calibrated() -> Cost:
    """Return the cost that takes about a second here and at most a quarter of the free memory; ≥ 64 MiB."""
    # The better of two: other programs at work must not make the slot weak for good.
    elapsed = max(min(_timed(_FLOOR) for _ in range(2)), 0.001)
    most = min(_FLOOR.memory * _WANTED_S / elapsed, memory.free() / _MIB / 4)
    fitting = [choice for choice in _CHOICES if choice <= most]
    return _FLOOR._replace(memory=max(fitting, default=_FLOOR.memory))


def _timed(cost: Cost) -> float:
    start = time.perf_counter()
    _argon2id(b"calibration only", bytes(_SALT_BYTES), cost)
    return time.perf_counter() - start


class Passphrase:
    """The passphrase slot."""

    kind = "passphrase"
    wrong = WrongPassphraseError

    def enrol(self, secret: str, cost: Cost | None) -> tuple[dict[str, Any], Secret]:
        """Return kdf fields with a fresh salt and the input key; without a cost, the calibrated one."""
        chosen = cost or calibrated()
        salt = secrets.token_bytes(_SALT_BYTES)
        kdf = {
            "name": "argon2id",
            "m": chosen.memory,
            "t": chosen.passes,
            "p": chosen.lanes,
            "salt": salt.hex(),
        }
        return kdf, self.input_key(secret, kdf)

    def input_key(self, secret: str, untrusted_kdf: Mapping[str, Any]) -> Secret:
        """Return the input key; raises KdfRefusedError, NotEnoughMemoryError, WrongPassphraseError."""
        salt, cost = _checked(untrusted_kdf)
        return _argon2id(normalised(secret), salt, cost)


def _checked(untrusted: Mapping[str, Any]) -> tuple[bytes, Cost]:
    numbers = [untrusted.get(name) for name in ("m", "t", "p")]
    salt = untrusted.get("salt")
    if (
        set(untrusted) != _FIELDS
        or untrusted["name"] != "argon2id"
        or any(type(number) is not int for number in numbers)
        or not isinstance(salt, str)
        or len(salt) != 2 * _SALT_BYTES
    ):
        raise KdfRefusedError
    cost = Cost(*(int(number or 0) for number in numbers))
    if cost.memory not in _MEMORY or cost.passes not in _PASSES or cost.lanes not in _LANES:
        raise KdfRefusedError
    try:
        return bytes.fromhex(salt), cost
    except ValueError as error:
        raise KdfRefusedError from error


def _argon2id(passphrase: bytes, salt: bytes, cost: Cost) -> Secret:
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    try:
        return Secret(kdf.derive(passphrase))
    except MemoryError as error:
        raise NotEnoughMemoryError(size=cost.memory // _MIB) from error


PASSPHRASE = Passphrase()
