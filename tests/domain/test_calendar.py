"""Days, times and months as the integers of the vault."""

from datetime import date, datetime, time
from itertools import pairwise

from hypothesis import given, strategies as st

from kushen_desktop.domain.calendar import (
    day_number,
    day_of,
    month_number,
    months_back,
    second_number,
    time_of,
    today,
)


@given(st.dates())
def test_a_day_comes_back_from_its_number(day: date) -> None:
    assert day_of(day_number(day)) == day
    assert month_number(day) == day_number(day) // 100


@given(st.dates(), st.dates())
def test_numbers_of_days_have_the_order_of_days(first: date, second: date) -> None:
    assert (day_number(first) < day_number(second)) == (first < second)


@given(st.times().map(lambda moment: moment.replace(microsecond=0)))
def test_a_time_comes_back_from_its_seconds(moment: time) -> None:
    assert time_of(second_number(moment)) == moment


@given(st.dates(min_value=date(100, 1, 1)), st.integers(1, 60))
def test_months_back_are_in_a_row_and_end_with_this_one(day: date, count: int) -> None:
    months = months_back(month_number(day), count)
    assert len(months) == count
    assert months[-1] == month_number(day)
    assert all(later - earlier in {1, 89} for earlier, later in pairwise(months))
    assert all(1 <= month % 100 <= 12 for month in months)


def test_months_cross_the_year() -> None:
    assert months_back(202602, 4) == (202511, 202512, 202601, 202602)


def test_today_is_a_day_of_this_computer() -> None:
    before = datetime.now().astimezone().date()
    assert before <= today() <= datetime.now().astimezone().date()
