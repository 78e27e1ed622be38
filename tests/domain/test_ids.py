"""Keys of rows: fresh ones in the order of time, derived ones equal everywhere."""

import time
import uuid

from hypothesis import given, strategies as st

from kushen_desktop.domain.ids import derived_id, new_id

PARTS = st.lists(st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"])), max_size=4)


def test_fresh_ids_are_uuids_of_version_7_with_the_present_time() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(bytes=new_id())
    after = time.time_ns() // 1_000_000
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert before <= made.int >> 80 <= after


def test_fresh_ids_differ() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000


@given(PARTS)
def test_derived_ids_are_uuids_of_version_5_and_always_the_same(parts: list[str]) -> None:
    made = uuid.UUID(bytes=derived_id(*parts))
    assert (made.version, made.variant) == (5, uuid.RFC_4122)
    assert derived_id(*parts) == derived_id(*parts)
    namespace = uuid.UUID("0d5b1c3e-6f2a-5e4a-9d0c-7b1e4b53484e")
    assert made == uuid.uuid5(namespace, "\x1f".join(parts))


@given(PARTS.filter(bool), PARTS.filter(bool))
def test_other_parts_give_another_id(first: list[str], second: list[str]) -> None:
    assert (derived_id(*first) == derived_id(*second)) == (first == second)
