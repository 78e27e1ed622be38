"""A small book for the tests of the transactions page."""

from datetime import date, time, timedelta

from kushen_desktop.app import Kushen
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import AccountKind, NewTransaction, Posting, Role
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.starter import category_id
from kushen_desktop.services.transactions import add_transactions

LAST = date(2026, 11, 22)


def accounts(app: Kushen) -> tuple[Id, Id, Id]:
    """Add a card, a wallet and an account in another currency."""
    return (
        app.accounts.add("Card", AccountKind.BANK_CARD, number="6225880112345678"),
        app.accounts.add("Wallet", AccountKind.WALLET),
        app.accounts.add("Abroad", AccountKind.BANK_CARD, "HKD"),
    )


def fill(app: Kushen, card: Id, count: int) -> list[Id]:
    """Book so many purchases, one a day back from LAST: 10.00, 10.01, 10.02 and so on; newest first."""
    new = [
        NewTransaction(
            LAST - timedelta(days=number),
            (Posting(card, -1000 - number, None if number % 3 else category_id("food")),),
            payee=f"Shop {number % 7}",
            text=f"order {number}",
            time=time(12, 30),
        )
        for number in range(count)
    ]
    with app.vault.work(Sentence.of("filled")) as work:
        return add_transactions(work, new)


def mixed(app: Kushen) -> dict[str, Id]:
    """Book one of each kind, a day apart, newest first; return their ids by what they are."""
    card, wallet, abroad = accounts(app)
    rows = {
        "coffee": NewTransaction(
            LAST, (Posting(card, -3200, category_id("food.coffee")),), payee="瑞幸咖啡", note="with Li"
        ),
        "salary": NewTransaction(LAST, (Posting(card, 1_000_000, category_id("salary")),), payee="Employer"),
        "unknown": NewTransaction(LAST, (Posting(wallet, -1500),), payee="Stall", text="QR code payment"),
        "transfer": NewTransaction(
            LAST, (Posting(card, -5000, role=Role.TRANSFER), Posting(wallet, 5000, role=Role.TRANSFER))
        ),
        "split": NewTransaction(
            LAST,
            (Posting(card, -6000, category_id("food")), Posting(card, -4000, category_id("home.goods"))),
            payee="Supermarket",
            tags=("family",),
        ),
        "abroad": NewTransaction(
            LAST, (Posting(abroad, -24905, category_id("leisure")),), payee="Star Ferry"
        ),
        "review": NewTransaction(
            LAST, (Posting(card, -990, category_id("food")),), payee="Canteen", review="The amount differs."
        ),
    }
    placed = [
        NewTransaction(
            **{name: getattr(row, name) for name in ("postings", "payee", "text", "note", "tags", "review")},
            day=LAST - timedelta(days=number),
        )
        for number, row in enumerate(rows.values())
    ]
    with app.vault.work(Sentence.of("filled")) as work:
        return dict(zip(rows, add_transactions(work, placed), strict=True))
