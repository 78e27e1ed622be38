"""The door: everything that is written is logged with what was before, or nothing is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kushen_desktop.domain.changes import Topic
from kushen_desktop.domain.ids import Id, new_id
from kushen_desktop.domain.ledger import Posting
from kushen_desktop.store import log
from kushen_desktop.store.bookings import EvidenceRow
from kushen_desktop.store.rids import MissingRowError
from kushen_desktop.store.tables import ACCOUNT, BATCH, BY_NAME, CATEGORY, PAYEE, SYNCED, TX
from kushen_desktop.store.vault import Vault
from tests.store.opened import CARD, CASH, COFFEE, FOOD, TITLE, account, booking, opened, rows

SHOP = Id(b"s" * 16)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with opened(tmp_path) as made:
        yield made


def test_new_rows_are_logged_as_one_value_with_their_maker(vault: Vault) -> None:
    with vault.work(TITLE) as work:
        work.add(PAYEE, [{"id": SHOP, "name": "Shop", "folded": "shop"}])
        work.add_bookings([booking(payee=SHOP), booking()])
        assert work.topics == Topic.LEDGER
    assert rows(vault, "SELECT rows, root FROM change WHERE seq=2") == [(3, 2)]
    assert rows(vault, "SELECT tab, first, last FROM born WHERE change=2 ORDER BY tab") == [
        (3, 1, 1),
        (5, 1, 2),
    ]
    with vault.read() as connection:
        kept = list(log.booked(connection, 2))
    assert [one.payee for one in kept] == [SHOP, None]


def test_a_changed_cell_is_logged_with_before_and_after(vault: Vault) -> None:
    one = booking()
    lines = (Posting(CARD, -1, COFFEE, memo="x"), Posting(CASH, -2))
    with vault.work(TITLE) as work:
        work.add_bookings([one])
    with vault.work(TITLE) as work:
        work.set(TX, one.id, note="lunch", postings=lines)
        work.set(CATEGORY, COFFEE, parent=None)
    with vault.read() as connection:
        cells = {cell.field: cell for cell in log.cells(connection, 3, BY_NAME)}
    assert (cells["note"].before, cells["note"].after) == ("", "lunch")
    assert (cells["postings"].before, cells["postings"].after) == (one.postings, lines)
    assert (cells["parent"].before, cells["parent"].after) == (FOOD, None)
    assert rows(vault, "SELECT rows FROM change WHERE seq=3") == [(2,)]
    assert rows(vault, "SELECT DISTINCT change FROM stamp") == [(3,)]


def test_a_value_that_is_there_already_is_no_change_and_leaves_no_trace(vault: Vault) -> None:
    one = booking(note="lunch")
    with vault.work(TITLE) as work:
        work.add_bookings([one])
    with vault.work(TITLE) as work:
        work.set(TX, one.id, note="lunch", postings=one.postings, tags=())
        work.add(PAYEE, [])
        work.set_cells(TX, [])
    assert rows(vault, "SELECT max(seq) FROM change") == [(2,)]
    assert rows(vault, "SELECT * FROM stamp") == []


def test_whatever_is_raised_inside_rolls_everything_back(vault: Vault) -> None:
    tables = [spec.name for spec in SYNCED] + ["posting", "change", "segment", "born", "account_month"]
    before = {table: rows(vault, f"SELECT * FROM {table}") for table in tables}

    def fail() -> None:
        with vault.work(TITLE) as work:
            work.add(ACCOUNT, [account(new_id(), "Gone")])
            work.add_bookings([booking()])
            work.set(ACCOUNT, CASH, name="Other")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert {table: rows(vault, f"SELECT * FROM {table}") for table in tables} == before
    with vault.work(TITLE) as work:  # nothing of it is remembered either
        work.add_bookings([booking()])
    assert rows(vault, "SELECT count(*) FROM account") == [(2,)]


def test_what_is_not_there_is_named(vault: Vault) -> None:
    with pytest.raises(MissingRowError) as caught, vault.work(TITLE) as work:
        work.set(TX, new_id(), note="lost")
    assert caught.value.params["table"] == "tx"
    with pytest.raises(MissingRowError), vault.work(TITLE) as work:
        work.set(TX, new_id(), payee=SHOP)
    with pytest.raises(MissingRowError), vault.work(TITLE) as work:
        work.add(CATEGORY, [{"id": new_id(), "flow": "expense", "color": 0, "position": 0, "parent": SHOP}])
    with vault.work(TITLE) as work:
        assert work.rid(ACCOUNT, CARD) == 2


def test_evidence_and_raw_rows_go_with_their_batch(vault: Vault) -> None:
    batch, old, new = new_id(), booking(), booking()
    with vault.work(TITLE) as work:
        work.add_bookings([old])
    with vault.work(TITLE) as work:
        work.add_bookings([new])
        work.add(BATCH, [{"id": batch, "file": "a", "sha256": b"x", "importer": "i", "format": "f", "rows": 2,
                          "at": 1, "stated": "[]"}])  # fmt: skip
        work.add_evidence(batch, [EvidenceRow(1, old.id, "ok", ""), EvidenceRow(2, new.id, "ok", "77")])
        work.keep_raw(batch, [b"chunk"])
    assert rows(vault, "SELECT row, tx, ref FROM evidence ORDER BY row") == [(1, 1, ""), (2, 2, "77")]
    assert rows(vault, "SELECT batch, chunk, body FROM raw") == [(1, 0, b"chunk")]
    assert rows(vault, "SELECT rows FROM change WHERE seq=3") == [(2,)]


def test_content_of_attachments_is_kept_once(vault: Vault) -> None:
    with vault.work(TITLE) as work:
        work.keep_blob(b"d" * 32, [b"one", b"two"])
        work.keep_blob(b"d" * 32, [b"one", b"two"])
    assert rows(vault, "SELECT chunk, body FROM blob ORDER BY chunk") == [(0, b"one"), (1, b"two")]


def test_change_sets_are_numbered_for_every_device_and_time_never_goes_back(vault: Vault) -> None:
    for name in ("a", "b", "c"):
        with vault.work(TITLE) as work:
            work.set(ACCOUNT, CASH, name=name)
    made = rows(vault, "SELECT seq, ctr, hlc, hex(device) FROM change ORDER BY seq")
    assert [row[:2] for row in made] == [(number, number) for number in range(1, 5)]
    assert [row[2] for row in made] == sorted({row[2] for row in made})  # type: ignore[type-var]
    assert len({row[3] for row in made}) == 1


def test_every_table_that_is_logged_has_a_number_of_its_own() -> None:
    assert len({spec.number for spec in SYNCED}) == len(SYNCED)
    assert all(BY_NAME[spec.name] is spec for spec in SYNCED)
    assert all(target in BY_NAME for spec in SYNCED for target in spec.refs.values())
