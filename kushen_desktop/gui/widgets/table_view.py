"""The table view of all lists: fast for a million rows, columns chosen and kept, keys as everywhere."""

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.models.columns import ColumnsModel, is_right
from kushen_desktop.gui.models.records import RecordTable
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets.cells import Cells
from kushen_desktop.i18n import _

R = TypeVar("R")
_ROOM_AT_LEAST = 120


class TableView(QTableView, Generic[R]):
    """Shows a ColumnsModel.

    `opened` carries the record on Enter or double click; `picked` comes when the selection changed;
    `sorting` carries the column's key and whether it descends, for models that sort in the store;
    `arranged` comes when the user changed width, order or choice of columns (keep columns_state()).
    """

    opened = Signal(object)
    picked = Signal()
    sorting = Signal(str, bool)
    arranged = Signal()

    def __init__(self, model: ColumnsModel[R], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(Cells(self))
        self.setModel(model)
        self._settle()
        self._header()
        self.fit_columns()
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit())
        self.doubleClicked.connect(self._double_clicked)

    def columns_model(self) -> ColumnsModel[R]:
        """Return the model with its columns."""
        model = self.model()
        assert isinstance(model, ColumnsModel)
        return model

    def selected_rows(self) -> list[int]:
        """Return the numbers of the selected rows, ascending."""
        ranges = self.selectionModel().selection()
        return sorted({row for part in ranges.toList() for row in range(part.top(), part.bottom() + 1)})

    def selected_records(self) -> tuple[R, ...]:
        """Return the selected records, as far as they are in memory."""
        model = self.columns_model()
        found = (model.record(row) for row in self.selected_rows())
        return tuple(record for record in found if record is not None)

    def current_record(self) -> R | None:
        """Return the record the cursor is on."""
        return (
            self.columns_model().record(self.currentIndex().row()) if self.currentIndex().isValid() else None
        )

    def columns_state(self) -> bytes:
        """Return order, width, choice and sorting of the columns, for restore_columns."""
        return bytes(self.horizontalHeader().saveState().data())

    def restore_columns(self, state: bytes) -> None:
        """Arrange the columns as columns_state() said; money columns are shown in any case."""
        self.horizontalHeader().restoreState(state)
        for number, column in enumerate(self.columns_model().columns):
            if column.money:
                self.setColumnHidden(number, False)  # noqa: FBT003  Qt's signature
        self._stretch()

    def reset_columns(self) -> None:
        """Arrange the columns as they were made."""
        header = self.horizontalHeader()
        for number in range(header.count()):
            header.moveSection(header.visualIndex(number), number)
            self.setColumnHidden(number, False)  # noqa: FBT003  Qt's signature
        self.fit_columns()
        self.arranged.emit()

    def fit_columns(self) -> None:
        """Give each column the width of its sample and what is left to the columns without one."""
        metrics, pad = self.fontMetrics(), theme().px(t.MEDIUM)
        for number, column in enumerate(self.columns_model().columns):
            if column.sample:
                wide = max(
                    metrics.horizontalAdvance(text) for text in (column.sample, _(column.title) + "  ")
                )
                extra = theme().px(20) if column.check is not None or column.chip is not None else 0
                self.setColumnWidth(number, wide + 2 * pad + extra + theme().px(t.TINY))
        self._stretch()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, tick with the space bar, leave the rest to the view."""
        index, model = self.currentIndex(), self.columns_model()
        editing = self.state() is QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid() and not editing:
            self._double_clicked(index)
        elif event.key() == Qt.Key.Key_Space and index.isValid() and self._toggle(index, model):
            event.accept()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room among the columns again."""
        super().resizeEvent(event)
        self._stretch()

    def _settle(self) -> None:
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(theme().px(t.ROW_COMPACT))
        rows.setDefaultSectionSize(theme().px(t.ROW))

    def _header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        header.setResizeContentsPrecision(0)
        header.setFixedHeight(theme().px(t.ROW))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        header.sectionClicked.connect(self._sort)
        header.sectionMoved.connect(lambda *_: self.arranged.emit())

    def _stretch(self) -> None:
        """Let the columns without a sample share what is left, so that no amount leaves the view."""
        columns = self.columns_model().columns
        shown = [number for number in range(len(columns)) if not self.isColumnHidden(number)]
        loose = [number for number in shown if not columns[number].sample]
        taken = sum(self.columnWidth(number) for number in shown if number not in loose)
        if loose:
            each = max(
                (self.viewport().width() - taken) // len(loose), theme().px(_ROOM_AT_LEAST) // len(loose)
            )
            for number in loose:
                self.setColumnWidth(number, each)

    def _sort(self, section: int) -> None:
        model, header = self.columns_model(), self.horizontalHeader()
        if not model.columns[section].sortable:
            return
        again = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
        up = Qt.SortOrder.AscendingOrder
        first = Qt.SortOrder.DescendingOrder if is_right(model.columns[section]) else up
        order = Qt.SortOrder(1 - header.sortIndicatorOrder().value) if again else first
        header.setSortIndicatorShown(True)
        header.setSortIndicator(section, order)
        if isinstance(model, RecordTable):
            model.sort(section, order)
        self.sorting.emit(model.columns[section].key, order is not up)

    def _choose_columns(self, at: QPoint) -> None:
        menu = QMenu(self)
        for number, column in enumerate(self.columns_model().columns):
            action = menu.addAction(_(column.title) or column.key)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.setEnabled(not column.money)
            action.toggled.connect(lambda shown, number=number: self._show_column(number, shown=shown))
        menu.addSeparator()
        menu.addAction(_("Reset columns"), self.reset_columns)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def _show_column(self, number: int, *, shown: bool) -> None:
        self.setColumnHidden(number, not shown)
        self._stretch()
        self.arranged.emit()

    def _toggle(self, index: QModelIndex, model: ColumnsModel[Any]) -> bool:
        for number, column in enumerate(model.columns):
            cell = model.index(index.row(), number)
            state = cell.data(Qt.ItemDataRole.CheckStateRole)
            if column.toggle is not None and state is not None:
                ticked = state is Qt.CheckState.Checked
                wanted = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
                return model.setData(cell, wanted, Qt.ItemDataRole.CheckStateRole)
        return False

    def _double_clicked(self, index: QModelIndex) -> None:
        record = self.columns_model().record(index.row())
        if record is not None:
            self.opened.emit(record)
