"""The categories a new vault starts with, in both languages, and where wallets' own categories go."""

from typing import NamedTuple

from kushen_desktop.domain.ids import Id, derived_id
from kushen_desktop.domain.ledger import Category, Flow
from kushen_desktop.i18n import N_, _


class Seed(NamedTuple):
    """A category of the starter set; color as in Category."""

    seed: str
    title: str
    parent: str = ""
    flow: Flow = Flow.EXPENSE
    color: int = 0


SEEDS = (
    Seed("food", N_("Dining"), color=1),
    Seed("food.coffee", N_("Coffee and tea"), "food"),
    Seed("food.delivery", N_("Takeaway"), "food"),
    Seed("groceries", N_("Groceries"), color=2),
    Seed("shopping", N_("Shopping"), color=6),
    Seed("shopping.clothes", N_("Clothes"), "shopping"),
    Seed("shopping.digital", N_("Electronics"), "shopping"),
    Seed("shopping.beauty", N_("Beauty"), "shopping"),
    Seed("transport", N_("Transport"), color=4),
    Seed("transport.taxi", N_("Taxi and ride-hailing"), "transport"),
    Seed("transport.public", N_("Public transport"), "transport"),
    Seed("transport.car", N_("Car and fuel"), "transport"),
    Seed("home", N_("Housing"), color=5),
    Seed("home.rent", N_("Rent"), "home"),
    Seed("home.utilities", N_("Utilities"), "home"),
    Seed("home.telecom", N_("Phone and internet"), "home"),
    Seed("home.goods", N_("Household goods"), "home"),
    Seed("leisure", N_("Entertainment"), color=0),
    Seed("leisure.subscriptions", N_("Subscriptions"), "leisure"),
    Seed("leisure.travel", N_("Travel"), "leisure"),
    Seed("leisure.sport", N_("Sport"), "leisure"),
    Seed("health", N_("Health"), color=3),
    Seed("education", N_("Education"), color=3),
    Seed("family", N_("Family and gifts"), color=6),
    Seed("family.packets", N_("Red packets sent"), "family"),
    Seed("family.children", N_("Children"), "family"),
    Seed("family.pets", N_("Pets"), "family"),
    Seed("money", N_("Fees and insurance"), color=0),
    Seed("money.fees", N_("Bank fees"), "money"),
    Seed("money.insurance", N_("Insurance"), "money"),
    Seed("money.interest", N_("Interest paid"), "money"),
    Seed("giving", N_("Donations"), color=0),
    Seed("other", N_("Other expenses"), color=0),
    Seed("salary", N_("Salary"), flow=Flow.INCOME, color=1),
    Seed("bonus", N_("Bonus"), flow=Flow.INCOME, color=1),
    Seed("interest", N_("Interest and returns"), flow=Flow.INCOME, color=4),
    Seed("packets", N_("Red packets received"), flow=Flow.INCOME, color=6),
    Seed("reimbursed", N_("Reimbursements"), flow=Flow.INCOME, color=5),
    Seed("sales", N_("Second-hand sales"), flow=Flow.INCOME, color=2),
    Seed("income", N_("Other income"), flow=Flow.INCOME, color=0),
)
TITLES = {seed.seed: seed.title for seed in SEEDS}

# Alipay 交易分类 and WeChat 交易类型 to a seed; what is not here stays uncategorised.
_SOURCES = {
    "餐饮美食": "food",
    "日用百货": "home.goods",
    "服饰装扮": "shopping.clothes",
    "数码电器": "shopping.digital",
    "美容美发": "shopping.beauty",
    "交通出行": "transport",
    "爱车养车": "transport.car",
    "住房物业": "home",
    "充值缴费": "home.telecom",
    "家居家装": "home.goods",
    "文化休闲": "leisure",
    "酒店旅游": "leisure.travel",
    "运动户外": "leisure.sport",
    "医疗健康": "health",
    "教育培训": "education",
    "母婴亲子": "family.children",
    "宠物": "family.pets",
    "保险": "money.insurance",
    "互助保障": "money.insurance",
    "公益捐赠": "giving",
    "亲友代付": "family",
    "投资理财": "interest",
}


def category_id(seed: str) -> Id:
    """Return the id of a seeded category: the same in every vault."""
    return derived_id("category", seed)


def seed_of_source(category: str) -> str:
    """Return the seed that a statement's own category means, "" where none does."""
    return _SOURCES.get(category, "")


def title(category: Category) -> str:
    """Return a category's name; a seeded one that was not renamed in the language in use."""
    return category.name or _(TITLES.get(category.seed, category.seed))
