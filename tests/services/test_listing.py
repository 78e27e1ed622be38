"""Lists in the order of any column, ids and places of many transactions."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kushen_desktop.app import Kushen
from kushen_desktop.domain.ledger import AccountKind, NewTransaction, Posting
from kushen_desktop.store.slots.slot import Cost

_COUNT = 700


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kushen]:
    folder: Path = tmp_path_factory.mktemp("book") / "book"
    app, _created = Kushen.create(folder, "maoma-laini-haile-haofei-bobu-fopai", cost=Cost(19 * 1024, 1, 1))
    card = app.accounts.add("Card", AccountKind.BANK_CARD)
    last = date(2026, 11, 22)
    for number in range(0, _COUNT, 70):
        amounts = [(one * 7919) % 1009 + 1 for one in range(number, number + 70)]
        day = last - timedelta(days=number)
        app.transactions.add(
            NewTransaction(day, (Posting(card, -amounts[0]),), payee=f"Shop {number % 3}", tags=("old",))
        )
        app.transactions.add(NewTransaction(day, (Posting(card, sum(amounts)),), text=str(number)))
    yield app
    app.close()


@pytest.mark.parametrize("descending", [False, True])
def test_amounts_go_up_and_down(book: Kushen, descending: bool) -> None:  # noqa: FBT001  a parameter of the test
    found = book.transactions.ordered(book.transactions.find(), "amount", descending=descending)
    amounts = [row.amount for row in book.transactions.rows(found, 0, found.count)]
    assert amounts == sorted(amounts, reverse=descending)
    assert len(amounts) == found.count == 20


@pytest.mark.parametrize(
    "by", ["date", "time", "payee", "text", "note", "category", "account", "status", "amount"]
)
def test_pages_places_and_ids_agree_in_every_order(book: Kushen, by: str) -> None:
    found = book.transactions.ordered(book.transactions.find("tag:old"), by, descending=False)
    ids = book.transactions.ids(found)
    paged = [row.id for first in range(0, 10, 3) for row in book.transactions.rows(found, first, 3)]
    assert list(ids) == paged
    assert book.transactions.places(found, ids[2:5]) == {ids[2]: 2, ids[3]: 3, ids[4]: 4}
    assert [book.transactions.place(found, id_) for id_ in ids] == list(range(10))


def test_newest_first_agrees_too(book: Kushen) -> None:
    found = book.transactions.find()
    ids = book.transactions.ids(found)
    assert [row.id for row in book.transactions.rows(found, 0, 100)] == list(ids)
    assert book.transactions.places(found, set(ids)) == {id_: place for place, id_ in enumerate(ids)}


def test_tags_are_added_to_those_that_are_there(book: Kushen) -> None:
    ids = book.transactions.ids(book.transactions.find())
    book.transactions.edit(ids, add_tags=("new",))
    assert book.transactions.find("tag:new").count == 20
    assert book.transactions.find("tag:new tag:old").count == 10
    book.history.undo()
    assert book.transactions.find("tag:new").count == 0
    assert book.transactions.find("tag:old").count == 10
