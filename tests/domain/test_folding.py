"""What is found is what is there: pairs of characters in SQLite's own full-text index."""

import unicodedata

import pytest
from hypothesis import given, strategies as st
from hypothesis.strategies import DataObject
from sqlcipher3 import dbapi2

from kushen_desktop.domain.folding import fold, grams, phrase, squeezed
from kushen_desktop.store import schema

(SEARCH,) = (sql for sql in schema.TABLES if "fts5" in sql)
TEXTS = st.one_of(st.text(max_size=30), st.text("ab星巴克咖 é-ＡßΣ한", max_size=30))


@pytest.fixture(scope="module")
def index() -> dbapi2.Connection:
    """The search index of the vault, alone and in memory."""
    connection = dbapi2.connect(":memory:")
    connection.execute(SEARCH)
    return connection


def finds(index: dbapi2.Connection, text: str, wanted: str) -> bool:
    index.execute("INSERT INTO search(search) VALUES('delete-all')")
    index.execute("INSERT INTO search(rowid, grams) VALUES(1, ?)", (grams(text),))
    query = phrase(wanted)
    sql = "SELECT count(*) FROM search WHERE search MATCH ?"
    return bool(query) and bool(index.execute(sql, (query,)).fetchone()[0])


@given(TEXTS.filter(squeezed), st.data())
def test_every_part_of_a_text_is_found(index: dbapi2.Connection, text: str, data: DataObject) -> None:
    letters = squeezed(text)
    first = data.draw(st.integers(0, len(letters) - 1))
    last = data.draw(st.integers(first + 1, len(letters)))
    assert finds(index, text, letters[first:last])
    assert finds(index, text, text)


@given(TEXTS, TEXTS.filter(squeezed))
def test_what_is_not_part_of_a_text_is_not_found(index: dbapi2.Connection, text: str, wanted: str) -> None:
    if plain(wanted) not in plain(text):
        assert not finds(index, text, wanted)


def plain(text: str) -> str:
    """Return the letters without the marks that the index ignores, as é and e."""
    apart = unicodedata.normalize("NFKD", squeezed(text))
    return squeezed("".join(one for one in apart if not unicodedata.combining(one)))


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert squeezed(squeezed(text)) == squeezed(text)
    assert grams(squeezed(text)) == grams(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("星巴克咖啡（人民广场店）", "巴克"),
        ("冻结", "冻结"),
        ("ＦａｍｉｌｙＭａｒｔ 全家", "familymart"),
        ("Straße 12", "STRASSE"),
        ("订单 2026-03-05", "20260305"),
        ("a_b", "ab"),
        ("한국", "한"),
        ("\u1100-\u1161", "가"),
        ("\u19b0x", "x"),
        ("x", "X"),
    ],
)
def test_width_case_and_signs_make_no_difference(index: dbapi2.Connection, text: str, wanted: str) -> None:
    assert finds(index, text, wanted)


def test_signs_alone_are_no_phrase() -> None:
    assert phrase("—…！") == ""
    assert grams("—…！") == ""
    assert fold("Ａ b") == "a b"
