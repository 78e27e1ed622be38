import pytest
from hypothesis import given, strategies as st

from kushen_desktop.domain import recovery_code
from kushen_desktop.domain.recovery_code import RecoveryCodeError, RecoveryCodeLengthError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
codes = st.binary(min_size=20, max_size=20)


@given(codes)
def test_what_is_written_is_read(code: bytes) -> None:
    text = recovery_code.written(code)
    assert len(text) == 47
    assert set(text) <= set(ALPHABET + "-")
    for typed in (text, text.lower(), text.replace("-", " "), text.replace("-", ""), f" {text}\n"):
        assert recovery_code.read(typed) == code


def test_a_known_code_stays_the_same() -> None:
    assert recovery_code.written(bytes(20)) == "00000-00001-00002-00003-00004-00005-00006-00007"
    assert recovery_code.read("00000-00001-00002-00003-00004-00005-00006-00007") == bytes(20)


@given(codes, st.integers(0, 39), st.sampled_from(ALPHABET + "U?*中"))
def test_any_wrong_character_is_pointed_to_its_group(code: bytes, place: int, wrong: str) -> None:
    text = list(recovery_code.written(code).replace("-", ""))
    if text[place] == wrong:
        return
    text[place] = wrong
    group = place // 5 + 1
    assert recovery_code.wrong_groups("".join(text)) == (group,)
    with pytest.raises(RecoveryCodeError) as caught:
        recovery_code.read("".join(text))
    assert caught.value.params == {"groups": str(group)}


@given(codes, st.integers(0, 7), st.permutations(range(5)).filter(lambda order: order != list(range(5))))
def test_two_swapped_characters_are_noticed(code: bytes, group: int, order: list[int]) -> None:
    groups = recovery_code.written(code).split("-")
    moved = [place for place in range(5) if order[place] != place]
    swapped = "".join(groups[group][place] for place in order)
    if len(moved) != 2 or swapped == groups[group]:
        return
    groups[group] = swapped
    assert recovery_code.wrong_groups("-".join(groups)) == (group + 1,)


@given(codes, st.integers(0, 7), st.integers(0, 7))
def test_groups_in_the_wrong_order_are_noticed(code: bytes, one: int, other: int) -> None:
    groups = recovery_code.written(code).split("-")
    groups[one], groups[other] = groups[other], groups[one]
    wrong = {one + 1, other + 1} if one != other else set()
    assert set(recovery_code.wrong_groups("-".join(groups))) == wrong


@given(codes, st.integers(0, 46))
def test_a_missing_character_is_pointed_to_where_groups_are_kept_apart(code: bytes, place: int) -> None:
    text = recovery_code.written(code)
    if text[place] == "-":
        return
    with pytest.raises(RecoveryCodeError) as caught:
        recovery_code.read(text[:place] + text[place + 1 :])
    assert caught.value.params == {"groups": str(text[:place].count("-") + 1)}


@pytest.mark.parametrize("typed", ["", "00000", "0" * 39, "0" * 41, "00000-" * 9])
def test_a_wrong_length_is_told_with_both_figures(typed: str) -> None:
    with pytest.raises(RecoveryCodeLengthError) as caught:
        recovery_code.read(typed)
    assert caught.value.params == {"found": str(len(typed.replace("-", ""))), "wanted": "40"}


def test_lookalikes_and_full_width_letters_are_forgiven() -> None:
    assert recovery_code.read("ooooo OOOOl 00002 ００００３ 00004 00005 00006 00007") == bytes(20)


def test_while_typing_only_finished_groups_are_judged() -> None:
    text = recovery_code.written(bytes(range(20)))
    for length in range(len(text)):
        assert recovery_code.wrong_groups(text[:length]) == ()
    assert recovery_code.wrong_groups("00009-00") == (1,)
    assert recovery_code.wrong_groups("00000-0?") == (2,)


def test_codes_differ() -> None:
    assert len({recovery_code.new() for _ in range(100)}) == 100
