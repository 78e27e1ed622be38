"""Where the rows of a file go: an account that is there, or a new one; and its balance, for the opening."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QWidget

from kushen_desktop.domain import calendar, money
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.ledger import ACCOUNT_KIND_TITLES, Account, AccountKind
from kushen_desktop.domain.preview import Preview, Target
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.fields import Choice, DateField, text_field
from kushen_desktop.gui.widgets.labels import restyle
from kushen_desktop.i18n import _, ngettext


class TargetLine:
    """The controls of one account of the file; what is entered goes into the target at once."""

    def __init__(
        self, target: Target, accounts: Sequence[Account], changed: Callable[[], object], *, asks: bool
    ) -> None:
        self.target, self._changed = target, changed
        self._known = {account.id: account for account in accounts}
        count = ngettext("{count} row", "{count} rows", target.count).format(count=f"{target.count:,}")
        called = _("“{name}”").format(name=_shown(target.key.name)) if target.key.name else _("This file")
        self.title = labels.label(f"{called} · {count}")
        self.account = Choice(_("Account for {name}").format(name=called))
        same = [account for account in accounts if account.currency == target.key.currency]
        made = [(_("New account"), None)]
        self.account.offer([*made, *((account.name, account.id) for account in same)], target.account)
        self.name = text_field(_("Name of the new account"), target.proposed.name)
        self.name.setCursorPosition(0)
        self.kind = Choice(_("Kind"))
        self.kind.offer([(_(ACCOUNT_KIND_TITLES[kind]), kind) for kind in AccountKind], target.proposed.kind)
        self.balance = text_field(_("Balance, {currency}").format(currency=target.key.currency))
        self.day = DateField(_("At the end of"), target.day or calendar.today())
        self._fill_balance()
        self._asks = asks
        self.account.chosen.connect(self._chosen)
        self.name.editingFinished.connect(self._named)
        self.kind.chosen.connect(self._named)
        self.balance.textChanged.connect(self._known_now)
        self.day.dateChanged.connect(self._known_now)
        self._follow()

    def parts(self) -> tuple[QWidget, ...]:
        """Return the controls from left to right."""
        return self.title, self.account, self.name, self.kind, self.balance, self.day

    def _fill_balance(self) -> None:
        target = self.target
        hidden = theme().hidden_amounts
        self.balance.setPlaceholderText(
            MASK if hidden and target.balance is not None else _("Balance, if known")
        )
        if target.balance is not None and not hidden:
            self.balance.setText(money.written(target.balance, target.key.currency))

    def _chosen(self, account: object) -> None:
        self.target.account = account  # type: ignore[assignment]  # the choice holds ids and None only
        self._follow()
        self._changed()

    def _named(self, *_args: object) -> None:
        name = self.name.text().strip() or self.target.proposed.name
        self.target.proposed = replace(self.target.proposed, name=name, kind=AccountKind(self.kind.value()))

    def _known_now(self, *_args: object) -> None:
        text, target = self.balance.text().strip(), self.target
        wrong = False
        if text:
            try:
                target.balance = money.parse(text, target.key.currency)
                target.day = self.day.day()
            except KushenError:
                wrong = True
        if not text or wrong:
            target.balance = target.day = None
        self.balance.setProperty("wrong", wrong)
        self.balance.setToolTip(_("This is no amount.") if wrong else "")
        restyle(self.balance)

    def _follow(self) -> None:
        new = self.target.account is None
        self.name.setVisible(new)
        self.kind.setVisible(new)
        chosen = self._known.get(self.target.account) if self.target.account is not None else None
        asks = new or (chosen is not None and chosen.known_balance is None)
        self.balance.setVisible(asks and self._asks)
        self.day.setVisible(asks and self._asks)


class Targets(QWidget):
    """A line for each account of the file. changed is called when a row goes to another account."""

    def __init__(self, preview: Preview, accounts: Sequence[Account], changed: Callable[[], object]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(t.SMALL))
        grid.setVerticalSpacing(theme().px(t.SMALL))
        self.lines: list[TargetLine] = []
        open_ = [account for account in accounts if not account.closed]
        for place, target in enumerate(preview.targets.values()):
            line = TargetLine(target, open_, changed, asks=True)
            self.lines.append(line)
            for column, part in enumerate(line.parts()):
                grid.addWidget(part, place, column)
        grid.setColumnStretch(2, 1)
        for number, width in ((1, 150), (4, 130)):
            grid.setColumnMinimumWidth(number, theme().px(width))


def _shown(name: str) -> str:
    """Return how a file calls an account, without a whole card number."""
    digits = sum(sign.isdigit() for sign in name)
    return f"•••• {name[-4:]}" if digits > 8 else name
