"""Whatever is asked, the search finds what looking at every transaction finds."""

import random
from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from kushen_desktop.app import Kushen
from kushen_desktop.domain.ids import Id, new_id
from kushen_desktop.domain.ledger import AccountKind, Flow, NewTransaction, Posting, Role, Status
from kushen_desktop.domain.query import QueryError
from kushen_desktop.domain.starter import category_id
from tests.books import book
from tests.services import slow_search as slow
from tests.services.slow_search import Holds, Ledger

PAYEES = ["", "星巴克 Starbucks", "全家 ＦａｍｉｌｙＭａｒｔ", "STARK", "美团", "Café Ｒ", "100% 茶_水"]
NOTES = ["", "午餐 with 朋友", "出差报销，发票 No.12", "a-b", "押金（已退）", "Straße"]
TAGS = ["出差", "trip", "Trip home", "旅行 2026"]
SEEDS = ["food", "food.coffee", "groceries", "transport.taxi", "salary", "money.fees"]
COUNT = 160
DATA = Path(__file__).resolve().parents[1] / "data" / "statements"

# A term as it is typed, and what it means.
Asked = tuple[str, Holds]


class Made:
    """A vault of every kind of transaction, and the plain list of what is in it."""

    def __init__(self, app: Kushen) -> None:
        self.app = app
        self.chance = random.Random(7)
        own = app.categories.add("咖啡 Café", Flow.EXPENSE, category_id("food.coffee"))
        self.categories: list[Id | None] = [None, own, *map(category_id, SEEDS)]
        wallet = app.accounts.add("支付宝", AccountKind.WALLET, number="me@example.org")
        card = app.accounts.add("招行 Card", AccountKind.BANK_CARD, institution="招商银行", number="62251234")
        yen = app.accounts.add("Yen cash", AccountKind.CASH, "JPY")
        dollars = app.accounts.add("支付宝 USD", AccountKind.WALLET, "USD")
        self.accounts = [wallet, card, yen, dollars]
        self.all = [self.one() for _ in range(COUNT)]
        for new in self.all:
            app.transactions.add(new)
        self.ledger = Ledger.of(app)

    def one(self) -> NewTransaction:
        some = self.chance.choice
        return NewTransaction(
            date(2025, 11, 1) + timedelta(days=self.chance.randrange(150)),
            self.lines(),
            payee=some(PAYEES),
            time=some([None, time(8, 30), time(23, 59, 59)]),
            status=some(list(Status)),
            text=some(NOTES),
            note=some(NOTES),
            tags=tuple(self.chance.sample(TAGS, some([0, 0, 1, 2]))),
            review=some(["", "", "Please look"]),
            id=new_id(),
        )

    def lines(self) -> tuple[Posting, ...]:
        some, units = self.chance.choice, self.chance.randint(-120_00, 120_00)
        here, there, third = self.chance.sample(self.accounts, 3)
        first, second = some(self.categories), some(self.categories)
        return some(
            [
                (Posting(here, units, first),),
                (Posting(here, units),),
                (Posting(here, abs(units), first, Role.REFUND),),
                (Posting(here, units, role=Role.HOLD),),
                (Posting(here, units, role=Role.OPENING),),
                (Posting(here, units, first), Posting(here, -5_00, second)),
                (Posting(here, units, role=Role.TRANSFER),),
                (Posting(here, units, role=Role.TRANSFER), Posting(there, -units, role=Role.TRANSFER)),
                (Posting(here, units, role=Role.TRANSFER), Posting(here, -2_00, second)),
                (Posting(here, units, first), Posting(there, -1_00, second)),
                (Posting(here, units, first), Posting(there, -1_00, second), Posting(third, -3_00, first)),
            ]
        )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder: Path = tmp_path_factory.mktemp("searched") / "vault"
    with book(folder) as app:
        yield Made(app)


# fmt: off
WORDS = st.sampled_from([
    "星巴克", "巴克", "STAR", "familymart", "mart", "美", "caf", "100% 茶", "茶_水", "餐", "with朋友", "12",
    "b", "出差", "trip", "trip home", "2026", "Dining", "food.coffee", "coffee and tea", "咖啡", "o", "fee",
    "支付宝", "招商", "1234", "card", "example", "usd", "nothing like it", "—", "strasse", "已退",
])
# fmt: on
UNITS = st.decimals("0", "130", places=2)
DAYS = st.dates(date(2025, 10, 25), date(2026, 4, 10))


def quoted(field: str, text: str) -> str:
    return f'{field}:"{text}"' if field else f'"{text}"'


def amounts(low: Decimal, high: Decimal) -> st.SearchStrategy[Asked]:
    finer, low, high = Decimal("0.00000001"), min(low, high), max(low, high)
    return st.sampled_from(
        [
            (f"amount:{low}", slow.amount(low, low)),
            (f"金额:>{low}", slow.amount(low + finer, None)),
            (f"amount:>={low}", slow.amount(low, None)),
            (f"amount:<{high}", slow.amount(None, high - finer)),
            (f"amount:<={high}", slow.amount(None, high)),
            (f"amount:{low}..{high}", slow.amount(low, high)),
        ]
    )


def spans(low: date, high: date) -> st.SearchStrategy[Asked]:
    low, high, one = min(low, high), max(low, high), timedelta(days=1)
    month = low.replace(day=1)
    last = (month + 31 * one).replace(day=1) - one
    return st.sampled_from(
        [
            (f"date:{low}", slow.days(low, low)),
            (f"日期:{low:%Y-%m}", slow.days(month, last)),
            (f"date:{low.year}", slow.days(date(low.year, 1, 1), date(low.year, 12, 31))),
            (f"date:>{low}", slow.days(low + one, None)),
            (f"date:>{low:%Y-%m}", slow.days(last + one, None)),
            (f"date:<{low:%Y/%m}", slow.days(None, month - one)),
            (f"date:<={high}", slow.days(None, high)),
            (f"date:{low}..{high}", slow.days(low, high)),
        ]
    )


TERMS: st.SearchStrategy[Asked] = st.one_of(
    WORDS.map(lambda text: (quoted("", text), slow.word(text))),
    WORDS.map(lambda text: (quoted("商家", text), slow.payee(text))),
    WORDS.map(lambda text: (quoted("category", text), slow.category(text))),
    WORDS.map(lambda text: (quoted("账户", text), slow.account(text))),
    WORDS.map(lambda text: (quoted("tag", text), slow.tag(text))),
    WORDS.map(lambda text: (quoted("note", text), slow.note(text))),
    st.sampled_from(["CNY", "usd", "JPY", "EUR"]).map(lambda text: (f"currency:{text}", slow.currency(text))),
    st.sampled_from(sorted(slow.FLAGS)).map(lambda flag: (f"is:{flag}", slow.FLAGS[flag])),
    st.tuples(UNITS, UNITS).flatmap(lambda pair: amounts(*pair)),
    st.tuples(DAYS, DAYS).flatmap(lambda pair: spans(*pair)),
)
SIGNED = st.one_of(TERMS, TERMS.map(lambda term: ("-" + term[0], slow.negated(term[1]))))


@settings(deadline=None, max_examples=150)
@given(terms=st.lists(SIGNED, min_size=1, max_size=3))
def test_the_search_finds_what_looking_at_everything_finds(made: Made, terms: list[Asked]) -> None:
    text = " ".join(text for text, _ in terms)
    wanted = {one.id for one in made.all if all(holds(made.ledger, one) for _, holds in terms)}
    found = made.app.transactions.find(text)
    assert set(made.app.transactions.ids(found)) == wanted, text
    assert found.count == len(wanted)


@pytest.mark.parametrize("flag", sorted(slow.FLAGS))
def test_there_is_something_of_every_kind_to_be_found(made: Made, flag: str) -> None:
    assert 0 < made.app.transactions.find(f"is:{flag}").count < COUNT


@settings(deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_finds_something_or_nothing_or_is_refused(made: Made, text: str) -> None:
    try:
        found = made.app.transactions.find(text)
    except QueryError as error:
        assert error.message  # noqa: PT017  most texts are no error
        return
    assert 0 <= found.count <= COUNT


def test_a_number_of_an_order_is_found_from_its_beginning(app: Kushen) -> None:
    path = DATA / "alipay" / "syn_app_2025.csv"
    (statement,) = app.imports.read(path)
    app.imports.confirm([app.imports.preview(statement, path.name)])
    numbers = sorted({entry.ids[0][1] for entry in statement.entries if entry.ids})
    everything = app.transactions.find().count
    for number in numbers:
        for part in (number, number[:-2], number[:8]):
            wanted = sum(other.startswith(part) for other in numbers)
            assert app.transactions.find(f"id:{part}").count == wanted
            assert app.transactions.find(f"-id:{part}").count == everything - wanted
        assert app.transactions.find(f"id:{number[1:]}").count == 0
