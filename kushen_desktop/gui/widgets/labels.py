"""Labels by role, money that can be covered, tinted icons."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kushen_desktop.domain import money
from kushen_desktop.domain.money import Money
from kushen_desktop.gui import icons
from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.i18n import _


def label(text: str, role: str = "body", tone: str = "", *, wrap: bool = False) -> QLabel:
    """Return a plain-text label. role: a key of tokens.TYPE; tone: text, text2, text3, accent, danger…"""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def h1(text: str) -> QLabel:
    """Return the title of a page."""
    return label(text, "h1")


def h2(text: str) -> QLabel:
    """Return the title of a card."""
    return label(text, "h2")


def caption(text: str, *, wrap: bool = False) -> QLabel:
    """Return small grey text."""
    return label(text, "caption", wrap=wrap)


def set_tone(widget: QWidget, tone: str) -> None:
    """Give a label another tone."""
    widget.setProperty("tone", tone)
    restyle(widget)


def restyle(widget: QWidget) -> None:
    """Have the style sheet look at the widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class MoneyLabel(QLabel):
    """An amount, or a text where there is none ("—  needs HKD rate"); covered while amounts are hidden.

    signed: write + before income. colored: wear the colour of money in or out. symbol: write ¥ before it.
    """

    def __init__(
        self, role: str = "body", *, signed: bool = False, colored: bool = False, symbol: bool = True
    ) -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        self._signed, self._colored, self._symbol = signed, colored, symbol
        self._shown: Money | str = ""
        self._what = ""
        theme().veiled.connect(self._render)
        theme().restyled.connect(self._render)

    def show_money(self, shown: Money | str, what: str = "") -> None:
        """Show an amount, or a text as it is; what: what the amount is, for screen readers."""
        self._shown, self._what = shown, what or self._what
        self._render()

    def _render(self) -> None:
        shown = self._shown
        if isinstance(shown, str):
            text = shown
        elif theme().hidden_amounts:
            text = MASK
        else:
            text = amount_text(shown, signed=self._signed, symbol=self._symbol)
        self.setText(text)
        spoken = _("hidden amount") if text == MASK else text
        self.setAccessibleName(f"{self._what} {spoken}".strip())
        negative = isinstance(shown, Money) and shown.minor < 0
        color = theme().money_out if negative else theme().money_in
        self.setStyleSheet(f"color: {color};" if self._colored and isinstance(shown, Money) else "")


class IconLabel(QLabel):
    """A decorative icon in a tone of the theme."""

    def __init__(self, name: str, size: int = icons.SIZE, tone: str = "text2") -> None:
        super().__init__()
        self._name, self._size, self._tone = name, size, tone
        theme().restyled.connect(self._render)
        self._render()

    def show_icon(self, name: str, tone: str = "") -> None:
        """Show another icon."""
        self._name, self._tone = name, tone or self._tone
        self._render()

    def _render(self) -> None:
        size, ratio = theme().px(self._size), self.devicePixelRatioF()
        self.setPixmap(icons.pixmap(self._name, theme().color(self._tone), size, ratio))


def amount_text(amount: Money, *, signed: bool = False, symbol: bool = True) -> str:
    """Return an amount as people read it: −¥1,234.50, with + where signed."""
    digits = money.written(abs(amount.minor), amount.currency)
    mark = money.MINUS if amount.minor < 0 else "+" if signed and amount.minor > 0 else ""
    return f"{mark}{money.symbol(amount.currency) if symbol else ''}{digits}"
