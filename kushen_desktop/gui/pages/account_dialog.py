"""The form of an account: everything that is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kushen_desktop.domain import calendar, money
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.ids import new_id
from kushen_desktop.domain.ledger import ACCOUNT_KIND_TITLES, Account, AccountKind
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import primary, secondary
from kushen_desktop.gui.widgets.cards import column, row
from kushen_desktop.gui.widgets.fields import Choice, DateField, captioned, text_field
from kushen_desktop.i18n import N_, _, said

_OWED = {AccountKind.CREDIT_CARD, AccountKind.LOAN}


class NameNeededError(KushenError):
    """The account was given no name."""

    code = "name_needed"
    message = N_("Give the account a name, for example that of the bank and of the card.")


class AccountDialog(QDialog):
    """Adds or changes an account. `save` gets the account; it answers with saved() or refused(error).

    used: the account has transactions, so its currency stays.
    """

    def __init__(
        self, parent: QWidget, save: Callable[[Account], object], before: Account | None, *, used: bool
    ) -> None:
        super().__init__(parent)
        self._save, self._before = save, before
        self._whole = before or Account(new_id(), "", AccountKind.BANK_CARD, "CNY")
        self.setWindowTitle(_("Edit account") if before else _("Add an account"))
        self._make_fields(used=used)
        self.error = labels.label("", tone="danger", wrap=True)
        self.error.hide()
        self.keep = primary(_("Save") if before else _("Add account"), self.submit)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[theme().px(t.HUGE)] * 4)
        box.setSpacing(theme().px(t.LARGE))
        box.addWidget(labels.h2(self.windowTitle()))
        box.addLayout(self._grid())
        box.addWidget(self.error)
        box.addLayout(row(None, secondary(_("Cancel"), self.reject), self.keep))
        self.setMinimumWidth(theme().px(560))
        self.kind.currentIndexChanged.connect(lambda _place: self._follow_kind())
        self._follow_kind()
        self.name.setFocus()

    def submit(self) -> None:
        """Hand the account over, or say which field is wrong."""
        try:
            account = self.account()
        except KushenError as error:
            self.refused(error)
            return
        self.keep.setEnabled(False)
        self._save(account)

    def saved(self) -> None:
        """Close: the account is in the vault."""
        self.accept()

    def refused(self, error: Exception) -> None:
        """Say why the account was not saved and let the user go on."""
        self.keep.setEnabled(True)
        if isinstance(error, KushenError):
            self.error.setText(said(error.message, error.params))
            self.error.show()

    def account(self) -> Account:
        """Return what the fields say; raises NameNeededError, CurrencyError, AmountError."""
        if not self.name.text().strip():
            raise NameNeededError
        currency = money.checked_currency(self.currency.text())
        balance, day = self._known(currency)
        owed = AccountKind(self.kind.value()) in _OWED
        return replace(
            self._whole,
            name=self.name.text().strip(),
            kind=AccountKind(self.kind.value()),
            currency=currency,
            institution=self.institution.text().strip(),
            number=self.number.text().strip(),
            statement_day=self.statement_day.value() if owed else None,
            due_day=self.due_day.value() if owed else None,
            aliases=tuple(line.strip() for line in self.aliases.toPlainText().splitlines() if line.strip()),
            known_balance=balance,
            known_day=day,
            note=self.note.text().strip(),
        )

    def _known(self, currency: str) -> tuple[int | None, date | None]:
        text = self.balance.text().strip()
        if text:
            return money.parse(text, currency), self.day.day()
        if self._hidden:
            return self._whole.known_balance, self._whole.known_day
        return None, None

    def _make_fields(self, *, used: bool) -> None:
        whole = self._whole
        self._hidden = theme().hidden_amounts and whole.known_balance is not None
        self.name = text_field(_("Name"), whole.name, entered=self.submit)
        self.kind = Choice(_("Kind"))
        self.kind.offer([(_(ACCOUNT_KIND_TITLES[kind]), kind) for kind in AccountKind], whole.kind)
        self.currency = text_field(_("Currency"), whole.currency, entered=self.submit)
        self.currency.setMaxLength(3)
        self.currency.setEnabled(not used)
        self.institution = text_field(_("Bank or wallet"), whole.institution, entered=self.submit)
        self.number = text_field(_("Number"), whole.number, entered=self.submit)
        self.statement_day = _day_choice(_("Statement day"), whole.statement_day)
        self.due_day = _day_choice(_("Due day"), whole.due_day)
        self.balance = text_field(_("Known balance"), self._written(), entered=self.submit)
        self.balance.setPlaceholderText(MASK if self._hidden else "0.00")
        self.day = DateField(_("At the end of"), whole.known_day or calendar.today())
        self.aliases = QPlainTextEdit("\n".join(whole.aliases))
        self.aliases.setAccessibleName(_("Names in statements"))
        self.aliases.setTabChangesFocus(True)
        self.aliases.setFixedHeight(theme().px(56))
        self.note = text_field(_("Note"), whole.note, entered=self.submit)

    def _written(self) -> str:
        known = self._whole.known_balance
        return "" if known is None or self._hidden else money.written(known, self._whole.currency)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(t.LARGE))
        grid.setVerticalSpacing(theme().px(t.MEDIUM))
        hint = _("Shown in lists by its last four digits only.")
        grid.addLayout(captioned(_("Name"), self.name), 0, 0)
        grid.addLayout(captioned(_("Kind"), self.kind), 0, 1)
        grid.addLayout(captioned(_("Bank or wallet"), self.institution), 1, 0)
        grid.addLayout(captioned(_("Currency"), self.currency), 1, 1)
        grid.addLayout(captioned(_("Number"), self.number, hint), 2, 0, 1, 2)
        self._days = QWidget()
        days = row(
            captioned(_("Statement day"), self.statement_day),
            captioned(_("Due day"), self.due_day),
            spacing=t.LARGE,
        )
        self._days.setLayout(days)
        grid.addWidget(self._days, 3, 0, 1, 2)
        grid.addLayout(captioned(_("Known balance"), self.balance), 4, 0)
        grid.addLayout(captioned(_("At the end of"), self.day), 4, 1)
        owed = _("What you owe is negative. The opening balance is booked so that this comes true.")
        grid.addWidget(labels.caption(owed, wrap=True), 5, 0, 1, 2)
        names = captioned(
            _("Names in statements"), self.aliases, _("One a line; imports find the account by them.")
        )
        grid.addLayout(names, 6, 0, 1, 2)
        grid.addLayout(captioned(_("Note"), self.note), 7, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _follow_kind(self) -> None:
        self._days.setVisible(AccountKind(self.kind.value()) in _OWED)


class BalanceDialog(QDialog):
    """Asks what the balance of an account was at the end of a day. `save` gets minor units and the day."""

    def __init__(self, parent: QWidget, account: Account, save: Callable[[int, date], object]) -> None:
        super().__init__(parent)
        self._account, self._save = account, save
        self.setWindowTitle(_("Balance of “{name}”").format(name=account.name))
        self.balance: QLineEdit = text_field(_("Balance"), hint="0.00", entered=self.submit)
        self.day = DateField(_("At the end of"), calendar.today())
        self.error = labels.label("", tone="danger", wrap=True)
        self.error.hide()
        text = _(
            "Look it up in the app of your bank or wallet. The opening balance is booked so that it comes"
            " true; your transactions stay as they are. What you owe is negative."
        )
        fields = row(
            captioned(f"{_('Balance')} · {account.currency}", self.balance),
            captioned(_("At the end of"), self.day),
            spacing=t.LARGE,
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(*[theme().px(t.HUGE)] * 4)
        box.addLayout(
            column(
                labels.h2(self.windowTitle()),
                labels.label(text, tone="text2", wrap=True),
                fields,
                self.error,
                row(None, secondary(_("Cancel"), self.reject), primary(_("Correct balance"), self.submit)),
                spacing=t.LARGE,
            )
        )
        self.setMinimumWidth(theme().px(460))
        self.balance.setFocus()

    def submit(self) -> None:
        """Hand balance and day over, or say that the text is no amount."""
        try:
            amount = money.parse(self.balance.text(), self._account.currency)
        except KushenError as error:
            self.error.setText(said(error.message, error.params))
            self.error.show()
            return
        self._save(amount, self.day.day())
        self.accept()


def _day_choice(name: str, value: int | None) -> Choice:
    made = Choice(name)
    made.offer([("–", None), *((str(day), day) for day in range(1, 32))], value)
    return made
