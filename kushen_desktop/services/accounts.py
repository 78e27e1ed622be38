"""Accounts: add, edit, close, find by name."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from kushen_desktop.domain.calendar import day_number, day_of
from kushen_desktop.domain.folding import fold
from kushen_desktop.domain.ids import Id, new_id
from kushen_desktop.domain.ledger import Account, AccountExistsError, AccountKind, UnknownAccountError
from kushen_desktop.domain.money import checked_currency
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.i18n import N_
from kushen_desktop.store.log import Value
from kushen_desktop.store.tables import ACCOUNT
from kushen_desktop.store.vault import Vault
from kushen_desktop.store.work import Work

_COLUMNS = (
    "id, name, kind, currency, institution, number, statement_day, due_day, closed, aliases, known_balance,"
    " known_day, note"
)


class Accounts:
    """The accounts of a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def list(self, *, closed: bool = True) -> tuple[Account, ...]:
        """Return all accounts by kind and name; closed=False leaves out closed ones."""
        with self._vault.read() as connection:
            found = accounts_in(connection)
        order = list(AccountKind)
        kept = (account for account in found.values() if closed or not account.closed)
        return tuple(sorted(kept, key=lambda account: (order.index(account.kind), account.name)))

    def named(self, name: str) -> Account:
        """Return the account of this name, alias or number; raises UnknownAccountError with near names."""
        return account_named(name, self.list())

    def add(
        self,
        name: str,
        kind: AccountKind,
        currency: str = "CNY",
        *,
        institution: str = "",
        number: str = "",
        aliases: Sequence[str] = (),
        statement_day: int | None = None,
        due_day: int | None = None,
        note: str = "",
    ) -> Id:
        """Add an account; return its id; raises AccountExistsError, CurrencyError."""
        account = Account(
            new_id(), name.strip(), kind, checked_currency(currency), institution, number, statement_day,
            due_day, aliases=tuple(aliases), note=note,
        )  # fmt: skip
        with self._vault.work(Sentence.of(N_("Account “{name}” added"), name=account.name)) as work:
            add_account(work, account)
        return account.id

    def edit(self, id_: Id, **fields: object) -> None:
        """Change fields of an account, named as in Account; raises AccountExistsError, CurrencyError."""
        after = replace(self.one(id_), **fields)  # type: ignore[arg-type]  # names are checked by the dataclass
        with self._vault.work(Sentence.of(N_("Account “{name}” changed"), name=after.name)) as work:
            put_account(work, after)

    def one(self, id_: Id) -> Account:
        """Return one account; raises UnknownAccountError."""
        with self._vault.read() as connection:
            found = accounts_in(connection).get(id_)
        if found is None:
            raise UnknownAccountError(name="", near="")
        return found


def accounts_in(connection: Connection) -> dict[Id, Account]:
    """Return the living accounts by id."""
    rows = connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM account WHERE state=0 ORDER BY rid")
    return {
        Id(bytes(row.id)): Account(
            id=Id(bytes(row.id)),
            name=row.name,
            kind=AccountKind(row.kind),
            currency=row.currency,
            institution=row.institution,
            number=row.number,
            statement_day=row.statement_day,
            due_day=row.due_day,
            closed=bool(row.closed),
            aliases=tuple(json.loads(row.aliases)),
            known_balance=row.known_balance,
            known_day=None if row.known_day is None else day_of(row.known_day),
            note=row.note,
        )
        for row in rows
    }


def account_named(name: str, accounts: Sequence[Account]) -> Account:
    """Return the account of this name, alias or number; raises UnknownAccountError with near names."""
    wanted = fold(name.strip())
    for account in accounts if wanted else ():
        if wanted in {fold(account.name), fold(account.number)} | {fold(alias) for alias in account.aliases}:
            return account
    from rapidfuzz import process  # noqa: PLC0415  only for a name that is not there

    near = process.extract(name, [account.name for account in accounts], limit=3, score_cutoff=30)
    raise UnknownAccountError(name=name, near=", ".join(found[0] for found in near) or "–")


def add_account(work: Work, account: Account) -> None:
    """Add an account within a unit of work; raises AccountExistsError."""
    _refuse_taken(work.connection, account.name)
    work.add(ACCOUNT, [{"id": account.id, **_stored(account)}])


def put_account(work: Work, account: Account) -> None:
    """Add an account, or change the one of its id; raises AccountExistsError, CurrencyError."""
    checked = replace(account, name=account.name.strip(), currency=checked_currency(account.currency))
    before = accounts_in(work.connection).get(account.id)
    if before is None:
        add_account(work, checked)
        return
    if fold(checked.name) != fold(before.name):
        _refuse_taken(work.connection, checked.name)
    work.set(ACCOUNT, checked.id, **_stored(checked))


def know_balance(work: Work, account: Account, balance: int, day: date) -> None:
    """Remember what the user says the balance was at the end of a day."""
    work.set(ACCOUNT, account.id, known_balance=balance, known_day=day_number(day))


def _refuse_taken(connection: Connection, name: str) -> None:
    if fold(name) in {fold(account.name) for account in accounts_in(connection).values()}:
        raise AccountExistsError(name=name)


def _stored(account: Account) -> dict[str, Value]:
    return {
        "name": account.name,
        "kind": str(account.kind),
        "currency": account.currency,
        "institution": account.institution,
        "number": account.number,
        "statement_day": account.statement_day,
        "due_day": account.due_day,
        "closed": int(account.closed),
        "aliases": json.dumps(account.aliases, ensure_ascii=False),
        "known_balance": account.known_balance,
        "known_day": None if account.known_day is None else day_number(account.known_day),
        "note": account.note,
    }
