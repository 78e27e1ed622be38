"""A month of three sources, brought in as people do it, and what there is then."""

import itertools
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kushen_desktop import cli
from kushen_desktop.app import Kushen as App
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Role
from kushen_desktop.domain.money import Money
from tests.books import PASSPHRASE, book, wrong_sums
from tests.cli.conftest import Kushen

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
BANK, ALIPAY, WECHAT = (
    SAMPLE / "bank_cmb_2026.ofx",
    SAMPLE / "alipay_2026.csv",
    SAMPLE / "wechat_2026.xlsx",
)
END = date(2026, 11, 22)
Month = tuple[Counter[Money], Counter[tuple[date, int, Role, Id | None]]]


def told(kushen: Kushen) -> dict[str, Any]:
    """Return what a person asks after an import: what have I, and what was that month?"""
    month = kushen("--json", "transactions", "date:2026-10", "--limit", "0").objects
    return {
        "balances": {
            one["account"]: one["balance"] for one in kushen("--json", "balances", "--at", str(END)).objects
        },
        "days": sorted((one["date"], one["amount"], one["account"]) for one in month),
    }


@pytest.fixture
def app_vault(kushen: Kushen) -> None:
    assert kushen("vault", "create").code == cli.DONE


@pytest.mark.usefixtures("app_vault")
def test_three_statements_at_once_then_again_then_taken_back(kushen: Kushen) -> None:
    imported = kushen("--json", "import", "--create", ALIPAY, WECHAT, BANK).objects
    for one in imported:
        assert one["new"] > 0
        assert one["rows"] == sum(one[part] for part in ("new", "changed", "known", "skipped", "problems"))
    there = told(kushen)
    assert there["days"]
    assert len(there["balances"]) == 7
    again = kushen("--json", "import", WECHAT, BANK, ALIPAY).objects
    assert [one["new"] for one in again] == [0, 0, 0]
    assert all(one["known"] + one["skipped"] == one["rows"] for one in again)
    assert told(kushen) == there
    assert kushen("--json", "vault", "check").objects[0]["ok"] is True
    assert kushen("undo").code == cli.DONE
    assert kushen("--json", "transactions").objects == []
    assert kushen("redo").code == cli.DONE
    assert told(kushen) == there


@pytest.mark.usefixtures("app_vault")
def test_what_was_left_out_of_a_file_comes_when_it_is_imported_again(kushen: Kushen, tmp_path: Path) -> None:
    with App.open(tmp_path / "vault", PASSPHRASE) as app:
        (preview,) = (app.imports.preview(one, BANK.name) for one in app.imports.read(BANK))
        preview.ticked = set(list(preview.ticked)[:5])
        app.imports.confirm([preview])
        assert app.imports.known(BANK) is None
    (again,) = kushen("--json", "import", BANK).objects
    assert (again["new"], again["known"]) == (again["rows"] - 5, 5)
    (whole,) = kushen("--json", "import", BANK).objects
    assert (whole["new"], whole["known"]) == (0, whole["rows"])


@pytest.mark.parametrize("order", list(itertools.permutations((BANK, ALIPAY, WECHAT)))[1:])
def test_one_after_the_other_in_any_order_comes_to_the_same(
    order: tuple[Path, ...], bank_first: Month
) -> None:
    with book() as app:
        assert month(app, order) == bank_first


@pytest.fixture(scope="module")
def bank_first() -> Month:
    with book() as app:
        return month(app, (BANK, ALIPAY, WECHAT))


def month(app: App, order: tuple[Path, ...]) -> Month:
    """Import one after the other; return the balances, and every posting of October.

    Which account a file calls how, and from which side a transfer is told, follows the first who tells it.
    """
    for path in order:
        app.imports.confirm([app.imports.preview(one, path.name) for one in app.imports.read(path)])
    assert not wrong_sums(app)
    whole = [app.transactions.get(id_) for id_ in app.transactions.ids(app.transactions.find("date:2026-10"))]
    lines = Counter(
        (one.day, line.amount, line.role, line.category) for one in whole for line in one.postings
    )
    return Counter(one.money for one in app.balances.all(END)), lines
