from hypothesis import given, strategies as st

from kushen_desktop.cli import screen


def test_chinese_takes_two_columns() -> None:
    assert screen.width("星巴克 A") == 8
    assert screen.table(["店", "n"], [["星巴克", "1"], ["A", "22"]], right=[1]) == (
        "店       n\n星巴克   1\nA       22"
    )


def test_a_text_from_a_file_cannot_steer_the_terminal() -> None:
    assert screen.plain("a\x1b[2Jb\r\nc") == "a [2Jb  c"


@given(st.text(max_size=40), st.integers(2, 20))
def test_what_is_cut_fits(text: str, limit: int) -> None:
    shown = screen.cut(screen.plain(text), limit)
    assert screen.width(shown) <= limit
    assert shown == screen.plain(text) or shown.endswith("…")
