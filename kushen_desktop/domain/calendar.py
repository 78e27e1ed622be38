"""Days as integers yyyymmdd and times as seconds of the day, as the vault keeps them."""

import time as time_module
from datetime import date, time
from functools import lru_cache


def today() -> date:
    """Return the day it is here; pictures for comparison put another function in its place."""
    return date.today()  # noqa: DTZ011  the user's own day is meant


def now() -> float:
    """Return the seconds since 1970; pictures for comparison put another function in its place."""
    return time_module.time()


@lru_cache(maxsize=16_384)
def day_number(day: date) -> int:
    """Return a day as yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day


@lru_cache(maxsize=16_384)
def day_of(number: int) -> date:
    """Return the day of a yyyymmdd."""
    return date(number // 10_000, number // 100 % 100, number % 100)


def second_number(moment: time) -> int:
    """Return a time as seconds of its day."""
    return moment.hour * 3_600 + moment.minute * 60 + moment.second


def time_of(seconds: int) -> time:
    """Return the time of so many seconds of a day."""
    return time(seconds // 3_600, seconds // 60 % 60, seconds % 60)


def month_number(day: date) -> int:
    """Return the month of a day as yyyymm."""
    return day.year * 100 + day.month


def months_back(month: int, count: int) -> tuple[int, ...]:
    """Return this month and the count-1 before it, oldest first; months as yyyymm."""
    index = month // 100 * 12 + month % 100 - 1
    return tuple((place // 12) * 100 + place % 12 + 1 for place in range(index - count + 1, index + 1))
