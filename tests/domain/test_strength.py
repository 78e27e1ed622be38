import pytest
from hypothesis import given, strategies as st

from kushen_desktop.domain import strength
from kushen_desktop.domain.guessable import SYLLABLES, WORD_SYLLABLES
from kushen_desktop.domain.strength import generated_bits, generated_passphrase, rated


def unimpressed(_text: str) -> float:
    """A general meter that finds everything hard, so that the rules for Chinese alone decide."""
    return 99.0


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [
        ("zhuangshuangchuang", "pinyin"),
        ("woaibeijingtiananmen", "phrases"),
        ("wangxiaoming19900512", "pinyin"),
        ("zhuge shangguan sima", "names"),
        ("1988-08-08 1990-05-12", "dates"),
        ("13812345678 13912345678", "phone"),
        ("520131452013145201314", "repeated"),
        ("aaaaaaaaaaaaaaaaaaaa", "repeated"),
        ("mima1234567890123456", "numbers"),
        ("我爱北京天安门我爱北京天安门我爱", "repeated"),
        ("１３８１２３４５６７８ｚｈａｎｇｗｅｉ", "phone"),
    ],
)
def test_what_chinese_guessers_try_first_is_refused(passphrase: str, reason: str) -> None:
    found = rated(passphrase, unimpressed)
    assert not found.accepted
    assert found.score < strength.LEAST_SCORE
    assert reason in found.reason.english()


@pytest.mark.parametrize(
    "passphrase",
    [
        "lanse de chuanghu he sanjiao jita",
        "seven quiet lighthouses under snow",
        "窗外的蓝色三角吉他在下雨天睡着了呢",
        "kX9#vTq2!mZr7$wLp",
    ],
)
def test_words_that_do_not_belong_together_are_taken(passphrase: str) -> None:
    assert rated(passphrase, unimpressed).accepted


def test_fewer_than_fifteen_characters_are_refused_however_wild() -> None:
    found = rated("kX9#vTq2!mZr7$", unimpressed)
    assert not found.accepted
    assert found.score < strength.LEAST_SCORE
    assert dict(found.reason.params) == {"found": "14", "wanted": "15"}
    assert rated("kX9#vTq2!mZr7$w", unimpressed).accepted
    # Fifteen code points after folding: a ligature counts as what it stands for.
    assert rated("kX9#vTq2!mZr7㎏", unimpressed).accepted


@pytest.mark.parametrize(
    ("logarithm", "score"), [(2.9, 0), (3.0, 1), (6.0, 2), (8.0, 3), (10.0, 4), (99.0, 4)]
)
def test_the_general_meter_can_only_lower_the_score(logarithm: float, score: int) -> None:
    assert rated("seven quiet lighthouses", lambda _text: logarithm).score == score


def test_words_on_the_vault_itself_do_not_count() -> None:
    assert rated("Lighthouse Lighthouse Lighthouse", unimpressed, ["lighthouse"]).score < 3
    assert rated("bluebirdmountain", unimpressed, ["BlueBirdMountain"]).score == 0


def test_too_long_is_refused_and_long_is_measured_quickly() -> None:
    assert rated("长" * 342, unimpressed).reason.text == strength._LONG
    assert "1024" in rated("x" * 1025, unimpressed).reason.english()
    # The meters see the first 72 characters only.
    assert rated("a" * 72 + "kX9#vTq2!mZr7$wLp", lambda text: 99.0 if len(text) == 72 else 0.0).score == 1
    assert rated("kX9#vTq2!mZr7$wLp" * 6, lambda text: 99.0 if len(text) == 72 else 0.0).score == 4


@given(st.text(max_size=80))
def test_every_text_gets_a_score_and_a_reason(text: str) -> None:
    found = rated(text, unimpressed)
    assert 0 <= found.score <= 4
    assert found.reason.english()
    assert found.accepted == (found.score >= 3)


def test_generated_passphrases_are_strong_and_unlike() -> None:
    many = {generated_passphrase() for _ in range(50)}
    assert len(many) == 50
    assert generated_bits() >= 77
    assert all(rated(passphrase, unimpressed).score == 4 for passphrase in many)
    assert all(len(passphrase.split("-")) == 6 for passphrase in many)


def test_generated_words_can_be_read_in_one_way_only() -> None:
    assert set(WORD_SYLLABLES) <= SYLLABLES
    words = {one + two for one in WORD_SYLLABLES for two in WORD_SYLLABLES}
    assert len(words) == len(WORD_SYLLABLES) ** 2
