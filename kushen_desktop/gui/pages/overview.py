"""Overview: what there is, what came and went, what waits to be done, the newest transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kushen_desktop.domain import calendar
from kushen_desktop.domain.changes import Topic
from kushen_desktop.domain.ledger import Row
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.models.accounts import needs
from kushen_desktop.gui.models.records import RecordTable
from kushen_desktop.gui.pages.overview_cards import TodoCard, WorthCard
from kushen_desktop.gui.pages.overview_figures import RECENT, Figures, Todo, figures
from kushen_desktop.gui.pages.overview_recent import Recent
from kushen_desktop.gui.pages.page import Page
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.bars import Bar, BarChart
from kushen_desktop.gui.widgets.buttons import secondary
from kushen_desktop.gui.widgets.cards import Card, EmptyState, scrolled
from kushen_desktop.gui.widgets.table_view import TableView
from kushen_desktop.i18n import N_, _

if TYPE_CHECKING:
    from kushen_desktop.services.balances import Month

MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip
# Below this width of the page the chart goes under the list: at 130 % in 1280 pixels payees had 2 letters.
_SIDE_BY_SIDE = 880
_LIST_SHARE, _CHART_SHARE = 3, 2


class OverviewPage(Page):
    """The first page: figures, to-do list, newest transactions, half a year of months."""

    name = "overview"
    title = N_("Overview")
    icon = "overview"
    topics: ClassVar[Topic] = (
        Topic.LEDGER | Topic.ACCOUNTS | Topic.CATEGORIES | Topic.RATES | Topic.SETTINGS | Topic.IMPORTS
    )

    def build(self, box: QVBoxLayout) -> None:
        """Lay out the cards, and what an empty vault says in their place."""
        self.figures: Figures | None = None
        self.worth = WorthCard(lambda: self.shell.go("accounts", tab="rates"))
        self.todo = TodoCard(self._go)
        self._recent = Recent()
        self.recent = self._recent_card()
        self.chart = BarChart(_("Income and spending of the last six months"))
        self.chart.opened.connect(self._open_month)
        self.chart_note = labels.caption("", wrap=True)
        chart = Card(_("Last six months"))
        chart.box.addWidget(self.chart, 1)
        chart.box.addWidget(self.chart_note)
        inner = self._inner = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        right = QVBoxLayout()
        for layout in (self._columns, right):
            layout.setSpacing(theme().px(t.LARGE))
        right.addWidget(self.todo)
        right.addWidget(chart, 1)
        self._columns.addWidget(self.recent, _LIST_SHARE)
        self._columns.addLayout(right, _CHART_SHARE)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(t.LARGE))
        column.addWidget(self.worth)
        column.addLayout(self._columns, 1)
        self._area: QScrollArea = scrolled(inner, _("Overview"))
        self._stack = QStackedLayout()
        box.addLayout(self._stack)  # first of all: what a stack without a widget shows is a window of its own
        for part in (QWidget(), self._area, self._empty()):
            self._stack.addWidget(part)

    def refresh(self) -> None:
        """Fetch all figures in one go."""
        day = calendar.today()
        self.shell.tasks.run(lambda _progress: figures(self.app, day), done=self._show, key="overview")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the chart under the list where there is little room."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the sizes of the look in use."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._arrange()

    def _show(self, now: Figures) -> None:
        self.figures = now
        self._stack.setCurrentIndex(2 if now.empty else 1)
        if now.empty:
            return
        self.worth.show_figures(now)
        self.todo.show_todos(now.todos)
        self._recent.directory, self._recent.base = now.directory, now.net.money.currency
        self.model.show(now.recent)
        self._recent_stack.setCurrentIndex(0 if now.recent else 1)
        bars = [Bar(month_text(month), month.income, -month.spent) for month in now.months]
        self.chart.show_bars([_upright(bar) for bar in bars], now.net.money.currency)
        missing = dict.fromkeys(currency for month in now.months for currency in month.missing)
        self.chart_note.setText(needs(tuple(missing)) if missing else "")
        self.chart_note.setVisible(bool(missing))
        self._arrange()

    def _recent_card(self) -> Card:
        card = Card(_("Recent transactions"), padded=False)
        self.model: RecordTable[Row] = RecordTable(self._recent.columns(), parent=card)
        self.table: TableView[Row] = TableView(self.model, _("Recent transactions"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setMinimumHeight(theme().px(t.ROW) * (RECENT + 1) + theme().px(t.TINY))
        self.table.opened.connect(self._open_row)
        self.table.clicked.connect(lambda index: self._open_row(self.model.record(index.row())))
        none = EmptyState(
            "transactions",
            _("No transactions yet. Import a statement of your wallet or bank."),
            _("Import a statement"),
            lambda: self.shell.go("import", choose=True),
        )
        self._recent_stack = QStackedLayout()
        card.box.addLayout(self._recent_stack, 1)
        self._recent_stack.addWidget(self.table)
        self._recent_stack.addWidget(none)
        margins = card.box.contentsMargins()
        margins.setBottom(theme().px(t.SMALL))
        card.box.setContentsMargins(margins)
        return card

    def _empty(self) -> EmptyState:
        sentence = _(
            "Nothing here yet. Import a statement of your wallet or bank, or add an account, and see what you"
            " have and where it went."
        )
        made = EmptyState(
            "wallet", sentence, _("Import a statement"), lambda: self.shell.go("import", choose=True)
        )
        self.add_account = secondary(_("Add an account"), lambda: self.shell.go("accounts", new=True), "plus")
        layout = made.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, self.add_account, 0, Qt.AlignmentFlag.AlignCenter)
        return made

    def _arrange(self) -> None:
        wide = self.width() >= theme().px(_SIDE_BY_SIDE)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction is not self._columns.direction():
            self._columns.setDirection(direction)
            self._inner.setContentsMargins(0, 0, 0 if wide else theme().px(t.SMALL), 0)

    def _go(self, todo: Todo) -> None:
        self.shell.go(todo.page, **todo.context)

    def _open_row(self, record: Row | None) -> None:
        if record is not None:
            self.shell.go("transactions", query="", id=record.id)

    def _open_month(self, number: int) -> None:
        if self.figures is not None:
            month = self.figures.months[number].month
            self.shell.go("transactions", query=f"date:{month // 100}-{month % 100:02}")


def month_text(month: Month) -> str:
    """Return the short name of a month in the language in use."""
    return _(MONTHS[month.month % 100 - 1])


def _upright(bar: Bar) -> Bar:
    """Return the bars with nothing below the axis: refunds can outweigh a month's spending."""
    return bar._replace(incoming=max(bar.incoming, 0), outgoing=max(bar.outgoing, 0))
