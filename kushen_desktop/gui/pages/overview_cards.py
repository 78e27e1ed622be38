"""The cards of the overview: net worth with the month's figures, and what waits to be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kushen_desktop.domain.money import Money
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.models.accounts import needs
from kushen_desktop.gui.pages.overview_figures import Figures, Todo
from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import Button, link
from kushen_desktop.gui.widgets.cards import Card, column, row
from kushen_desktop.gui.widgets.labels import MoneyLabel, amount_text
from kushen_desktop.i18n import _

if TYPE_CHECKING:
    from kushen_desktop.services.balances import Month, NetWorth

_UP, _DOWN = "▲", "▼"


class VeiledLabel(QLabel):
    """A grey sentence with amounts in it, which are covered while amounts are hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "caption")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._make: Callable[[Callable[[Money], str]], str] = lambda _shown: ""
        theme().veiled.connect(self._render)

    def say(self, make: Callable[[Callable[[Money], str]], str]) -> None:
        """Show what `make` returns; it is given the function that writes an amount."""
        self._make = make
        self._render()

    def _render(self) -> None:
        hidden = theme().hidden_amounts
        self.setText(self._make(lambda amount: MASK if hidden else amount_text(amount)))
        spoken = _("hidden amount")
        self.setAccessibleName(self._make(lambda amount: spoken if hidden else amount_text(amount)))


class Kpi(QWidget):
    """A figure of the month under its caption, with how it compares with the month before."""

    def __init__(self, title: str) -> None:
        super().__init__()
        right = Qt.AlignmentFlag.AlignRight
        caption = labels.caption(title)
        caption.setAlignment(right)
        self._title = title
        self.amount = MoneyLabel("kpi")
        self.change = labels.caption("")
        self.change.setAlignment(right)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(t.TINY))
        for part in (caption, self.amount, self.change):
            box.addWidget(part)
        box.addStretch(1)

    def show_figure(self, now: int, before: int, currency: str, missing: Sequence[str]) -> None:
        """Show this month beside the last one, in minor units of the currency."""
        self.amount.show_money(needs(missing) if missing else Money(now, currency), self._title)
        self.change.setText("" if missing or not before else _against(now, before))


class WorthCard(Card):
    """Net worth in the base currency, its change since the month before, income and spending."""

    def __init__(self, rates: Callable[[], object]) -> None:
        super().__init__()
        self.title = labels.caption("")
        self.worth = MoneyLabel("hero")
        self.worth.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.change = VeiledLabel()
        self.missing = link(_("Add exchange rates"), rates)
        self.income, self.spending = Kpi(_("Income this month")), Kpi(_("Spending this month"))
        worth = row(self.worth, self.missing, None, spacing=t.LARGE)
        left = column(self.title, worth, self.change, spacing=t.TINY)
        self.box.addLayout(row(left, None, self.income, self.spending, spacing=t.HUGE + t.SMALL))

    def show_figures(self, now: Figures) -> None:
        """Show the figures of a day."""
        worth = now.net
        currency = worth.money.currency
        self.title.setText(_("Net worth · {currency}").format(currency=currency))
        self.worth.show_money(needs(worth.missing) if worth.missing else worth.money, self.title.text())
        self.missing.setVisible(bool(worth.missing))
        self.change.say(lambda amount: worth_change(worth, now.before, amount))
        this, last = now.months[-1], now.months[-2]
        missing = _either(this, last)
        self.income.show_figure(this.income, last.income, currency, missing)
        self.spending.show_figure(this.spent, last.spent, currency, missing)


class ElidedLink(Button):
    """A link whose text is cut with an ellipsis where there is little room; its name and hint stay whole."""

    def __init__(self, text: str, icon: str, hint: str = "") -> None:
        super().__init__(text, "link", icon, f"{text} {hint}".strip())
        self._whole = text
        self.setToolTip(hint or text)
        self.setMinimumWidth(theme().px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text to the room there is."""
        super().resizeEvent(event)
        room = self.width() - self.iconSize().width() - theme().px(t.LARGE + t.SMALL)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class TodoCard(Card):
    """What waits for the user, each a link to where it is done."""

    def __init__(self, go: Callable[[Todo], object]) -> None:
        super().__init__(_("To do"))
        self._go = go
        self.links: list[QWidget] = []
        self._list = column(spacing=0)
        self.box.addLayout(self._list)

    def show_todos(self, todos: Sequence[Todo]) -> None:
        """Show these; none hides the card."""
        for old in self.links:
            self._list.removeWidget(old)
            old.deleteLater()
        self.links = []
        for todo in todos:
            made = ElidedLink(todo.text, todo.icon, todo.hint)
            made.clicked.connect(lambda _checked=False, todo=todo: self._go(todo))
            self._list.addWidget(made)
            self.links.append(made)
        self.setVisible(bool(todos))


def worth_change(now: NetWorth, before: NetWorth, amount: Callable[[Money], str]) -> str:
    """Return how net worth has changed since the end of last month, in words with an arrow."""
    if now.missing:
        rest = _("Without {currency}: {amount}")
        return rest.format(currency=", ".join(now.missing), amount=amount(now.money))
    if before.missing or not before.money.minor:
        return ""
    grown = now.money - before.money
    if not grown.minor:
        return _("Unchanged since the end of last month")
    share = f"{abs(grown.minor) / abs(before.money.minor):.1%}"
    text = _("{arrow} {amount} ({share}) more than at the end of last month")
    if grown.minor < 0:
        text = _("{arrow} {amount} ({share}) less than at the end of last month")
    size = Money(abs(grown.minor), grown.currency)
    return text.format(arrow=_UP if grown.minor > 0 else _DOWN, amount=amount(size), share=share)


def _against(now: int, before: int) -> str:
    share = (abs(now) - abs(before)) / abs(before)
    return _("{share} on last month").format(share=f"{share:+.1%}".replace("-", "−"))


def _either(this: Month, last: Month) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*this.missing, *last.missing)))
