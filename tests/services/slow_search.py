"""The search as docs/search.md tells it, slow and obvious: every transaction is looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kushen_desktop.app import Kushen
from kushen_desktop.domain.folding import fold, squeezed
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Account, Category, NewTransaction, Posting, Role, Status
from kushen_desktop.domain.money import decimal
from kushen_desktop.domain.starter import TITLES, title

Holds = Callable[["Ledger", NewTransaction], bool]
SPENT = (Role.FLOW, Role.REFUND)


@dataclass(frozen=True)
class Ledger:
    """What a search may have to look up."""

    accounts: Mapping[Id, Account]
    categories: Mapping[Id, Category]

    @classmethod
    def of(cls, app: Kushen) -> "Ledger":
        return cls(
            {one.id: one for one in app.accounts.list()}, {one.id: one for one in app.categories.list()}
        )

    def amount(self, one: NewTransaction) -> Decimal:
        """Return what the first account lost or got, in major units of its currency."""
        first = one.postings[0].account
        units = sum(line.amount for line in one.postings if line.account == first)
        return decimal(units, self.accounts[first].currency)

    def titles(self, id_: Id) -> set[str]:
        category = self.categories[id_]
        return {fold(text) for text in (category.name, title(category), TITLES.get(category.seed, ""))} - {""}

    def with_parents(self, id_: Id | None) -> set[Id]:
        found: set[Id] = set()
        while id_ is not None and id_ not in found:
            found.add(id_)
            id_ = self.categories[id_].parent
        return found


def transfer(one: NewTransaction) -> bool:
    return any(line.role is Role.TRANSFER for line in one.postings)


def flows(one: NewTransaction) -> list[Posting]:
    return [line for line in one.postings if line.role is Role.FLOW]


def payee(text: str) -> Holds:
    return lambda _ledger, one: bool(one.payee) and fold(text) in fold(one.payee)


def tag(text: str) -> Holds:
    return lambda _ledger, one: any(fold(text) in fold(tag) for tag in one.tags)


def note(text: str) -> Holds:
    return lambda _ledger, one: bool(squeezed(text)) and squeezed(text) in squeezed(one.text + one.note)


def category(text: str) -> Holds:
    """The whole title first, else any part of it; and all below."""

    def holds(ledger: Ledger, one: NewTransaction) -> bool:
        exact = {id_ for id_ in ledger.categories if fold(text) in ledger.titles(id_)}
        part = {id_ for id_ in ledger.categories if any(fold(text) in name for name in ledger.titles(id_))}
        wanted = exact or part
        lines = [line for line in one.postings if line.role in SPENT]
        return any(ledger.with_parents(line.category) & wanted for line in lines)

    return holds


def account(text: str) -> Holds:
    """The whole name first, else any part of name, bank or number."""

    def holds(ledger: Ledger, one: NewTransaction) -> bool:
        known = ledger.accounts.values()
        exact = {a.id for a in known if fold(text) == fold(a.name)}
        part = {a.id for a in known if any(fold(text) in fold(t) for t in (a.name, a.institution, a.number))}
        return any(line.account in (exact or part) for line in one.postings)

    return holds


def currency(text: str) -> Holds:
    return lambda ledger, one: any(ledger.accounts[p.account].currency == text.upper() for p in one.postings)


def amount(low: Decimal | None, high: Decimal | None) -> Holds:
    def holds(ledger: Ledger, one: NewTransaction) -> bool:
        found = abs(ledger.amount(one))
        return (low is None or found >= low) and (high is None or found <= high)

    return holds


def days(low: date | None, high: date | None) -> Holds:
    return lambda _ledger, one: (low is None or one.day >= low) and (high is None or one.day <= high)


def word(text: str) -> Holds:
    fields = [make(text) for make in (payee, note, tag, category, account)]
    return lambda ledger, one: any(holds(ledger, one) for holds in fields)


FLAGS: dict[str, Holds] = {
    "uncategorised": lambda _, one: not transfer(one) and any(p.category is None for p in flows(one)),
    "transfer": lambda _, one: transfer(one),
    "split": lambda _, one: not transfer(one) and len(one.postings) > 1,
    "income": lambda ledger, one: bool(flows(one)) and ledger.amount(one) > 0,
    "expense": lambda ledger, one: bool(flows(one)) and ledger.amount(one) < 0,
    "refund": lambda _, one: any(line.role is Role.REFUND for line in one.postings),
    "pending": lambda _, one: one.status is Status.PENDING,
    "booked": lambda _, one: one.status is Status.BOOKED,
    "reconciled": lambda _, one: one.status is Status.RECONCILED,
    "review": lambda _, one: bool(one.review),
}


def negated(holds: Holds) -> Holds:
    return lambda ledger, one: not holds(ledger, one)
