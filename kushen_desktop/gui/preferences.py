"""The user's choices that hold before unlocking: applied live, kept in our own file."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QLocale, QObject, Signal

from kushen_desktop import config, i18n
from kushen_desktop.config import Config, KnownVault
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import Mode, theme
from kushen_desktop.gui.tokens import MoneyColors


class Preferences(QObject):
    """Holds the config. `spoken` comes when the language changed; look and zoom go to the theme."""

    spoken = Signal()
    changed = Signal()

    def __init__(self, tasks: Tasks, kept: Config, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.config = kept
        theme().hidden_amounts = kept.start_hidden
        self._apply(None)

    @property
    def language(self) -> str:
        """The language in use."""
        return i18n.language()

    def change(self, **values: Any) -> None:
        """Change choices by their names in Config; everything follows at once."""
        before = self.config
        self.config = replace(before, **values)
        if self.config != before:
            self._apply(before)
            self._keep()

    def opened(self, vault: KnownVault) -> None:
        """Remember that this vault was opened."""
        self.config = self.config.opened(vault)
        self._keep()

    def forget(self, path: str) -> None:
        """Take a vault off the list."""
        self.config = self.config.forgotten(path)
        self._keep()

    def columns(self, table: str) -> str:
        """Return how the user arranged a table, "" if never."""
        return dict(self.config.columns).get(table, "")

    def keep_columns(self, table: str, state: str) -> None:
        """Remember how the user arranged a table."""
        self.config = replace(self.config, columns=tuple({**dict(self.config.columns), table: state}.items()))
        self._keep()

    def _apply(self, before: Config | None) -> None:
        now, look = self.config, theme()
        if before is None or now.language != before.language:
            i18n.use(now.language or system_language())
            self.spoken.emit()
        look.money_colors = MoneyColors(now.money_colors)
        look.mode = Mode(now.theme)
        if look.zoom != now.zoom:
            look.zoom = now.zoom
            look.apply()
            look.rescaled.emit()
        else:
            look.apply()
        self.changed.emit()

    def _keep(self) -> None:
        kept = self.config
        self._tasks.run(lambda _progress: config.save(kept), key="config")


def system_language() -> str:
    """Return the language this system speaks: zh_CN for any Chinese, else English."""
    return "zh_CN" if QLocale.system().language() is QLocale.Language.Chinese else "en"
