"""Settings: look, language, privacy, vault, history, shortcuts, about. Everything changes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QCheckBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from kushen_desktop.domain.changes import Topic
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.overlay import shortcut_grid
from kushen_desktop.gui.pages.page import Page
from kushen_desktop.gui.pages.settings_about import AboutCard
from kushen_desktop.gui.pages.settings_history import HistoryCard
from kushen_desktop.gui.pages.settings_vault import VaultCard
from kushen_desktop.gui.theme import ZOOMS, theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.cards import Card, scrolled
from kushen_desktop.gui.widgets.fields import Choice
from kushen_desktop.i18n import LANGUAGES, N_, _

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.config import Config
    from kushen_desktop.gui.pages.page import Shell

_THEMES = (("system", N_("Like the system")), ("light", N_("Light")), ("dark", N_("Dark")))
_MONEY = (
    ("blue_orange", N_("Blue in, orange out")),
    ("green_in", N_("Green in, red out")),
    ("red_in", N_("Red in, green out")),
    ("none", N_("No colours, signs only")),
)
_MINUTES = (1, 2, 5, 10, 15, 30, 60, 0)


class SettingsPage(Page):
    """What the user can choose."""

    name = "settings"
    title = N_("Settings")
    icon = "settings"
    topics: ClassVar[Topic] = Topic.SETTINGS | Topic.LEDGER | Topic.ACCOUNTS | Topic.CATEGORIES | Topic.RATES

    def __init__(self, app: Kushen, shell: Shell) -> None:
        super().__init__(app, shell)
        shell.preferences.changed.connect(self._follow)

    def build(self, box: QVBoxLayout) -> None:
        """Lay the cards out one under the other."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme().px(t.SMALL), theme().px(t.SMALL))
        column.setSpacing(theme().px(t.LARGE))
        self.look, self.privacy = self._look_card(), self._privacy_card()
        self.vault = VaultCard(self.app, self.shell)
        self.history = HistoryCard(self.app, self.shell)
        shortcuts = Card(_("Keyboard shortcuts"))
        shortcuts.box.addLayout(shortcut_grid(list(self.shell.commands.values())))
        for card in (self.look, self.privacy, self.vault, self.history, shortcuts, AboutCard()):
            column.addWidget(card)
        column.addStretch(1)
        self._area: QScrollArea = scrolled(inner, _("Settings"))
        box.addWidget(self._area)

    def refresh(self) -> None:
        """Fetch what belongs to the vault."""
        self.vault.refresh()
        self.history.refresh()

    def opened(self, **context: Any) -> None:
        """Show a card by its name: history, vault."""
        card = {"history": self.history, "vault": self.vault}.get(str(context.get("card")))
        if card is not None:
            self._area.ensureWidgetVisible(card)

    def state(self) -> dict[str, Any]:
        """Return how far down the page is."""
        return {"at": self._area.verticalScrollBar().value()}

    def restore(self, state: dict[str, Any]) -> None:
        """Go down as far as before."""
        self._area.verticalScrollBar().setValue(state["at"])

    def _look_card(self) -> Card:
        kept = self.shell.preferences.config
        card = Card(_("Look and language"))
        grid = _grid(card)
        languages = [("", _("Like the system")), *LANGUAGES.items()]
        _choice(grid, _("Language"), languages, kept.language, self._changing("language"))
        self.theme = _choice(grid, _("Theme"), _shown(_THEMES), kept.theme, self._changing("theme"))
        zooms = [(zoom, f"{zoom} %") for zoom in ZOOMS]
        _choice(grid, _("Size of everything"), zooms, kept.zoom, self._changing("zoom"))
        hint = _("The sign is always written too.")
        _choice(
            grid,
            _("Colours of money"),
            _shown(_MONEY),
            kept.money_colors,
            self._changing("money_colors"),
            hint=hint,
        )
        return card

    def _privacy_card(self) -> Card:
        kept: Config = self.shell.preferences.config
        card = Card(_("Privacy"))
        grid = _grid(card)
        minutes = [(count, _minutes(count)) for count in _MINUTES]
        hint = _("Also when the computer sleeps or its screen is locked, where the system says so.")
        _choice(
            grid, _("Lock by itself"), minutes, kept.lock_minutes, self._changing("lock_minutes"), hint=hint
        )
        hidden = QCheckBox(_("Start with amounts hidden"))
        hidden.setChecked(kept.start_hidden)
        hidden.toggled.connect(lambda on: self.shell.preferences.change(start_hidden=on))
        grid.addWidget(hidden, grid.rowCount(), 1)
        return card

    def _follow(self) -> None:
        """Show the theme that was chosen elsewhere, in the top bar or the palette."""
        self.theme.choose(self.shell.preferences.config.theme)

    def _changing(self, name: str) -> Callable[[Any], None]:
        return lambda value: self.shell.preferences.change(**{name: value})


def _grid(card: Card) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(t.HUGE))
    grid.setVerticalSpacing(theme().px(t.SMALL))
    grid.setColumnMinimumWidth(0, theme().px(120))
    grid.setColumnMinimumWidth(1, theme().px(200))
    grid.setColumnStretch(2, 1)
    card.box.addLayout(grid)
    return grid


def _choice(
    grid: QGridLayout,
    name: str,
    choices: Iterable[tuple[Any, str]],
    value: Any,
    chosen: Callable[[Any], None],
    *,
    hint: str = "",
) -> Choice:
    line, field = grid.rowCount(), Choice(name)
    field.offer([(text, item) for item, text in choices], value)
    field.chosen.connect(chosen)
    grid.addWidget(labels.label(name), line, 0)
    grid.addWidget(field, line, 1)
    if hint:
        grid.addWidget(labels.caption(hint, wrap=True), line + 1, 1, 1, 2)
    return field


def _shown(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(value, _(text)) for value, text in choices]


def _minutes(count: int) -> str:
    return _("After {count} min without input").format(count=count) if count else _("Only by hand")
