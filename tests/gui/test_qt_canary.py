"""Qt and Python must agree on who owns None: PySide6 6.12 on Python 3.11 gives away one reference a call
until the process aborts.
"""

import sys

import PySide6
from PySide6.QtCore import QObject


def test_calls_that_return_nothing_leave_none_alone() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) >= before - 10


def test_qt_is_the_one_that_was_measured() -> None:
    assert PySide6.__version_info__[:2] == (6, 11)
