"""The printed recovery kit of a vault. Apart from vaults: the PDF library takes a second to load."""

from pathlib import Path

from kushen_desktop.formats.exports.recovery_kit import KitPage, recovery_kit
from kushen_desktop.services.vaults import Created
from kushen_desktop.store.engine import translated
from kushen_desktop.store.unlocked import Opened
from kushen_desktop.system import folders


def kit(opened: Opened, code: str, slot_text: str) -> bytes:
    """Return the kit as a PDF in the language in use; code and slot_text as new_recovery_code gives them."""
    header = opened.header
    return recovery_kit(KitPage(code, slot_text, header.label, header.vault_id, header.created))


def kit_of(created: Created) -> bytes:
    """Return the kit of a vault that was just made."""
    return kit(created.opened, created.recovery_code, created.kit)


def save(page: bytes, path: Path) -> None:
    """Write a kit to where it will be printed from; raises DiskFullError, ReadOnlyVaultError."""
    with translated(path):
        folders.replace(path, page)
