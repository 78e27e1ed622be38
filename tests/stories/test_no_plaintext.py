"""Nothing that is written into a vault can be read from the disk: not beside it, not in it, not meanwhile."""

import base64
import os
import subprocess
import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kushen_desktop import cli, config
from kushen_desktop.app import Kushen
from kushen_desktop.config import KnownVault
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import AccountKind, Flow, NewTransaction, Posting
from kushen_desktop.services import backups, recovery_kit, vaults
from tests.books import CHEAP
from tests.stories.canaries import WORDS, forms, hits

ROOT = Path(__file__).resolve().parents[2]
ALIPAY = ROOT / "tests" / "data" / "statements" / "alipay" / "syn_app_2025.csv"
OFX, ACCOUNT = ROOT / "tests" / "data" / "statements" / "ofx" / "sgml_bank.ofx", "000111222"
FIRST, SECOND, WRONG = "wombat-lantern-gravel-oxide-77", "heron-plinth-saffron-quartz-31", "not-it-at-all-93"
# Columns that hold the program's own words, numbers and digests, nothing that a person wrote.
OWN_WORDS = {
    ("account", "kind"), ("account", "currency"), ("category", "seed"), ("category", "flow"),
    ("batch", "importer"), ("batch", "format"), ("evidence", "status"), ("rate", "base"), ("rate", "quote"),
    ("rate", "rate"), ("rate", "source"), ("setting", "name"),
    ("profile", "name"), ("profile", "header"), ("profile", "map"), ("change", "title"),
    ("attachment", "mime"), ("meta", "name"), ("meta", "value"), ("stamp", "field"),
}  # fmt: skip


class Places:
    """The folders of one user, and the files that the test itself has written in plain text."""

    def __init__(self, root: Path) -> None:
        self.vault, self.files = root / "vault", root / "files"
        self.home, self.tmp, self.backups = root / "home", root / "tmp", root / "backups"
        for folder in (self.files, self.home, self.tmp, self.backups):
            folder.mkdir()
        self.roots = (self.vault, self.home, self.tmp, self.backups)

    def hits(self, *secrets: str, but: tuple[Path, ...] = ()) -> list[str]:
        return hits(self.roots, (*WORDS, *secrets), but=but)


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """Everything that a program may take for a place to write is below the folder of the test."""
    made = Places(tmp_path)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(made.home))
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(made.tmp))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(made.home / name.lower()))
    monkeypatch.setattr(tempfile, "tempdir", str(made.tmp))
    return made


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "gb18030", "base64"])
def test_the_search_would_find_them(tmp_path: Path, encoding: str) -> None:
    """Each word, amid other text, in each form: else finding nothing would mean nothing."""
    for number, word in enumerate(WORDS):
        text = "x" * (number % 4) + word + "，其他"
        content = base64.b64encode(text.encode()) if encoding == "base64" else text.encode(encoding)
        (tmp_path / f"{number}.bin").write_bytes(b"\0\1" + content)
    assert len({hit.rpartition(": ")[2] for hit in hits([tmp_path], WORDS)}) == len(WORDS)
    assert len(set(WORDS)) == len(WORDS) >= 60
    assert all(len(form) >= 8 for word in WORDS for form in forms(word))


def fill(app: Kushen, places: Places) -> Id:
    """Write words into every field that takes text; return a transaction."""
    word = iter(WORDS)
    cash = app.accounts.add(
        next(word), AccountKind.CASH, institution=next(word), number=next(word), aliases=(next(word),),
        note=next(word),
    )  # fmt: skip
    category = app.categories.add(next(word), Flow.EXPENSE)
    line = Posting(cash, -12_345_67, category, memo=next(word))
    new = NewTransaction(
        date(2026, 3, 1), (line,), next(word), text=next(word), note=next(word), tags=(next(word),),
        review=next(word),
    )  # fmt: skip
    id_ = app.transactions.add(new)
    receipt = places.files / f"{next(word)}.txt"
    receipt.write_text(next(word), "utf-8")
    app.attachments.add(id_, receipt)
    app.settings.change(remark=next(word))
    app.rates.set("USD", "CNY", Decimal("7.1"), date(2026, 3, 1))
    app.transactions.edit([id_], payee=next(word), note=next(word), text=next(word), tags=(next(word),))
    app.accounts.edit(cash, name=next(word), note=next(word))
    app.categories.rename(category, next(word))
    bring(app, places, [next(word) for _ in range(24)])
    left = list(word)
    for one in left:
        app.transactions.add(NewTransaction(date(2026, 3, 2), (Posting(cash, -1),), one, note=one[::-1]))
    assert len(left) >= 10, "some words are left over: every field had one of its own"
    return id_


def bring(app: Kushen, places: Places, words: list[str]) -> None:
    """Import a table and a wallet's statement made of words, under names that are words."""
    table = places.files / f"{words[0]}.csv"
    rows = [
        f"2026-03-{day:02},-{day}.50,{words[day]},{words[day + 7]},{words[day + 14]}" for day in range(1, 8)
    ]
    table.write_text("\n".join([f"交易日期,金额,对方户名,摘要,{words[22]}", *rows]), "utf-8")
    wallet = places.files / f"{words[23]}.csv"
    text = ALIPAY.read_bytes().decode("gb18030")
    for old, new in (("瑞幸咖啡", words[23]), ("2026112022001401", words[22])):
        assert old in text
        text = text.replace(old, new)
    wallet.write_bytes(text.encode("gb18030"))
    bank = places.files / "bank.ofx"
    text = OFX.read_text("latin-1")
    assert ACCOUNT in text
    bank.write_text(text.replace(ACCOUNT, min(words)), "latin-1")  # the least is of Latin letters
    for path in (table, wallet, bank):
        app.imports.confirm([app.imports.preview(one, path.name) for one in app.imports.read(path)])


def test_every_field_that_takes_text_was_filled(places: Places) -> None:
    """The vault itself tells which columns there are: a new one must be filled here too."""
    app, _ = Kushen.create(places.vault, FIRST, cost=CHEAP)
    with app:
        fill(app, places)
        with app.vault.read() as connection:
            tables = connection.exec_driver_sql(
                "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'search%'"
            ).scalars().all()  # fmt: skip
            without = {
                (table, row.name)
                for table in tables
                for row in connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
                if row.type == "TEXT"
                and not any(
                    word in str(value)
                    for value in connection.exec_driver_sql(f"SELECT {row.name} FROM {table}").scalars()
                    for word in WORDS
                )
            }
    assert without == OWN_WORDS


def test_nothing_can_be_read_from_the_disk_whatever_is_done(places: Places) -> None:
    app, created = Kushen.create(places.vault, FIRST, "家用", cost=CHEAP)
    kit = places.files / "kit.pdf"
    recovery_kit.save(recovery_kit.kit_of(created), kit)
    code = created.recovery_code
    with app:
        fill(app, places)
        assert places.hits(FIRST, code) == [], "open, its changes still in the log of SQLite"
        for _ in range(5):
            app.history.undo()
        for _ in range(5):
            app.history.redo()
        assert app.transactions.find(WORDS[-1]).count > 0
        backups.backup(app.opened, places.backups)
        assert places.hits(FIRST, code) == []
    assert places.hits(FIRST, code) == [], "closed"
    config.save(
        config.load().opened(KnownVault(created.opened.header.vault_id.hex(), "家用", str(places.vault)))
    )
    vaults.change_passphrase(places.vault, FIRST, SECOND, cost=CHEAP)
    with pytest.raises(Exception, match="passphrase"):
        vaults.open(places.vault, WRONG)
    vaults.recover(places.vault, code, FIRST, cost=CHEAP)
    (file,) = places.backups.iterdir()
    backups.restore(file, FIRST, places.home / "restored")
    with Kushen.open(places.home / "restored", FIRST) as again:
        assert again.transactions.find(WORDS[-1]).count > 0
        assert places.hits(FIRST, SECOND, WRONG, code) == []
    assert places.hits(FIRST, SECOND, WRONG, code) == []
    assert hits([kit], (*WORDS, FIRST, SECOND)) == []


def test_the_command_line_leaves_nothing_behind(
    places: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = places.files / "secret"
    secret.write_text(FIRST, "utf-8")
    monkeypatch.setenv("LC_ALL", "C")

    def run(*arguments: object) -> int:
        shared = ["--vault", str(places.vault), "--passphrase-file", str(secret), "--json"]
        return cli.main([*shared, *map(str, arguments)], cost=CHEAP)

    assert run("vault", "create", "--label", "x") == cli.DONE
    assert run("accounts", "add", WORDS[0], "--kind", "cash") == cli.DONE
    for number in range(1, 40, 10):
        payee, note, tag, text = WORDS[number : number + 4]
        added = run("add", "-5", "--account", WORDS[0], "--payee", payee, "--note", note, "--tag", tag)
        assert added == cli.DONE
        assert run("transactions", text) == cli.DONE
    statement = places.files / f"{WORDS[41]}.csv"
    statement.write_text(
        f"交易日期,金额,对方户名\n2026-03-01,-5,{WORDS[42]}\n2026-03-02,-5,{WORDS[43]}\n", "utf-8"
    )
    assert run("inspect", statement) == cli.DONE
    assert run("import", "--create", "--account", WORDS[44], statement) == cli.DONE
    broken = places.files / f"{WORDS[45]}.xlsx"
    broken.write_text("PK\3\4" + WORDS[46], "utf-8")
    assert run("import", "--create", broken) == cli.REFUSED
    assert run("import", "--account", WORDS[47], statement) == cli.REFUSED
    assert run("history") == run("balances") == run("undo") == run("redo") == cli.DONE
    assert run("backup", "--out", places.backups) == cli.DONE
    assert WORDS[0] in capsys.readouterr().out, "it was there to be read by who has the passphrase"
    assert places.hits(FIRST) == []


WRITING = """
import sys
from datetime import date
from pathlib import Path
from kushen_desktop.app import Kushen
from kushen_desktop.domain.ledger import NewTransaction, Posting
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.services.transactions import add_transactions
from tests.books import PASSPHRASE
from tests.stories.canaries import WORDS
app = Kushen.open(Path(sys.argv[1]), PASSPHRASE)
account = app.accounts.list()[0].id
many = [
    NewTransaction(date(2026, 3, 1), (Posting(account, -n),), WORDS[n % 80], note=WORDS[n % 79])
    for n in range(4_000)
]
with app.vault.work(Sentence(WORDS[0])) as work:
    add_transactions(work, many)
with app.vault.work(Sentence(WORDS[1])) as work:
    add_transactions(work, many)
    print("in the middle", flush=True)
    sys.stdin.read()
"""


def test_a_process_that_is_killed_leaves_nothing_behind(places: Places) -> None:
    app, _ = Kushen.create(places.vault, FIRST, cost=CHEAP)
    with app:
        app.accounts.add("Cash", AccountKind.CASH)
    with subprocess.Popen(
        [sys.executable, "-c", WRITING, str(places.vault)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=dict(os.environ),
    ) as child:  # fmt: skip
        assert child.stdout
        assert child.stdout.readline().strip() == b"in the middle"
        assert places.hits(FIRST) == [], "open, in the middle of a change"
        child.kill()
    wal = next(path for path in places.vault.iterdir() if path.name.endswith("-wal"))
    assert wal.stat().st_size > 100_000
    assert places.hits(FIRST) == [], "as it was left"
    with Kushen.open(places.vault, FIRST) as again:
        assert again.transactions.find().count == 4_000
        assert places.hits(FIRST) == []
    assert places.hits(FIRST) == []
