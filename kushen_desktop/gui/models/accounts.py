"""Accounts as a table: grouped by kind, each group with its total in the base currency."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kushen_desktop.domain import money
from kushen_desktop.domain.ledger import ACCOUNT_KIND_TITLES, Account, AccountKind
from kushen_desktop.domain.money import Money
from kushen_desktop.gui.models.columns import Column
from kushen_desktop.i18n import N_, _
from kushen_desktop.services.balances import Balance

STALE_DAYS = 35
WITH_STATEMENTS = frozenset({AccountKind.WALLET, AccountKind.BANK_CARD, AccountKind.CREDIT_CARD})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: an account, or (balance None) the heading of a kind with its total.

    total: in the base currency; missing: currencies of the group without a rate. day: today.
    """

    kind: AccountKind
    day: dt.date
    total: Money
    missing: tuple[str, ...] = ()
    balance: Balance | None = None

    @property
    def account(self) -> Account | None:
        """The account of the line, None for a heading."""
        return self.balance.account if self.balance is not None else None


def lines(balances: Sequence[Balance], day: dt.date, base: str, *, closed: bool = False) -> tuple[Line, ...]:
    """Return headings and accounts in the order of the kinds; closed=True keeps closed accounts."""
    made: list[Line] = []
    for kind in AccountKind:
        group = [
            balance
            for balance in sorted(balances, key=lambda balance: balance.account.name)
            if balance.account.kind is kind and (closed or not balance.account.closed)
        ]
        if group:
            total, missing = summed(group, base)
            made.append(Line(kind, day, total, missing))
            made += [Line(kind, day, total, missing, balance) for balance in group]
    return tuple(made)


def summed(balances: Iterable[Balance], base: str) -> tuple[Money, tuple[str, ...]]:
    """Return the sum in the base currency, and the currencies that lack a rate."""
    total, missing = Money(0, base), dict[str, None]()
    for balance in balances:
        if balance.in_base is None:
            missing[balance.money.currency] = None
        else:
            total += balance.in_base
    return total, tuple(missing)


def needs(currencies: Sequence[str]) -> str:
    """Return what stands in place of a sum that lacks a rate."""
    return _("—  needs {currency} rate").format(currency=", ".join(currencies))


def is_stale(balance: Balance, day: dt.date) -> bool:
    """Tell whether an account that has statements has had no transaction for longer than a month."""
    account = balance.account
    if account.closed or account.kind not in WITH_STATEMENTS:
        return False
    return balance.last_day is None or (day - balance.last_day).days > STALE_DAYS


def columns(base: str) -> tuple[Column[Line], ...]:
    """Return the columns for a vault of this base currency."""
    return (
        Column("name", N_("Account"), _name, hint=_hint, sortable=False),
        Column("number", N_("Number"), _number, "•••• 8705 xx", tone=_grey, sortable=False),
        Column("days", N_("Statement · due"), _days, "31 日出账 · 31 日还款", tone=_grey, sortable=False),
        Column("last", N_("Last transaction"), _last, "2026-11-22 · 365 days ago", tone=_age, sortable=False),
        Column("balance", N_("Balance"), _balance, "−HK$12,345,678.90", money=True, sortable=False),
        Column(
            "base",
            N_("In the base currency"),
            lambda line: _in_base(line, base),
            "— needs HKD rate xxxx",
            money=True,
            tone=_grey,
            sortable=False,
        ),
    )


def amount_text(amount: Money) -> str:
    """Return an amount with the mark of its currency after the sign."""
    mark = money.MINUS if amount.minor < 0 else ""
    return f"{mark}{money.symbol(amount.currency)}{money.written(abs(amount.minor), amount.currency)}"


def _name(line: Line) -> str:
    if line.account is None:
        return _(ACCOUNT_KIND_TITLES[line.kind])
    parts = [line.account.name, line.account.institution, _("closed") if line.account.closed else ""]
    return _(" · ").join(part for part in parts if part)


def _hint(line: Line) -> str:
    return line.account.note if line.account is not None else ""


def _number(line: Line) -> str:
    return line.account.masked if line.account is not None else ""


def _days(line: Line) -> str:
    account = line.account
    if account is None:
        return ""
    parts = []
    if account.statement_day is not None:
        parts.append(_("day {day}").format(day=account.statement_day))
    if account.due_day is not None:
        parts.append(_("due {day}").format(day=account.due_day))
    return _(" · ").join(parts)


def _last(line: Line) -> str:
    if line.balance is None:
        return ""
    if line.balance.last_day is None:
        return _("none yet")
    text = line.balance.last_day.isoformat()
    if is_stale(line.balance, line.day):
        days = (line.day - line.balance.last_day).days
        return _("{day} · {days} days ago").format(day=text, days=days)
    return text


def _age(line: Line) -> str:
    stale = line.balance is not None and is_stale(line.balance, line.day)
    return "warning" if stale else "text2"


def _balance(line: Line) -> str:
    if line.balance is not None:
        return amount_text(line.balance.money)
    return needs(line.missing) if line.missing else amount_text(line.total)


def _in_base(line: Line, base: str) -> str:
    balance = line.balance
    if balance is None or balance.money.currency == base:
        return ""
    if balance.in_base is None:
        return needs((balance.money.currency,))
    return amount_text(balance.in_base)


def _grey(_line: Line) -> str:
    return "text2"
