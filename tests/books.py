"""Real vaults for tests: cheap to open, otherwise as the program makes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kushen_desktop.app import Kushen
from kushen_desktop.store import schema
from kushen_desktop.store.slots.slot import Cost

PASSPHRASE = "wombat-lantern-gravel-oxide-77"
# The least that a header may ask for: 19 MiB, one pass.
CHEAP = Cost(19 * 1024, 1, 1)

# What a person can see of a vault; rids, stamps and the log itself are left out.
_SEEN = {
    "account": "SELECT id, state, name, kind, currency, number, closed, aliases, known_balance, known_day,"
    " note FROM account ORDER BY id",
    "category": "SELECT category.id, category.state, category.name, category.seed, parent.id FROM category"
    " LEFT JOIN category AS parent ON parent.rid=category.parent ORDER BY category.id",
    "payee": "SELECT id, name FROM payee WHERE state=0 ORDER BY id",
    "tx": "SELECT tx.id, tx.state, tx.day, tx.sec, payee.id, tx.status, tx.text, tx.note, tx.review,"
    " tx.shape, tx.amount FROM tx LEFT JOIN payee ON payee.rid=tx.payee WHERE tx.state<>2 ORDER BY tx.id",
    "posting": "SELECT tx.id, account.id, posting.amount, category.id, posting.role, posting.memo,"
    " posting.live FROM posting JOIN tx ON tx.rid=posting.tx JOIN account ON account.rid=posting.account"
    " LEFT JOIN category ON category.rid=posting.category WHERE tx.state<>2 ORDER BY tx.id, posting.rid",
    "tags": "SELECT tx.id, tag.id FROM tx_tag JOIN tx ON tx.rid=tx_tag.tx JOIN tag ON tag.rid=tx_tag.tag"
    " WHERE tx.state<>2 ORDER BY 1, 2",
    "account_month": "SELECT * FROM account_month WHERE n<>0 OR total<>0 ORDER BY 1, 2",
    "category_month": "SELECT * FROM category_month WHERE n<>0 ORDER BY 1, 2, 3",
    "setting": "SELECT name, value FROM setting WHERE state=0 ORDER BY name",
    "rate": "SELECT day, base, quote, rate FROM rate WHERE state=0 ORDER BY 1, 2, 3",
}

Seen = dict[str, list[tuple[object, ...]]]


@contextmanager
def book(folder: Path | None = None) -> Iterator[Kushen]:
    """Open a new vault; in a temporary folder of its own when none is given."""
    with TemporaryDirectory() as temporary:
        app, _ = Kushen.create(folder or Path(temporary) / "vault", PASSPHRASE, "test", cost=CHEAP)
        with app:
            yield app


def seen(app: Kushen) -> Seen:
    """Return everything that can be seen in a vault, to compare two states of it."""
    with app.vault.read() as connection:
        return {name: [tuple(row) for row in connection.exec_driver_sql(sql)] for name, sql in _SEEN.items()}


def wrong_sums(app: Kushen) -> dict[str, list[tuple[object, ...]]]:
    """Return the kept sums that are not the sums of all postings: none when all is well."""
    with app.vault.read() as connection:
        found = {
            name: [tuple(row) for row in connection.exec_driver_sql(sql)]
            for name, sql in schema.CHECKS.items()
        }
    return {name: rows for name, rows in found.items() if rows}
