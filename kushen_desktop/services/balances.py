"""Balances, months and net worth, from the sums that the store keeps."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from kushen_desktop.domain.calendar import day_number, day_of, month_number, months_back
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Account
from kushen_desktop.domain.money import Money
from kushen_desktop.services.accounts import accounts_in
from kushen_desktop.services.rates import rate_on
from kushen_desktop.services.settings import Settings
from kushen_desktop.store.schema import CHECKS
from kushen_desktop.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Balance:
    """An account with its balance at the end of a day and in the base currency, None without a rate.

    last_day: of the newest transaction, None when there is none.
    """

    account: Account
    money: Money
    in_base: Money | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class NetWorth:
    """The sum of all accounts in the base currency; missing names currencies without a rate."""

    money: Money
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """Income and spending of a month (yyyymm) in the base currency; spent is negative, less refunds."""

    month: int
    income: int
    spent: int
    missing: tuple[str, ...]


class Balances:
    """What there is, and what came and went."""

    def __init__(self, vault: Vault, settings: Settings) -> None:
        self._vault = vault
        self._settings = settings

    def all(self, day: date) -> tuple[Balance, ...]:
        """Return the balance of every account at the end of that day, in minor units."""
        base = self._settings.all().base_currency
        with self._vault.read() as connection:
            accounts = accounts_in(connection)
            totals = _totals(connection, day)
            lasts = _last_days(connection)
            return tuple(
                Balance(
                    account,
                    Money(totals.get(account.id, 0), account.currency),
                    _in_base(connection, Money(totals.get(account.id, 0), account.currency), base, day),
                    lasts.get(account.id),
                )
                for account in accounts.values()
            )

    def net_worth(self, day: date) -> NetWorth:
        """Return the sum of all accounts in the base currency, and which currencies could not be added."""
        base = self._settings.all().base_currency
        total, missing = Money(0, base), dict[str, None]()
        for balance in self.all(day):
            if balance.in_base is None:
                missing[balance.money.currency] = None
            else:
                total += balance.in_base
        return NetWorth(total, tuple(missing))

    def months(self, last: date, count: int) -> tuple[Month, ...]:
        """Return income and spending of the month of `last` and those before it, oldest first."""
        base = self._settings.all().base_currency
        months = months_back(month_number(last), count)
        with self._vault.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT month, account.currency,"
                " sum(CASE flow WHEN 'income' THEN incoming+outgoing WHEN 'expense' THEN 0 ELSE incoming END)"
                " AS incoming,"
                " sum(CASE flow WHEN 'income' THEN 0 WHEN 'expense' THEN incoming+outgoing ELSE outgoing END)"
                " AS outgoing"
                " FROM category_month JOIN account ON account.rid=category_month.account"
                " LEFT JOIN category ON category.rid=category_month.category"
                " WHERE month BETWEEN ? AND ? GROUP BY 1, 2",
                (months[0], months[-1]),
            ).all()
            sums: dict[int, tuple[int, int]] = dict.fromkeys(months, (0, 0))
            missing: dict[int, tuple[str, ...]] = {}
            for row in rows:
                income = _in_base(connection, Money(row.incoming, row.currency), base, last)
                spent = _in_base(connection, Money(row.outgoing, row.currency), base, last)
                if income is None or spent is None:
                    missing[row.month] = (*missing.get(row.month, ()), row.currency)
                    continue
                before = sums[row.month]
                sums[row.month] = (before[0] + income.minor, before[1] + spent.minor)
        return tuple(Month(month, *sums[month], missing.get(month, ())) for month in months)

    def wrong_sums(self) -> tuple[str, ...]:
        """Return the names of the kept sums that differ from the sums over all postings; reads everything."""
        with self._vault.read() as connection:
            return tuple(
                name
                for name, sql in CHECKS.items()
                if connection.exec_driver_sql(f"SELECT EXISTS({sql})").scalar()
            )


def balance_of(connection: Connection, account: int, day: date) -> int:
    """Return the balance of one account (by rid) at the end of a day, in minor units."""
    number = day_number(day)
    before = connection.exec_driver_sql(
        "SELECT coalesce(sum(total), 0) FROM account_month WHERE account=? AND month<?",
        (account, number // 100),
    ).scalar_one()
    within = connection.exec_driver_sql(
        "SELECT coalesce(sum(amount), 0) FROM posting WHERE live=1 AND role<>3 AND account=? AND tx IN"
        " (SELECT rid FROM tx WHERE state=0 AND day BETWEEN ? AND ?)",
        (account, number // 100 * 100, number),
    ).scalar_one()
    return int(before) + int(within)


def _totals(connection: Connection, day: date) -> dict[Id, int]:
    """Return the sums of all accounts: whole months from the kept sums, the last one from its rows."""
    number = day_number(day)
    newest = connection.exec_driver_sql("SELECT max(month) FROM account_month").scalar() or 0
    rows = connection.exec_driver_sql(
        "SELECT account.id, sum(total) AS total FROM account_month"
        " JOIN account ON account.rid=account_month.account WHERE month<=? GROUP BY account.rid",
        (number // 100,),
    )
    totals = {Id(bytes(row.id)): int(row.total) for row in rows}
    if newest >= number // 100:
        later = connection.exec_driver_sql(
            "SELECT account.id, sum(posting.amount) AS total FROM tx JOIN posting ON posting.tx=tx.rid"
            " JOIN account ON account.rid=posting.account"
            " WHERE tx.state=0 AND posting.role<>3 AND tx.day>? AND tx.day<=? GROUP BY account.rid",
            (number, number // 100 * 100 + 99),
        )
        for row in later:
            totals[Id(bytes(row.id))] = totals.get(Id(bytes(row.id)), 0) - int(row.total)
    return totals


def _last_days(connection: Connection) -> dict[Id, date]:
    rows = connection.exec_driver_sql(
        "SELECT account.id, max("
        "coalesce((SELECT max(day) FROM tx WHERE tx.account=account.rid AND tx.state=0), 0),"
        "coalesce((SELECT max(day) FROM tx WHERE tx.other=account.rid AND tx.state=0), 0)) AS day"
        " FROM account WHERE state=0"
    )
    return {Id(bytes(row.id)): day_of(row.day) for row in rows if row.day}


def _in_base(connection: Connection, money: Money, base: str, day: date) -> Money | None:
    if money.currency == base:
        return money
    rate = rate_on(connection, money.currency, base, day)
    return None if rate is None else money.converted(rate, base)
