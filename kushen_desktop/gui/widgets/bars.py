"""A bar chart of pairs: in and out by month, painted with the tokens."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from kushen_desktop.domain.money import Money, exponent
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.gui.widgets.labels import amount_text
from kushen_desktop.i18n import _, language

_STEPS = 4
_LEGEND, _AXIS = 34, 28


class Bar(NamedTuple):
    """One pair of bars, in minor units, both positive."""

    label: str
    incoming: int
    outgoing: int


class BarChart(QWidget):
    """Months side by side, income and spending each a bar. Its accessible text is the table of the data.

    `opened` carries the number of a pair that was clicked, or reached with the arrows and entered.
    """

    opened = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        self._currency = "CNY"
        self._frame = QRect()
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)
        for signal in (theme().restyled, theme().veiled):
            signal.connect(self._changed)

    def show_bars(self, bars: Sequence[Bar], currency: str) -> None:
        """Show these pairs, in minor units of the currency."""
        self._bars, self._currency = tuple(bars), currency
        self._current = max(len(bars) - 1, 0)
        self._changed()

    def data_text(self) -> str:
        """Return the data as text, a line a month; covered while amounts are hidden."""
        return "\n".join(map(self._line, self._bars))

    def middle(self, number: int) -> int:
        """Return where the middle of a pair is, in pixels from the left."""
        return round(self._frame.left() + self._frame.width() / max(len(self._bars), 1) * (number + 0.5))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the pair that was clicked."""
        across = event.position().x() - self._frame.left()
        if self._bars and 0 <= across < self._frame.width():
            self._current = int(across * len(self._bars) / self._frame.width())
            self.opened.emit(self._current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by the arrows, open on Enter or the space bar."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and self._bars:
            self._current = min(max(self._current + step, 0), len(self._bars) - 1)
            self.update()
            said = self._line(self._bars[self._current])
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._bars:
            self.opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which pair the keys are at."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a good size."""
        return QSize(theme().px(380), theme().px(280))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which labels do not collide."""
        return QSize(theme().px(280), theme().px(180))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw legend, grid, bars and labels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme().font("caption"))
        top = nice_top(max((max(bar.incoming, bar.outgoing) for bar in self._bars), default=0))
        ticks = [top * step // _STEPS for step in range(_STEPS + 1)]
        words = [
            MASK if theme().hidden_amounts and tick else tick_text(tick, self._currency) for tick in ticks
        ]
        left = max(painter.fontMetrics().horizontalAdvance(word) for word in words) + theme().px(t.SMALL)
        frame = self._frame = self.rect().adjusted(left, theme().px(_LEGEND), 0, -theme().px(_AXIS))
        self._legend(painter, left)
        self._grid(painter, frame, words)
        if self.hasFocus() and self._bars:
            self._ring(painter, frame)
        if top:
            self._columns(painter, frame, top)
        painter.end()

    def _ring(self, painter: QPainter, frame: QRect) -> None:
        wide = frame.width() // len(self._bars)
        around = QRect(self.middle(self._current) - wide // 2, frame.top(), wide, frame.height())
        painter.setPen(QPen(theme().color("accent"), t.RING))
        painter.drawRoundedRect(around.adjusted(1, -1, -1, theme().px(_AXIS) - 2), 4, 4)

    def _legend(self, painter: QPainter, left: int) -> None:
        look, at = theme(), left
        side = look.px(11)
        for color, word in zip(_colors(), (_("Income"), _("Spending")), strict=True):
            painter.fillRect(at, look.px(6), side, side, color)
            painter.setPen(look.color("text"))
            at += side + look.px(t.SMALL)
            painter.drawText(at, look.px(6) + side, word)
            at += painter.fontMetrics().horizontalAdvance(word) + look.px(t.HUGE)

    def _grid(self, painter: QPainter, frame: QRect, words: Sequence[str]) -> None:
        look = theme()
        for step, word in enumerate(words):
            y = frame.bottom() - frame.height() * step // _STEPS
            painter.setPen(QPen(look.color("border"), 1))
            painter.drawLine(frame.left(), y, frame.right(), y)
            painter.setPen(look.color("text2"))
            side = QRect(0, y - look.px(10), frame.left() - look.px(t.SMALL), look.px(20))
            painter.drawText(side, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)

    def _columns(self, painter: QPainter, frame: QRect, top: int) -> None:
        look, room = theme(), frame.width() / len(self._bars)
        wide = min(room * 0.34, look.px(22))
        for number, bar in enumerate(self._bars):
            middle = frame.left() + room * (number + 0.5)
            for place, (value, color) in enumerate(zip((bar.incoming, bar.outgoing), _colors(), strict=True)):
                tall = frame.height() * value / top
                x = middle - wide - 1 if place == 0 else middle + 1
                painter.fillRect(QRectF(x, frame.bottom() - tall, wide, tall), color)
            painter.setPen(look.color("text2"))
            under = QRectF(middle - room / 2, frame.bottom() + look.px(t.TINY), room, look.px(20))
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, bar.label)

    def _line(self, bar: Bar) -> str:
        income, spending = self._amount(bar.incoming), self._amount(bar.outgoing)
        return f"{bar.label}: {_('Income')} {income}, {_('Spending')} {spending}"

    def _amount(self, minor: int) -> str:
        return _("hidden amount") if theme().hidden_amounts else amount_text(Money(minor, self._currency))

    def _changed(self) -> None:
        self.setAccessibleDescription(self.data_text())
        self.setToolTip(self.data_text())
        self.update()


def _colors() -> tuple[QColor, QColor]:
    look = theme()
    if look.money_in == look.money_out:
        return look.chart(1), look.chart(0)
    return look.color("money_in"), look.color("money_out")


def nice_top(value: int) -> int:
    """Return the smallest of 1, 2, 2.4, 3, 4, 5, 6, 8 times a power of ten that is not below the value."""
    if value <= 0:
        return 0
    power: int = 10 ** max(len(str(value)) - 2, 0)
    return next(
        power * lead for lead in (10, 12, 16, 20, 24, 28, 32, 40, 48, 60, 80, 100) if power * lead >= value
    )


def tick_text(minor: int, currency: str) -> str:
    """Return an axis label: 2万 in Chinese, 20k in English, at most one digit behind the point."""
    major = Decimal(minor).scaleb(-exponent(currency))
    units = ((10**8, "亿"), (10**4, "万")) if language() == "zh_CN" else ((10**6, "M"), (10**3, "k"))
    for size, unit in units:
        if major >= size:
            return f"{(major / size).quantize(Decimal('0.1')).normalize():f}{unit}"
    return f"{major.quantize(Decimal(1)):f}" if major == major.to_integral_value() else f"{major:.1f}"
