"""How everything looks at the moment: theme, zoom, money colours, hidden amounts; all change live."""

from enum import StrEnum
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from kushen_desktop.gui import stylesheet, tokens as t
from kushen_desktop.gui.tokens import MoneyColors, Tokens

ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)
MASK = "••••"
_LATIN = "Inter"
_CJK = ("Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei UI", "PingFang SC", "Droid Sans Fallback")


class Mode(StrEnum):
    """Which palette: the system's wish, light, or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The look in use. `restyled`: colours changed, repaint; `rescaled`: sizes changed, lay out again;
    `veiled`: amounts are hidden or shown from now on.
    """

    restyled = Signal()
    rescaled = Signal()
    veiled = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self.mode = Mode.SYSTEM
        self.zoom = 100
        self.money_colors = MoneyColors.BLUE_ORANGE
        self._hidden = False
        application.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def dark(self) -> bool:
        """Whether the dark palette is in use; a system that does not say counts as light."""
        if self.mode is Mode.SYSTEM:
            return self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self.mode is Mode.DARK

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return t.DARK if self.dark else t.LIGHT

    @property
    def money_in(self) -> str:
        """The colour of income."""
        return t.money_pair(self.tokens, self.money_colors)[0]

    @property
    def money_out(self) -> str:
        """The colour of spending, where spending is coloured: charts and totals, not lists."""
        return t.money_pair(self.tokens, self.money_colors)[1]

    @property
    def hidden_amounts(self) -> bool:
        """Whether amounts are covered everywhere; may be set."""
        return self._hidden

    @hidden_amounts.setter
    def hidden_amounts(self, hidden: bool) -> None:
        if hidden != self._hidden:
            self._hidden = hidden
            self.veiled.emit()

    def px(self, size: int) -> int:
        """Return a size of the token file at the zoom in use."""
        return round(size * self.zoom / 100)

    def color(self, name: str) -> QColor:
        """Return a colour by its token's name; money_in and money_out follow the setting."""
        text: str = getattr(self if name.startswith("money_") else self.tokens, name)
        return QColor(text)

    def chart(self, number: int) -> QColor:
        """Return a chart colour: 1 to 6, anything else is "other"."""
        charts = self.tokens.charts
        return QColor(charts[number if 0 < number < len(charts) else 0])

    def set_money_colors(self, colors: MoneyColors) -> None:
        """Change which colours income and spending wear."""
        self.money_colors = colors
        self.restyled.emit()

    def apply(self) -> None:
        """Give the application palette, font and style sheet of this look."""
        self._application.setFont(self.font())
        self._application.setPalette(_palette(self.tokens))
        sheet = stylesheet.build(self.tokens, self.px)
        if sheet != self._application.styleSheet():
            self._application.setStyleSheet(sheet)
        self.restyled.emit()

    def font(self, role: str = "body") -> QFont:
        """Return the font of a role of the token file: the system's CJK letters, digits of one width."""
        size, weight = t.TYPE[role]
        font = QFont()
        font.setFamilies([_LATIN, *_CJK])
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(weight))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _system_changed(self) -> None:
        if self.mode is Mode.SYSTEM:
            self.apply()


@cache
def theme() -> Theme:
    """Return the look of this program; the QApplication must be there."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return Theme(application)


def _palette(tokens: Tokens) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, color in {
        roles.Window: tokens.bg,
        roles.WindowText: tokens.text,
        roles.Base: tokens.surface,
        roles.AlternateBase: tokens.surface2,
        roles.Text: tokens.text,
        roles.Button: tokens.surface,
        roles.ButtonText: tokens.text,
        roles.BrightText: tokens.danger,
        roles.Highlight: tokens.soft,
        roles.HighlightedText: tokens.text,
        roles.PlaceholderText: tokens.text3,
        roles.ToolTipBase: tokens.inverse,
        roles.ToolTipText: tokens.on_inverse,
        roles.Link: tokens.accent,
        roles.Accent: tokens.accent,
    }.items():
        palette.setColor(role, QColor(color))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.outline))
    return palette
