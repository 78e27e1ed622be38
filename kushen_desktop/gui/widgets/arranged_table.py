"""A table whose columns the user chooses, orders and sizes for each view; money never leaves the window."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.models.columns import ColumnsModel
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets.table_view import TableView
from kushen_desktop.i18n import _

R = TypeVar("R")
_LOOSE_AT_LEAST, _NARROWEST = 130, 48


@dataclass
class Arrangement:
    """How one view is arranged. widths: of sized columns, pixels at 100 %. sorting: key, descends."""

    order: list[str] = field(default_factory=list)
    hidden: list[str] | None = None
    widths: dict[str, int] = field(default_factory=dict)
    sorting: tuple[str, bool] | None = None


class ArrangedTable(TableView[R], Generic[R]):
    """hidden: columns that show only when asked for. dispensable: which go first where room is short."""

    _ready = False

    def __init__(
        self,
        model: ColumnsModel[R],
        name: str,
        parent: QWidget,
        *,
        hidden: Iterable[str],
        dispensable: Iterable[str],
    ) -> None:
        self._hidden, self._dispensable = tuple(hidden), tuple(dispensable)
        self._keys = [column.key for column in model.columns]
        self._views: dict[str, Arrangement] = {}
        self._view = ""
        self._arranging = True
        self._sized: set[str] = set()
        super().__init__(model, name, parent)
        self._ready = True
        header = self.horizontalHeader()
        # To paint itself a header asks whether whole columns are selected, row by row: 90 s over a million.
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.sectionMoved.disconnect()
        header.sectionMoved.connect(lambda *_: self._moved())
        header.sectionResized.connect(lambda number, *_: self._note_resize(number))
        header.viewport().installEventFilter(self)
        self.sorting.connect(self._sorted)
        self.use_view("")

    @property
    def arrangement(self) -> Arrangement:
        """How the view in use is arranged."""
        return self._views.setdefault(self._view, Arrangement())

    def use_view(self, view: str) -> None:
        """Arrange the columns as the user last had them in this view."""
        self._view = view
        self.arrange()

    def columns_state(self) -> bytes:
        """Return how every view is arranged, for restore_columns."""
        return json.dumps({name: asdict(one) for name, one in self._views.items()}).encode()

    def restore_columns(self, state: bytes) -> None:
        """Arrange all views as columns_state() said; what makes no sense is left out."""
        try:
            untrusted = json.loads(state)
        except ValueError:
            return
        views = untrusted.items() if isinstance(untrusted, dict) else ()
        self._views = {str(name): self._checked(one) for name, one in views if isinstance(one, dict)}
        self.arrange()

    def reset_columns(self) -> None:
        """Arrange the columns of this view as they were made."""
        sorted_before = self.arrangement.sorting
        self._views[self._view] = Arrangement()
        self.arrange()
        self.arranged.emit()
        if sorted_before is not None:
            self.sorting.emit("", False)  # noqa: FBT003  a signal's values

    def arrange(self) -> None:
        """Put the columns into the order, choice and widths of the view."""
        self._arranging = True
        header, wanted = self.horizontalHeader(), self.arrangement
        order = [key for key in wanted.order if key in self._keys]
        order += [key for key in self._keys if key not in order]
        for place, key in enumerate(order):
            header.moveSection(header.visualIndex(self._keys.index(key)), place)
        shown = wanted.sorting is not None and wanted.sorting[0] in self._keys
        header.setSortIndicatorShown(shown)
        if wanted.sorting is not None and shown:
            up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
            header.setSortIndicator(self._keys.index(wanted.sorting[0]), down if wanted.sorting[1] else up)
        self.fit_columns()
        self._arranging = False

    def columns_menu(self) -> QMenu:
        """Return the menu in which the columns are chosen."""
        menu = QMenu(self)
        unwanted = self._unwanted()
        for column in self.columns_model().columns:
            action = menu.addAction(_(column.title))
            action.setCheckable(True)
            action.setChecked(column.key not in unwanted)
            action.setEnabled(not column.money)
            action.toggled.connect(lambda shown, key=column.key: self._choose(key, shown=shown))
        menu.addSeparator()
        menu.addAction(_("Reset columns"), self.reset_columns)
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep widths once the mouse lets go of a column's edge."""
        if event.type() == QEvent.Type.MouseButtonRelease and self._sized:
            self._keep_widths()
        return super().eventFilter(watched, event)

    def _choose_columns(self, at: QPoint) -> None:
        self.columns_menu().popup(self.horizontalHeader().mapToGlobal(at))

    def _choose(self, key: str, *, shown: bool) -> None:
        unwanted = self._unwanted()
        self.arrangement.hidden = sorted(unwanted - {key} if shown else unwanted | {key})
        self.arrange()
        self.arranged.emit()

    def _unwanted(self) -> set[str]:
        chosen = self.arrangement.hidden
        return set(self._hidden if chosen is None else chosen)

    def _stretch(self) -> None:
        """Share the room: what is dispensable goes where it is short, so that money stays in sight."""
        if not self._ready or self._sized:
            return
        columns, room = self.columns_model().columns, self.viewport().width()
        widths = {key: self._width(number) for number, key in enumerate(self._keys)}
        unwanted = self._unwanted()
        shown = [one.key for one in columns if one.money or one.key not in unwanted]
        for key in self._dispensable:
            if sum(widths[one] for one in shown) > room and key in shown and len(shown) > 1:
                shown.remove(key)
        over = sum(widths[key] for key in shown) - room
        for one in columns:
            if over > 0 and one.key in shown and not one.money:
                narrower = max(widths[one.key] - over, theme().px(_NARROWEST))
                over -= widths[one.key] - narrower
                widths[one.key] = narrower
        loose = [one.key for one in columns if one.key in shown and self._is_loose(one.key)]
        left = room - sum(widths[key] for key in shown if key not in loose)
        before, self._arranging = self._arranging, True
        for number, key in enumerate(self._keys):
            self.setColumnHidden(number, key not in shown)
            if key in shown:
                each = max(left // len(loose), theme().px(_NARROWEST)) if key in loose else widths[key]
                self.setColumnWidth(number, each)
        self._arranging = before

    def _is_loose(self, key: str) -> bool:
        column = self.columns_model().columns[self._keys.index(key)]
        return not column.sample and key not in self.arrangement.widths

    def _width(self, number: int) -> int:
        column = self.columns_model().columns[number]
        kept = self.arrangement.widths.get(column.key)
        if kept is not None:
            return theme().px(max(kept, _NARROWEST))
        if not column.sample:
            return theme().px(_LOOSE_AT_LEAST)
        metrics, pad = self.fontMetrics(), theme().px(t.MEDIUM)
        wide = max(metrics.horizontalAdvance(text) for text in (column.sample, _(column.title) + "  "))
        return wide + 2 * pad + theme().px(t.TINY) + (theme().px(20) if column.chip is not None else 0)

    def _note_resize(self, number: int) -> None:
        if not self._arranging:
            self._sized.add(self._keys[number])

    def _keep_widths(self) -> None:
        """Keep what the user sized; the others give way, so that all columns stay in sight."""
        sized, self._sized = self._sized, set()
        for key in sized:
            width = self.columnWidth(self._keys.index(key))
            self.arrangement.widths[key] = round(min(width, self._room(key)) * 100 / theme().zoom)
        self._stretch()
        self.arranged.emit()

    def _room(self, key: str) -> int:
        """Return how wide a column may be beside the others that are shown."""
        numbers = [n for n, one in enumerate(self._keys) if not self.isColumnHidden(n) and one != key]
        narrow = theme().px(_NARROWEST)
        taken = sum(narrow if self._is_loose(self._keys[n]) else self.columnWidth(n) for n in numbers)
        return max(self.viewport().width() - taken, narrow)

    def _moved(self) -> None:
        if not self._arranging:
            header = self.horizontalHeader()
            self.arrangement.order = [self._keys[header.logicalIndex(n)] for n in range(len(self._keys))]
            self.arranged.emit()

    def _sorted(self, key: str, descends: bool) -> None:  # noqa: FBT001  a signal's values
        self.arrangement.sorting = (key, descends) if key else None
        self.arranged.emit()

    def _checked(self, untrusted: dict[str, Any]) -> Arrangement:
        order, hidden, widths, sorting = map(untrusted.get, ("order", "hidden", "widths", "sorting"))
        made = Arrangement()
        if isinstance(order, list):
            made.order = [key for key in order if key in self._keys]
        if isinstance(hidden, list):
            made.hidden = [key for key in hidden if key in self._keys]
        if isinstance(widths, dict):
            made.widths = {
                key: min(int(w), 2000) for key, w in widths.items() if key in self._keys and type(w) is int
            }
        if isinstance(sorting, list) and len(sorting) == 2 and sorting[0] in self._keys:
            made.sorting = (sorting[0], sorting[1] is True)
        return made
