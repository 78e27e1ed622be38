"""The accounts in groups with their balances, and what can be done with one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QStackedLayout,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kushen_desktop.domain import calendar
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Account
from kushen_desktop.domain.progress import Progress
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.finder import quoted
from kushen_desktop.gui.models.accounts import Line, columns, lines, needs, summed
from kushen_desktop.gui.models.columns import ColumnsModel, Index
from kushen_desktop.gui.models.records import RecordTable
from kushen_desktop.gui.pages.account_dialog import AccountDialog, BalanceDialog
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets.buttons import link, primary, secondary
from kushen_desktop.gui.widgets.cards import Card, EmptyState, row
from kushen_desktop.gui.widgets.cells import Cells
from kushen_desktop.gui.widgets.labels import MoneyLabel
from kushen_desktop.gui.widgets.table_view import TableView
from kushen_desktop.i18n import _

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.gui.pages.page import Shell
    from kushen_desktop.services.balances import Balance

    _Found = tuple[dt.date, tuple[Balance, ...], str]


class GroupedCells(Cells):
    """Sets the headings of groups off from the accounts."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell; headings on a tinted ground, heavier."""
        model = index.model()
        line: Any = model.record(index.row()) if isinstance(model, ColumnsModel) else None
        painter.save()
        if isinstance(line, Line) and line.balance is None:
            painter.fillRect(option.rect, theme().color("surface2"))
            font = theme().font()
            font.setWeight(theme().font("card").weight())
            painter.setFont(font)
        super().paint(painter, option, index)
        painter.restore()


class AccountList(QWidget):
    """All accounts. Enter shows an account's transactions, F2 edits it."""

    def __init__(self, app: Kushen, shell: Shell) -> None:
        super().__init__()
        self._app, self._shell = app, shell
        self._balances: tuple[Balance, ...] = ()
        self._day = calendar.today()
        self._base = "CNY"
        self._wanted: Id | None = None
        self.dialog: AccountDialog | BalanceDialog | None = None
        self.add = primary(_("Add an account"), self.add_account, "plus")
        self.edit = secondary(_("Edit"), self.edit_account, "edit")
        self.correct = secondary(_("Correct balance"), self.correct_balance)
        self.load = secondary(_("Import"), self._import, "import")
        self.close_ = secondary(_("Close account"), self._close)
        self.closed = QCheckBox(_("Show closed"))
        self.closed.toggled.connect(lambda _on: self._arrange())
        card = self._card()
        empty = EmptyState(
            "accounts",
            _("No accounts yet. An import makes them, or add one by hand."),
            _("Add an account"),
            self.add_account,
        )
        self._stack = QStackedLayout()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(t.MEDIUM))
        self._tools = QWidget()
        self._tools.setLayout(
            row(self.add, self.edit, self.correct, self.load, self.close_, None, self.closed)
        )
        box.addWidget(self._tools)
        box.addLayout(self._stack, 1)
        for part in (QWidget(), card, empty):
            self._stack.addWidget(part)
        self._picked()

    def refresh(self) -> None:
        """Fetch balances as of today."""
        day = calendar.today()

        def fetch(_progress: Progress) -> _Found:
            return day, self._app.balances.all(day), self._app.settings.all().base_currency

        self._shell.tasks.run(fetch, done=self._take, key="accounts")

    def ask_balance(self, id_: Id) -> None:
        """Ask for the balance of this account as soon as it is known."""
        self._wanted = id_
        self._ask_wanted()

    def add_account(self) -> None:
        """Open the form for a new account."""
        self._open_form(None, used=False)

    def edit_account(self) -> None:
        """Open the form of the chosen account."""
        chosen = self._chosen()
        if chosen is not None:
            self._open_form(chosen.account, used=chosen.last_day is not None)

    def correct_balance(self) -> None:
        """Ask for the balance of the chosen account at a date."""
        chosen = self._chosen()
        if chosen is None:
            return
        account = chosen.account
        self.dialog = BalanceDialog(
            self,
            account,
            lambda amount, day: self._write(
                lambda _progress: self._app.openings.correct(account.id, amount, day),
                _("Balance of “{name}” corrected").format(name=account.name),
            ),
        )
        self.dialog.open()

    def choose(self, id_: Id) -> None:
        """Put the cursor on an account."""
        for number, line in enumerate(self.model.records):
            if line.account is not None and line.account.id == id_:
                self.table.selectRow(number)

    def _card(self) -> Card:
        card = Card(_("Net worth"), padded=False)
        self.worth = MoneyLabel("kpi")
        self.rates = link(_("Add exchange rates"), lambda: self._shell.go("accounts", tab="rates"))
        assert card.header is not None
        card.header.addWidget(self.rates)
        card.header.addWidget(self.worth)
        self.model: RecordTable[Line] = RecordTable(columns(self._base), parent=card)
        self.table: TableView[Line] = TableView(self.model, _("Accounts"))
        self.table.setItemDelegate(GroupedCells(self.table))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.picked.connect(self._picked)
        self.table.opened.connect(self._open)
        margins = card.box.contentsMargins()
        margins.setBottom(theme().px(t.SMALL))
        card.box.setContentsMargins(margins)
        card.box.addWidget(self.table, 1)
        return card

    def _take(self, found: _Found) -> None:
        self._day, self._balances, base = found
        if base != self._base:
            self._base = base
            self.model.columns = columns(base)
        self._arrange()
        self._ask_wanted()

    def _arrange(self) -> None:
        chosen = self._chosen()
        total, missing = summed(self._balances, self._base)
        self.worth.show_money(needs(missing) if missing else total, _("Net worth"))
        self.rates.setVisible(bool(missing))
        self.model.show(lines(self._balances, self._day, self._base, closed=self.closed.isChecked()))
        foreign = any(balance.money.currency != self._base for balance in self._balances)
        dated = any(balance.account.statement_day or balance.account.due_day for balance in self._balances)
        keys = [column.key for column in self.model.columns]
        self.table.setColumnHidden(keys.index("base"), not foreign)
        self.table.setColumnHidden(keys.index("days"), not dated)
        self.table.fit_columns()
        self.closed.setVisible(any(balance.account.closed for balance in self._balances))
        self._stack.setCurrentIndex(1 if self._balances else 2)
        self._tools.setVisible(bool(self._balances))
        if chosen is not None:
            self.choose(chosen.account.id)
        self._picked()

    def _ask_wanted(self) -> None:
        wanted, known = self._wanted, {balance.account.id for balance in self._balances}
        if wanted in known:
            self._wanted = None
            assert wanted is not None
            self.choose(wanted)
            self.correct_balance()

    def _chosen(self) -> Balance | None:
        chosen = self.table.selected_records()
        return chosen[0].balance if chosen else None

    def _picked(self) -> None:
        chosen = self._chosen()
        for button in (self.edit, self.correct, self.load, self.close_):
            button.setEnabled(chosen is not None)
        again = chosen is not None and chosen.account.closed
        self.close_.setText(_("Reopen account") if again else _("Close account"))
        self.close_.setAccessibleName(self.close_.text())

    def _open(self, line: Line) -> None:
        if line.account is not None:
            self._shell.go("transactions", query=f"account:{quoted(line.account.name)}")

    def _import(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._shell.go("import", account=chosen.account.id, choose=True)

    def _close(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        account, closed = chosen.account, not chosen.account.closed
        text = _("“{name}” closed") if closed else _("“{name}” opened again")
        self._write(
            lambda _progress: self._app.accounts.edit(account.id, closed=closed),
            text.format(name=account.name),
        )

    def _open_form(self, before: Account | None, *, used: bool) -> None:
        def save(account: Account) -> None:
            self._shell.tasks.run(
                lambda _progress: self._app.openings.keep(account),
                done=lambda _none: self._saved(form, account),
                failed=lambda error: self._refused(form, error),
                lane="writer",
            )

        form = AccountDialog(self, save, before, used=used)
        self.dialog = form
        form.open()

    def _refused(self, form: AccountDialog, error: Exception) -> None:
        if shiboken6.isValid(form):
            form.refused(error)
        if not isinstance(error, KushenError):
            self._shell.fail(error)

    def _saved(self, form: AccountDialog, account: Account) -> None:
        if shiboken6.isValid(form):
            form.saved()
        self._shell.toast(_("“{name}” saved").format(name=account.name), undo=True)

    def _write(self, work: Callable[[Progress], object], toast: str) -> None:
        self._shell.tasks.run(work, done=lambda _none: self._shell.toast(toast, undo=True), lane="writer")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit the chosen account on F2."""
        if event.key() == Qt.Key.Key_F2:
            self.edit_account()
        else:
            super().keyPressEvent(event)
