"""Categories: the starter set in both languages, a tree of any depth."""

from collections.abc import Iterator

import pytest

from kushen_desktop import i18n
from kushen_desktop.app import Kushen
from kushen_desktop.domain.ledger import Flow, UnknownCategoryError
from kushen_desktop.domain.starter import SEEDS, category_id, seed_of_source, title
from kushen_desktop.services.categories import path, under

FOOD, COFFEE = category_id("food"), category_id("food.coffee")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


def test_a_new_vault_has_the_starter_set_each_after_its_parent(app: Kushen) -> None:
    found = app.categories.list()
    assert {one.id for one in found} == {category_id(seed.seed) for seed in SEEDS}
    seen = set()
    for one in found:
        assert one.parent is None or one.parent in seen
        seen.add(one.id)
    assert [one.seed for one in found[:3]] == ["food", "food.coffee", "food.delivery"]


@pytest.mark.parametrize("name", ["Dining", "dining", "Dining/Coffee and tea", "ｄｉｎｉｎｇ"])
def test_a_category_is_found_by_title_or_path(app: Kushen, name: str) -> None:
    assert app.categories.named(name).id == (COFFEE if "/" in name else FOOD)


def test_titles_are_known_in_the_language_in_use_and_in_english(app: Kushen) -> None:
    i18n.use("zh_CN")
    chinese = title(app.categories.named("Dining"))
    assert chinese != "Dining"
    assert app.categories.named(chinese).id == FOOD


def test_an_unknown_name_is_refused_with_the_near_ones(app: Kushen) -> None:
    with pytest.raises(UnknownCategoryError) as caught:
        app.categories.named("Dinning")
    assert "Dining" in str(caught.value.params["near"])


def test_a_renamed_category_goes_by_both_names_and_gets_its_own_back(app: Kushen) -> None:
    app.categories.rename(FOOD, " 吃饭 ")
    assert title(app.categories.named("吃饭")) == "吃饭"
    assert app.categories.named("Dining").id == FOOD
    app.categories.rename(FOOD, "")
    assert title(app.categories.named("Dining")) == "Dining"


def test_a_tree_of_any_depth(app: Kushen) -> None:
    parent = COFFEE
    for depth in range(12):
        parent = app.categories.add(f"level {depth}", Flow.EXPENSE, parent)
    tree = {one.id: one for one in app.categories.list()}
    assert path(tree, tree[parent]).startswith("Dining › Coffee and tea › level 0 › level 1 › ")
    assert parent in under(tree, {FOOD})
    assert len(under(tree, {COFFEE})) == 13


def test_moving_takes_everything_below_along_and_is_undone(app: Kushen) -> None:
    before = app.categories.list()
    app.categories.move(FOOD, category_id("leisure"))
    tree = {one.id: one for one in app.categories.list()}
    assert path(tree, tree[COFFEE]) == "Entertainment › Dining › Coffee and tea"
    app.categories.move(FOOD, None)
    app.history.undo()
    app.history.undo()
    assert app.categories.list() == before


def test_a_circle_of_parents_hides_nothing(app: Kushen) -> None:
    app.categories.move(FOOD, COFFEE)
    found = app.categories.list()
    assert {one.id for one in found} == {category_id(seed.seed) for seed in SEEDS}
    assert len(found) == len(SEEDS)
    tree = {one.id: one for one in found}
    assert under(tree, {FOOD}) == under(tree, {COFFEE})
    assert path(tree, tree[COFFEE]) == "Dining › Coffee and tea"


def test_every_category_of_a_wallet_leads_to_a_seed(app: Kushen) -> None:
    seeds = {one.seed for one in app.categories.list()}
    for name in ("餐饮美食", "交通出行", "投资理财", "母婴亲子"):
        assert seed_of_source(name) in seeds
    assert seed_of_source("没有这个") == ""
