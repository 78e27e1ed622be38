"""What must be known before a vault is open: language, look, delays, which vaults there are."""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from kushen_desktop import paths
from kushen_desktop.system import folders

_LARGEST = 1 << 20
_CHOICES: dict[str, tuple[object, ...]] = {
    "language": ("", "zh_CN", "en"),
    "theme": ("system", "light", "dark"),
    "money_colors": ("blue_orange", "green_in", "red_in", "none"),
}
_RANGES = {"zoom": (80, 200), "lock_minutes": (0, 240)}


@dataclass(frozen=True, slots=True)
class KnownVault:
    """A vault that was opened here. id: name of the vault in its header, hexadecimal."""

    id: str
    label: str
    path: str
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """language: "" means the system's. lock_minutes: 0 never locks by itself. start_hidden: amounts are
    covered at the start. vaults: newest first. columns: how the user arranged tables, base64 by table.
    """

    language: str = ""
    theme: str = "system"
    zoom: int = 100
    money_colors: str = "blue_orange"
    start_hidden: bool = False
    lock_minutes: int = 5
    vaults: tuple[KnownVault, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()

    def opened(self, vault: KnownVault) -> "Config":
        """Return the config with this vault as the newest of at most twelve."""
        others = tuple(known for known in self.vaults if known.path != vault.path and known.id != vault.id)
        return replace(self, vaults=(vault, *others)[:12])

    def forgotten(self, path: str) -> "Config":
        """Return the config without the vault at this path; its files stay."""
        return replace(self, vaults=tuple(known for known in self.vaults if known.path != path))


def file() -> Path:
    """Return where the config is kept."""
    return paths.settings() / "config.json"


def load() -> Config:
    """Return the config kept for this user; whatever is missing or makes no sense has its default."""
    try:
        with file().open("rb") as stream:
            untrusted = json.loads(stream.read(_LARGEST))
    except (OSError, ValueError):
        return Config()
    return _checked(untrusted) if isinstance(untrusted, dict) else Config()


def save(config: Config) -> None:
    """Keep the config for this user; raises OSError."""
    folders.make_private(file().parent)
    folders.replace(file(), json.dumps(asdict(config), ensure_ascii=False, indent=1).encode())


def _checked(untrusted: dict[str, Any]) -> Config:
    default = Config()
    values: dict[str, Any] = {}
    for field in fields(Config):
        value = untrusted.get(field.name)
        if field.name == "vaults":
            values["vaults"] = _vaults(value)
        elif field.name == "columns":
            values["columns"] = _columns(value)
        elif type(value) is type(getattr(default, field.name)) and _sensible(field.name, value):
            values[field.name] = value
    return Config(**values)


def _sensible(name: str, value: Any) -> bool:
    low, high = _RANGES.get(name, (0, 0))
    return value in _CHOICES.get(name, (value,)) and (name not in _RANGES or low <= value <= high)


def _vaults(untrusted: Any) -> tuple[KnownVault, ...]:
    rows = untrusted if isinstance(untrusted, list) else []
    found = []
    for row in rows[:12]:
        known = row if isinstance(row, dict) else {}
        id_, label, path = known.get("id"), known.get("label"), known.get("path")
        if isinstance(id_, str) and isinstance(label, str) and isinstance(path, str) and path:
            found.append(KnownVault(id_, label, path, sample=known.get("sample") is True))
    return tuple(found)


def _columns(untrusted: Any) -> tuple[tuple[str, str], ...]:
    rows = untrusted if isinstance(untrusted, list) else []
    return tuple(
        (row[0], row[1])
        for row in rows[:100]
        if isinstance(row, list) and len(row) == 2 and all(isinstance(text, str) for text in row)
    )
