"""What lists show of postings, and that bulk and single inserts leave the same rows and sums."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Posting, Role, Shape
from kushen_desktop.store import schema
from kushen_desktop.store.bookings import BULK, PART, Derived, derived
from kushen_desktop.store.tables import TAG, TX
from kushen_desktop.store.vault import Vault
from tests.store.opened import CARD, CASH, COFFEE, FOOD, TITLE, booking, opened, rows

ACCOUNTS: dict[bytes, int] = {CASH: 1, CARD: 2}
CATEGORIES: dict[bytes, int] = {FOOD: 11, COFFEE: 12}
KEPT = {
    "account_month": "SELECT * FROM account_month WHERE n<>0 OR total<>0 ORDER BY 1, 2",
    "category_month": "SELECT * FROM category_month WHERE n<>0 ORDER BY 1, 2, 3",
    "tx_month": "SELECT * FROM tx_month WHERE n<>0 ORDER BY 1",
    "tx": "SELECT day, sec, account, other, category, amount, shape, state FROM tx ORDER BY rid",
    "posting": "SELECT tx, day, live, account, amount, category, role, memo FROM posting ORDER BY rid",
    "triggers": "SELECT name, sql FROM sqlite_schema WHERE type='trigger' ORDER BY name",
}
TAGS = [Id(bytes([number]) * 16) for number in (8, 9)]


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with opened(tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], Derived(0, 0, 0, 0, Shape.SIMPLE)),
        ([Posting(CASH, -5, FOOD)], Derived(1, 0, 11, -5, Shape.SIMPLE)),
        ([Posting(CASH, -5)], Derived(1, 0, 0, -5, Shape.SIMPLE)),
        ([Posting(CASH, -5, FOOD), Posting(CASH, -6, COFFEE)], Derived(1, 0, 0, -11, Shape.SPLIT)),
        ([Posting(CASH, -5, FOOD), Posting(CASH, -6, FOOD)], Derived(1, 0, 11, -11, Shape.SPLIT)),
        ([Posting(CASH, -5, FOOD), Posting(CASH, -6)], Derived(1, 0, 0, -11, Shape.SPLIT)),
        ([Posting(CASH, -5, role=Role.TRANSFER)], Derived(1, 0, 0, -5, Shape.TRANSFER)),
        (
            [Posting(CASH, -5, role=Role.TRANSFER), Posting(CARD, 5, role=Role.TRANSFER)],
            Derived(1, 2, 0, -5, Shape.TRANSFER),
        ),
        (
            [Posting(CASH, -5, role=Role.TRANSFER), Posting(CASH, -1, FOOD)],
            Derived(1, 0, 11, -6, Shape.TRANSFER),
        ),
        ([Posting(CASH, -5, FOOD), Posting(CARD, -6, FOOD)], Derived(1, 2, 11, -5, Shape.COMPLEX)),
    ],
)
def test_what_lists_show_of_postings(lines: list[Posting], expected: Derived) -> None:
    assert derived(lines, ACCOUNTS, CATEGORIES) == expected


def many(count: int) -> list[tuple[Posting, ...]]:
    return [
        (
            Posting(CASH, number * 31 % 997 - 400, (None, FOOD, COFFEE)[number % 3], Role(number % 5)),
            *([Posting(CARD, number, FOOD)] if number % 4 == 0 else []),
        )
        for number in range(count)
    ]


def days(count: int) -> list[int]:
    return [20250000 + (number % 12 + 1) * 100 + number % 28 + 1 for number in range(count)]


@pytest.mark.parametrize("count", [BULK, PART + 1])
def test_many_at_once_leave_what_one_by_one_leave(tmp_path: Path, count: int) -> None:
    """One grouped sum in place of a trigger a row; the triggers are back afterwards."""
    kept = []
    for name, size in (("bulk", count), ("few", BULK - 1)):
        (tmp_path / name).mkdir()
        with opened(tmp_path / name) as vault, vault.work(TITLE) as work:
            all_ = [
                booking(*lines, day=day, state=number % 7 // 6)
                for number, (lines, day) in enumerate(zip(many(count), days(count), strict=True))
            ]
            for first in range(0, count, size):
                work.add_bookings(all_[first : first + size])
            kept.append(
                {
                    name: [tuple(row) for row in work.connection.exec_driver_sql(sql)]
                    for name, sql in KEPT.items()
                }
            )
            assert not [sql for sql in schema.CHECKS.values() if work.connection.exec_driver_sql(sql).all()]
    assert kept[0] == kept[1]
    assert {name for name, _ in kept[0]["triggers"]} == {*schema.INSERT_TRIGGERS, *schema.OTHER_TRIGGERS}


def test_a_bulk_insert_that_fails_leaves_triggers_and_sums(vault: Vault) -> None:
    before = {name: rows(vault, sql) for name, sql in KEPT.items()}
    bad = booking(Posting(Id(b"nowhere " * 2), 1))
    with pytest.raises(KeyError), vault.work(TITLE) as work:
        work.add_bookings([*(booking() for _ in range(PART)), bad])
    assert {name: rows(vault, sql) for name, sql in KEPT.items()} == before


def test_tags_text_and_day_bring_what_is_derived_along(vault: Vault) -> None:
    one = booking(text="星巴克咖啡")
    with vault.work(TITLE) as work:
        work.add(
            TAG, [{"id": tag, "name": str(number), "folded": str(number)} for number, tag in enumerate(TAGS)]
        )
        work.add_bookings([one])
        work.set(TX, one.id, tags=tuple(TAGS), day=20251231, text="瑞幸")
    assert rows(vault, "SELECT count(*) FROM tx_tag") == [(2,)]
    assert rows(vault, "SELECT day FROM posting") == [(20251231,)]
    assert rows(vault, "SELECT month FROM tx_month WHERE n>0") == [(202512,)]
    assert rows(vault, "SELECT count(*) FROM search WHERE search MATCH '\"瑞幸\"'") == [(1,)]
    assert rows(vault, "SELECT count(*) FROM search WHERE search MATCH '\"星巴\"'") == [(0,)]
    with vault.work(TITLE) as work:
        work.set(TX, one.id, tags=(TAGS[1],), text="", state=1)
    assert rows(vault, "SELECT count(*) FROM tx_tag") == [(1,)]
    assert rows(vault, "SELECT count(*) FROM search") == [(0,)]
    assert rows(vault, "SELECT live FROM posting") == [(0,)]
    assert rows(vault, "SELECT * FROM tx_month WHERE n<>0") == []
