"""Where data, resources and logs live, also in a frozen program."""

import sys
from pathlib import Path

import platformdirs

_APP = "kushen"


def resources() -> Path:
    """Return the folder of fonts, icons, translations and sample statements."""
    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return base / "resources"


def vaults() -> Path:
    """Return the folder in which new vaults are offered to be made."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "vaults"


def settings() -> Path:
    """Return the folder of what must be known before a vault is open."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False))


def logs() -> Path:
    """Return the folder of the program's own log."""
    return Path(platformdirs.user_log_dir(_APP, appauthor=False))
