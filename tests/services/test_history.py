"""Undo and redo: whatever was done, taken back, leaves the vault as it was."""

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from hypothesis.strategies import DataObject

from kushen_desktop.app import Kushen
from kushen_desktop.domain.changes import InTheWayError, NothingToRedoError, NothingToUndoError
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import AccountKind, NewTransaction, Posting, Status
from kushen_desktop.domain.starter import category_id
from kushen_desktop.services.transactions import add_transactions
from tests.books import PASSPHRASE, book, seen, wrong_sums

CATEGORIES = [category_id(seed) for seed in ("food", "transport", "groceries", "salary")]
DAYS = [date(2026, month, day) for month in (1, 2, 3) for day in (1, 15, 28)]


def spend(app: Kushen, account: Id, amount: int = -500) -> Id:
    new = NewTransaction(DAYS[0], (Posting(account, amount, CATEGORIES[0]),), payee="星巴克")
    return app.transactions.add(new)


def _add_account(app: Kushen, data: DataObject) -> None:
    app.accounts.add(f"Account {len(app.accounts.list())}", data.draw(st.sampled_from(AccountKind)))


def _add(app: Kushen, data: DataObject) -> None:
    accounts = [account.id for account in app.accounts.list()]
    if not accounts:
        return
    lines = st.builds(
        Posting,
        st.sampled_from(accounts),
        st.integers(-100_000, 100_000),
        st.sampled_from([None, *CATEGORIES]),
    )
    app.transactions.add(
        NewTransaction(
            data.draw(st.sampled_from(DAYS)),
            tuple(data.draw(st.lists(lines, min_size=1, max_size=3))),
            payee=data.draw(st.sampled_from(["", "星巴克", "全家", "ＦａｍｉｌｙMart"])),
            note=data.draw(st.sampled_from(["", "午餐", "with 朋友"])),
            tags=tuple(data.draw(st.sets(st.sampled_from(["出差", "trip"])))),
        )
    )


def _edit(app: Kushen, data: DataObject) -> None:
    found = app.transactions.find()
    ids = [row.id for row in app.transactions.rows(found, 0, found.count)]
    if not ids:
        return
    some = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))
    field, value = data.draw(
        st.one_of(
            st.tuples(st.just("category"), st.sampled_from([None, *CATEGORIES])),
            st.tuples(st.just("payee"), st.sampled_from(["", "瑞幸", "星巴克"])),
            st.tuples(st.just("day"), st.sampled_from(DAYS)),
            st.tuples(st.just("note"), st.text("午餐ab ", max_size=5)),
            st.tuples(st.just("tags"), st.sampled_from([(), ("出差",)])),
            st.tuples(st.just("status"), st.sampled_from(Status)),
        )
    )
    app.transactions.edit(some, **{field: value})


def _delete(app: Kushen, data: DataObject) -> None:
    found = app.transactions.find()
    rows = app.transactions.rows(found, 0, 5)
    if rows:
        app.transactions.delete([data.draw(st.sampled_from([row.id for row in rows]))])


def _rename(app: Kushen, data: DataObject) -> None:
    app.categories.rename(data.draw(st.sampled_from(CATEGORIES)), data.draw(st.text("ab食", max_size=3)))


STEPS = [_add_account, _add, _add, _edit, _edit, _delete, _rename]


@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.data())
def test_any_sequence_undone_gives_the_same_vault_and_redone_the_same_again(data: DataObject) -> None:
    with book() as app:
        states = [seen(app)]
        for step in [_add_account, *data.draw(st.lists(st.sampled_from(STEPS), min_size=1, max_size=8))]:
            before = len(app.history.list())
            step(app, data)
            if len(app.history.list()) > before:
                states.append(seen(app))
            else:
                assert seen(app) == states[-1]
        for state in reversed(states[:-1]):
            app.history.undo()
            assert seen_alive(app) == alive(state)
            assert not wrong_sums(app)
        with pytest.raises(NothingToUndoError):
            app.history.undo()
        for state in states[1:]:
            app.history.redo()
            assert seen_alive(app) == alive(state)
            assert not wrong_sums(app)
        with pytest.raises(NothingToRedoError):
            app.history.redo()


def alive(state: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Leave out what was withdrawn: rows stay, so that they can come back."""
    return {
        name: [row for row in rows if name not in {"account", "category"} or row[1] == 0]
        for name, rows in state.items()
    }


def seen_alive(app: Kushen) -> dict[str, list[tuple[object, ...]]]:
    return alive(seen(app))


def test_out_of_order_undo_where_nothing_later_touches_the_same_cells(app: Kushen) -> None:
    account = app.accounts.add("支付宝", AccountKind.WALLET)
    first, second = spend(app, account), spend(app, account, -700)
    app.transactions.edit([first], note="lunch")
    app.transactions.edit([second], note="dinner")
    numbers = [change.number for change in app.history.list()]
    app.history.undo_change(numbers[1])
    assert app.transactions.get(first).note == ""
    assert app.transactions.get(second).note == "dinner"


def test_undo_names_what_is_in_the_way(app: Kushen) -> None:
    account = app.accounts.add("支付宝", AccountKind.WALLET)
    id_ = spend(app, account)
    app.transactions.edit([id_], note="lunch")
    added = app.history.list()[1].number
    with pytest.raises(InTheWayError) as caught:
        app.history.undo_change(added)
    assert [blocker.number for blocker in caught.value.blockers] == [app.history.list()[0].number]
    assert app.transactions.get(id_).note == "lunch"


def test_an_account_in_use_is_not_taken_away_by_undo(app: Kushen) -> None:
    account = app.accounts.add("支付宝", AccountKind.WALLET)
    spend(app, account)
    with pytest.raises(InTheWayError):
        app.history.undo_change(app.history.list()[-1].number)


def test_redo_does_not_skip_what_it_was_built_on(app: Kushen) -> None:
    account = app.accounts.add("支付宝", AccountKind.WALLET)
    id_ = spend(app, account)
    app.transactions.edit([id_], note="one")
    app.transactions.edit([id_], note="two")
    app.history.undo()
    app.history.undo()
    two = app.history.list()[0].number
    with pytest.raises(InTheWayError):
        app.history.redo_change(two)
    app.history.redo()
    app.history.redo()
    assert app.transactions.get(id_).note == "two"


def test_a_new_change_ends_what_could_be_redone(app: Kushen) -> None:
    account = app.accounts.add("支付宝", AccountKind.WALLET)
    spend(app, account)
    app.history.undo()
    spend(app, account, -900)
    with pytest.raises(NothingToRedoError):
        app.history.redo()


def test_undo_works_after_a_restart(app: Kushen) -> None:
    account = app.accounts.add("支付宝", AccountKind.WALLET)
    id_ = spend(app, account)
    before = seen(app)
    app.transactions.edit([id_], note="lunch", category=CATEGORIES[1])
    folder = app.opened.folder
    app.close()
    with Kushen.open(folder, PASSPHRASE) as again:
        again.history.undo()
        assert seen(again) == before
        again.history.redo()
        assert again.transactions.get(id_).note == "lunch"


def test_a_bulk_edit_is_one_step(app: Kushen) -> None:
    account = app.accounts.add("支付宝", AccountKind.WALLET)
    with app.vault.work(app.history.list()[0].title) as work:
        add_transactions(
            work,
            [
                NewTransaction(DAYS[n % 9], (Posting(account, -n, CATEGORIES[0]),), payee=f"p{n % 7}")
                for n in range(1, 1201)
            ],
        )
    assert not wrong_sums(app)
    before = seen(app)
    found = app.transactions.find()
    ids = [row.id for row in app.transactions.rows(found, 0, found.count)]
    app.transactions.edit(ids, category=CATEGORIES[1], tags=("旅行",))
    assert app.transactions.find("cat:transport").count == 1200
    assert not wrong_sums(app)
    app.history.undo()
    assert seen(app) == before
