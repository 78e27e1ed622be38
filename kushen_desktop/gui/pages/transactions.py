"""Transactions: everything that was booked, found, looked at and changed in one list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kushen_desktop.domain.changes import Topic
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Row
from kushen_desktop.gui.models.transactions import Names, TransactionsTable, columns
from kushen_desktop.gui.pages.page import Page, Shell
from kushen_desktop.gui.pages.transaction_actions import Actions
from kushen_desktop.gui.pages.transaction_bars import FilterBar, Foot
from kushen_desktop.gui.pages.transaction_cells import Cells
from kushen_desktop.gui.pages.transaction_fetch import (
    Listing,
    Selected,
    Wanted,
    fetch,
    gather,
    selected,
)
from kushen_desktop.gui.pages.transaction_table import TransactionView
from kushen_desktop.gui.shortcuts import Command
from kushen_desktop.gui.widgets.cards import Card, EmptyState, line
from kushen_desktop.i18n import N_, _, said
from kushen_desktop.services.transactions import Found, Sum

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen

_SUMS_MS, _FEW = 120, 512
_Flag = QItemSelectionModel.SelectionFlag


class TransactionsPage(Page):
    """The list. go("transactions", query=…) filters, new=True opens a form, id=… opens a transaction."""

    name = "transactions"
    title = N_("Transactions")
    icon = "transactions"
    topics = Topic.LEDGER | Topic.ACCOUNTS | Topic.CATEGORIES

    def __init__(self, app: Kushen, shell: Shell) -> None:
        self.names = Names()
        self._text = ""
        self._found: Found | None = None
        self._chosen: Selected | None = None
        self._sums: tuple[Sum, ...] | None = None
        self._resume: Wanted | None = None
        self._restoring = False
        self._late = False
        self._once: Callable[[], object] | None = None
        super().__init__(app, shell)

    def build(self, box: QVBoxLayout) -> None:
        """Lay out filter, table and foot."""
        self.doing = Actions(self.app, self.shell, self, self.invalidate)
        self.bar = FilterBar(self._open_columns)
        self.foot = Foot(self.app, self.shell.tasks)
        self.foot.show_directory(self.names.directory)
        self._make_table()
        self.nothing = EmptyState("search", "", _("Show all transactions"), lambda: self.bar.show_text(""))
        sentence = _("There are no transactions yet. Import a statement of your wallet or bank.")
        self.empty = EmptyState(
            "import", sentence, _("Import statements"), lambda: self.shell.go("import", choose=True)
        )
        full = QWidget()
        inner = QVBoxLayout(full)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        for part, stretch in ((self.table, 1), (line(), 0), (self.foot, 0)):
            inner.addWidget(part, stretch)
        self.stack = QStackedWidget()
        for page in (full, self.nothing, self.empty):
            self.stack.addWidget(page)
        card = Card(padded=False)
        card.box.addWidget(self.stack)
        box.setSpacing(self.shell.theme.px(12))
        box.addWidget(self.bar)
        box.addWidget(card, 1)
        self._sum_soon = QTimer(self.table, interval=_SUMS_MS, singleShot=True)
        self._sum_soon.timeout.connect(self._fetch_sums)
        self._connect()

    def refresh(self) -> None:
        """Fetch the list anew and stay where the user is."""
        if self.table.editing:
            self._late = True
            return
        self._fetch(self._resume or self._here())

    def opened(self, **context: Any) -> None:
        """Filter, open a form or a transaction, as asked for."""
        query = context.get("query")
        if isinstance(query, str):
            self.bar.show_text(query)
        if context.get("new"):
            self._when_known(self._open_new)
        id_ = context.get("id")
        if isinstance(id_, bytes):
            self._when_known(lambda: self.doing.open(Id(id_), self.names.directory))

    def state(self) -> dict[str, Any]:
        """Return filter, selection and place."""
        return {"here": self._resume or self._here(), "typed": self.bar.field.text()}

    def restore(self, state: dict[str, Any]) -> None:
        """Go back to filter, selection and place."""
        self._resume = state["here"]
        self.bar.field.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.bar.field.setText(state["typed"])
        self.bar.field.blockSignals(False)  # noqa: FBT003  Qt's signature
        self.bar.mark()
        self.table.use_view(self.bar.view())

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done with the selected."""
        return (
            Command("details", N_("Details of the transaction"), self._open_current, "Space", "info"),
            Command("categorise", N_("Set the category"), self._categorise, "C", "tag"),
            Command("delete", N_("Delete the selected transactions"), self._delete, "Del", "trash"),
            Command("all", N_("Select everything found"), self.table.selectAll, "Ctrl+A", "check"),
        )

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.bar.field.setFocus()
        self.bar.field.selectAll()

    def _make_table(self) -> None:
        cells = Cells(
            self.app,
            self.shell.tasks,
            self.names,
            write=self._write_cell,
            finish=self._finish_editor,
            refuse=self._refuse_cell,
        )
        self.model = TransactionsTable(columns(self.names, cells.editors()), self.shell.tasks, self)
        self.table = TransactionView(self.model, self)
        self.shell.keep_columns(self.table, self.name)
        self.table.use_view("all")

    def _connect(self) -> None:
        self.bar.searched.connect(self._search)
        self.table.sorting.connect(lambda *_: self._fetch(self._here()._replace(anchor=None, top=0)))
        self.table.picked.connect(self._picked)
        self.table.opened.connect(lambda row: self.doing.open(row.id, self.names.directory))
        self.table.deleting.connect(self._delete)
        self.table.categorising.connect(self._categorise)
        self.table.left_editor.connect(self._left_editor)
        self.foot.categorised.connect(lambda value: self._change("category", value))
        self.foot.tagged.connect(lambda value: self._change("add_tags", value))
        self.foot.moved_to.connect(self._move)
        self.foot.opening.connect(self._open_current)
        self.foot.deleting.connect(self._delete)
        self.foot.leaving.connect(self.table.clearSelection)

    def _search(self, text: str) -> None:
        if text == self._text and self._found is not None and not self.bar.error.isVisible():
            return
        self.table.use_view(self.bar.view())
        here = self._here()._replace(text=text, anchor=None, top=0, follow=True)
        self._fetch(here._replace(selected=()) if here.selected is None else here)

    def _here(self) -> Wanted:
        """Return what is shown now and where the user is in it."""
        top = max(self.table.rowAt(0), 0)
        first, current = self.model.in_memory(top), self.table.current_record()
        chosen = self._chosen
        return Wanted(
            self._text,
            self.table.arrangement.sorting,
            first.id if first is not None and top else None,
            top,
            () if chosen is None else chosen.ids,
            current.id if current is not None else None,
        )

    def _fetch(self, wanted: Wanted) -> None:
        wanted = wanted._replace(sorting=self.table.arrangement.sorting)
        self._resume = wanted
        self.shell.tasks.run(
            lambda _progress: fetch(self.app, wanted),
            done=self._present,
            failed=self._refused,
            key="transactions",
        )

    def _present(self, listing: Listing) -> None:
        if self.table.editing:
            self._late = True
            return
        if self._resume is not None and self._resume != listing.wanted:
            self._fetch(self._resume)
            return
        found = listing.found
        self.bar.say("")
        self._resume, self._text, self._found, self._sums = None, listing.wanted.text, found, None
        self.names.directory, self.names.base = listing.directory, listing.base
        self.foot.show_directory(listing.directory)
        self._restoring = True
        self.model.present(
            found.count, lambda first, count: self.app.transactions.rows(found, first, count), listing.pages
        )
        self._select_again(listing)
        self._restoring = False
        self._picked()
        self._show_part(found)
        self._sum_soon.start()
        once, self._once = self._once, None
        if once is not None:
            once()

    def _show_part(self, found: Found) -> None:
        if not found.count and found.text:
            self.nothing.say(_("No transaction matches “{filter}”.").format(filter=found.text))
        part = 0 if found.count else 1 if found.text else 2
        self.stack.setCurrentIndex(part)
        self.bar.setEnabled(part != 2)

    def _select_again(self, listing: Listing) -> None:
        wanted, marks = listing.wanted, self.table.selectionModel()
        column = max(self.table.currentIndex().column(), 0)
        at = listing.places.get(wanted.current) if wanted.current is not None else None
        if at is None:
            at = min(self.table.currentIndex().row(), listing.found.count - 1)
        self.table.clearSelection()
        if at >= 0 and wanted.current is not None:
            marks.setCurrentIndex(self.model.index(at, column), _Flag.NoUpdate)
        if wanted.selected is None:
            self.table.selectAll()
        else:
            chosen = self._ranges_of(
                sorted(listing.places[i] for i in wanted.selected if i in listing.places)
            )
            marks.select(chosen, _Flag.Select | _Flag.Rows)
        self.table.verticalScrollBar().setValue(listing.top)

    def _ranges_of(self, places: list[int]) -> QItemSelection:
        chosen = QItemSelection()
        last = len(self.model.columns) - 1
        first = 0
        for n, place in enumerate(places):
            if n + 1 == len(places) or places[n + 1] != place + 1:
                chosen.select(self.model.index(places[first], 0), self.model.index(place, last))
                first = n + 1
        return chosen

    def _refused(self, error: Exception) -> None:
        self._resume = None
        if isinstance(error, KushenError):
            self.bar.say(said(error.message, error.params))
        else:
            self.shell.fail(error)

    def _picked(self) -> None:
        """Learn what is selected: at once from memory, else on the reader lane."""
        if self._restoring or self._found is None:
            return
        found = self._found
        marks = self.table.selectionModel().selection().toList()
        ranges = sorted({(part.top(), part.bottom()) for part in marks})
        count = sum(last - first + 1 for first, last in ranges)
        rows = (
            [self.model.in_memory(n) for a, z in ranges for n in range(a, z + 1)] if count <= _FEW else [None]
        )
        known = [row for row in rows if row is not None]
        if len(known) == len(rows) and not (count > 1 and count == found.count):
            self._choose(selected(known) if known else None)
            return
        self.foot.show_selected(count, None)
        self._chosen = Selected(count, None if count >= found.count else (), (), frozenset())
        self.shell.tasks.run(
            lambda progress: gather(self.app, found, ranges, progress),
            done=self._choose,
            key="selected",
            lane="writer",  # so that it is known before anything is done with it
        )

    def _choose(self, chosen: Selected | None) -> None:
        self._chosen = chosen
        if self._resume is not None:
            here = self._here()
            self._resume = self._resume._replace(selected=here.selected, current=here.current)
        self._show_foot()

    def _show_foot(self) -> None:
        chosen = self._chosen
        if chosen is not None and chosen.number > 1:
            self.foot.show_selected(chosen.number, chosen.sums)
        elif self._found is not None:
            self.foot.show_found(self._found.count, self._sums, one=chosen is not None)

    def _fetch_sums(self) -> None:
        found = self._found
        if found is not None and found.count:
            self.shell.tasks.run(
                lambda _progress: self.app.transactions.sums(found),
                done=self._take_sums,
                key="sums",
                lane="writer",  # a second or two over a million rows, while pages go on coming
            )

    def _take_sums(self, sums: tuple[Sum, ...]) -> None:
        self._sums = sums
        self._show_foot()

    def _write_cell(self, row: Row, fields: dict[str, Any]) -> None:
        self.model.amend(row.id, **fields)
        self.doing.change_cell(row, fields)

    def _finish_editor(self, editor: QWidget) -> None:
        self.table.finish_editor(editor)

    def _refuse_cell(self, problem: Exception | str) -> None:
        if isinstance(problem, Exception):
            self.shell.fail(problem)
        else:
            self.shell.toast(_("There is no category “{text}”.").format(text=problem))

    def _left_editor(self) -> None:
        if self._late:
            self._late = False
            self.invalidate()

    def _change(self, name: str, value: object) -> None:
        if self._found is not None and self._chosen is not None and self._chosen.ids != ():
            self.doing.change(self._found, self._chosen, name, value)

    def _move(self, account: Id) -> None:
        if self._found is not None and self._chosen is not None and self._chosen.ids != ():
            self.doing.move(self._found, self._chosen, account, self.names.directory)

    def _delete(self) -> None:
        if self._found is not None and self._chosen is not None and self._chosen.ids != ():
            self.doing.delete(self._found, self._chosen)

    def _categorise(self) -> None:
        if self._chosen is not None and self._chosen.number > 1:
            self.foot.category.setFocus()
        elif self.table.currentIndex().isValid():
            self.table.edit_cell("category")

    def _open_current(self) -> None:
        row = self.table.current_record()
        if row is not None:
            self.doing.open(row.id, self.names.directory)

    def _open_new(self) -> None:
        newest = self.model.in_memory(0)
        self.doing.open_new(self.names.directory, newest.account if newest is not None else None)

    def _open_columns(self) -> None:
        button = self.bar.columns
        self.table.columns_menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _when_known(self, action: Callable[[], object]) -> None:
        """Do something once the accounts and categories are known."""
        if self._found is not None:
            action()
        else:
            self._once = action
