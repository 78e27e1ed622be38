"""The tree of categories: add, rename, move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Category, Flow
from kushen_desktop.domain.progress import Progress
from kushen_desktop.domain.starter import title
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import primary, secondary
from kushen_desktop.gui.widgets.cards import Card, column, row
from kushen_desktop.gui.widgets.fields import Choice, captioned, text_field
from kushen_desktop.i18n import N_, _
from kushen_desktop.services.categories import path, under

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.gui.pages.page import Shell

_FLOWS = {Flow.EXPENSE: N_("Spending"), Flow.INCOME: N_("Income")}
_ID = Qt.ItemDataRole.UserRole


class CategoryTree(QWidget):
    """All categories, spending and income apart. F2 renames the chosen one in place."""

    def __init__(self, app: Kushen, shell: Shell) -> None:
        super().__init__()
        self._app, self._shell = app, shell
        self._categories: dict[Id, Category] = {}
        self._items: dict[Id, QTreeWidgetItem] = {}
        self._filling = False
        self.dialog: CategoryDialog | None = None
        self.add = primary(_("Add a category"), self.add_category, "plus")
        self.rename = secondary(_("Rename"), self._rename, "edit")
        self.move_ = secondary(_("Move"), self.move_category)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("Categories"))
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(theme().px(t.HUGE))
        self.tree.setIconSize(QSize(theme().px(10), theme().px(10)))
        self.tree.itemSelectionChanged.connect(self._picked)
        self.tree.itemChanged.connect(self._renamed)
        card = Card(padded=True)
        card.box.addWidget(self.tree)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(t.MEDIUM))
        box.addLayout(row(self.add, self.rename, self.move_, None))
        box.addWidget(card, 1)
        theme().restyled.connect(self._tint)
        self._picked()

    def refresh(self) -> None:
        """Fetch the categories."""
        self._shell.tasks.run(
            lambda _progress: self._app.categories.list(), done=self._show, key="categories"
        )

    def add_category(self) -> None:
        """Ask for a name and a place."""
        chosen = self._chosen()

        def save(name: str, flow: Flow, parent: Id | None) -> None:
            self._write(lambda _progress: self._app.categories.add(name, flow, parent), _("Category added"))

        self.dialog = CategoryDialog(self, self._places(None), save, chosen)
        self.dialog.open()

    def move_category(self) -> None:
        """Ask where the chosen category goes."""
        chosen = self._chosen()
        if chosen is None:
            return

        def save(_name: str, _flow: Flow, parent: Id | None) -> None:
            self._write(lambda _progress: self._app.categories.move(chosen.id, parent), _("Category moved"))

        self.dialog = CategoryDialog(self, self._places(chosen), save, chosen, moving=True)
        self.dialog.open()

    def _show(self, categories: Sequence[Category]) -> None:
        chosen = self._chosen()
        self._filling = True
        self._categories = {category.id: category for category in categories}
        self.tree.clear()
        tops = {flow: self._heading(flow) for flow in Flow}
        made = self._items = dict[Id, QTreeWidgetItem]()
        for category in categories:
            above = made.get(category.parent) if category.parent is not None else None
            item = QTreeWidgetItem(above or tops[category.flow], [title(category)])
            item.setData(0, _ID, category.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            made[category.id] = item
        self.tree.expandAll()
        if chosen is not None and chosen.id in made:
            self.tree.setCurrentItem(made[chosen.id])
        self._filling = False
        self._tint()
        self._picked()

    def _heading(self, flow: Flow) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self.tree, [_(_FLOWS[flow])])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setFont(0, theme().font("card"))
        return item

    def _tint(self) -> None:
        self._filling = True
        for id_, item in self._items.items():
            item.setIcon(0, _dot(theme().chart(self._color(self._categories[id_]))))
        self._filling = False

    def _color(self, category: Category) -> int:
        seen = {category.id}
        while category.parent in self._categories and category.parent not in seen:
            assert category.parent is not None
            seen.add(category.parent)
            category = self._categories[category.parent]
        return category.color

    def _places(self, moved: Category | None) -> list[tuple[str, Id | None]]:
        """Return where a category can go: nowhere below itself."""
        barred = under(self._categories, {moved.id}) if moved is not None else set()
        flows = {moved.flow} if moved is not None else set(Flow)
        found: list[tuple[str, Id | None]] = [(_("At the top"), None)]
        found += [
            (path(self._categories, one), one.id)
            for one in self._categories.values()
            if one.id not in barred and one.flow in flows
        ]
        return found

    def _chosen(self) -> Category | None:
        items = self.tree.selectedItems()
        return self._categories.get(items[0].data(0, _ID)) if items else None

    def _picked(self) -> None:
        chosen = self._chosen() is not None
        self.rename.setEnabled(chosen)
        self.move_.setEnabled(chosen)

    def _rename(self) -> None:
        items = self.tree.selectedItems()
        if items:
            self.tree.editItem(items[0], 0)

    def _renamed(self, item: QTreeWidgetItem, _column: int) -> None:
        category = self._categories.get(item.data(0, _ID))
        name = item.text(0).strip()
        if self._filling or category is None or name == title(category):
            return
        self._write(lambda _progress: self._app.categories.rename(category.id, name), _("Category renamed"))

    def _write(self, work: Callable[[Progress], object], toast: str) -> None:
        self._shell.tasks.run(work, done=lambda _none: self._shell.toast(toast, undo=True), lane="writer")


class CategoryDialog(QDialog):
    """Asks for name, direction and place of a category; moving=True asks for the place only."""

    def __init__(
        self,
        parent: QWidget,
        places: Sequence[tuple[str, Id | None]],
        save: Callable[[str, Flow, Id | None], object],
        near: Category | None,
        *,
        moving: bool = False,
    ) -> None:
        super().__init__(parent)
        self._save, self._moving = save, moving
        self.setWindowTitle(
            _("Move “{name}”").format(name=title(near)) if moving and near else _("Add a category")
        )
        self.name = text_field(_("Name"), entered=self.submit)
        self.flow = Choice(_("Direction"))
        self.flow.offer(
            [(_(text), flow) for flow, text in _FLOWS.items()], near.flow if near else Flow.EXPENSE
        )
        self.place = Choice(_("Under"))
        self.place.offer(places, near.parent if near and moving else near.id if near else None)
        parts: list[QWidget | QVBoxLayout] = [labels.h2(self.windowTitle())]
        if not moving:
            parts += [captioned(_("Name"), self.name), captioned(_("Direction"), self.flow)]
        parts.append(captioned(_("Under"), self.place))
        keep = primary(_("Move") if moving else _("Add a category"), self.submit)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[theme().px(t.HUGE)] * 4)
        box.addLayout(column(*parts, row(None, secondary(_("Cancel"), self.reject), keep), spacing=t.LARGE))
        self.setMinimumWidth(theme().px(380))
        (self.place if moving else self.name).setFocus()

    def submit(self) -> None:
        """Hand over what was entered; without a name nothing happens."""
        name = self.name.text().strip()
        if name or self._moving:
            self._save(name, Flow(self.flow.value()), self.place.value())
            self.accept()


def _dot(color: QColor) -> QIcon:
    picture = QPixmap(20, 20)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(QRect(3, 3, 14, 14))
    painter.end()
    return QIcon(picture)
