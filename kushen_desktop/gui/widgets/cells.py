"""How a cell of a table is painted: text, tone, chip, tick, selection, focus; and edited in place."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QWidget,
)

from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.models.columns import LOADING, Chip, Column, ColumnsModel, Index, is_right
from kushen_desktop.gui.theme import theme

_CHECKED, _FOCUS = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus
_TICK = 16


class Cells(QStyledItemDelegate):
    """Paints and edits the cells of a ColumnsModel."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        model = index.model()
        assert isinstance(model, ColumnsModel)
        column, record, rect = model.columns[index.column()], model.record(index.row()), option.rect
        look, state = theme(), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & _CHECKED:
            painter.fillRect(rect, look.color("soft"))
        pad = look.px(t.MEDIUM)
        inner = rect.adjusted(pad, 0, -pad, 0)
        if record is None:
            painter.setPen(look.color("text3"))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, LOADING)
        else:
            _content(painter, column, record, inner)
        if state & _FOCUS:
            _ring(painter, rect)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell: a row of the token file."""
        return QSize(super().sizeHint(option, index).width(), theme().px(t.ROW))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the column's control for this record; None where it can't be edited."""
        model = index.model()
        assert isinstance(model, ColumnsModel)
        column, record = model.columns[index.column()], model.record(index.row())
        editor = column.editor(parent, record) if column.editor is not None and record is not None else None
        if editor is not None:
            editor.setProperty("kind", "editor")
            editor.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
        return editor  # type: ignore[return-value]  # None is how Qt is told that there is none

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Leave the editor as the column made it."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand what was typed to the column."""
        assert isinstance(model, ColumnsModel)
        column, record = model.columns[index.column()], model.record(index.row())
        if column.commit is not None and record is not None:
            column.commit(record, editor)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Let a click anywhere in a cell with a box tick it."""
        clicked = event.type() == QEvent.Type.MouseButtonRelease
        state = index.data(Qt.ItemDataRole.CheckStateRole) if clicked else None
        if state is None or not model.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        ticked = state is Qt.CheckState.Checked
        wanted = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)


def _content(painter: QPainter, column: Column[Any], record: Any, rect: QRect) -> None:
    chip = column.chip(record) if column.chip is not None else None
    if column.check is not None:
        rect = _box(painter, column.check(record), rect)
    if chip is not None:
        draw_chip(painter, chip, rect)
        return
    tone = column.tone(record) if column.tone is not None else ""
    painter.setPen(theme().color(tone or "text"))
    text = column.text(record).replace("\n", " ")
    side = Qt.AlignmentFlag.AlignRight if is_right(column) else Qt.AlignmentFlag.AlignLeft
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _box(painter: QPainter, ticked: bool | None, rect: QRect) -> QRect:  # noqa: FBT001  a cell's value
    side = theme().px(_TICK)
    if ticked is not None:
        button = QStyleOptionButton()
        flag = QStyle.StateFlag.State_On if ticked else QStyle.StateFlag.State_Off
        button.rect = QRect(rect.left(), rect.center().y() - side // 2, side, side)
        button.state = QStyle.StateFlag.State_Enabled | flag
        QApplication.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, button, painter)
    return rect.adjusted(side + theme().px(t.SMALL), 0, 0, 0)


def draw_chip(painter: QPainter, chip: Chip, rect: QRect) -> None:
    """Draw a pill with a dot and plain text at the left of the rectangle, elided to fit."""
    look = theme()
    height, pad, dot = look.px(22), look.px(t.SMALL), look.px(6)
    font = look.font("caption")
    painter.setFont(font)
    room = rect.width() - 3 * pad - dot
    text = painter.fontMetrics().elidedText(chip.text, Qt.TextElideMode.ElideRight, room)
    width = painter.fontMetrics().horizontalAdvance(text) + 3 * pad + dot + look.px(t.TINY)
    pill = QRect(rect.left(), rect.center().y() - height // 2 + 1, min(width, rect.width()), height)
    color = look.chart(chip.color)
    tint = QColor(color)
    tint.setAlpha(look.tokens.chip_tint)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setBrush(color)
    painter.drawEllipse(pill.left() + pad, pill.center().y() - dot // 2 + 1, dot, dot)
    painter.setPen(look.color("text"))
    painter.drawText(pill.adjusted(2 * pad + dot, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)


def _ring(painter: QPainter, rect: QRect) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme().color("accent"), t.RING))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
