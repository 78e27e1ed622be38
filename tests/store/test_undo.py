"""What stands in the way of taking a step back, and what becomes of rows that several steps use."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kushen_desktop.domain.ids import Id, new_id
from kushen_desktop.domain.ledger import Posting
from kushen_desktop.store import schema, undo
from kushen_desktop.store.tables import ACCOUNT, CATEGORY, PAYEE, TX
from kushen_desktop.store.vault import Vault
from tests.store.opened import CASH, COFFEE, FOOD, TITLE, account, booking, category, opened, rows

SHOP = Id(b"s" * 16)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with opened(tmp_path) as made:
        yield made


def done(vault: Vault, **fields: str) -> int:
    """Change cells of an account; return the number of the step."""
    with vault.work(TITLE) as work:
        work.set(ACCOUNT, CASH, **fields)
        return work.seq


def move(vault: Vault, root: int, *, back: bool) -> set[int]:
    """Take a step back or repeat it, unless something is in the way; return what is."""
    with vault.work(TITLE, root=root, undoes=root if back else None) as work:
        found = undo.blockers(work, root, back=back)
        if not found:
            (undo.reverse if back else undo.repeat)(work, root)
            work.mark_undone(root, undone=back)
        return found


def name(vault: Vault) -> object:
    return rows(vault, "SELECT name FROM account WHERE rid=1")[0][0]


def test_only_later_changes_of_the_same_cells_are_in_the_way(vault: Vault) -> None:
    first, other = done(vault, name="a"), done(vault, note="n")
    second = done(vault, name="b")
    assert move(vault, first, back=True) == {second}
    assert move(vault, other, back=True) == set()
    assert move(vault, second, back=True) == set()
    assert name(vault) == "a"
    assert move(vault, first, back=True) == set()
    assert name(vault) == "Cash"
    assert move(vault, second, back=False) == {first}
    assert move(vault, first, back=False) == set()
    assert move(vault, second, back=False) == set()
    assert name(vault) == "b"


def test_a_row_in_use_stays_until_its_users_are_gone(vault: Vault) -> None:
    new = new_id()
    with vault.work(TITLE) as work:
        work.add(ACCOUNT, [account(new, "New")])
        made = work.seq
    with vault.work(TITLE) as work:
        work.add_bookings([booking(Posting(new, 1))])
        used = work.seq
    assert move(vault, made, back=True) == {used}
    assert move(vault, used, back=True) == set()
    assert move(vault, made, back=True) == set()
    assert rows(vault, "SELECT state FROM account WHERE rid=3") == [(2,)]
    assert move(vault, made, back=False) == set()
    assert move(vault, used, back=False) == set()
    assert rows(vault, "SELECT state FROM account WHERE rid=3") == [(0,)]
    assert not [sql for sql in schema.CHECKS.values() if rows(vault, sql)]


def test_a_category_with_children_stays(vault: Vault) -> None:
    top, child = new_id(), new_id()
    for id_, parent in ((top, None), (child, top)):
        with vault.work(TITLE) as work:
            work.add(CATEGORY, [category(id_, parent)])
    assert move(vault, 2, back=True) == {3}
    assert move(vault, 3, back=True) == set()
    assert move(vault, 2, back=True) == set()


def test_a_shared_row_stays_as_long_as_another_step_uses_it(vault: Vault) -> None:
    with vault.work(TITLE) as work:
        work.add(PAYEE, [{"id": SHOP, "name": "Shop", "folded": "shop"}])
        work.add_bookings([booking(payee=SHOP)])
        first = work.seq
    with vault.work(TITLE) as work:
        work.add_bookings([booking(payee=SHOP)])
        second = work.seq
    state = "SELECT state FROM payee"
    assert move(vault, first, back=True) == set()
    assert rows(vault, state) == [(0,)]
    assert rows(vault, "SELECT state FROM tx ORDER BY rid") == [(2,), (0,)]
    assert move(vault, first, back=False) == set()
    assert move(vault, second, back=True) == set()
    assert move(vault, first, back=True) == set()
    assert rows(vault, state) == [(2,)]


def test_an_edit_of_a_new_row_is_in_the_way_of_taking_the_row_away(vault: Vault) -> None:
    one = booking()
    with vault.work(TITLE) as work:
        work.add_bookings([one])
        made = work.seq
    with vault.work(TITLE) as work:
        work.set(TX, one.id, postings=(Posting(CASH, -9, COFFEE),), status=2)
        edited = work.seq
    assert move(vault, made, back=True) == {edited}
    assert move(vault, edited, back=True) == set()
    assert rows(vault, "SELECT amount, category FROM posting") == [(-500, 1)]
    assert move(vault, made, back=True) == set()
    assert move(vault, made, back=False) == set()
    assert move(vault, edited, back=False) == set()
    assert rows(vault, "SELECT amount, category FROM posting") == [(-9, 2)]
    assert not [sql for sql in schema.CHECKS.values() if rows(vault, sql)]


def test_the_maker_of_a_row_is_known(vault: Vault) -> None:
    with vault.work(TITLE) as work:
        work.add_bookings([booking(), booking(Posting(CASH, 1, FOOD))])
    with vault.read() as connection:
        assert undo.maker_of(connection, TX, 2) == 2
        assert undo.maker_of(connection, TX, 3) is None
        assert undo.maker_of(connection, ACCOUNT, 1) == 1
        assert undo.born(connection, 2) == [(TX, 1, 2)]
