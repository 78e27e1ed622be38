"""The list of transactions over a real vault: filter, saved views, selection, bulk changes, columns."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kushen_desktop import i18n
from kushen_desktop.app import Kushen
from kushen_desktop.domain.starter import category_id
from kushen_desktop.gui.desk import Desk
from kushen_desktop.gui.pages.transaction_bars import VIEWS
from kushen_desktop.gui.pages.transactions import TransactionsPage
from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.gui.widgets.labels import MoneyLabel
from tests.gui.names import nameless
from tests.gui.pages.ledger_rows import accounts, fill, mixed

Settled = Callable[[], None]
_ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


def _open(desk: Desk, settled: Settled) -> TransactionsPage:
    desk.go("transactions")
    settled()
    page = desk.page("transactions")
    assert isinstance(page, TransactionsPage)
    return page


def _cell(page: TransactionsPage, row: int, key: str, role: int = Qt.ItemDataRole.DisplayRole) -> str:
    keys = [column.key for column in page.model.columns]
    return str(page.model.index(row, keys.index(key)).data(role))


def _select(page: TransactionsPage, *rows: int) -> None:
    for row in rows:
        page.table.selectionModel().select(page.model.index(row, 0), _ROWS)


def _sums(page: TransactionsPage) -> list[str]:
    return [one.text() for one in page.foot.findChildren(MoneyLabel) if one.isVisible()]


def test_rows_say_everything_in_words(desk: Desk, book: Kushen, settled: Settled) -> None:
    mixed(book)
    page = _open(desk, settled)
    shown = [
        (_cell(page, row, "category"), _cell(page, row, "account"), _cell(page, row, "amount"))
        for row in range(7)
    ]
    assert shown == [
        ("Coffee and tea", "Card", "−32.00"),
        ("Salary", "Card", "+10,000.00"),
        ("Uncategorised", "Wallet", "−15.00"),
        ("Transfer", "Card → Wallet", "−50.00"),
        ("Split", "Card", "−100.00"),
        ("Entertainment", "Abroad", "−HK$249.05"),
        ("Dining", "Card", "−9.90"),
    ]
    assert _cell(page, 6, "status") == "Needs review"
    assert _cell(page, 1, "amount", Qt.ItemDataRole.AccessibleTextRole) == "income +10,000.00 CNY"


def test_the_foot_counts_and_sums_by_currency_without_transfers(
    desk: Desk, book: Kushen, settled: Settled, qtbot: QtBot
) -> None:
    mixed(book)
    page = _open(desk, settled)
    qtbot.waitUntil(lambda: bool(_sums(page)))
    assert page.foot.found.text() == "7 transactions"
    assert sorted(_sums(page)) == ["+¥10,000.00", "−HK$249.05", "−¥156.90"]


def test_the_filter_says_how_many_it_found(desk: Desk, book: Kushen, settled: Settled) -> None:
    mixed(book)
    page = _open(desk, settled)
    page.bar.show_text("account:card -is:transfer")
    settled()
    assert page.model.rowCount() == 4
    assert page.foot.found.text() == "4 transactions"


def test_a_filter_that_makes_no_sense_is_told_in_words_and_leaves_the_list(
    desk: Desk, book: Kushen, settled: Settled
) -> None:
    mixed(book)
    page = _open(desk, settled)
    page.bar.show_text("amount:much")
    settled()
    assert "“much”" in page.bar.error.text()
    assert page.bar.error.isVisible()
    assert page.model.rowCount() == 7
    page.bar.show_text("")
    settled()
    assert not page.bar.error.isVisible()


def test_a_filter_that_finds_nothing_names_itself_and_offers_the_way_back(
    desk: Desk, book: Kushen, settled: Settled
) -> None:
    mixed(book)
    page = _open(desk, settled)
    page.bar.show_text("tag:nowhere")
    settled()
    assert page.stack.currentWidget() is page.nothing
    assert "tag:nowhere" in page.nothing.sentence.text()
    assert page.nothing.button is not None
    page.nothing.button.click()
    settled()
    assert page.model.rowCount() == 7
    assert page.bar.field.text() == ""


def test_an_empty_book_offers_to_import(desk: Desk, settled: Settled) -> None:
    page = _open(desk, settled)
    assert page.stack.currentWidget() is page.empty
    assert page.empty.button is not None
    assert page.empty.button.text() == "Import statements"


def test_saved_views_are_searches(
    desk: Desk, book: Kushen, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixed(book)
    page = _open(desk, settled)
    found = {}
    for chip, view in zip(page.bar.chips, VIEWS, strict=True):
        chip.click()
        settled()
        assert page.bar.field.text() == view.query()
        assert [one.isChecked() for one in page.bar.chips].count(True) == 1
        assert chip.isChecked()
        found[view.name] = page.model.rowCount()
    assert (found["all"], found["uncategorised"], found["review"], found["transfers"]) == (7, 1, 1, 1)


def test_everything_found_is_changed_at_once_and_undone_at_once(
    desk: Desk, book: Kushen, settled: Settled
) -> None:
    card, _wallet, _abroad = accounts(book)
    fill(book, card, 600)
    page = _open(desk, settled)
    page.bar.show_text("is:uncategorised")
    settled()
    assert page.model.in_memory(399) is None
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert page.foot.selected.text() == "400 selected"
    page.foot.categorised.emit(category_id("transport"))
    settled()
    assert book.transactions.find("category:transport").count == 400
    assert page.stack.currentWidget() is page.nothing
    assert desk.strip.shown_text() == "Category changed · 400 transactions"
    desk.undo()
    settled()
    assert page.model.rowCount() == 400


def test_some_of_them_get_a_tag_and_another_account(desk: Desk, book: Kushen, settled: Settled) -> None:
    ids = mixed(book)
    page = _open(desk, settled)
    _select(page, 0, 4)
    settled()
    assert page.foot.selected.text() == "2 selected"
    assert _sums(page) == ["−¥132.00"]
    page.foot.tags.setText("trip, 出差")
    page.foot.tags.returnPressed.emit()
    settled()
    assert set(book.transactions.get(ids["split"]).tags) == {"family", "trip", "出差"}
    page.foot.moved_to.emit(book.accounts.named("Wallet").id)
    settled()
    assert book.transactions.find("account:wallet is:expense").count == 3


def test_money_is_never_moved_into_another_currency(
    desk: Desk, book: Kushen, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixed(book)
    page = _open(desk, settled)
    told: list[BaseException] = []
    monkeypatch.setattr(desk, "_fail", told.append)
    _select(page, 0, 4)
    settled()
    page.foot.moved_to.emit(book.accounts.named("Abroad").id)
    settled()
    assert [getattr(error, "code", "") for error in told] == ["other_currency"]
    assert book.transactions.find("account:abroad").count == 1


def test_a_change_elsewhere_moves_neither_the_list_nor_the_selection(
    desk: Desk, book: Kushen, settled: Settled, qtbot: QtBot
) -> None:
    card, _wallet, _abroad = accounts(book)
    ids = fill(book, card, 600)
    page = _open(desk, settled)
    page.table.verticalScrollBar().setValue(300)
    settled()
    page.table.setCurrentIndex(page.model.index(305, 2))
    _select(page, 307)
    settled()
    fill(book, card, 3)
    qtbot.waitUntil(lambda: page.model.rowCount() == 603)
    settled()
    assert page.table.verticalScrollBar().value() == 303
    chosen = [page.model.record(row) for row in page.table.selected_rows()]
    assert [row.id for row in chosen if row is not None] == [ids[305], ids[307]]
    assert page.table.currentIndex().row() == 308
    assert page.foot.selected.text() == "2 selected"


def test_deleted_rows_go_and_come_back(desk: Desk, book: Kushen, settled: Settled) -> None:
    mixed(book)
    page = _open(desk, settled)
    page.table.setFocus()
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    settled()
    assert page.model.rowCount() == 5
    assert desk.strip.shown_text() == "2 transactions deleted"
    desk.undo()
    settled()
    assert page.model.rowCount() == 7


def test_hidden_amounts_are_nowhere(desk: Desk, book: Kushen, settled: Settled, qtbot: QtBot) -> None:
    mixed(book)
    page = _open(desk, settled)
    qtbot.waitUntil(lambda: bool(_sums(page)))
    theme().hidden_amounts = True
    assert {_cell(page, row, "amount") for row in range(7)} == {MASK}
    assert _cell(page, 0, "amount", Qt.ItemDataRole.AccessibleTextRole) == "hidden amount"
    assert page.model.index(0, 8).data(Qt.ItemDataRole.ToolTipRole) is None
    assert set(_sums(page)) == {MASK}
    assert all(
        "hidden" in one.accessibleName() for one in page.foot.findChildren(MoneyLabel) if one.isVisible()
    )
    page.table.setCurrentIndex(page.model.index(0, 8))
    page.table.edit_cell("amount")
    assert not page.table.editing
    settled()
    assert page.doing.dialog is not None
    assert page.doing.dialog.fields.amount.text() == MASK


def test_language_changes_in_place(desk: Desk, book: Kushen, settled: Settled) -> None:
    ids = mixed(book)
    page = _open(desk, settled)
    page.bar.show_text("account:card")
    settled()
    _select(page, 0, 2)
    settled()
    desk.preferences.change(language="zh_CN")
    settled()
    assert i18n.language() == "zh_CN"
    assert page.bar.field.text() == "account:card"
    assert page.model.rowCount() == 5
    chosen = [row.id for row in page.table.selected_records()]
    assert chosen == [ids["coffee"], ids["transfer"]]


def test_columns_are_sorted_and_kept_for_each_view(desk: Desk, book: Kushen, settled: Settled) -> None:
    ids = mixed(book)
    page = _open(desk, settled)
    page.table._sort(8)
    settled()
    first = page.model.record(0)
    assert first is not None
    assert first.id == ids["salary"]
    page.table._choose("account", shown=False)
    page.bar.show_text("is:transfer")
    settled()
    assert page.table.arrangement.sorting is None
    assert not page.table.isColumnHidden(5)
    desk.rebuild()
    settled()
    page.bar.show_text("")
    settled()
    assert page.table.isColumnHidden(5)
    first = page.model.record(0)
    assert first is not None
    assert first.id == ids["salary"]
    page.table.reset_columns()
    settled()
    assert not page.table.isColumnHidden(5)
    first = page.model.record(0)
    assert first is not None
    assert first.id == ids["coffee"]


@pytest.mark.parametrize("key", ["date", "time", "payee", "text", "note", "category", "account", "status"])
def test_every_column_can_be_sorted_both_ways(desk: Desk, book: Kushen, settled: Settled, key: str) -> None:
    mixed(book)
    page = _open(desk, settled)
    number = [column.key for column in page.model.columns].index(key)
    orders = []
    for _turn in range(2):
        page.table._sort(number)
        settled()
        orders.append([_cell(page, row, key) for row in range(7)])
    assert sorted(orders[0]) == sorted(orders[1])
    assert len(set(orders[0])) == 1 or orders[0] != orders[1]


@pytest.mark.parametrize("width", [860, 1000, 1280])
def test_amounts_stay_in_sight(desk: Desk, book: Kushen, settled: Settled, width: int) -> None:
    mixed(book)
    page = _open(desk, settled)
    desk.resize(width, 800)
    settled()
    page.table.restore_columns(b'{"all": {"order": [], "hidden": ["amount"], "widths": {"payee": 900}}}')
    header = page.table.horizontalHeader()
    assert not page.table.isColumnHidden(8)
    assert header.sectionViewportPosition(8) + header.sectionSize(8) <= page.table.viewport().width() + 1


def test_kept_columns_that_make_no_sense_are_left_out(desk: Desk, book: Kushen, settled: Settled) -> None:
    mixed(book)
    page = _open(desk, settled)
    page.table.restore_columns(b"\xff nonsense")
    page.table.restore_columns(
        b'{"all": {"order": ["x", 3], "widths": {"date": "wide", "y": 4}, "sorting": ["z", 1]}}'
    )
    assert page.table.arrangement.order == []
    assert page.table.arrangement.widths == {}
    assert page.table.arrangement.sorting is None


def test_the_window_opens_it_with_a_search(desk: Desk, book: Kushen, settled: Settled) -> None:
    ids = mixed(book)
    desk.go("transactions", query='payee:"Star Ferry"')
    settled()
    page = desk.page("transactions")
    assert isinstance(page, TransactionsPage)
    assert page.model.rowCount() == 1
    desk.focus_filter()
    assert desk.focusWidget() is page.bar.field
    desk.go("transactions", id=ids["review"])
    settled()
    assert page.doing.dialog is not None
    assert page.doing.dialog.isVisible()


def test_every_control_of_the_bulk_bar_has_a_name(desk: Desk, book: Kushen, settled: Settled) -> None:
    mixed(book)
    page = _open(desk, settled)
    _select(page, 0, 1)
    settled()
    assert nameless(page) == []
