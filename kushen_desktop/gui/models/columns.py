"""Columns: how a record shows in a table, and the read-only model base that uses them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.i18n import _

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
LOADING = "…"


class Chip(NamedTuple):
    """A category as a tinted pill: color 1 to 6 of the chart, 0 for other."""

    text: str
    color: int


@dataclass(frozen=True, eq=False)
class Column(Generic[R]):
    """One column of a table.

    key: name under which order, width and sorting are kept. title: marked with N_. sample: the widest text
    the column is made for, "" lets it take the room that is left. money: covered while amounts are hidden,
    and set to the right. tone: name of the token the text wears (text2, money_in, danger), "" for plain.
    spoken: what a screen reader says in place of the text. order: key to sort by, None for the text.
    check and toggle: a box in front, and what to do when it is ticked. editor makes the control for editing
    in place (None: not this record), commit takes what it holds.
    """

    key: str
    title: str
    show: Callable[[R], str]
    sample: str = ""
    right: bool = False
    money: bool = False
    tone: Callable[[R], str] | None = None
    chip: Callable[[R], Chip | None] | None = None
    spoken: Callable[[R], str] | None = None
    hint: Callable[[R], str] | None = None
    order: Callable[[R], Any] | None = None
    check: Callable[[R], bool | None] | None = None
    toggle: Callable[[R, bool], None] | None = None
    editor: Callable[[QWidget, R], QWidget | None] | None = None
    commit: Callable[[R, QWidget], None] | None = None
    sortable: bool = True

    def text(self, record: R) -> str:
        """Return what the cell shows now: covered where it is money and amounts are hidden."""
        shown = self.show(record)
        return MASK if self.money and shown and theme().hidden_amounts else shown

    def said(self, record: R) -> str:
        """Return what a screen reader says of the cell."""
        if self.money and theme().hidden_amounts:
            return _("hidden amount")
        return self.spoken(record) if self.spoken else self.show(record)


class ColumnsModel(QAbstractTableModel, Generic[R]):
    """A read-only table of records. Subclasses know where the records are."""

    def __init__(self, columns: tuple[Column[R], ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        theme().veiled.connect(self.repaint)
        theme().restyled.connect(self.repaint)

    def record(self, row: int) -> R | None:
        """Return the record of a row, None while it is being fetched."""
        raise NotImplementedError

    def repaint(self) -> None:
        """Have every visible cell drawn again."""
        last = self.rowCount() - 1
        if last >= 0:
            self.dataChanged.emit(self.index(0, 0), self.index(last, len(self.columns) - 1))

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        column = self.columns[index.column()]
        if column.toggle is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if column.editor is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, accessible text, tick, hint, or under UserRole the record itself."""
        if role not in _ROLES or not index.isValid():
            return None
        record = self.record(index.row())
        if record is None:
            return LOADING if role == Qt.ItemDataRole.DisplayRole else None
        return _ROLES[role](self.columns[index.column()], record)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass a tick on to the column; nothing else is written through the model."""
        column = self.columns[index.column()]
        record = self.record(index.row())
        if role != Qt.ItemDataRole.CheckStateRole or column.toggle is None or record is None:
            return False
        column.toggle(record, Qt.CheckState(value) is Qt.CheckState.Checked)
        self.dataChanged.emit(index, index)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column in the language in use."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return _(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if is_right(column) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def is_right(column: Column[Any]) -> bool:
    """Whether the column is set to the right."""
    return column.right or column.money


def _tick(column: Column[Any], record: Any) -> Qt.CheckState | None:
    ticked = column.check(record) if column.check is not None else None
    if ticked is None:
        return None
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked


def _hint(column: Column[Any], record: Any) -> str | None:
    hidden = column.money and theme().hidden_amounts
    return column.hint(record) or None if column.hint is not None and not hidden else None


_ROLES: dict[int, Callable[[Column[Any], Any], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda column, record: column.text(record),
    Qt.ItemDataRole.AccessibleTextRole: lambda column, record: column.said(record),
    Qt.ItemDataRole.CheckStateRole: _tick,
    Qt.ItemDataRole.ToolTipRole: _hint,
    Qt.ItemDataRole.UserRole: lambda _column, record: record,
}
