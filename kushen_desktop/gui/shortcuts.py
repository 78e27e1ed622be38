"""Commands and the keys that start them; the palette, the overlay and the settings page list them."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can start. title: marked with N_. keys: as QKeySequence reads them, "" for none."""

    name: str
    title: str
    run: Callable[[], object]
    keys: str = ""
    icon: str = ""


def shown(keys: str) -> str:
    """Return a shortcut as this system writes it."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
