"""The history names an edit by its field, in the language in use."""

from collections.abc import Iterator

import pytest

from kushen_desktop import i18n
from kushen_desktop.services.edit_titles import edit_title


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    i18n.use("en")


def test_one_field_is_named() -> None:
    assert edit_title(3, {"category": None}).english() == "3 changed: category"


def test_several_or_unknown_fields_are_only_counted() -> None:
    assert edit_title(2, {"day": None, "note": ""}).english() == "2 changed"
    assert edit_title(1, {"refunds": None}).english() == "1 changed"


def test_no_english_is_left_in_chinese() -> None:
    i18n.use("zh_CN")
    assert edit_title(3, {"category": None}).shown() == "修改 3 笔：分类"
