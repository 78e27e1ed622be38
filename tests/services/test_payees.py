"""Payees and tags: one for each name, whatever its case and width."""

from datetime import date

import pytest

from kushen_desktop.app import Kushen
from kushen_desktop.domain.folding import fold
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import AccountKind, NewTransaction, Posting
from kushen_desktop.services.payees import payee_id

DAY = date(2026, 1, 1)


@pytest.fixture
def cash(app: Kushen) -> Id:
    return app.accounts.add("Cash", AccountKind.CASH)


def spend(app: Kushen, cash: Id, payee: str, *tags: str) -> Id:
    return app.transactions.add(NewTransaction(DAY, (Posting(cash, -1),), payee=payee, tags=tags))


def test_names_that_begin_with_it_come_first(app: Kushen, cash: Id) -> None:
    for payee in ("Big Star", "Starbucks", "星巴克 Star", "Other"):
        spend(app, cash, payee)
    assert app.payees.names("STAR") == ("Starbucks", "Big Star", "星巴克 Star")
    assert app.payees.names("star", limit=1) == ("Starbucks",)
    assert set(app.payees.names()) == {"Big Star", "Starbucks", "星巴克 Star", "Other"}


def test_the_same_name_in_another_case_or_width_is_the_same_payee(app: Kushen, cash: Id) -> None:
    for payee in ("FamilyMart", "ｆａｍｉｌｙｍａｒｔ", " FAMILYMART "):
        spend(app, cash, payee)
    assert app.payees.names() == ("FamilyMart",)
    assert app.transactions.find('payee:"familymart"').count == 3
    assert payee_id("FamilyMart") == payee_id(" ＦＡＭＩＬＹＭＡＲＴ")


@pytest.mark.parametrize("blank", ["", "  "])
def test_blank_names_are_nobody(app: Kushen, cash: Id, blank: str) -> None:
    id_ = spend(app, cash, blank, blank, "trip")
    assert app.payees.names() == ()
    assert app.payees.tags() == ("trip",)
    assert (app.transactions.get(id_).payee, app.transactions.get(id_).tags) == ("", ("trip",))


def test_a_tag_said_twice_is_one_tag(app: Kushen, cash: Id) -> None:
    id_ = spend(app, cash, "", "Trip", "trip ", "出差")
    assert [fold(tag) for tag in app.transactions.get(id_).tags] == ["trip", "出差"]
    app.transactions.edit([id_], tags=("ｔｒｉｐ", "TRIP"))
    assert [fold(tag) for tag in app.transactions.get(id_).tags] == ["trip"]


def test_a_name_whose_making_was_undone_is_not_proposed_and_comes_back(app: Kushen, cash: Id) -> None:
    spend(app, cash, "星巴克", "出差")
    app.history.undo()
    assert (app.payees.names(), app.payees.tags()) == ((), ())
    spend(app, cash, "星巴克", "出差")
    assert (app.payees.names(), app.payees.tags()) == (("星巴克",), ("出差",))
