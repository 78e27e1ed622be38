"""The accounts page over a real vault: groups, forms, balances at a date, categories, exchange rates."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem

from kushen_desktop.app import Kushen
from kushen_desktop.domain import calendar
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import AccountKind
from kushen_desktop.domain.money import Money
from kushen_desktop.domain.starter import category_id
from kushen_desktop.gui.desk import Desk
from kushen_desktop.gui.models.accounts import is_stale
from kushen_desktop.gui.pages.account_dialog import AccountDialog, BalanceDialog
from kushen_desktop.gui.pages.accounts import AccountsPage
from kushen_desktop.gui.theme import theme
from tests.gui.names import nameless
from tests.gui.pages.ledger import TODAY, fill

Settled = Callable[[], None]


@pytest.fixture(autouse=True)
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: TODAY)


@pytest.fixture
def page(desk: Desk, settled: Settled) -> AccountsPage:
    desk.go("accounts")
    settled()
    found = desk.page("accounts")
    assert isinstance(found, AccountsPage)
    return found


@pytest.fixture
def filled(book: Kushen, desk: Desk, page: AccountsPage, settled: Settled) -> dict[str, Id]:
    accounts = fill(book)
    settled()
    _fresh(page, settled)
    return accounts


def _fresh(page: AccountsPage, settled: Settled) -> None:
    page.invalidate()
    settled()


def _cells(page: AccountsPage, key: str) -> list[str]:
    model = page.accounts.model
    column = [one.key for one in model.columns].index(key)
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def _form(page: AccountsPage) -> AccountDialog:
    form = page.accounts.dialog
    assert isinstance(form, AccountDialog)
    return form


def test_accounts_stand_under_their_kind_with_its_total(page: AccountsPage, filled: dict[str, Id]) -> None:
    names = _cells(page, "name")
    assert names == ["Wallet", "零钱", "Bank card", "HSBC One", "招商银行", "Credit card", "信用卡"]
    balances = _cells(page, "balance")
    assert balances[3] == "HK$5,000.00"
    assert _cells(page, "base")[3] == "¥4,500.00"
    assert balances[5] == balances[6] == "−¥99.00"
    assert _cells(page, "number")[4] == "•••• 8705"
    assert _cells(page, "days")[6] == "day 5 · due 23"
    assert _cells(page, "last")[3] == "2026-09-01 · 83 days ago"
    assert page.accounts.worth.text().startswith("¥")


def test_a_missing_rate_is_said_never_zero(book: Kushen, page: AccountsPage, settled: Settled) -> None:
    fill(book, rate=False)
    _fresh(page, settled)
    balances = _cells(page, "balance")
    assert balances[2] == "—  needs HKD rate"
    assert page.accounts.worth.text() == "—  needs HKD rate"
    assert page.accounts.rates.isVisibleTo(page)


def test_hidden_amounts_are_hidden(page: AccountsPage, filled: dict[str, Id]) -> None:
    theme().hidden_amounts = True
    assert set(_cells(page, "balance")) == {"••••"}
    assert page.accounts.worth.text() == "••••"
    page.accounts.choose(filled["bank"])
    page.accounts.edit_account()
    assert _form(page).balance.text() == ""


def test_an_account_is_added_with_its_balance(book: Kushen, page: AccountsPage, settled: Settled) -> None:
    page.opened(new=True)
    form = _form(page)
    assert nameless(form) == []
    form.submit()
    assert "name" in form.error.text()
    form.name.setText("Savings")
    form.kind.choose(AccountKind.CREDIT_CARD)
    form._follow_kind()
    form.number.setText("6225750000001234")
    form.statement_day.choose(5)
    form.balance.setText("12x")
    form.submit()
    assert "12x" in form.error.text()
    form.balance.setText("-1,200.50")
    form.aliases.setPlainText("CMB 1234\n\n")
    form.submit()
    settled()
    assert not form.isVisible()
    account = book.accounts.named("Savings")
    assert (account.statement_day, account.due_day, account.aliases) == (5, None, ("CMB 1234",))
    assert book.balances.all(TODAY)[0].money == Money(-120_050, "CNY")


def test_a_name_that_is_taken_is_refused_in_place(
    page: AccountsPage, filled: dict[str, Id], settled: Settled
) -> None:
    page.accounts.add_account()
    form = _form(page)
    form.name.setText("零钱")
    form.submit()
    settled()
    assert form.isVisible()
    assert "零钱" in form.error.text()
    assert form.keep.isEnabled()


def test_editing_keeps_what_was_not_touched(
    book: Kushen, page: AccountsPage, filled: dict[str, Id], settled: Settled
) -> None:
    before = book.accounts.one(filled["bank"])
    page.accounts.choose(filled["bank"])
    QTest.keyClick(page.accounts.table, Qt.Key.Key_F2)
    form = _form(page)
    assert not form.currency.isEnabled()
    form.institution.setText("CMB")
    form.submit()
    settled()
    after = book.accounts.one(filled["bank"])
    assert (after.institution, after.number, after.name) == ("CMB", before.number, before.name)


def test_the_balance_at_a_date_comes_true_and_can_be_undone(
    book: Kushen, page: AccountsPage, filled: dict[str, Id], settled: Settled
) -> None:
    before = book.balances.all(TODAY)
    page.opened(balance=filled["wallet"])
    dialog = page.accounts.dialog
    assert isinstance(dialog, BalanceDialog)
    dialog.balance.setText("abc")
    dialog.submit()
    assert "abc" in dialog.error.text()
    dialog.balance.setText("888.80")
    dialog.submit()
    settled()
    wallet = {balance.account.id: balance for balance in book.balances.all(TODAY)}[filled["wallet"]]
    assert wallet.money == Money(88_880, "CNY")
    assert wallet.account.known_day == TODAY
    book.history.undo()
    assert book.balances.all(TODAY) == before


def test_a_closed_account_leaves_the_list_until_asked_for(
    book: Kushen, page: AccountsPage, filled: dict[str, Id], settled: Settled
) -> None:
    page.accounts.choose(filled["hong_kong"])
    page.accounts.close_.click()
    settled()
    _fresh(page, settled)
    assert book.accounts.one(filled["hong_kong"]).closed
    assert "HSBC One" not in _cells(page, "name")
    page.accounts.closed.setChecked(True)
    assert "HSBC One · closed" in _cells(page, "name")
    page.accounts.choose(filled["hong_kong"])
    assert page.accounts.close_.text() == "Reopen account"


def test_an_account_opens_its_transactions(
    desk: Desk, page: AccountsPage, filled: dict[str, Id], monkeypatch: pytest.MonkeyPatch
) -> None:
    ways: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(desk, "go", lambda name, **context: ways.append((name, context)))
    page.accounts.table.opened.emit(page.accounts.model.records[0])
    page.accounts.table.opened.emit(page.accounts.model.records[1])
    page.accounts.choose(filled["bank"])
    page.accounts.load.click()
    assert ways == [
        ("transactions", {"query": 'account:"零钱"'}),
        ("import", {"account": filled["bank"], "choose": True}),
    ]


def test_no_account_yet(page: AccountsPage) -> None:
    assert page.accounts._stack.currentIndex() == 2
    assert not page.accounts._tools.isVisibleTo(page)


def test_stale_means_a_month_without_a_statement(book: Kushen, filled: dict[str, Id]) -> None:
    stale = {balance.account.name: is_stale(balance, TODAY) for balance in book.balances.all(TODAY)}
    assert stale == {"零钱": False, "招商银行": False, "信用卡": False, "HSBC One": True}


def test_categories_are_added_renamed_and_moved(book: Kushen, page: AccountsPage, settled: Settled) -> None:
    page.opened(tab="categories")
    tree = page.categories
    assert page.tabs.currentIndex() == 1
    tree.tree.setCurrentItem(_item(page, category_id("food")))
    tree.add.click()
    assert tree.dialog is not None
    assert nameless(tree.dialog) == []
    tree.dialog.submit()
    assert tree.dialog.isVisible()
    tree.dialog.name.setText("Hot pot")
    tree.dialog.submit()
    settled()
    _fresh(page, settled)
    made = book.categories.named("Hot pot")
    assert made.parent == category_id("food")
    _item(page, made.id).setText(0, "Noodles")
    settled()
    _fresh(page, settled)
    assert book.categories.named("Noodles").id == made.id
    tree.tree.setCurrentItem(_item(page, made.id))
    tree.move_.click()
    tree.dialog.place.choose(category_id("groceries"))
    tree.dialog.submit()
    settled()
    assert book.categories.named("Noodles").parent == category_id("groceries")


def test_a_category_never_goes_below_itself(page: AccountsPage, book: Kushen) -> None:
    food = next(one for one in book.categories.list() if one.id == category_id("food"))
    places = {id_ for _text, id_ in page.categories._places(food)}
    assert places.isdisjoint({category_id("food"), category_id("food.coffee")})
    assert category_id("groceries") in places
    assert category_id("salary") not in places


def test_a_rate_is_added_by_hand(book: Kushen, page: AccountsPage, settled: Settled) -> None:
    page.opened(tab="rates")
    panel = page.rates
    panel.currency.setText("hkd")
    for wrong in ("", "-1", "x", "NaN", "0"):
        panel.rate.setText(wrong)
        panel.submit()
        assert panel.error.isVisibleTo(page)
    panel.rate.setText("0.915")
    panel.submit()
    settled()
    _fresh(page, settled)
    (rate,) = book.rates.list()
    assert (rate.base, rate.quote, rate.rate) == ("HKD", "CNY", Decimal("0.915"))
    assert panel.model.index(0, 1).data() == "1 HKD = 0.915 CNY"
    assert rate.day == date(2026, 11, 23)


def test_rates_of_the_central_bank_come_from_a_file(
    book: Kushen, page: AccountsPage, settled: Settled, tmp_path: Path
) -> None:
    page.opened(tab="rates")
    letter, daily = tmp_path / "letter.csv", tmp_path / "eurofxref.csv"
    letter.write_text("Dear reader\n")
    daily.write_text("Date, USD, HKD, CNY, \n20 November 2026, 1.1000, 8.8000, 8.0000, \n")
    page.rates.load([letter])
    settled()
    assert "letter.csv" in page.rates.error.text()
    page.rates.load([daily])
    settled()
    assert page.rates.error.isHidden()
    assert book.rates.converted(Money(11_00, "HKD"), "CNY", TODAY) == Money(10_00, "CNY")


def test_every_tab_has_names_and_survives_another_language(page: AccountsPage, filled: dict[str, Id]) -> None:
    for tab in range(3):
        page.tabs.setCurrentIndex(tab)
        assert nameless(page) == []
    page.retranslate()
    assert page.tabs.currentIndex() == 2


def _item(page: AccountsPage, id_: Id) -> QTreeWidgetItem:
    return page.categories._items[id_]
