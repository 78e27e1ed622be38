from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from kushen_desktop.domain.query import FLAGS, MAX_LENGTH, Field, Query, QueryError, Term, parse


def only(text: str) -> Term:
    (term,) = parse(text).terms
    return term


def test_words_are_looked_for_everywhere() -> None:
    assert parse("星巴克  coffee").terms == (Term(Field.ANY, "星巴克"), Term(Field.ANY, "coffee"))
    assert parse("  ") == Query()


def test_the_query_of_the_manual() -> None:
    query = parse("payee:星巴克 amount:>100 date:2026-03 tag:出差 -category:餐饮 is:uncategorised")
    assert [(term.field, term.text, term.negated) for term in query.terms] == [
        (Field.PAYEE, "星巴克", False),
        (Field.AMOUNT, ">100", False),
        (Field.DATE, "2026-03", False),
        (Field.TAG, "出差", False),
        (Field.CATEGORY, "餐饮", True),
        (Field.IS, "uncategorised", False),
    ]


def test_chinese_names_and_a_wide_colon_do() -> None:
    assert only("商家：星巴克") == Term(Field.PAYEE, "星巴克")
    assert only("-分类:餐饮") == Term(Field.CATEGORY, "餐饮", negated=True)
    assert only("是:未分类") == Term(Field.IS, "uncategorised")
    assert only("金额:>100").low > 100


def test_quotes_keep_words_together() -> None:
    assert only('tag:"business trip"') == Term(Field.TAG, "business trip")
    assert only('"two words"') == Term(Field.ANY, "two words")
    assert only('-"two words"') == Term(Field.ANY, "two words", negated=True)


def test_a_name_that_is_no_field_is_part_of_the_word() -> None:
    assert only("amount:") == Term(Field.ANY, "amount:")
    assert only("http://shop") == Term(Field.ANY, "http://shop")
    assert only("12:30").field is Field.ANY


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("amount:9.90", ["9.90"], ["9.89", "9.91"]),
        ("amount:=9.90", ["9.90"], ["9.91"]),
        ("amount:>100", ["100.01", "5000"], ["100", "99"]),
        ("amount:>=100", ["100"], ["99.99"]),
        ("amount:<100", ["0", "99.99"], ["100"]),
        ("amount:<=100", ["100"], ["100.01"]),
        ("amount:20..50", ["20", "50"], ["19.99", "50.01"]),
        ("amount:1,000..2,000", ["1000"], ["999"]),
    ],
)
def test_amounts(text: str, inside: list[str], outside: list[str]) -> None:
    check_range(text, inside, outside)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("date:2026", ["20260101", "20261231"], ["20251231", "20270101"]),
        ("date:2026-02", ["20260201", "20260228"], ["20260131", "20260301"]),
        ("date:2026-3-5", ["20260305"], ["20260304", "20260306"]),
        ("date:2026/03/05", ["20260305"], ["20260306"]),
        ("date:2026-01..2026-02", ["20260101", "20260228"], ["20260301"]),
        ("date:=2026-02", ["20260201", "20260228"], ["20260301"]),
        ("date:>2026-02", ["20260301"], ["20260228", "20260201"]),
        ("date:>=2026-02", ["20260201"], ["20260131"]),
        ("date:<2026-02", ["20260131"], ["20260201"]),
        ("date:<=2026-02", ["20260228"], ["20260301"]),
        ("date:2024-02-29..2024", ["20240229", "20241231"], ["20240228"]),
    ],
)
def test_dates(text: str, inside: list[str], outside: list[str]) -> None:
    check_range(text, inside, outside)


def check_range(text: str, inside: list[str], outside: list[str]) -> None:
    term = only(text)
    assert [value for value in inside if not term.low <= Decimal(value) <= term.high] == []
    assert [value for value in outside if term.low <= Decimal(value) <= term.high] == []


@pytest.mark.parametrize(
    "text",
    [
        "amount:much", "amount:>", "amount:-5", "date:yesterday", "date:2026-13", "date:2026-02-30",
        "date:0000", "is:blue", "x" * (MAX_LENGTH + 1),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_told_by_its_term(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.params["term"].rstrip("…") in text
    assert caught.value.params["reason"]


def test_every_flag_is_known_in_both_languages() -> None:
    meanings = set(FLAGS.values())
    for meaning in meanings:
        spelled = {word for word, value in FLAGS.items() if value == meaning}
        assert meaning in spelled
        assert any(not word.isascii() for word in spelled)
    for word, meaning in FLAGS.items():
        assert only(f"is:{word.upper()}").text == meaning


@given(st.text(max_size=MAX_LENGTH))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        return
    assert all(term.low <= term.high for term in query.terms if term.field is not Field.DATE)
    assert len(query.terms) <= len(text)


@given(st.lists(st.text(alphabet="abc星巴克", min_size=1, max_size=6), max_size=6))
def test_words_come_out_as_they_went_in(words: list[str]) -> None:
    assert [term.text for term in parse(" ".join(words)).terms] == words
