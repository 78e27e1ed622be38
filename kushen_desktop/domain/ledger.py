"""The ledger: accounts, categories, transactions and their postings, as values."""

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.ids import Id
from kushen_desktop.i18n import N_


class AccountKind(StrEnum):
    """What an account is; credit cards and loans are owed."""

    CASH = "cash"
    WALLET = "wallet"
    BANK_CARD = "bank_card"
    CREDIT_CARD = "credit_card"
    INVESTMENT = "investment"
    LOAN = "loan"
    RECEIVABLE = "receivable"


ACCOUNT_KIND_TITLES = {
    AccountKind.CASH: N_("Cash"),
    AccountKind.WALLET: N_("Wallet"),
    AccountKind.BANK_CARD: N_("Bank card"),
    AccountKind.CREDIT_CARD: N_("Credit card"),
    AccountKind.INVESTMENT: N_("Investment"),
    AccountKind.LOAN: N_("Loan"),
    AccountKind.RECEIVABLE: N_("Money owed to me"),
}


class Flow(StrEnum):
    """Which way the money of a category runs."""

    EXPENSE = "expense"
    INCOME = "income"


class Role(IntEnum):
    """What a posting does: flows count as spending or income, refunds lower spending, the others are neither.

    Held money is still in its account.
    """

    FLOW = 0
    TRANSFER = 1
    OPENING = 2
    HOLD = 3
    REFUND = 4


class Status(IntEnum):
    """How settled a transaction is."""

    PENDING = 0
    BOOKED = 1
    RECONCILED = 2


STATUS_TITLES = {
    Status.PENDING: N_("Pending"),
    Status.BOOKED: N_("Booked"),
    Status.RECONCILED: N_("Reconciled"),
}


class Shape(IntEnum):
    """How a transaction is made up, as lists need to know."""

    SIMPLE = 0
    SPLIT = 1
    TRANSFER = 2
    COMPLEX = 3


class State(IntEnum):
    """Whether a row is there: DELETED by the user, WITHDRAWN because what made it was undone."""

    LIVE = 0
    DELETED = 1
    WITHDRAWN = 2


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the user. Amounts in it are minor units of its currency.

    number: card number, IBAN or wallet login, shown masked in lists. aliases: names by which files call it.
    known_balance and known_day: what the user said the balance was at the end of that day; the opening
    balance is booked so that it comes true.
    """

    id: Id
    name: str
    kind: AccountKind
    currency: str
    institution: str = ""
    number: str = ""
    statement_day: int | None = None
    due_day: int | None = None
    closed: bool = False
    aliases: tuple[str, ...] = ()
    known_balance: int | None = None
    known_day: dt.date | None = None
    note: str = ""

    @property
    def tail(self) -> str:
        """The last four characters of the number, "" when it is shorter."""
        return self.number[-4:] if len(self.number) >= 4 else ""

    @property
    def masked(self) -> str:
        """The number as lists show it."""
        return f"•••• {self.tail}" if self.tail else ""


@dataclass(frozen=True, slots=True)
class Category:
    """A category in a tree of any depth. A seeded one keeps its seed and shows a translated title.

    color: chart colour 1 to 6, 0 for "other"; children show the colour of their top.
    """

    id: Id
    name: str
    seed: str
    parent: Id | None
    flow: Flow
    color: int
    position: int


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of a transaction: this much into (or, negative, out of) an account, for a category."""

    account: Id
    amount: int
    category: Id | None = None
    role: Role = Role.FLOW
    memo: str = ""


@dataclass(frozen=True, slots=True)
class NewTransaction:
    """A transaction to be booked; payee and tags by name, made when they are new."""

    day: dt.date
    postings: tuple[Posting, ...]
    payee: str = ""
    time: dt.time | None = None
    status: Status = Status.BOOKED
    text: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    refunds: Id | None = None
    review: str = ""
    id: Id | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line of a statement that stands behind a transaction."""

    importer: str
    file: str
    row: int
    source_status: str
    raw: str


@dataclass(frozen=True, slots=True)
class Transaction:
    """A booked transaction with everything known of it."""

    id: Id
    day: dt.date
    time: dt.time | None
    payee: str
    status: Status
    text: str
    note: str
    tags: tuple[str, ...]
    refunds: Id | None
    review: str
    postings: tuple[Posting, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A transaction as a list shows it. amount: minor units of `currency`, in `account`.

    category: None where there is none or where there are several (see shape). other: the second account of
    a transfer.
    """

    id: Id
    day: dt.date
    time: dt.time | None
    payee: str
    text: str
    note: str
    account: Id
    other: Id | None
    category: Id | None
    amount: int
    currency: str
    shape: Shape
    status: Status
    review: str


class UnknownAccountError(KushenError):
    """No account has this name."""

    code = "unknown_account"
    message = N_("There is no account “{name}”. Near: {near}.")


class AccountExistsError(KushenError):
    """An account of this name is there already."""

    code = "account_exists"
    message = N_("There is an account “{name}” already.")


class UnknownCategoryError(KushenError):
    """No category has this name."""

    code = "unknown_category"
    message = N_("There is no category “{name}”. Near: {near}.")


class UnknownTransactionError(KushenError):
    """The transaction is not there (any more)."""

    code = "unknown_transaction"
    message = N_("There is no such transaction (any more).")


class OtherCurrencyError(KushenError):
    """Transactions in one currency can't be moved to an account in another."""

    code = "other_currency"
    message = N_("These transactions are in {currencies}; “{account}” is an account in {currency}.")


class UnbalancedError(KushenError):
    """The lines of a transaction do not make sense together."""

    code = "unbalanced"
    message = N_("The lines of this transaction do not add up: {reason}")


def shape_of(postings: tuple[Posting, ...]) -> Shape:
    """Return how these postings are made up."""
    accounts = {posting.account for posting in postings}
    transfers = any(posting.role is Role.TRANSFER for posting in postings)
    if len(accounts) > 2 or (len(accounts) > 1 and not transfers):
        return Shape.COMPLEX
    if transfers:
        return Shape.TRANSFER
    return Shape.SIMPLE if len(postings) == 1 else Shape.SPLIT
