"""Vaults of 10,000 to 1,000,000 transactions: balances, lists, searches; beside plain SQLite."""

import random
import sqlite3
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from benchmarks import book
from benchmarks.imports import CHEAP, PASSPHRASE
from benchmarks.measure import Figure, at_most, median_ms
from kushen_desktop.app import Kushen
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.services.balances import Balances
from kushen_desktop.services.settings import Settings
from kushen_desktop.services.transactions import Transactions
from kushen_desktop.store import schema
from kushen_desktop.store.vault import Vault

_PART = 100_000
SIZES = (10_000, 100_000, 1_000_000)
TODAY = date(2026, 11, 22)
SEARCHES = ("星巴克", "star", "支付", "双十一", "birthday", "星巴克 amount:>300", "zzzz")
FILTERS = ('account:"账户 3"', 'category:"分类 17"', "date:2024-05", "is:transfer", "amount:>800")


def made(folder: Path, count: int) -> Kushen:
    """Return an open, encrypted vault of so many transactions."""
    app, _ = Kushen.create(
        folder / f"book-{count}", PASSPHRASE, "bench", cost=None if count == max(SIZES) else CHEAP
    )
    book.seed(app.vault)
    every = book.bookings(count)
    for _ in range(0, count, _PART):
        with app.vault.work(Sentence("part")) as work:
            work.add_bookings(islice(every, _PART))
    return app


def plain_copy(vault: Vault, path: Path) -> Vault:
    """Return the same book without a cipher, read by the same code; the data is made up."""
    raw = vault.writer.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("ATTACH DATABASE ? AS plain KEY ''", (str(path),))
        cursor.execute("SELECT sqlcipher_export('plain')")
        cursor.execute("DETACH DATABASE plain")
    finally:
        raw.close()
    copy = Vault.__new__(Vault)
    copy.path = path
    copy.reader = _plain_engine(path)
    return copy


def _plain_engine(path: Path) -> Engine:
    def connect() -> dbapi2.Connection:
        made = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
        made.execute("PRAGMA cache_size=-24000").close()
        return made

    engine = create_engine("sqlite://", module=dbapi2, creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN DEFERRED"))
    return engine


def works(vault: Vault) -> dict[str, Callable[[], object]]:
    """Return the work that is measured, by its name."""
    transactions = Transactions(vault)
    balances = Balances(vault, Settings(vault))
    every = transactions.find()
    dice = random.Random(7)  # noqa: S311  a fixed walk
    found: dict[str, Callable[[], object]] = {
        "balances of all accounts": lambda: balances.all(TODAY),
        "first 200 rows": lambda: transactions.rows(transactions.find(), 0, 200),
        "jump anywhere": lambda: transactions.rows(every, dice.randrange(every.count - 200), 200),
    }
    for text in (*FILTERS, *SEARCHES):
        found[f"{'filter' if text in FILTERS else 'search'} {text}"] = _searched(transactions, text)
    return found


def _searched(transactions: Transactions, text: str) -> Callable[[], object]:
    return lambda: transactions.rows(transactions.find(text), 0, 200)


def figures(vaults: dict[int, Vault], folder: Path) -> list[Figure]:
    """Measure and return the lines of the table."""
    times = {
        count: {name: median_ms(work) for name, work in works(vault).items()}
        for count, vault in vaults.items()
    }
    largest = max(times)
    plain = plain_copy(vaults[largest], folder / "plain.db")
    unencrypted = {name: median_ms(work) for name, work in works(plain).items()}
    lines = []
    for name, got in times[largest].items():
        limit = 5 if name.startswith("balances") else 50
        lines.append(at_most(f"{name}, {largest:,}", got, limit, "ms"))
    first = next(iter(times[largest]))
    growth = times[largest][first] / times[min(times)][first]
    lines.append(at_most(f"{first}: {largest:,} beside {min(times):,}", growth, 3, "x"))
    for name, got in times[largest].items():
        ratio = got / unencrypted[name]
        lines.append(at_most(f"encrypted beside plain, cache warm: {name}", ratio, 1.3, "x"))
    lines += [
        Figure(f"{name}, {count:,}", f"{times[count][name]:.1f} ms")
        for count in sorted(times)[:-1]
        for name in ("balances of all accounts", "first 200 rows", "search 星巴克")
    ]
    wrong = _wrong(vaults[largest])
    lines.append(Figure("kept sums that are not the sums of all postings", str(wrong), "0", wrong == 0))
    return [*lines, Figure("file of 1,000,000 transactions", f"{_size(vaults[largest]):.0f} MB")]


def yardstick(count: int = 100_000) -> float:
    """Return how many rows a second plain sqlite3 of Python takes into a bare table of eight columns."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b, c, d, e, f, g, h)")
    rows = [(n, 20260101, 5, n, -100, "abc", n % 20, n % 60) for n in range(count)]
    spent = median_ms(
        lambda: (
            connection.execute("DELETE FROM t"),
            connection.executemany("INSERT INTO t VALUES(?,?,?,?,?,?,?,?)", rows),
        ),
        5,
    )
    return count / spent * 1000


def _wrong(vault: Vault) -> int:
    with vault.read() as connection:
        return sum(len(connection.exec_driver_sql(sql).all()) for sql in schema.CHECKS.values())


def _size(vault: Vault) -> float:
    with vault.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    return float(pages) * 4096 / 1e6
