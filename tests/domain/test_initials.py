"""First letters of Chinese words."""

import pytest
from hypothesis import given, strategies as st

from kushen_desktop.domain.initials import initials


@pytest.mark.parametrize(
    ("text", "letters"),
    [("餐饮", "cy"), ("交通", "jt"), ("日用百货", "rybh"), ("Taxi 打车", "taxidc"), ("", ""), ("…", "")],
)
def test_initials(text: str, letters: str) -> None:
    assert initials(text) == letters


@given(st.text())
def test_any_text_gives_latin_letters_and_digits(text: str) -> None:
    assert initials(text).isascii()
