"""A small ledger for the pages: a quarter of ordinary life up to the day on which it is looked at."""

from datetime import date, timedelta
from decimal import Decimal

from kushen_desktop.app import Kushen
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import AccountKind, NewTransaction, Posting, Role
from kushen_desktop.domain.starter import category_id

TODAY = date(2026, 11, 23)


def fill(app: Kushen, *, rate: bool = True) -> dict[str, Id]:
    """Book three months of salary, rent and lunches; return the accounts by a short name."""
    accounts = {
        "wallet": app.accounts.add("零钱", AccountKind.WALLET),
        "bank": app.accounts.add("招商银行", AccountKind.BANK_CARD, number="6214830112348705"),
        "credit": app.accounts.add("信用卡", AccountKind.CREDIT_CARD, statement_day=5, due_day=23),
        "hong_kong": app.accounts.add("HSBC One", AccountKind.BANK_CARD, "HKD"),
    }
    for month in (9, 10, 11):
        _book(app, date(2026, month, 10), accounts["bank"], 1_000_000 + month, "salary", "Employer")
        _book(app, date(2026, month, 5), accounts["bank"], -300_000 - month, "home.rent", "Landlord")
    for back in range(15):
        _book(app, TODAY - timedelta(days=back), accounts["wallet"], -1_200 - back, "food", f"Lunch {back}")
    _book(app, TODAY, accounts["credit"], -9_900, None, "Riddle")
    _book(app, date(2026, 9, 1), accounts["hong_kong"], 500_000, "income", "Aunt")
    app.transactions.add(
        NewTransaction(
            date(2026, 11, 1),
            (
                Posting(accounts["bank"], -50_000, role=Role.TRANSFER),
                Posting(accounts["wallet"], 50_000, role=Role.TRANSFER),
            ),
        )
    )
    if rate:
        app.rates.set("HKD", "CNY", Decimal("0.9"), date(2026, 1, 1))
    return accounts


def _book(app: Kushen, day: date, account: Id, amount: int, *use: str | None) -> None:
    seed, payee = use
    category = category_id(seed) if seed else None
    app.transactions.add(NewTransaction(day, (Posting(account, amount, category),), payee or ""))
