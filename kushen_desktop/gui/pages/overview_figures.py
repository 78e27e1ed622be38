"""What the overview shows, fetched in one go on the reader lane."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from kushen_desktop.domain.ledger import Account, Row
from kushen_desktop.gui.models.accounts import STALE_DAYS, is_stale
from kushen_desktop.gui.models.directory import Directory
from kushen_desktop.i18n import _, ngettext

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.services.balances import Balance, Month, NetWorth

RECENT = 12
MONTHS = 6


class Todo(NamedTuple):
    """Something that waits for the user, and where it is done: a page and what to tell it.

    hint: the accounts in question.
    """

    icon: str
    text: str
    page: str
    context: Mapping[str, Any]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything on the overview. net: today; before: end of last month; months: oldest first."""

    day: dt.date
    net: NetWorth
    before: NetWorth
    months: tuple[Month, ...]
    todos: tuple[Todo, ...]
    recent: tuple[Row, ...]
    directory: Directory
    transactions: int

    @property
    def empty(self) -> bool:
        """Whether nothing was entered yet."""
        return not self.directory.accounts and not self.transactions


def figures(app: Kushen, day: dt.date) -> Figures:
    """Return what the overview shows on this day."""
    every = app.transactions.find()
    balances = app.balances.all(day)
    return Figures(
        day=day,
        net=app.balances.net_worth(day),
        before=app.balances.net_worth(day.replace(day=1) - dt.timedelta(days=1)),
        months=app.balances.months(day, MONTHS),
        todos=(*_waiting(app), *_accounts_waiting(balances, day)),
        recent=app.transactions.rows(every, 0, RECENT),
        directory=Directory(
            {balance.account.id: balance.account for balance in balances},
            {category.id: category for category in app.categories.list()},
        ),
        transactions=every.count,
    )


def opening_unknown(balance: Balance) -> bool:
    """Tell whether the balance of an account is only what its transactions come to."""
    account = balance.account
    return balance.last_day is not None and account.known_balance is None and not account.closed


def _waiting(app: Kushen) -> Iterator[Todo]:
    loose = app.transactions.find("is:uncategorised").count
    if loose:
        text = ngettext(
            "{count} transaction without a category", "{count} transactions without a category", loose
        )
        yield Todo("tag", text.format(count=f"{loose:,}"), "transactions", {"query": "is:uncategorised"})
    doubtful = app.transactions.find("is:review").count
    if doubtful:
        text = ngettext("{count} transaction to be checked", "{count} transactions to be checked", doubtful)
        yield Todo("help", text.format(count=f"{doubtful:,}"), "transactions", {"query": "is:review"})


def _accounts_waiting(balances: tuple[Balance, ...], day: dt.date) -> Iterator[Todo]:
    stale = [balance for balance in balances if is_stale(balance, day)]
    if len(stale) == 1:
        yield Todo("import", _stale_text(stale[0], day), "import", {"account": stale[0].account.id})
    elif stale:
        text = _("{count} accounts with nothing new for over {days} days: {names}")
        yield Todo(
            "import", text.format(count=len(stale), days=STALE_DAYS, names=_names(stale)), "import", {}
        )
    unknown = [balance for balance in balances if opening_unknown(balance)]
    if len(unknown) == 1:
        text = _("“{name}”: opening balance not known")
        account = unknown[0].account
        yield Todo("accounts", text.format(name=account.name), "accounts", {"balance": account.id})
    elif unknown:
        text = _("{count} accounts whose opening balance is not known")
        yield Todo("accounts", text.format(count=len(unknown)), "accounts", {}, _names(unknown))


def _stale_text(balance: Balance, day: dt.date) -> str:
    account: Account = balance.account
    if balance.last_day is None:
        return _("“{name}”: nothing imported yet").format(name=account.name)
    days = (day - balance.last_day).days
    return _("“{name}”: nothing new for {days} days").format(name=account.name, days=days)


def _names(balances: list[Balance]) -> str:
    return _(", ").join(balance.account.name for balance in balances)
