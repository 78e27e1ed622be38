"""The history of the vault: every step with a button to take it back or bring it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView

from kushen_desktop.domain.changes import ChangeSet
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.models.columns import Column
from kushen_desktop.gui.models.records import RecordTable
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import secondary
from kushen_desktop.gui.widgets.cards import Card, row
from kushen_desktop.gui.widgets.table_view import TableView
from kushen_desktop.i18n import N_, _

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.gui.pages.page import Shell

_STEPS, _ROWS_SHOWN = 200, 8


class HistoryCard(Card):
    """Lists the newest steps; any of them can be undone where nothing later is in the way."""

    def __init__(self, app: Kushen, shell: Shell) -> None:
        super().__init__(_("History"))
        self._app, self._shell = app, shell
        self.model: RecordTable[ChangeSet] = RecordTable(_COLUMNS, parent=self)
        self.table: TableView[ChangeSet] = TableView(self.model, _("History"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setFixedHeight(theme().px(t.ROW) * (_ROWS_SHOWN + 1))
        self.table.picked.connect(self._picked)
        self.undo = secondary(_("Undo this step"), self._undo, "undo")
        self.redo = secondary(_("Redo this step"), self._redo, "redo")
        self.box.addWidget(labels.caption(_("Every step is kept, also after a restart."), wrap=True))
        self.empty = labels.label(_("Nothing was changed yet."), tone="text2")
        self.box.addWidget(self.empty)
        self.box.addWidget(self.table)
        self.box.addLayout(row(self.undo, self.redo, None))
        self._picked()

    def refresh(self) -> None:
        """Fetch the newest steps."""
        self._shell.tasks.run(
            lambda _progress: self._app.history.list(_STEPS), done=self._show, key="history"
        )

    def _show(self, steps: tuple[ChangeSet, ...]) -> None:
        current = self.table.current_record()
        self.model.show(steps)
        self.empty.setVisible(not steps)
        for part in (self.table, self.undo, self.redo):
            part.setVisible(bool(steps))
        numbers = [step.number for step in steps]
        if current is not None and current.number in numbers:
            self.table.selectRow(numbers.index(current.number))
        self._picked()

    def _picked(self) -> None:
        chosen = self.table.selected_records()
        self.undo.setEnabled(bool(chosen) and not chosen[0].undone)
        self.redo.setEnabled(bool(chosen) and chosen[0].undone)

    def _undo(self) -> None:
        self._move(self._app.history.undo_change)

    def _redo(self) -> None:
        self._move(self._app.history.redo_change)

    def _move(self, move: Callable[[int], ChangeSet]) -> None:
        for step in self.table.selected_records()[:1]:
            number = step.number
            self._shell.tasks.run(lambda _progress: move(number), lane="writer")  # noqa: B023  one turn only


def _state(step: ChangeSet) -> str:
    return _("undone") if step.undone else ""


_COLUMNS = (
    Column[ChangeSet](
        "at",
        N_("When"),
        lambda step: f"{step.at:%Y-%m-%d %H:%M}",
        sample="2026-12-30 23:59",
        tone=lambda _step: "text2",
        sortable=False,
    ),
    Column[ChangeSet]("title", N_("What"), lambda step: step.title.shown(), sortable=False),
    Column[ChangeSet](
        "rows", N_("Rows"), lambda step: f"{step.rows:,}", sample="1,000,000", right=True, sortable=False
    ),
    Column[ChangeSet](
        "undone", N_("State"), _state, sample="undone xx", tone=lambda _step: "text3", sortable=False
    ),
)
