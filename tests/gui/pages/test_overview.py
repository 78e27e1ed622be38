"""The overview over a real vault: figures, to-do list, newest transactions, months; empty, narrow, hidden."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QBoxLayout, QLabel
from pytestqt.qtbot import QtBot

from kushen_desktop import i18n
from kushen_desktop.app import Kushen
from kushen_desktop.domain import calendar
from kushen_desktop.domain.money import Money
from kushen_desktop.gui.desk import Desk
from kushen_desktop.gui.pages.overview import OverviewPage
from kushen_desktop.gui.pages.overview_cards import worth_change
from kushen_desktop.gui.pages.overview_figures import RECENT
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets.labels import amount_text
from kushen_desktop.services.balances import NetWorth
from tests.gui.names import nameless
from tests.gui.pages.ledger import TODAY, fill

Settled = Callable[[], None]


@pytest.fixture(autouse=True)
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: TODAY)


@pytest.fixture
def ways(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Note where the page leads instead of going there."""
    found: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(desk, "go", lambda page, **context: found.append((page, context)))
    return found


def _page(desk: Desk, settled: Settled) -> OverviewPage:
    Desk.go(desk, "overview")
    settled()
    QApplication.processEvents()
    settled()
    page = desk.page("overview")
    assert isinstance(page, OverviewPage)
    return page


def _texts(page: OverviewPage) -> str:
    return "\n".join(f"{one.text()} {one.accessibleName()}" for one in page.findChildren(QLabel))


def test_an_empty_vault_says_what_to_do(
    desk: Desk, settled: Settled, ways: list[tuple[str, dict[str, Any]]]
) -> None:
    page = _page(desk, settled)
    empty = page._stack.currentWidget()
    assert empty is not None
    assert empty.isVisibleTo(page)
    assert "0.00" not in "".join(one.text() for one in empty.findChildren(QLabel))
    page.add_account.click()
    assert ways == [("accounts", {"new": True})]


def test_figures_of_the_month_and_the_net_worth(desk: Desk, book: Kushen, settled: Settled) -> None:
    fill(book)
    page = _page(desk, settled)
    assert page.figures is not None
    assert page.worth.title.text() == "Net worth · CNY"
    assert page.worth.worth.text() == amount_text(book.balances.net_worth(TODAY).money)
    assert page.worth.income.amount.text() == "¥10,000.11"
    lunches = sum(1_200 + back for back in range(15))
    assert page.worth.spending.amount.text() == amount_text(Money(-(300_011 + 9_900 + lunches), "CNY"))
    assert page.worth.change.text().startswith("▲ ¥")
    assert page.worth.income.change.text() == "+0.0% on last month"


def test_a_missing_rate_is_said_never_zero(desk: Desk, book: Kushen, settled: Settled) -> None:
    fill(book, rate=False)
    page = _page(desk, settled)
    assert page.worth.worth.text() == "—  needs HKD rate"
    assert page.worth.missing.isVisibleTo(page)
    assert page.worth.change.text().startswith("Without HKD: ¥")
    assert page.chart_note.text() == "—  needs HKD rate"


def test_the_newest_twelve_rows(desk: Desk, book: Kushen, settled: Settled) -> None:
    fill(book)
    page = _page(desk, settled)
    rows = page.model.records
    assert len(rows) == RECENT
    assert [row.day for row in rows] == sorted((row.day for row in rows), reverse=True)
    texts = {page.model.index(0, column).data() for column in range(4)}
    assert TODAY.isoformat() in texts


def test_a_row_and_a_month_lead_to_the_transactions(
    desk: Desk, book: Kushen, settled: Settled, ways: list[tuple[str, dict[str, Any]]]
) -> None:
    fill(book)
    page = _page(desk, settled)
    page.table.opened.emit(page.model.records[3])
    assert ways.pop() == ("transactions", {"query": "", "id": page.model.records[3].id})
    page.chart.grab()
    at = QPoint(page.chart.middle(3), page.chart.height() // 2)
    QTest.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=at)
    assert ways.pop() == ("transactions", {"query": "date:2026-09"})
    QTest.keyClick(page.chart, Qt.Key.Key_Right)
    QTest.keyClick(page.chart, Qt.Key.Key_Return)
    assert ways.pop() == ("transactions", {"query": "date:2026-10"})


def test_what_waits_is_a_link_to_where_it_is_done(
    desk: Desk, book: Kushen, settled: Settled, ways: list[tuple[str, dict[str, Any]]]
) -> None:
    accounts = fill(book)
    page = _page(desk, settled)
    assert page.figures is not None
    texts = [todo.text for todo in page.figures.todos]
    assert texts == [
        "1 transaction without a category",
        "“HSBC One”: nothing new for 83 days",
        "4 accounts whose opening balance is not known",
    ]
    for button in page.todo.links:
        button.click()  # type: ignore[attr-defined]
    assert ways == [
        ("transactions", {"query": "is:uncategorised"}),
        ("import", {"account": accounts["hong_kong"]}),
        ("accounts", {}),
    ]


def test_a_known_balance_no_longer_waits(desk: Desk, book: Kushen, settled: Settled) -> None:
    for account in fill(book).values():
        book.openings.correct(account, 100_000, TODAY)
    page = _page(desk, settled)
    assert page.figures is not None
    assert not any("opening" in todo.text for todo in page.figures.todos)


def test_hidden_amounts_are_hidden_everywhere(desk: Desk, book: Kushen, settled: Settled) -> None:
    fill(book)
    page = _page(desk, settled)
    digits = amount_text(book.balances.net_worth(TODAY).money).strip("¥")
    assert digits in _texts(page)
    theme().hidden_amounts = True
    assert "¥" not in _texts(page)
    assert digits not in _texts(page)
    assert "¥" not in page.chart.toolTip() + page.chart.accessibleDescription()
    shown = page.model.index(0, 3)
    assert shown.data() == "••••"
    assert shown.data(Qt.ItemDataRole.AccessibleTextRole) == "hidden amount"


def test_the_chart_goes_under_the_list_where_there_is_little_room(
    desk: Desk, book: Kushen, settled: Settled, qtbot: QtBot
) -> None:
    fill(book)
    page = _page(desk, settled)
    assert page._columns.direction() is QBoxLayout.Direction.LeftToRight
    desk.resize(1000, 800)
    qtbot.waitUntil(lambda: page._columns.direction() is QBoxLayout.Direction.TopToBottom)


def test_another_language_shows_the_same(desk: Desk, book: Kushen, settled: Settled) -> None:
    fill(book)
    page = _page(desk, settled)
    before = page.worth.worth.text()
    i18n.use("zh_CN")
    page.retranslate()
    settled()
    QApplication.processEvents()
    assert page.worth.worth.text() == before
    assert len(page.model.records) == RECENT
    assert nameless(page) == []


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (1_500, 1_000, "▲ ¥5.00 (50.0%) more than at the end of last month"),
        (500, 1_000, "▼ ¥5.00 (50.0%) less than at the end of last month"),
        (-1_500, -1_000, "▼ ¥5.00 (50.0%) less than at the end of last month"),
        (1_000, 1_000, "Unchanged since the end of last month"),
        (1_000, 0, ""),
    ],
)
def test_the_change_is_said_in_words(now: int, before: int, said: str) -> None:
    first, last = (NetWorth(Money(amount, "CNY"), ()) for amount in (before, now))
    assert worth_change(last, first, amount_text) == said
