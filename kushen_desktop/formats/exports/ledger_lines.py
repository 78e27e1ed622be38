"""A transaction as it leaves the vault: plain values, amounts in major units."""

from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

FORMAT = "kushen-ledger"
VERSION = 1


class LedgerLine(NamedTuple):
    """One line of a transaction: so much into (or, negative, out of) an account, in major units."""

    account: str
    currency: str
    amount: Decimal
    category: str
    role: str
    memo: str


class LedgerTransaction(NamedTuple):
    """A transaction; id and refunds (the purchase it gives back, "" for none) as 32 hexadecimal digits."""

    id: str
    day: date
    time: time | None
    payee: str
    text: str
    note: str
    status: str
    review: str
    refunds: str
    tags: tuple[str, ...]
    lines: tuple[LedgerLine, ...]
