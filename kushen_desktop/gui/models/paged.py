"""A table over any number of records, of which only the pages in sight are in memory."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from kushen_desktop.domain.progress import Progress
from kushen_desktop.gui.models.columns import NO_INDEX, Column, ColumnsModel, Index
from kushen_desktop.gui.tasks import Tasks

R = TypeVar("R")
PAGE = 256
PAGES_KEPT = 16


class PagedTable(ColumnsModel[R]):
    """Shows what count() and rows(start, n) give; both run on the reader lane, a page of 256 at a time.

    `counted` carries the number of records each time it is known anew; `arrived` the number of a page.
    """

    counted = Signal(int)
    arrived = Signal(int)

    def __init__(self, columns: tuple[Column[R], ...], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._tasks = tasks
        self._pages: OrderedDict[int, Sequence[R]] = OrderedDict()
        self._wanted: set[int] = set()
        self._asked: set[int] = set()
        self._count = 0
        self._source = 0
        self._rows: Callable[[int, int], Sequence[R]] | None = None
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._fetch_wanted)

    def show(self, count: Callable[[], int], rows: Callable[[int, int], Sequence[R]]) -> None:
        """Show another query; what is on the screen stays until the first of it has come."""
        self._source += 1
        source = self._source

        def first(_progress: Progress) -> tuple[int, Sequence[R]]:
            return count(), rows(0, PAGE)

        self._tasks.run(first, done=lambda found: self._begin(source, rows, *found), key=f"table{id(self)}")

    def record(self, row: int) -> R | None:
        """Return the record of a row; asks for its page when it is not there."""
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is not None:
            self._pages.move_to_end(number)
            return page[place] if place < len(page) else None
        if number not in self._asked:
            self._wanted.add(number)
            self._soon.start()
        return None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many records there are."""
        return 0 if parent.isValid() else self._count

    def _begin(
        self, source: int, rows: Callable[[int, int], Sequence[R]], count: int, page: Sequence[R]
    ) -> None:
        if source != self._source:
            return
        self.beginResetModel()
        self._rows, self._count = rows, count
        self._wanted.clear()
        self._asked.clear()
        self._pages = OrderedDict({0: page})
        self.endResetModel()
        self.counted.emit(count)

    def _fetch_wanted(self) -> None:
        source, rows = self._source, self._rows
        wanted, self._wanted = sorted(self._wanted)[-3:], set()
        if rows is None:
            return
        for number in wanted:
            self._asked.add(number)
            self._tasks.run(
                lambda _progress, start=number * PAGE: rows(start, PAGE),  # type: ignore[misc]
                done=lambda page, number=number: self._take(source, number, page),  # type: ignore[misc]
                failed=lambda error, number=number: self._give_up(number, error),  # type: ignore[misc]
            )

    def _take(self, source: int, number: int, page: Sequence[R]) -> None:
        if source != self._source:
            return
        self._asked.discard(number)
        self._pages[number] = page
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        top, bottom = number * PAGE, min((number + 1) * PAGE, self._count) - 1
        self.dataChanged.emit(self.index(top, 0), self.index(max(top, bottom), len(self.columns) - 1))
        self.arrived.emit(number)

    def _give_up(self, number: int, error: Exception) -> None:
        self._asked.discard(number)
        self._tasks.failed.emit(error)
