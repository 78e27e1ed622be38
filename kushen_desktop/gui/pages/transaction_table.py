"""The table of transactions: edited in place, selected by rows, worked by keys alone."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from kushen_desktop.domain.ledger import Row
from kushen_desktop.gui.models.transactions import TransactionsTable
from kushen_desktop.gui.widgets.arranged_table import ArrangedTable
from kushen_desktop.i18n import _

_HIDDEN = ("time", "note")
_DISPENSABLE = ("time", "note", "status", "text", "account", "category", "date")
_Hint = QAbstractItemDelegate.EndEditHint
_ALL = QAbstractItemView.EditTrigger.AllEditTriggers


class TransactionView(ArrangedTable[Row]):
    """Enter, F2 and double click edit a cell, what can't be edited there is `opened`; Space opens any row.

    C sets the category, Del asks to delete (`deleting`), Esc lets go of the selection.
    """

    deleting = Signal()
    categorising = Signal()
    left_editor = Signal()

    def __init__(self, model: TransactionsTable, parent: QWidget) -> None:
        super().__init__(model, _("Transactions"), parent, hidden=_HIDDEN, dispensable=_DISPENSABLE)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def table(self) -> TransactionsTable:
        """Return the model."""
        model = self.model()
        assert isinstance(model, TransactionsTable)
        return model

    @property
    def editing(self) -> bool:
        """Whether a cell is being edited."""
        return self.state() is QAbstractItemView.State.EditingState

    def edit_cell(self, key: str) -> None:
        """Edit a column of the row the cursor is on; open the row where that can't be done here."""
        row, column = self.currentIndex().row(), self._keys.index(key)
        index = self.model().index(row, column)
        if self.isColumnHidden(column) or not self._edit(index):
            self._open(index)

    def finish_editor(self, editor: QWidget) -> None:
        """Write what the editor holds and go on as Enter does."""
        if self.indexWidget(self.currentIndex()) is editor:
            self.commitData(editor)
            self.closeEditor(editor, _Hint.SubmitModelCache)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the class says; leave the rest to the view."""
        index, key, plain = self.currentIndex(), event.key(), not event.modifiers() & ~_SHIFT
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and index.isValid():
            self._double_clicked(index)
        elif key == Qt.Key.Key_Space and index.isValid() and plain:
            self._open(index)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and plain:
            self.deleting.emit()
        elif key == Qt.Key.Key_Escape and self.selectionModel().hasSelection():
            self.clearSelection()
        elif key == Qt.Key.Key_C and plain:
            self.categorising.emit()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on to the next cell that can be edited after Tab, to the next row after a category."""
        index = self.currentIndex()
        super().closeEditor(editor, _Hint.NoHint)
        self.setFocus()
        if hint in (_Hint.EditNextItem, _Hint.EditPreviousItem):
            self._edit_beside(index, 1 if hint is _Hint.EditNextItem else -1)
        elif hint is _Hint.SubmitModelCache and self._keys[index.column()] == "category":
            below = index.sibling(index.row() + 1, index.column())
            if below.isValid():
                self.setCurrentIndex(below)
        if not self.editing:
            self.left_editor.emit()

    def _double_clicked(self, index: QModelIndex) -> None:
        if not self._edit(index):
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        record = self.table().record(index.row())
        if record is not None:
            self.opened.emit(record)

    def _edit(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        column = self.table().columns[index.column()]
        if column.editor is None or self.table().in_memory(index.row()) is None:
            return False
        self.setCurrentIndex(index)
        self.edit(index, _ALL, None)  # type: ignore[call-overload]  # QEvent may be null
        return self.indexWidget(index) in self.viewport().children()  # edit() says yes in any case

    def _edit_beside(self, index: QModelIndex, step: int) -> None:
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        row, at = index.row(), order.index(index.column())
        for _attempt in range(2 * len(order)):
            at += step
            if not 0 <= at < len(order):
                row, at = row + step, 0 if step > 0 else len(order) - 1
            if not 0 <= row < self.model().rowCount():
                return
            beside = self.model().index(row, order[at])
            if not self.isColumnHidden(order[at]) and self._edit(beside):
                return


_SHIFT = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
