"""A table over a short list that is in memory as a whole."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Qt

from kushen_desktop.gui.models.columns import NO_INDEX, Column, ColumnsModel, Index

R = TypeVar("R")


class RecordTable(ColumnsModel[R]):
    """Shows a list of records; sorts them itself."""

    def __init__(
        self, columns: tuple[Column[R], ...], records: Sequence[R] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(columns, parent)
        self._records: list[R] = list(records)
        self._sorting: tuple[int, Qt.SortOrder] | None = None

    @property
    def records(self) -> tuple[R, ...]:
        """The records in the order shown."""
        return tuple(self._records)

    def show(self, records: Sequence[R]) -> None:
        """Show these records from now on."""
        self.beginResetModel()
        self._records = list(records)
        self._arrange()
        self.endResetModel()

    def record(self, row: int) -> R | None:
        """Return the record of a row."""
        return self._records[row] if 0 <= row < len(self._records) else None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many records there are."""
        return 0 if parent.isValid() else len(self._records)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 keeps the order as given."""
        self._sorting = (column, order) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        self._arrange()
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        if self._sorting is not None:
            column = self.columns[self._sorting[0]]
            descending = self._sorting[1] is Qt.SortOrder.DescendingOrder
            self._records.sort(key=column.order or column.show, reverse=descending)
