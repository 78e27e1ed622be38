"""A form shows a transaction and books it again as it was."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Posting, Role, Status, Transaction
from kushen_desktop.gui.models.transaction_draft import Draft, Kind, Line, UnfinishedError

_CARD, _WALLET, _FOOD, _HOME = (Id(bytes([number]) * 16) for number in range(1, 5))
_AMOUNTS = st.integers(-(10**12), 10**12).filter(bool)


def _transaction(*postings: Posting) -> Transaction:
    return Transaction(
        Id(bytes(16)), date(2026, 11, 22), None, "", Status.BOOKED, "", "", (), None, "", postings
    )


@given(
    st.lists(
        st.tuples(_AMOUNTS, st.sampled_from([None, _FOOD, _HOME]), st.text(max_size=5)),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([Role.FLOW, Role.REFUND]),
)
def test_lines_of_one_account_come_back_as_they_were(
    lines: list[tuple[int, Id | None, str]], role: Role
) -> None:
    postings = tuple(Posting(_CARD, amount, category, role, memo) for amount, category, memo in lines)
    draft = Draft.of(_transaction(*postings))
    assert draft.left == 0
    if draft.amount:
        assert draft.postings() == postings


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_transfers_come_back_with_the_paying_side_first(paid: int, arrived: int) -> None:
    out = Posting(_CARD, -paid, role=Role.TRANSFER)
    into = Posting(_WALLET, arrived, role=Role.TRANSFER)
    for postings in ((out, into), (into, out)):
        draft = Draft.of(_transaction(*postings))
        assert draft.kind is Kind.TRANSFER
        assert draft.postings() == (out, into)


def test_what_no_form_can_show_stays() -> None:
    opening = Posting(_CARD, 500, role=Role.OPENING)
    draft = Draft.of(_transaction(opening))
    assert draft.kind is Kind.FIXED
    assert draft.postings() == (opening,)


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (Draft(Kind.EXPENSE), "Choose an account"),
        (Draft(Kind.INCOME, _CARD), "Enter an amount"),
        (Draft(Kind.EXPENSE, _CARD, 500, lines=(Line(_FOOD, 300),)), "do not add up"),
        (Draft(Kind.TRANSFER, _CARD, 500, _CARD, 500), "two different accounts"),
        (Draft(Kind.TRANSFER, _CARD, 500, _WALLET), "amount that arrives"),
    ],
)
def test_what_is_missing_is_said(draft: Draft, words: str) -> None:
    with pytest.raises(UnfinishedError) as raised:
        draft.postings()
    assert words in str(raised.value.params["reason"])
