import hashlib
import hmac

import pytest

from kushen_desktop.store import keys
from kushen_desktop.store.keys import NotThisKeyError, Secret, Wrapped

VAULT, SLOT, PUBLIC = bytes(range(16)), bytes(range(8)), b'{"kind":"passphrase"}'
MASTER, INPUT = Secret(b"m" * 32), Secret(b"i" * 32)


def test_a_subkey_is_hkdf_of_the_master_key() -> None:
    # RFC 5869 by hand: extract with the vault's id as salt, one block of expansion.
    extracted = hmac.new(VAULT, MASTER, hashlib.sha256).digest()
    wanted = hmac.new(extracted, b"kshn1 db\x01", hashlib.sha256).digest()
    assert keys.subkey(MASTER, VAULT, "db") == wanted
    purposes = {keys.subkey(MASTER, VAULT, name) for name in ("db", "header-mac", "backup")}
    assert len(purposes) == 3


def test_what_is_wrapped_comes_back() -> None:
    found = keys.wrapped(MASTER, INPUT, VAULT, SLOT, PUBLIC)
    assert keys.unwrapped(found, INPUT, VAULT, SLOT, PUBLIC) == MASTER
    assert found != keys.wrapped(MASTER, INPUT, VAULT, SLOT, PUBLIC)


def test_a_wrap_is_bound_to_everything_around_it() -> None:
    found = keys.wrapped(MASTER, INPUT, VAULT, SLOT, PUBLIC)
    other = bytes(16)
    attempts: list[tuple[Wrapped, Secret, bytes, bytes, bytes]] = [
        (found, Secret(b"x" * 32), VAULT, SLOT, PUBLIC),
        (found, INPUT, other, SLOT, PUBLIC),
        (found, INPUT, VAULT, other[:8], PUBLIC),
        (found, INPUT, VAULT, SLOT, PUBLIC + b" "),
        (found._replace(nonce=bytes(12)), INPUT, VAULT, SLOT, PUBLIC),
        (found._replace(wrap=bytes(48)), INPUT, VAULT, SLOT, PUBLIC),
        (found._replace(commit=bytes(32)), INPUT, VAULT, SLOT, PUBLIC),
    ]
    for attempt in attempts:
        with pytest.raises(NotThisKeyError):
            keys.unwrapped(*attempt)


def test_a_commitment_of_ones_own_does_not_replace_the_right_key() -> None:
    """A ciphertext forged under another key fails at the commitment, one with its commitment at GCM."""
    forged = keys.wrapped(Secret(b"f" * 32), Secret(b"x" * 32), VAULT, SLOT, PUBLIC)
    real = keys.wrapped(MASTER, INPUT, VAULT, SLOT, PUBLIC)
    with pytest.raises(NotThisKeyError):
        keys.unwrapped(forged._replace(commit=real.commit), INPUT, VAULT, SLOT, PUBLIC)


def test_secrets_do_not_show() -> None:
    shown = f"{MASTER} {MASTER!r} {[MASTER]} {keys.new_master()!s}"
    assert "mmm" not in shown
    assert keys.new_master() != keys.new_master()
