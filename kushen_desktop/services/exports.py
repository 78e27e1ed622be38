"""The ledger as files for other programs: streamed, so that a million transactions take little memory."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Row

from kushen_desktop.domain.calendar import day_of, time_of
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Role, Status
from kushen_desktop.domain.money import decimal
from kushen_desktop.domain.progress import SILENT, Progress
from kushen_desktop.formats.exports import ledger_csv, ledger_json
from kushen_desktop.formats.exports.ledger_lines import LedgerLine, LedgerTransaction
from kushen_desktop.services import categories
from kushen_desktop.services.accounts import accounts_in
from kushen_desktop.services.transactions import Found, Transactions
from kushen_desktop.store.engine import translated
from kushen_desktop.store.vault import Vault
from kushen_desktop.system import folders

_PAGE = 1_000
_WRITERS: dict[str, Callable[[Iterable[LedgerTransaction], BinaryIO], int]] = {
    "csv": ledger_csv.write,
    "json": ledger_json.write,
}
FORMATS = tuple(_WRITERS)


class Exports:
    """Writes what was found. Whoever calls this tells the user that the file is not encrypted."""

    def __init__(self, vault: Vault, transactions: Transactions) -> None:
        self._vault = vault
        self._transactions = transactions

    def ledger(self, query: str, path: Path, layout: str, progress: Progress = SILENT) -> int:
        """Write what a search finds ("" finds all), newest first, as one of FORMATS; return how many.

        A file that is there is replaced once the new one is whole. Raises QueryError, CancelledError,
        DiskFullError, ReadOnlyVaultError.
        """
        found = self._transactions.find(query)
        with translated(path), folders.draft(path) as stream, self._vault.read() as connection:
            return _WRITERS[layout](_transactions(connection, found, progress), stream)


def _transactions(connection: Connection, found: Found, progress: Progress) -> Iterator[LedgerTransaction]:
    """Yield everything found, in one view of the vault, whatever is written to it meanwhile."""
    names = _Names(connection)
    done = 0
    for month, _ in found.months:
        rids = connection.exec_driver_sql(
            f"SELECT tx.rid FROM tx WHERE {found.condition.sql} AND tx.day BETWEEN :low AND :high"
            " ORDER BY tx.day DESC, tx.sec DESC, tx.rid DESC",
            {**found.condition.bound, "low": month * 100, "high": month * 100 + 99},
        )
        for page in rids.scalars().partitions(_PAGE):
            yield from _page(connection, page, names)
            done += len(page)
            progress(done, found.count)


class _Names:
    """What accounts and categories are called, by rid."""

    def __init__(self, connection: Connection) -> None:
        accounts = accounts_in(connection)
        tree = categories.categories_in(connection)
        self.accounts = {
            rid: (accounts[id_].name, accounts[id_].currency)
            for rid, id_ in _rids(connection, "account")
            if id_ in accounts
        }
        self.categories = {
            rid: categories.path(tree, tree[id_]) for rid, id_ in _rids(connection, "category") if id_ in tree
        }


def _rids(connection: Connection, table: str) -> list[tuple[int, Id]]:
    rows = connection.exec_driver_sql(f"SELECT rid, id FROM {table}")
    return [(row.rid, Id(bytes(row.id))) for row in rows]


def _page(connection: Connection, rids: Sequence[int], names: _Names) -> Iterator[LedgerTransaction]:
    wanted = ",".join(map(str, rids))
    rows = connection.exec_driver_sql(
        "SELECT tx.rid, tx.id, tx.day, tx.sec, payee.name AS payee, tx.text, tx.note, tx.status, tx.review,"
        " refunded.id AS refunds FROM tx LEFT JOIN payee ON payee.rid=tx.payee"
        f" LEFT JOIN tx AS refunded ON refunded.rid=tx.refunds WHERE tx.rid IN ({wanted})"
    )
    by_rid = {row.rid: row for row in rows}
    lines = _lines(connection, wanted, names)
    tags = _tags(connection, wanted)
    for rid in rids:
        yield _transaction(by_rid[rid], lines.get(rid, []), tags.get(rid, []))


def _lines(connection: Connection, wanted: str, names: _Names) -> dict[int, list[LedgerLine]]:
    lines: dict[int, list[LedgerLine]] = {}
    for row in connection.exec_driver_sql(
        "SELECT tx, account, amount, category, role, memo FROM posting"
        f" WHERE tx IN ({wanted}) ORDER BY tx, rid"
    ):
        account, currency = names.accounts.get(row.account, ("", ""))
        amount = decimal(row.amount, currency) if currency else Decimal(row.amount)
        category = names.categories.get(row.category, "")
        role = Role(row.role).name.lower()
        lines.setdefault(row.tx, []).append(LedgerLine(account, currency, amount, category, role, row.memo))
    return lines


def _tags(connection: Connection, wanted: str) -> dict[int, list[str]]:
    tags: dict[int, list[str]] = {}
    for row in connection.exec_driver_sql(
        "SELECT tx_tag.tx, tag.name FROM tx_tag JOIN tag ON tag.rid=tx_tag.tag"
        f" WHERE tx_tag.tx IN ({wanted}) ORDER BY tag.name"
    ):
        tags.setdefault(row.tx, []).append(row.name)
    return tags


def _transaction(row: Row[Any], lines: Sequence[LedgerLine], tags: Sequence[str]) -> LedgerTransaction:
    return LedgerTransaction(
        id=bytes(row.id).hex(),
        day=day_of(row.day),
        time=None if row.sec is None else time_of(row.sec),
        payee=row.payee or "",
        text=row.text,
        note=row.note,
        status=Status(row.status).name.lower(),
        review=row.review,
        refunds="" if row.refunds is None else bytes(row.refunds).hex(),
        tags=tuple(tags),
        lines=tuple(lines),
    )
