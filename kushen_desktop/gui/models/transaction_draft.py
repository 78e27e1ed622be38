"""A transaction as a form holds it, and the postings it means."""

from dataclasses import dataclass, field
from enum import StrEnum

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Posting, Role, Transaction
from kushen_desktop.i18n import N_


class UnfinishedError(KushenError):
    """The form can't be booked as it stands. reason: a whole sentence, marked with N_."""

    code = "unfinished"
    message = N_("{reason}")


class Kind(StrEnum):
    """What a form is about. FIXED: lines that no form can show, such as opening balances; they stay."""

    EXPENSE = "expense"
    INCOME = "income"
    TRANSFER = "transfer"
    FIXED = "fixed"


KIND_TITLES = {Kind.EXPENSE: N_("Expense"), Kind.INCOME: N_("Income"), Kind.TRANSFER: N_("Transfer")}


@dataclass(frozen=True, slots=True)
class Line:
    """A part of an expense or an income: minor units without sign, unless it goes the other way."""

    category: Id | None
    amount: int
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form holds. amount: minor units without sign, in the account's currency.

    arriving: what a transfer brings, in the currency of `to`. lines: one, or several that add up to the
    amount. role: of the lines, kept as it was.
    """

    kind: Kind
    account: Id | None = None
    amount: int = 0
    to: Id | None = None
    arriving: int = 0
    lines: tuple[Line, ...] = ()
    role: Role = Role.FLOW
    fixed: tuple[Posting, ...] = field(default=())

    @classmethod
    def of(cls, transaction: Transaction) -> "Draft":
        """Return how a form shows a transaction."""
        postings = transaction.postings
        roles = {one.role for one in postings}
        accounts = {one.account for one in postings}
        if roles == {Role.TRANSFER} and len(postings) == 2 and len(accounts) == 2:
            first, second = sorted(postings, key=lambda one: one.amount)
            if first.amount <= 0 <= second.amount:
                return cls(Kind.TRANSFER, first.account, -first.amount, second.account, second.amount)
        if len(accounts) == 1 and len(roles) == 1 and roles <= {Role.FLOW, Role.REFUND}:
            total = sum(one.amount for one in postings)
            sign = -1 if total < 0 else 1
            lines = tuple(Line(one.category, sign * one.amount, one.memo) for one in postings)
            kind = Kind.EXPENSE if total < 0 else Kind.INCOME
            return cls(kind, postings[0].account, abs(total), lines=lines, role=postings[0].role)
        return cls(Kind.FIXED, postings[0].account if postings else None, fixed=postings)

    @property
    def left(self) -> int:
        """What of the amount no line accounts for; negative when they are too much."""
        return self.amount - sum(line.amount for line in self.lines)

    def postings(self) -> tuple[Posting, ...]:
        """Return what is booked; raises UnfinishedError with what is missing."""
        if self.kind is Kind.FIXED:
            return self.fixed
        if self.account is None:
            raise UnfinishedError(reason=N_("Choose an account."))
        if not self.amount:
            raise UnfinishedError(reason=N_("Enter an amount."))
        if self.kind is Kind.TRANSFER:
            return self._moved(self.account)
        if self.left:
            raise UnfinishedError(reason=N_("The lines do not add up to the amount."))
        sign = -1 if self.kind is Kind.EXPENSE else 1
        return tuple(
            Posting(self.account, sign * line.amount, line.category, self.role, line.memo)
            for line in self.lines
        )

    def _moved(self, account: Id) -> tuple[Posting, ...]:
        if self.to is None or self.to == account:
            raise UnfinishedError(reason=N_("A transfer needs two different accounts."))
        if not self.arriving:
            raise UnfinishedError(reason=N_("Enter the amount that arrives."))
        return (
            Posting(account, -self.amount, role=Role.TRANSFER),
            Posting(self.to, self.arriving, role=Role.TRANSFER),
        )
