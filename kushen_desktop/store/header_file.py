"""vault.hdr and its twin on the disk.

The twin has the same content, not the last one: an old header would still open with an old passphrase.
"""

from pathlib import Path
from typing import NamedTuple

from kushen_desktop import __version__
from kushen_desktop.store import header
from kushen_desktop.store.engine import translated
from kushen_desktop.store.errors import DamagedHeaderError, NewerVaultError, NoVaultError
from kushen_desktop.store.header import DamagedError, Framed, Header, NewerError
from kushen_desktop.store.keys import Secret
from kushen_desktop.system import folders

NAME = "vault.hdr"
TWIN = "vault.hdr.bak"
DAMAGED = "vault.hdr.damaged"


class Found(NamedTuple):
    """A header with a right checksum, and whether it had to be taken from the twin."""

    framed: Framed
    from_twin: bool


def load(folder: Path) -> Found:
    """Read the header, or its twin where it is damaged or gone; reads at most 64 KiB, writes nothing.

    Raises NoVaultError, DamagedHeaderError, NewerVaultError, VaultUnreadableError.
    """
    path, twin = folder / NAME, folder / TWIN
    contents = [_bounded(path), _bounded(twin)]
    if contents == [None, None]:
        raise NoVaultError(path=folder)
    for place, content in enumerate(contents):
        try:
            if content is not None:
                return Found(header.read(content, __version__), from_twin=place == 1)
        except NewerError as error:
            raise NewerVaultError(version=error.args[0]) from error
        except DamagedError:
            continue
    raise DamagedHeaderError(path=path)


def save(folder: Path, new: Header, mac_key: Secret) -> None:
    """Write twin and header, each whole or not at all; the twin first, so that an error means: no change.

    Raises DiskFullError, ReadOnlyVaultError; then the header is as it was.
    """
    content = header.written(new, mac_key)
    path = folder / NAME
    with translated(path):
        folders.replace(folder / TWIN, content)
        folders.replace(path, content)


def repair(folder: Path, framed: Framed, mac_key: Secret) -> None:
    """Put the proven content back as the header and keep the damaged one beside it."""
    path = folder / NAME
    with translated(path):
        if path.exists():
            path.replace(folder / DAMAGED)
    save(folder, framed.header, mac_key)


def _bounded(path: Path) -> bytes | None:
    with translated(path):
        try:
            with path.open("rb") as stream:
                return stream.read(header.SIZE_LIMIT + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
