"""A vault of the store alone: keyed with a fixed key, with an account and categories to book in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kushen_desktop.domain.ids import Id, new_id
from kushen_desktop.domain.ledger import Posting
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.store.bookings import Booking
from kushen_desktop.store.log import Value
from kushen_desktop.store.tables import ACCOUNT, CATEGORY
from kushen_desktop.store.vault import Vault
from tests.store.made import DATABASE_KEY

TITLE = Sentence("test")
CASH, CARD, FOOD, COFFEE = (Id(bytes([number]) * 16) for number in range(1, 5))


@contextmanager
def opened(folder: Path) -> Iterator[Vault]:
    """Open a new vault with two accounts and two categories."""
    vault = Vault(folder / "vault.db", DATABASE_KEY, create=True)
    try:
        with vault.work(TITLE, root=0) as work:
            work.add(ACCOUNT, [account(CASH, "Cash"), account(CARD, "Card")])
            work.add(CATEGORY, [category(FOOD, None)])
            work.add(CATEGORY, [category(COFFEE, FOOD)])
        yield vault
    finally:
        vault.close()


def account(id_: Id, name: str) -> dict[str, Value]:
    return {"id": id_, "name": name, "kind": "cash", "currency": "CNY"}


def category(id_: Id, parent: Id | None) -> dict[str, Value]:
    return {"id": id_, "flow": "expense", "color": 0, "position": 0, "parent": parent}


def booking(*lines: Posting, day: int = 20260315, **more: object) -> Booking:
    values: dict[str, object] = {
        "id": new_id(), "day": day, "sec": None, "payee": None, "status": 1, "text": "", "note": "",
        "refunds": None, "review": "", "tags": (), "postings": lines or (Posting(CASH, -5_00, FOOD),),
    }  # fmt: skip
    return Booking(**(values | more))  # type: ignore[arg-type]


def rows(vault: Vault, sql: str) -> list[tuple[object, ...]]:
    with vault.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]
