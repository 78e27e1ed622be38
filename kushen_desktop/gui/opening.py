"""Opening vaults for the window, on a worker, where the heavy imports happen too, behind the first paint."""
# ruff: noqa: PLC0415  the vault, its database and the pages are imported behind the first paint

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kushen_desktop import paths
from kushen_desktop.config import KnownVault
from kushen_desktop.i18n import N_, _

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.domain.strength import Strength

SAMPLE_LABEL = N_("Sample book")
# No secret: the sample book holds made-up statements only, and is opened without asking.
_SAMPLE_PASSPHRASE = "made up statements for looking around"  # noqa: S105  opens nothing private


@dataclass(frozen=True)
class Unlocked:
    """An open vault, how the list of known vaults names it, and how many wrong tries came before."""

    app: Kushen
    known: KnownVault
    failures: int = 0


@dataclass(frozen=True)
class Started:
    """A new vault and what goes on paper: the recovery code and the text of its QR code."""

    unlocked: Unlocked
    code: str
    kit: str


def label_of(folder: Path) -> str:
    """Return the label of a vault that may be locked; raises NoVaultError and others of its kind."""
    from kushen_desktop.services import vaults

    return vaults.info(folder).label or folder.name


def unlock(folder: Path, passphrase: str) -> Unlocked:
    """Open a vault; raises what services.vaults.open_key raises."""
    from kushen_desktop.app import Kushen

    return _unlocked(Kushen.open(folder, passphrase))


def start(folder: Path, passphrase: str, label: str) -> Started:
    """Make a vault and open it; raises what services.vaults.create raises."""
    from kushen_desktop.app import Kushen

    app, created = Kushen.create(folder, passphrase, label)
    return Started(_unlocked(app), created.recovery_code, created.kit)


def recover(folder: Path, code: str, passphrase: str) -> Unlocked:
    """Set a new passphrase with the recovery code and open the vault; raises as services.vaults.recover."""
    from kushen_desktop.services import vaults

    vaults.recover(folder, code, passphrase)
    return unlock(folder, passphrase)


def strength(passphrase: str, label: str) -> Strength:
    """Return how hard a passphrase is to guess."""
    from kushen_desktop.services import vaults

    return vaults.strength(passphrase, label)


def free_folder(label: str) -> Path:
    """Return a folder for a new vault of this label that is not there yet."""
    plain = (
        "".join(sign if sign.isalnum() or sign in " -_" else "-" for sign in label).strip(" -.") or "vault"
    )
    folder, number = paths.vaults() / plain[:60], 2
    while folder.exists():
        folder, number = paths.vaults() / f"{plain[:60]}-{number}", number + 1
    return folder


def sample() -> Unlocked:
    """Open the sample book, made from the statements that come with the program when it is not there yet."""
    from kushen_desktop.app import Kushen
    from kushen_desktop.services import sample as statements

    folder = paths.vaults() / "sample"
    if (folder / "vault.hdr").exists():
        app = Kushen.open(folder, _SAMPLE_PASSPHRASE)
    else:
        shutil.rmtree(folder, ignore_errors=True)
        app, _created = Kushen.create(folder, _SAMPLE_PASSPHRASE, _(SAMPLE_LABEL))
        try:
            statements.fill(app.imports, app.transactions, app.settings)
        except BaseException:
            app.close()
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return _unlocked(app, sample_book=True)


def _unlocked(app: Kushen, *, sample_book: bool = False) -> Unlocked:
    header, folder = app.opened.header, app.opened.folder
    known = KnownVault(header.vault_id.hex(), header.label or folder.name, str(folder), sample_book)
    return Unlocked(app, known, app.opened.failures)


def write_kit(path: Path, started: Started) -> None:
    """Write the printable page with the recovery code and its QR code; raises ReadOnlyVaultError…"""
    from kushen_desktop.services import recovery_kit

    opened = started.unlocked.app.opened
    recovery_kit.save(recovery_kit.kit(opened, started.code, started.kit), path)


def restore(file: Path, passphrase: str) -> Unlocked:
    """Make a vault of a backup in a folder of its own and open it; raises as services.backups.restore."""
    from kushen_desktop.services import backups

    folder = free_folder(backups.look(file).label or file.stem)
    backups.restore(file, passphrase, folder)
    return unlock(folder, passphrase)
