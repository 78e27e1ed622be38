"""The pages of the window: one module, one page; PAGES lists them in the order of the sidebar."""

from kushen_desktop.gui.pages.accounts import AccountsPage
from kushen_desktop.gui.pages.imports import ImportPage
from kushen_desktop.gui.pages.overview import OverviewPage
from kushen_desktop.gui.pages.page import Page
from kushen_desktop.gui.pages.settings import SettingsPage
from kushen_desktop.gui.pages.transactions import TransactionsPage

PAGES: tuple[type[Page], ...] = (OverviewPage, TransactionsPage, AccountsPage, ImportPage, SettingsPage)
