"""Transactions: what was booked comes back whole; lists, edits of many, sums."""

from datetime import date, time, timedelta

import pytest

from kushen_desktop.app import Kushen
from kushen_desktop.domain.changes import Topic
from kushen_desktop.domain.ids import Id, new_id
from kushen_desktop.domain.ledger import (
    AccountKind,
    NewTransaction,
    OtherCurrencyError,
    Posting,
    Role,
    Shape,
    Status,
    UnbalancedError,
    UnknownTransactionError,
)
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.starter import category_id
from kushen_desktop.services.transactions import Sum, add_transactions
from kushen_desktop.store.rids import MissingRowError
from tests.books import seen, wrong_sums

FOOD, FUN, FEES = category_id("food"), category_id("leisure"), category_id("money.fees")
DAY = date(2026, 3, 15)


@pytest.fixture
def cash(app: Kushen) -> Id:
    return app.accounts.add("Cash", AccountKind.CASH)


@pytest.fixture
def card(app: Kushen) -> Id:
    return app.accounts.add("Card", AccountKind.BANK_CARD)


def spend(app: Kushen, account: Id, amount: int = -5_00, day: date = DAY, **more: object) -> Id:
    line = Posting(account, amount, FOOD)
    return app.transactions.add(NewTransaction(day, (line,), **more))  # type: ignore[arg-type]


def test_a_transaction_comes_back_as_it_was_booked(app: Kushen, cash: Id, card: Id) -> None:
    purchase = spend(app, cash)
    lines = (
        Posting(cash, -5_00, FOOD, memo="half"),
        Posting(card, -6_00, None, memo="other half"),
        Posting(cash, 1_00, FUN, Role.REFUND),
    )
    new = NewTransaction(
        DAY, lines, "星巴克", time(8, 5, 59), Status.PENDING, "text of the bank", "备注", ("出差", "trip"),
        purchase, "Please look", new_id(),
    )  # fmt: skip
    id_ = app.transactions.add(new)
    got = app.transactions.get(id_)
    assert id_ == new.id == got.id
    assert (got.day, got.time, got.payee, got.status) == (new.day, new.time, new.payee, new.status)
    assert (got.text, got.note, got.refunds, got.review) == (new.text, new.note, purchase, new.review)
    assert got.postings == lines
    assert set(got.tags) == set(new.tags)
    assert got.evidence == ()


def test_a_list_shows_what_is_in_it(app: Kushen, cash: Id, card: Id) -> None:
    legs = (Posting(cash, -7_00, role=Role.TRANSFER), Posting(card, 7_00, role=Role.TRANSFER))
    app.transactions.add(NewTransaction(DAY, legs))
    app.transactions.add(NewTransaction(DAY, (Posting(card, -5_00, FOOD), Posting(card, -1_00, FUN))))
    both, moved = app.transactions.rows(app.transactions.find(), 0, 10)
    assert (both.shape, both.amount, both.category, both.account) == (Shape.SPLIT, -6_00, None, card)
    assert (moved.shape, moved.amount, moved.account, moved.other) == (Shape.TRANSFER, -7_00, cash, card)
    assert (moved.currency, moved.status) == ("CNY", Status.BOOKED)


def test_pages_of_any_size_make_the_whole_list_newest_first(app: Kushen, cash: Id) -> None:
    with app.vault.work(Sentence("")) as work:
        add_transactions(
            work,
            [
                NewTransaction(
                    DAY - timedelta(days=number * 7 % 90), (Posting(cash, number),), str(number % 3)
                )
                for number in range(200)
            ],
        )
    for text, count in (("", 200), ("payee:1", 67), ("payee:none", 0)):
        found = app.transactions.find(text)
        whole = app.transactions.rows(found, 0, 1_000)
        assert found.count == len(whole) == count
        assert [row.day for row in whole] == sorted((row.day for row in whole), reverse=True)
        paged = [row for first in range(0, count, 23) for row in app.transactions.rows(found, first, 23)]
        assert tuple(paged) == whole
        assert app.transactions.ids(found) == tuple(row.id for row in whole)
        assert all(app.transactions.place(found, whole[at].id) == at for at in range(0, count, 17))
        assert app.transactions.rows(found, count, 5) == ()
        assert sum(n for _, n in found.months) == count
    outside = app.transactions.rows(app.transactions.find("payee:2"), 0, 1)[0]
    assert app.transactions.place(app.transactions.find("payee:1"), outside.id) is None
    assert app.transactions.place(app.transactions.find(), new_id()) is None


def test_sums_are_by_currency_and_without_transfers(app: Kushen, cash: Id, card: Id) -> None:
    yen = app.accounts.add("Yen", AccountKind.CASH, "JPY")
    spend(app, cash, -5_00)
    spend(app, card, 8_00)
    spend(app, yen, -300)
    legs = (Posting(cash, -7_00, role=Role.TRANSFER), Posting(card, 7_00, role=Role.TRANSFER))
    app.transactions.add(NewTransaction(DAY, legs))
    assert app.transactions.sums(app.transactions.find()) == (
        Sum("CNY", 3, 8_00, -5_00),
        Sum("JPY", 1, 0, -300),
    )


def test_every_field_of_many_can_be_edited_at_once_and_taken_back(app: Kushen, cash: Id) -> None:
    ids = [spend(app, cash, -number, payee="Old", note="old", tags=("old",)) for number in range(1, 6)]
    before, steps = seen(app), len(app.history.list())
    changed = app.transactions.edit(
        ids[:4], day=DAY + timedelta(days=40), time=time(7, 0), payee="New", note="new", text="told",
        status=Status.RECONCILED, tags=("new",), category=FUN, review="", refunds=ids[4],
    )  # fmt: skip
    assert changed == 4
    for id_ in ids[:4]:
        got = app.transactions.get(id_)
        assert (got.day, got.time, got.payee) == (DAY + timedelta(days=40), time(7, 0), "New")
        assert (got.note, got.text, got.status, got.tags) == ("new", "told", Status.RECONCILED, ("new",))
        assert (got.postings[0].category, got.refunds) == (FUN, ids[4])
    assert app.transactions.get(ids[4]).note == "old"
    assert app.transactions.find("note:new").count == app.transactions.find("text:told").count == 4
    assert len(app.history.list()) == steps + 1
    assert not wrong_sums(app)
    app.history.undo()
    assert seen(app) == before
    assert app.transactions.find("note:new").count == 0


def test_a_category_goes_to_spending_and_refunds_not_to_transfers(app: Kushen, cash: Id, card: Id) -> None:
    legs = (Posting(cash, -7_00, role=Role.TRANSFER), Posting(card, 7_00, role=Role.TRANSFER))
    moved = app.transactions.add(NewTransaction(DAY, (*legs, Posting(cash, -1_00, FEES))))
    back = app.transactions.add(NewTransaction(DAY, (Posting(cash, 1_00, None, Role.REFUND),)))
    app.transactions.edit([moved, back], category=FUN)
    assert [line.category for line in app.transactions.get(moved).postings] == [None, None, FUN]
    assert [line.category for line in app.transactions.get(back).postings] == [FUN]
    app.transactions.edit([back], category=None)
    assert app.transactions.get(back).postings[0].category is None


def test_simple_ones_move_to_another_account_transfers_stay(app: Kushen, cash: Id, card: Id) -> None:
    other = app.accounts.add("Other", AccountKind.BANK_CARD)
    simple = spend(app, cash)
    legs = (Posting(cash, -7_00, role=Role.TRANSFER), Posting(card, 7_00, role=Role.TRANSFER))
    moved = app.transactions.add(NewTransaction(DAY, legs))
    app.transactions.edit([simple, moved], account=other)
    assert app.transactions.get(simple).postings[0].account == other
    assert app.transactions.get(moved).postings == legs
    assert not wrong_sums(app)


def test_an_amount_is_never_taken_for_one_in_another_currency(app: Kushen, cash: Id) -> None:
    yen = app.accounts.add("Yen", AccountKind.CASH, "JPY")
    ids = [spend(app, cash), spend(app, cash)]
    before = seen(app)
    with pytest.raises(OtherCurrencyError):
        app.transactions.edit(ids, account=yen, note="moved")
    assert seen(app) == before
    app.transactions.edit(ids, postings=(Posting(yen, -300, FOOD),))
    assert [app.transactions.get(id_).postings[0].account for id_ in ids] == [yen, yen]


def test_lines_are_replaced_as_a_whole(app: Kushen, cash: Id, card: Id) -> None:
    id_ = spend(app, cash)
    lines = (Posting(card, -2_00, FUN, memo="a"), Posting(card, -3_00, FOOD))
    app.transactions.edit([id_], postings=lines)
    assert app.transactions.get(id_).postings == lines
    assert app.transactions.find("is:split").count == 1
    with pytest.raises(UnbalancedError):
        app.transactions.edit([id_], postings=())
    assert app.transactions.get(id_).postings == lines


def test_what_makes_no_sense_is_refused_and_nothing_is_written(app: Kushen, cash: Id) -> None:
    before = seen(app)
    legs = (Posting(cash, -7_00, role=Role.TRANSFER), Posting(cash, 7_00, role=Role.TRANSFER))
    for lines in ((), legs):
        with pytest.raises(UnbalancedError):
            app.transactions.add(NewTransaction(DAY, lines, payee="Nobody"))
    with pytest.raises(MissingRowError):
        app.transactions.edit([new_id()], note="lost")
    with pytest.raises(TypeError):
        app.transactions.edit([spend(app, cash)], colour="red")
    app.history.undo()
    assert seen(app)["payee"] == before["payee"]


def test_what_was_deleted_is_gone_until_undo(app: Kushen, cash: Id) -> None:
    ids = [spend(app, cash, payee="星巴克", note="to go") for _ in range(3)]
    before = seen(app)
    assert app.transactions.delete(ids[:2]) == 2
    assert app.transactions.find().count == app.transactions.find("note:go").count == 1
    with pytest.raises(UnknownTransactionError):
        app.transactions.get(ids[0])
    app.history.undo()
    assert seen(app) == before


def test_views_are_told_what_changed_after_each_commit(app: Kushen, cash: Id) -> None:
    told: list[Topic] = []
    stop = app.subscribe(told.append)
    id_ = spend(app, cash)
    app.transactions.edit([id_], note="same")
    app.transactions.edit([id_], note="same")
    app.settings.change(base_currency="USD")
    assert told == [Topic.LEDGER, Topic.LEDGER, Topic.SETTINGS]
    stop()
    stop()
    app.history.undo()
    assert len(told) == 3
