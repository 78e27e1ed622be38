"""Accounts: what there is and where; categories and exchange rates in tabs beside it."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from kushen_desktop.domain.changes import Topic
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.pages.account_categories import CategoryTree
from kushen_desktop.gui.pages.account_list import AccountList
from kushen_desktop.gui.pages.account_rates import RatePanel
from kushen_desktop.gui.pages.page import Page
from kushen_desktop.gui.shortcuts import Command
from kushen_desktop.gui.theme import theme
from kushen_desktop.i18n import N_, _

TABS = ("accounts", "categories", "rates")


class AccountsPage(Page):
    """Balances by kind; add, edit and close accounts; the tree of categories; exchange rates.

    Context: new=True opens the form of a new account, balance=Id asks for the balance of that one,
    account=Id puts the cursor on it, tab="categories" or "rates" shows that tab.
    """

    name = "accounts"
    title = N_("Accounts")
    icon = "accounts"
    topics: ClassVar[Topic] = (
        Topic.LEDGER | Topic.ACCOUNTS | Topic.CATEGORIES | Topic.RATES | Topic.SETTINGS | Topic.IMPORTS
    )

    def build(self, box: QVBoxLayout) -> None:
        """Lay out the three tabs."""
        self.accounts = AccountList(self.app, self.shell)
        self.categories = CategoryTree(self.app, self.shell)
        self.rates = RatePanel(self.app, self.shell)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("Accounts"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        titles = (_("Accounts"), _("Categories"), _("Exchange rates"))
        for part, title in zip((self.accounts, self.categories, self.rates), titles, strict=True):
            self.tabs.addTab(part, title)
            part.setContentsMargins(0, theme().px(t.MEDIUM), 0, 0)
        box.addWidget(self.tabs)

    def refresh(self) -> None:
        """Fetch all three."""
        for part in (self.accounts, self.categories, self.rates):
            part.refresh()

    def opened(self, **context: Any) -> None:
        """Show a tab, open a form."""
        if context.get("tab") in TABS:
            self.tabs.setCurrentIndex(TABS.index(context["tab"]))
        elif context:
            self.tabs.setCurrentIndex(0)
        if context.get("new"):
            self.accounts.add_account()
        if context.get("balance") is not None:
            self.accounts.ask_balance(context["balance"])
        if context.get("account") is not None:
            self.accounts.choose(context["account"])

    def state(self) -> dict[str, Any]:
        """Return which tab is shown."""
        return {"tab": self.tabs.currentIndex()}

    def restore(self, state: dict[str, Any]) -> None:
        """Show the tab again."""
        self.tabs.setCurrentIndex(state["tab"])

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done here."""
        return (
            Command("add_account", N_("Add an account"), self.accounts.add_account, "", "plus"),
            Command("edit_account", N_("Edit account"), self.accounts.edit_account, "F2", "edit"),
            Command("correct_balance", N_("Correct balance"), self.accounts.correct_balance, "", "accounts"),
        )
