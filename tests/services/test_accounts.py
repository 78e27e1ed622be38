"""Accounts: one of each name, found by any of their names."""

from datetime import date

import pytest

from kushen_desktop.app import Kushen
from kushen_desktop.domain.ids import new_id
from kushen_desktop.domain.ledger import AccountExistsError, AccountKind, UnknownAccountError
from kushen_desktop.domain.money import CurrencyError


def test_an_account_comes_back_as_it_was_added(app: Kushen) -> None:
    id_ = app.accounts.add(
        " 招行信用卡 ", AccountKind.CREDIT_CARD, "cny", institution="招商银行", number="6225880011223344",
        aliases=("alipay:招商银行(3344)",), statement_day=5, due_day=23, note="主卡",
    )  # fmt: skip
    account = app.accounts.one(id_)
    assert (account.name, account.kind, account.currency) == ("招行信用卡", AccountKind.CREDIT_CARD, "CNY")
    assert (account.institution, account.masked, account.note) == ("招商银行", "•••• 3344", "主卡")
    assert (account.statement_day, account.due_day) == (5, 23)
    assert app.accounts.list() == (account,)


def test_accounts_are_listed_by_kind_and_name_closed_ones_on_demand(app: Kushen) -> None:
    app.accounts.add("b", AccountKind.WALLET)
    app.accounts.add("a", AccountKind.WALLET)
    app.accounts.add("z", AccountKind.CASH)
    old = app.accounts.add("y", AccountKind.LOAN)
    app.accounts.edit(old, closed=True)
    assert [account.name for account in app.accounts.list()] == ["z", "a", "b", "y"]
    assert [account.name for account in app.accounts.list(closed=False)] == ["z", "a", "b"]


@pytest.mark.parametrize("name", ["支付宝", "ｍｙ ｗａｌｌｅｔ", "MY WALLET", "me@example.org", " 支付宝 "])
def test_an_account_is_found_by_name_alias_and_number_in_any_case_and_width(app: Kushen, name: str) -> None:
    app.accounts.add("现金", AccountKind.CASH)
    id_ = app.accounts.add("支付宝", AccountKind.WALLET, number="me@example.org", aliases=("My Wallet",))
    assert app.accounts.named(name).id == id_


def test_an_unknown_name_is_refused_with_the_near_ones(app: Kushen) -> None:
    app.accounts.add("招行储蓄卡", AccountKind.BANK_CARD)
    with pytest.raises(UnknownAccountError) as caught:
        app.accounts.named("招行储蓄")
    assert caught.value.params["near"] == "招行储蓄卡"
    with pytest.raises(UnknownAccountError):
        app.accounts.one(new_id())


@pytest.mark.parametrize("name", ["", "  "])
def test_no_name_is_no_account_even_where_one_has_no_number(app: Kushen, name: str) -> None:
    app.accounts.add("现金", AccountKind.CASH)
    with pytest.raises(UnknownAccountError):
        app.accounts.named(name)


def test_a_name_is_taken_in_any_case_and_width(app: Kushen) -> None:
    app.accounts.add("Card A", AccountKind.BANK_CARD)
    other = app.accounts.add("Card B", AccountKind.BANK_CARD)
    with pytest.raises(AccountExistsError):
        app.accounts.add("ｃａｒｄ ａ", AccountKind.CASH)
    with pytest.raises(AccountExistsError):
        app.accounts.edit(other, name="CARD A")
    app.accounts.edit(other, name="CARD B")
    assert [account.name for account in app.accounts.list()] == ["CARD B", "Card A"]


def test_what_is_no_currency_is_refused_and_nothing_is_written(app: Kushen) -> None:
    with pytest.raises(CurrencyError):
        app.accounts.add("A", AccountKind.CASH, "人民币")
    assert not app.accounts.list()
    assert not app.history.list()


def test_an_edit_is_checked_as_an_account_is_when_it_is_added(app: Kushen) -> None:
    id_ = app.accounts.add("A", AccountKind.CASH)
    with pytest.raises(CurrencyError):
        app.accounts.edit(id_, currency="dollars")
    app.accounts.edit(id_, name=" B ", currency="usd")
    assert (app.accounts.one(id_).name, app.accounts.one(id_).currency) == ("B", "USD")


def test_an_edit_changes_what_it_names_and_is_undone(app: Kushen) -> None:
    id_ = app.accounts.add("A", AccountKind.CASH, note="here")
    before = app.accounts.one(id_)
    app.accounts.edit(id_, name="B", known_balance=5_00, known_day=date(2026, 1, 2))
    after = app.accounts.one(id_)
    assert (after.name, after.known_balance, after.known_day) == ("B", 5_00, date(2026, 1, 2))
    assert after.note == "here"
    app.history.undo()
    assert app.accounts.one(id_) == before


def test_an_edit_of_nothing_leaves_no_trace(app: Kushen) -> None:
    id_ = app.accounts.add("A", AccountKind.CASH)
    app.accounts.edit(id_, name="A")
    assert len(app.history.list()) == 1
