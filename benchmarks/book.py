"""The synthetic book: 20 accounts in 4 currencies, 60 categories, 5,000 payees, ten years, fixed seed."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from kushen_desktop.domain.calendar import day_number
from kushen_desktop.domain.folding import fold
from kushen_desktop.domain.ids import Id, derived_id
from kushen_desktop.domain.ledger import Posting, Role
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.store.bookings import Booking
from kushen_desktop.store.tables import ACCOUNT, CATEGORY, PAYEE
from kushen_desktop.store.vault import Vault

LAST = date(2026, 11, 22)
DAYS = 3_650
CHAINS = (
    "星巴克", "瑞幸咖啡", "盒马鲜生", "滴滴出行", "支付宝", "财付通支付", "Starbucks", "FamilyMart",
    "Coursera", "美团外卖", "京东商城", "优衣库", "中国石化", "上海地铁", "永辉超市", "Amazon", "Spotify",
    "万达影城",
)  # fmt: skip
NOTES = (
    "午餐", "和朋友", "双十一", "出差报销", "weekly", "birthday", "会员续费", "停车", "taxi", "礼物",
)  # fmt: skip
ACCOUNTS = tuple(derived_id("bench account", str(n)) for n in range(20))
CATEGORIES = tuple(derived_id("bench category", str(n)) for n in range(60))
CURRENCIES = ("CNY",) * 14 + ("HKD", "HKD", "USD", "USD", "JPY", "EUR")


def payee_names() -> list[str]:
    """Return 5,000 names, Chinese and English, some of them branches of a few chains."""
    return [
        f"{CHAINS[n % len(CHAINS)]} {n:04d}店" if n % 3 else f"{CHAINS[n % len(CHAINS)]}{n}"
        for n in range(5_000)
    ]


def seed(vault: Vault) -> None:
    """Add accounts, categories and payees."""
    with vault.work(Sentence("book"), root=0) as work:
        work.add(
            ACCOUNT,
            [
                {"id": id_, "name": f"账户 {n}", "kind": "bank_card", "currency": CURRENCIES[n],
                 "number": f"{n:016d}", "institution": "", "closed": 0, "aliases": "[]", "note": ""}
                for n, id_ in enumerate(ACCOUNTS)
            ],
        )  # fmt: skip
        work.add(
            CATEGORY,
            [
                {"id": id_, "name": f"分类 {n}", "seed": "", "parent": None,
                 "flow": "income" if n < 6 else "expense", "color": n % 7, "position": n}
                for n, id_ in enumerate(CATEGORIES)
            ],
        )  # fmt: skip
        names = payee_names()
        ids = [derived_id("payee", fold(name)) for name in names]
        work.add(
            PAYEE,
            [{"id": id_, "name": name, "folded": fold(name)} for id_, name in zip(ids, names, strict=True)],
        )


def bookings(count: int, number: int = 0) -> Iterator[Booking]:
    """Yield transactions in the order of their days, oldest first."""
    dice = random.Random(f"book {number}")  # noqa: S311  a fixed book
    payees = [derived_id("payee", fold(name)) for name in payee_names()]
    first = LAST - timedelta(days=DAYS - 1)
    for place in range(count):
        day = first + timedelta(days=place * DAYS // count)
        postings = _postings(dice)
        yield Booking(
            derived_id("bench", str(number), str(place)),
            day_number(day),
            dice.randrange(86_400),
            Id(dice.choice(payees)),
            1,
            "",
            f"{dice.choice(NOTES)} {dice.randrange(10_000)}" if dice.random() < 0.22 else "",
            None,
            "",
            (),
            postings,
        )


def _postings(dice: random.Random) -> tuple[Posting, ...]:
    kind = dice.random()
    account = dice.choice(ACCOUNTS)
    if kind < 0.05:
        other = dice.choice([one for one in ACCOUNTS[:14] if one != account])
        amount = dice.randrange(1_000, 900_000)
        return (Posting(account, -amount, role=Role.TRANSFER), Posting(other, amount, role=Role.TRANSFER))
    if kind < 0.10:
        return (Posting(account, dice.randrange(1_000, 2_000_000), dice.choice(CATEGORIES[:6])),)
    if kind < 0.12:
        return (
            Posting(account, -dice.randrange(100, 50_000), dice.choice(CATEGORIES[6:])),
            Posting(account, -dice.randrange(100, 50_000), dice.choice(CATEGORIES[6:])),
        )
    return (Posting(account, -dice.randrange(100, 90_000), dice.choice(CATEGORIES[6:])),)


def ofx(count: int, account: str = "6214830100008705") -> str:
    """Return an OFX 1.x file of so many transactions over two years."""
    dice = random.Random("ofx")  # noqa: S311  a fixed book
    names = payee_names()
    first = LAST - timedelta(days=729)
    lines = [
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:UTF-8\nCHARSET:NONE\n",
        "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>CNY",
        f"<BANKACCTFROM><BANKID>308<ACCTID>{account}<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>",
    ]
    for place in range(count):
        day = day_number(first + timedelta(days=place * 730 // count))
        amount = dice.randrange(100, 90_000)
        lines.append(
            f"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{day}120000<TRNAMT>-{amount / 100:.2f}<FITID>{place:012d}"
            f"<NAME>{dice.choice(names)}<MEMO>{dice.choice(NOTES)} {dice.randrange(10_000)}</STMTTRN>"
        )
    return "\n".join([*lines, "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"])


def csv(count: int) -> str:
    """Return a bank's table of so many transactions."""
    dice = random.Random("csv")  # noqa: S311  a fixed book
    names = payee_names()
    first = LAST - timedelta(days=729)
    lines = ["交易日期,交易时间,交易金额,对方户名,摘要,流水号"]
    for place in range(count):
        day = first + timedelta(days=place * 730 // count)
        lines.append(
            f"{day},{dice.randrange(24):02d}:{dice.randrange(60):02d}:{dice.randrange(60):02d},"
            f"-{dice.randrange(100, 90_000) / 100:.2f},{dice.choice(names)},{dice.choice(NOTES)} {place},"
            f"{place:012d}"
        )
    return "\n".join(lines)
