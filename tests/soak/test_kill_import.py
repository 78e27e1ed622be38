import contextlib
import multiprocessing
import random
import shutil
import signal
import sys
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from kushen_desktop.app import Kushen
from kushen_desktop.domain.statement import Statement
from kushen_desktop.services import vaults
from kushen_desktop.store import log
from tests.books import PASSPHRASE, book, seen, wrong_sums

ROUNDS, ROWS, FILE = 200, 2_000, "year.csv"
LONGEST_S = 0.5
FORK = multiprocessing.get_context("fork" if sys.platform != "win32" else None)
# What the child said last, and how many transactions there may be after the kill.
AFTER = {"begin": {0, ROWS}, "imported": {0, ROWS}, "undone": {0}}


def importing(folder: Path, file: Statement, said: Connection) -> None:
    """Import a statement and take it back, again and again, saying what is done: until killed."""
    app = Kushen.open(folder, PASSPHRASE)
    while True:
        preview = app.imports.preview(file, FILE)
        said.send("begin")
        app.imports.confirm([preview])
        said.send("imported")
        app.history.undo()
        said.send("undone")


def until_killed(folder: Path, file: Statement, chance: random.Random) -> str:
    """Start importing in a process of its own, kill it at a random moment; return the last that it said.

    Forked, because everything is loaded here already: a round takes a third of the time.
    """
    heard, said = FORK.Pipe(duplex=False)
    child = FORK.Process(target=importing, args=(folder, file, said))
    child.start()
    said.close()
    last = heard.recv()
    time.sleep(chance.uniform(0, LONGEST_S))
    child.kill()
    child.join()
    assert child.exitcode == -signal.SIGKILL, "the child failed by itself"
    with contextlib.suppress(EOFError):
        while True:
            last = heard.recv()
    heard.close()
    return str(last)


def statement(path: Path) -> Path:
    rows = (
        f"2025-{row % 12 + 1:02}-{row % 28 + 1:02},-{row % 300 + 1}.00,超市 {row % 90},买菜 {row},A{row}"
        for row in range(ROWS)
    )
    path.write_text("\n".join(["交易日期,金额,对方户名,摘要,流水号", *rows]), "utf-8")
    return path


def checked(app: Kushen) -> int:
    """Return how many transactions there are, after proving that everything else says the same."""
    count = app.transactions.find().count
    assert not wrong_sums(app)
    imports = app.imports.list()
    standing = [one for one in imports if not one.undone]
    assert len(standing) * ROWS == count
    assert all(one.new == one.rows == ROWS for one in imports)
    assert [change.number for change in app.history.list() if not change.undone] == [
        one.change for one in standing
    ]
    with app.vault.read() as connection:
        sql = "SELECT count(*) FROM tx WHERE state=0"
        assert connection.exec_driver_sql(sql).scalar() == count
        booked = sum(len(list(log.booked(connection, one.change))) for one in imports)
        made = connection.exec_driver_sql("SELECT count(*) FROM tx").scalar()
        assert booked == made == len(imports) * ROWS
    return count


def checked_by_undo(app: Kushen, count: int) -> None:
    """What is there can be taken back and brought again: the log and the tables agree."""
    if count:
        whole = seen(app)
        app.history.undo()
        assert app.transactions.find().count == 0
        app.history.redo()
        assert seen(app) == whole
        assert not wrong_sums(app)


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="nothing can be forked there")
def test_killed_while_importing_all_or_nothing_of_it_is_there(tmp_path: Path) -> None:
    """Each round starts from a fresh vault; a kill hits an import, its undo, or the preview of the next."""
    template = tmp_path / "template"
    with book(template) as app:
        (file,) = app.imports.read(statement(tmp_path / FILE))
    chance, hit = random.Random(20261123), Counter[tuple[str, int]]()
    for number in range(ROUNDS):
        folder = tmp_path / "vault"
        shutil.copytree(template, folder)
        last = until_killed(folder, file, chance)
        opened = vaults.open(folder, PASSPHRASE)
        if number % 10 == 0:
            assert vaults.check(opened).problems == ()
        with Kushen(opened) as app:
            count = checked(app)
            assert count in AFTER[last], number
            checked_by_undo(app, count)
        hit[last, count] += 1
        shutil.rmtree(folder)
    told = ", ".join(
        f"after “{word}” {rows} rows {times} times" for (word, rows), times in sorted(hit.items())
    )
    print(f"{ROUNDS} kills: {told}; none left a part")  # noqa: T201  the figure of the proof
