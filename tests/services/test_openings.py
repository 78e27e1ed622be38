"""What the user knows of a balance comes true, by the opening balance before everything else."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from kushen_desktop.app import Kushen
from kushen_desktop.domain.ids import Id, new_id
from kushen_desktop.domain.ledger import (
    Account,
    AccountKind,
    NewTransaction,
    Posting,
    Role,
    UnknownAccountError,
)
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.services.transactions import add_transactions
from tests.books import seen, wrong_sums

DAY = date(2026, 3, 15)


def account(name: str = "Wallet", **more: object) -> Account:
    return Account(new_id(), name, AccountKind.WALLET, "CNY", **more)  # type: ignore[arg-type]


def balance(app: Kushen, id_: Id, day: date) -> int:
    return next(one.money.minor for one in app.balances.all(day) if one.account.id == id_)


def spend(app: Kushen, id_: Id, amount: int, day: date) -> None:
    app.transactions.add(NewTransaction(day, (Posting(id_, amount),)))


def openings(app: Kushen) -> list[tuple[date, int]]:
    whole = [app.transactions.get(id_) for id_ in app.transactions.ids(app.transactions.find())]
    return [(one.day, one.postings[0].amount) for one in whole if one.postings[0].role is Role.OPENING]


def test_a_new_account_with_a_known_balance_has_an_opening(app: Kushen) -> None:
    new = account(known_balance=500_00, known_day=DAY)
    app.openings.keep(new)
    assert app.accounts.one(new.id) == new
    assert openings(app) == [(DAY, 500_00)]
    assert balance(app, new.id, DAY) == 500_00


def test_an_account_without_a_known_balance_has_none(app: Kushen) -> None:
    app.openings.keep(account())
    app.openings.keep(account("Empty", known_balance=0, known_day=DAY))
    assert openings(app) == []


def test_the_opening_stands_before_the_first_transaction(app: Kushen) -> None:
    new = account()
    app.openings.keep(new)
    spend(app, new.id, -30_00, DAY - timedelta(days=60))
    spend(app, new.id, -20_00, DAY + timedelta(days=1))
    app.openings.correct(new.id, 100_00, DAY)
    assert openings(app) == [(DAY - timedelta(days=61), 130_00)]
    assert balance(app, new.id, DAY) == 100_00
    assert balance(app, new.id, DAY + timedelta(days=1)) == 80_00


def test_a_correction_is_one_step_of_the_history(app: Kushen) -> None:
    new = account(known_balance=500_00, known_day=DAY)
    app.openings.keep(new)
    before, steps = seen(app), len(app.history.list())
    app.openings.correct(new.id, 700_00, DAY)
    assert len(app.history.list()) == steps + 1
    assert openings(app) == [(DAY, 700_00)]
    app.history.undo()
    assert seen(app) == before
    app.history.undo()
    assert not app.accounts.list()
    assert openings(app) == []


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(-9_999, 9_999), st.integers(-90, 90)), max_size=6),
    st.lists(st.tuples(st.integers(-9_999, 9_999), st.integers(-60, 60)), min_size=1, max_size=3),
)
def test_whatever_was_booked_the_last_thing_said_is_true(
    app: Kushen, booked: list[tuple[int, int]], said: list[tuple[int, int]]
) -> None:
    new = account(new_id().hex())
    app.openings.keep(new)
    with app.vault.work(Sentence("")) as work:
        add_transactions(
            work,
            [
                NewTransaction(DAY + timedelta(days=days), (Posting(new.id, amount),))
                for amount, days in booked
            ],
        )
    for known, days in said:
        day = DAY + timedelta(days=days)
        app.openings.correct(new.id, known, day)
        assert balance(app, new.id, day) == known
    assert not wrong_sums(app)


def test_an_account_that_is_not_there_is_refused(app: Kushen) -> None:
    with pytest.raises(UnknownAccountError):
        app.openings.correct(new_id(), 1, DAY)
    assert not app.history.list()
