"""Fusion with the few small parts that a style sheet can't draw without picture files."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

from kushen_desktop.gui.theme import theme

_Part = QStyle.PrimitiveElement
_State = QStyle.StateFlag
_ARROWS = {
    _Part.PE_IndicatorArrowDown: ((0.25, 0.4), (0.5, 0.65), (0.75, 0.4)),
    _Part.PE_IndicatorSpinDown: ((0.25, 0.4), (0.5, 0.65), (0.75, 0.4)),
    _Part.PE_IndicatorArrowUp: ((0.25, 0.6), (0.5, 0.35), (0.75, 0.6)),
    _Part.PE_IndicatorSpinUp: ((0.25, 0.6), (0.5, 0.35), (0.75, 0.6)),
    _Part.PE_IndicatorArrowRight: ((0.4, 0.25), (0.65, 0.5), (0.4, 0.75)),
}
_TICK = ((0.25, 0.52), (0.43, 0.7), (0.76, 0.32))


class HouseStyle(QProxyStyle):
    """Draws ticks, radio dots and arrows with the colours of the theme."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw our own parts, leave the others to Fusion."""
        if element in (_Part.PE_IndicatorCheckBox, _Part.PE_IndicatorItemViewItemCheck):
            _check(painter, option)
        elif element is _Part.PE_IndicatorRadioButton:
            _radio(painter, option)
        elif element in _ARROWS:
            _stroke(painter, option.rect, _ARROWS[element], theme().color("text2"))
        else:
            super().drawPrimitive(element, option, painter, widget)


def _check(painter: QPainter, option: QStyleOption) -> None:
    on = bool(option.state & (_State.State_On | _State.State_NoChange))
    painter.save()
    _ground(painter, option, on=on)
    painter.drawRoundedRect(_inner(option.rect), 3, 3)
    painter.restore()
    if on:
        _stroke(painter, option.rect, _TICK, theme().color("on_accent"))


def _radio(painter: QPainter, option: QStyleOption) -> None:
    on = bool(option.state & _State.State_On)
    inner = _inner(option.rect)
    painter.save()
    _ground(painter, option, on=on)
    painter.drawEllipse(inner)
    if on:
        painter.setBrush(theme().color("on_accent"))
        painter.drawEllipse(inner.center(), inner.width() / 5, inner.height() / 5)
    painter.restore()


def _ground(painter: QPainter, option: QStyleOption, *, on: bool) -> None:
    look = theme()
    enabled = bool(option.state & _State.State_Enabled)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("accent" if on and enabled else "outline"), 1.2))
    fill = "accent" if on and enabled else "outline" if on else "surface"
    painter.setBrush(look.color(fill))


def _inner(rect: QRect) -> QRectF:
    return QRectF(rect).adjusted(1, 1, -1, -1)


def _stroke(painter: QPainter, rect: QRect, points: tuple[tuple[float, float], ...], color: QColor) -> None:
    side = min(rect.width(), rect.height(), theme().px(16))
    square = QRectF(0, 0, side, side)
    square.moveCenter(QRectF(rect).center())
    line = QPolygonF([QPointF(square.left() + x * side, square.top() + y * side) for x, y in points])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, max(side * 0.11, 1.5))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(line)
    painter.restore()
