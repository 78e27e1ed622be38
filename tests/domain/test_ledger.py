"""The ledger as values: shapes of transactions, masked numbers."""

import pytest
from hypothesis import given, strategies as st

from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import (
    ACCOUNT_KIND_TITLES,
    STATUS_TITLES,
    Account,
    AccountKind,
    Posting,
    Role,
    Shape,
    Status,
    shape_of,
)

CARD, CASH, WALLET = Id(b"card"), Id(b"cash"), Id(b"wallet")
FOOD, FUN = Id(b"food"), Id(b"fun")


@pytest.mark.parametrize(
    ("postings", "shape"),
    [
        ((Posting(CARD, -1, FOOD),), Shape.SIMPLE),
        ((Posting(CARD, 1, FOOD, Role.REFUND),), Shape.SIMPLE),
        ((Posting(CARD, 1, role=Role.OPENING),), Shape.SIMPLE),
        ((Posting(CARD, -1, FOOD), Posting(CARD, -2, FUN)), Shape.SPLIT),
        ((Posting(CARD, -1, role=Role.TRANSFER),), Shape.TRANSFER),
        ((Posting(CARD, -1, role=Role.TRANSFER), Posting(CASH, 1, role=Role.TRANSFER)), Shape.TRANSFER),
        ((Posting(CARD, -1, role=Role.TRANSFER), Posting(CARD, -2, FOOD)), Shape.TRANSFER),
        ((Posting(CARD, -1), Posting(CASH, -1), Posting(WALLET, -1)), Shape.COMPLEX),
        ((Posting(CARD, -1, FOOD), Posting(CASH, -1, FUN)), Shape.COMPLEX),
    ],
)
def test_the_shape_of_a_transaction(postings: tuple[Posting, ...], shape: Shape) -> None:
    assert shape_of(postings) is shape


@given(st.text(max_size=30))
def test_lists_show_no_more_than_the_last_four_characters(number: str) -> None:
    account = Account(CARD, "Card", AccountKind.BANK_CARD, "CNY", number=number)
    assert account.masked == (f"•••• {number[-4:]}" if len(number) >= 4 else "")
    assert len(account.tail) in {0, 4}


def test_every_kind_and_status_has_a_title() -> None:
    assert set(ACCOUNT_KIND_TITLES) == set(AccountKind)
    assert set(STATUS_TITLES) == set(Status)
