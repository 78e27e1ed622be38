"""What the log folds into columns comes back as it was, also by way of JSON."""

import json

from hypothesis import given, strategies as st

from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Posting, Role
from kushen_desktop.store.bookings import Booking
from kushen_desktop.store.columns import folded, unfolded

FEW = st.sampled_from([Id(bytes([number]) * 16) for number in range(4)])
IDS = st.binary(min_size=16, max_size=16).map(Id)
NUMBERS = st.integers(-(2**62), 2**62)
LINES = st.builds(Posting, FEW, NUMBERS, st.none() | FEW, st.sampled_from(Role), st.text(max_size=5))
BOOKINGS = st.builds(
    Booking,
    id=IDS,
    day=st.integers(10101, 99991231),
    sec=st.none() | st.integers(0, 86_399),
    payee=st.none() | FEW,
    status=st.integers(0, 2),
    text=st.text(max_size=8),
    note=st.text(max_size=8),
    refunds=st.none() | IDS,
    review=st.text(max_size=3),
    tags=st.lists(FEW, max_size=3, unique=True).map(tuple),
    postings=st.lists(LINES, max_size=3).map(tuple),
    state=st.integers(0, 2),
)


@given(st.lists(BOOKINGS, max_size=8))
def test_bookings_come_back_as_they_were(bookings: list[Booking]) -> None:
    kept = json.loads(json.dumps(folded(bookings), ensure_ascii=False))
    assert unfolded(kept) == bookings


def test_ids_that_come_often_are_kept_once() -> None:
    account, payee = Id(b"a" * 16), Id(b"p" * 16)
    lines = (Posting(account, 1), Posting(account, 2))
    booking = Booking(Id(b"i" * 16), 20260101, None, payee, 1, "", "", None, "", (), lines)
    text = json.dumps(folded([booking] * 50))
    assert text.count(account.hex()) == text.count(payee.hex()) == 1
