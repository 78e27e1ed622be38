"""Lines that another source has brought already: a purchase stands in the wallet's file and in the card's.

Conservative: the same account, the same amount, days close together, another source, each line once. What is
found is proposed to be left out, with its reason; the person decides.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from kushen_desktop.domain.calendar import day_number, day_of
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.money import AmountError, minor
from kushen_desktop.domain.statement import Entry

# A bank books a wallet's payment on its day or some days later; statements.md calls it up to two.
BEFORE, AFTER = 2, 3


class Twin(NamedTuple):
    """A posting of another source. amount: minor units, seen from the account."""

    rid: int
    day: int
    payee: str
    file: str


class Twins:
    """The postings of some accounts that this importer has not brought, each given out once."""

    def __init__(
        self, connection: Connection, importer: str, accounts: Iterable[Id], entries: tuple[Entry, ...]
    ) -> None:
        self._free: dict[tuple[Id, int], list[Twin]] = defaultdict(list)
        ids = list(dict.fromkeys(accounts))
        if ids and entries:
            first = min(entry.date for entry in entries) - timedelta(days=BEFORE + AFTER)
            last = max(entry.date for entry in entries) + timedelta(days=BEFORE + AFTER)
            self._load(connection, importer, ids, (day_number(first), day_number(last)))

    def of(self, account: Id, entry: Entry, *, opposite: bool = False) -> Twin | None:
        """Return the nearest posting that may be this line and take it out; opposite: of its other leg."""
        if not self._free:
            return None
        try:
            amount = minor(entry.amount, entry.currency)
            fee = minor(entry.fee, entry.currency) if entry.fee else 0
        except AmountError:
            return None
        # The fee stays with the account that pays it: the other one sees the sum without.
        free = self._free.get((account, -(amount + fee) if opposite else amount))
        if not free:
            return None
        gap, twin = min((abs((entry.date - day_of(one.day)).days), one) for one in free)
        if gap > max(BEFORE, AFTER):
            return None
        free.remove(twin)
        return twin

    def _load(self, connection: Connection, importer: str, ids: list[Id], days: tuple[int, int]) -> None:
        marks = ",".join("?" * len(ids))
        for column in ("account", "other"):
            rows = connection.exec_driver_sql(
                "SELECT held.id AS account, tx.rid, tx.day, coalesce(payee.name, tx.text) AS payee,"
                " coalesce(batch.file, '') AS file, (SELECT sum(amount) FROM posting"
                "  WHERE posting.tx=tx.rid AND posting.account=held.rid) AS amount"
                f" FROM tx JOIN account AS held ON held.rid=tx.{column} LEFT JOIN payee ON payee.rid=tx.payee"
                " LEFT JOIN evidence ON evidence.tx=tx.rid"
                " LEFT JOIN batch ON batch.rid=evidence.batch AND batch.state=0"
                f" WHERE tx.state=0 AND held.id IN ({marks}) AND tx.day BETWEEN ? AND ?"
                " AND coalesce(batch.importer, '')<>? AND NOT EXISTS(SELECT 1 FROM posting"
                "  WHERE posting.tx=tx.rid AND posting.role=2)",
                (*ids, *days, importer),
            )
            for row in rows:
                twin = Twin(row.rid, row.day, row.payee or "", row.file)
                self._free[Id(bytes(row.account)), row.amount].append(twin)
