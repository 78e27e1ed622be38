"""Balances at any day are the plain sums; the kept sums are right after whatever happens."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from hypothesis.strategies import DataObject

from kushen_desktop.app import Kushen
from kushen_desktop.domain.calendar import day_number
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import AccountKind, NewTransaction, Posting, Role, Status
from kushen_desktop.domain.money import Money
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.starter import category_id
from kushen_desktop.i18n import N_
from kushen_desktop.services.balances import balance_of
from kushen_desktop.services.transactions import add_transactions
from tests.books import book, wrong_sums

DAY = date(2026, 3, 15)
DAYS = [DAY + timedelta(days=step) for step in (-400, -31, -15, -14, -1, 0, 1, 16, 17, 45)]
CATEGORIES = [None, *map(category_id, ["food", "food.coffee", "salary", "interest"])]
TITLE = Sentence.of(N_("{count} imported from {file}"), count=0, file="test")


def spend(app: Kushen, account: Id, amount: int, day: date = DAY, **more: object) -> Id:
    line = Posting(account, amount, category_id("food"))
    return app.transactions.add(NewTransaction(day, (line,), **more))  # type: ignore[arg-type]


def plain(app: Kushen, day: date) -> dict[Id, int]:
    """Return the sums of all postings up to a day; held money is still there."""
    with app.vault.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT account.id, tx.day, posting.amount, posting.role FROM posting"
            " JOIN tx ON tx.rid=posting.tx JOIN account ON account.rid=posting.account WHERE tx.state=0"
        ).all()
    sums: dict[Id, int] = defaultdict(int)
    for id_, on, amount, role in rows:
        if on <= day_number(day) and role != Role.HOLD:
            sums[Id(id_)] += amount
    return sums


def check(app: Kushen) -> None:
    assert not wrong_sums(app)
    assert app.balances.wrong_sums() == ()
    with app.vault.read() as connection:
        rows = connection.exec_driver_sql("SELECT id, rid FROM account")
        rids = {Id(row.id): int(row.rid) for row in rows}
        for day in DAYS[::3]:
            expected = plain(app, day)
            for balance in app.balances.all(day):
                assert balance.money.minor == expected[balance.account.id]
                assert balance_of(connection, rids[balance.account.id], day) == balance.money.minor


def bulk(app: Kushen, data: DataObject) -> None:
    """Book more at once than triggers are used for."""
    first, second = (account.id for account in app.accounts.list()[:2])
    step = data.draw(st.integers(1, 9))
    with app.vault.work(TITLE) as work:
        add_transactions(
            work,
            [
                NewTransaction(
                    DAYS[number * step % len(DAYS)],
                    (
                        Posting(first, number * 7 - 900, CATEGORIES[number % 5], Role(number % 5)),
                        Posting(second, 5 - number, CATEGORIES[number * step % 5]),
                    ),
                )
                for number in range(data.draw(st.sampled_from([499, 500, 620])))
            ],
        )


def bookable(lines: list[Posting]) -> bool:
    """Tell whether the ledger takes these lines: a transfer of two legs needs two accounts."""
    legs = [line.account for line in lines if line.role is Role.TRANSFER]
    return len(legs) != 2 or legs[0] != legs[1]


def few(app: Kushen, data: DataObject) -> None:
    accounts = [account.id for account in app.accounts.list()]
    line = st.builds(
        Posting, st.sampled_from(accounts), st.integers(-9_999, 9_999), st.sampled_from(CATEGORIES),
        st.sampled_from(Role),
    )  # fmt: skip
    lines = data.draw(st.lists(line, min_size=1, max_size=3).filter(bookable))
    app.transactions.add(NewTransaction(data.draw(st.sampled_from(DAYS)), tuple(lines)))


def edit(app: Kushen, data: DataObject) -> None:
    ids = app.transactions.ids(app.transactions.find())
    accounts = [account.id for account in app.accounts.list()]
    if not ids:
        return
    some = data.draw(st.lists(st.sampled_from(ids[:40]), min_size=1, max_size=20, unique=True))
    field, value = data.draw(
        st.one_of(
            st.tuples(st.just("day"), st.sampled_from(DAYS)),
            st.tuples(st.just("category"), st.sampled_from(CATEGORIES)),
            st.tuples(st.just("account"), st.sampled_from(accounts)),
            st.tuples(st.just("status"), st.sampled_from(Status)),
        )
    )
    app.transactions.edit(some, **{field: value})


def delete(app: Kushen, data: DataObject) -> None:
    ids = app.transactions.ids(app.transactions.find())
    if ids:
        app.transactions.delete(ids[: data.draw(st.integers(1, len(ids)))])


def undo(app: Kushen, _data: DataObject) -> None:
    if any(not change.undone for change in app.history.list()[:-2]):
        app.history.undo()


STEPS = [bulk, few, few, edit, edit, delete, undo]


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.data())
def test_any_sequence_leaves_right_sums_and_balances(data: DataObject) -> None:
    with book() as app:
        app.accounts.add("One", AccountKind.CASH)
        app.accounts.add("Two", AccountKind.BANK_CARD)
        for step in [bulk, *data.draw(st.lists(st.sampled_from(STEPS), min_size=1, max_size=5))]:
            step(app, data)
            check(app)


def test_a_missing_rate_names_the_currency_and_is_never_zero(app: Kushen) -> None:
    cash, hong_kong = (
        app.accounts.add("Cash", AccountKind.CASH),
        app.accounts.add("HK", AccountKind.CASH, "HKD"),
    )
    spend(app, cash, 100_00)
    spend(app, hong_kong, 50_00)
    assert app.balances.net_worth(DAY).missing == ("HKD",)
    assert app.balances.net_worth(DAY).money == Money(100_00, "CNY")
    by_name = {balance.account.name: balance for balance in app.balances.all(DAY)}
    assert by_name["HK"].money == Money(50_00, "HKD")
    assert by_name["HK"].in_base is None
    (month,) = app.balances.months(DAY, 1)
    assert (month.income, month.spent, month.missing) == (0, 100_00, ("HKD",))
    app.rates.set("HKD", "CNY", Decimal("0.92"), DAY)
    assert app.balances.net_worth(DAY).missing == ()
    assert app.balances.net_worth(DAY).money == Money(146_00, "CNY")
    assert app.balances.net_worth(DAY - timedelta(days=1)).missing == ("HKD",)


def test_totals_are_in_the_base_currency_of_the_vault(app: Kushen) -> None:
    spend(app, app.accounts.add("Cash", AccountKind.CASH), 100_00)
    spend(app, app.accounts.add("Yen", AccountKind.CASH, "JPY"), 10_000)
    app.rates.set("USD", "CNY", Decimal(8), DAY)
    app.rates.set("JPY", "USD", Decimal("0.01"), DAY)
    app.settings.change(base_currency="USD")
    assert app.balances.net_worth(DAY).money == Money(112_50, "USD")


def test_balances_name_the_day_of_the_newest_transaction_of_each_account(app: Kushen) -> None:
    names = ("Cash", "Card", "Empty")
    cash, card, _ = (app.accounts.add(name, AccountKind.CASH) for name in names)
    spend(app, cash, -1, DAYS[0])
    legs = (Posting(cash, -5, role=Role.TRANSFER), Posting(card, 5, role=Role.TRANSFER))
    id_ = app.transactions.add(NewTransaction(DAY, legs))
    assert {one.account.name: one.last_day for one in app.balances.all(DAY)} == {
        "Cash": DAY, "Card": DAY, "Empty": None,
    }  # fmt: skip
    app.transactions.delete([id_])
    assert {one.last_day for one in app.balances.all(DAY)} == {DAYS[0], None}


def test_months_count_income_and_spending_less_refunds_and_no_transfers(app: Kushen) -> None:
    cash, card = app.accounts.add("Cash", AccountKind.CASH), app.accounts.add("Card", AccountKind.BANK_CARD)
    lines = [
        Posting(cash, -80_00, category_id("food")),
        Posting(cash, 30_00, category_id("food"), Role.REFUND),
        Posting(cash, 1_000_00, category_id("salary")),
        Posting(cash, -7_00),
        Posting(cash, 9_00),
        Posting(cash, 5_000_00, role=Role.OPENING),
        Posting(cash, -11_00, role=Role.HOLD),
    ]
    for line in lines:
        app.transactions.add(NewTransaction(DAY, (line,)))
    legs = (Posting(cash, -600_00, role=Role.TRANSFER), Posting(card, 600_00, role=Role.TRANSFER))
    app.transactions.add(NewTransaction(DAY, legs))
    before, month = app.balances.months(DAY, 2)
    assert (before.month, before.income, before.spent) == (202602, 0, 0)
    assert (month.month, month.income, month.spent) == (202603, 1_009_00, -57_00)


@pytest.mark.parametrize("role", list(Role))
def test_held_money_is_still_in_its_account(app: Kushen, role: Role) -> None:
    cash = app.accounts.add("Cash", AccountKind.CASH)
    app.transactions.add(NewTransaction(DAY, (Posting(cash, -5_00, role=role),)))
    (balance,) = app.balances.all(DAY)
    assert balance.money.minor == (0 if role is Role.HOLD else -5_00)
