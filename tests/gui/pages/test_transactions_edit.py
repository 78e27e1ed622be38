"""Editing transactions in their cells and in the form, by keys."""

from collections.abc import Callable
from datetime import time

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kushen_desktop.app import Kushen
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Role
from kushen_desktop.domain.starter import category_id
from kushen_desktop.gui.desk import Desk
from kushen_desktop.gui.models.transaction_draft import Kind
from kushen_desktop.gui.pages.transaction_cells import signed
from kushen_desktop.gui.pages.transaction_dialog import TransactionDialog
from kushen_desktop.gui.pages.transaction_fields import TimeOfDayError, time_of_day
from kushen_desktop.gui.pages.transactions import TransactionsPage
from kushen_desktop.gui.widgets.fields import DateField
from kushen_desktop.gui.widgets.name_fields import CategoryField
from tests.gui.names import nameless
from tests.gui.pages.ledger_rows import LAST, mixed

Settled = Callable[[], None]
KEYS = ["date", "time", "payee", "text", "category", "account", "note", "status", "amount"]


@pytest.fixture
def page(desk: Desk, book: Kushen, settled: Settled) -> TransactionsPage:
    mixed(book)
    desk.go("transactions")
    settled()
    page = desk.page("transactions")
    assert isinstance(page, TransactionsPage)
    desk.activateWindow()
    page.table.setFocus()
    return page


def _edit(page: TransactionsPage, row: int, key: str) -> QWidget:
    page.table.setCurrentIndex(page.model.index(row, KEYS.index(key)))
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    return _editor(page)


def _editor(page: TransactionsPage) -> QWidget:
    editor = page.table.indexWidget(page.table.currentIndex())
    assert editor is not None
    return editor


def _row_id(page: TransactionsPage, row: int) -> Id:
    record = page.model.record(row)
    assert record is not None
    return record.id


def test_a_category_takes_three_keys(
    page: TransactionsPage, book: Kushen, settled: Settled, qtbot: QtBot
) -> None:
    page.table.setCurrentIndex(page.model.index(2, 2))
    QTest.keyClick(page.table, Qt.Key.Key_C)
    editor = _editor(page)
    assert isinstance(editor, CategoryField)
    QTest.keyClick(editor, Qt.Key.Key_R)
    assert editor.offered[0].value == category_id("home.rent")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: book.transactions.find("category:rent").count == 1)
    settled()
    assert page.table.currentIndex().row() == 3
    assert not page.table.editing


def test_initials_and_english_find_a_chinese_category(
    page: TransactionsPage, desk: Desk, settled: Settled
) -> None:
    directory = page.names.directory
    field = CategoryField(directory, page)
    field.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Q)
    assert not field.offered
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(field, Qt.Key.Key_T)
    QTest.keyClick(field, Qt.Key.Key_A)
    QTest.keyClick(field, Qt.Key.Key_Down)
    offered: list[str] = [str(one[0]) for one in tuple(field.offered)]
    assert offered[:2] == [
        "Dining › Takeaway",
        "Transport › Taxi and ride-hailing",
    ]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == category_id("transport.taxi")
    assert field.text() == "Taxi and ride-hailing"


def test_a_field_that_loses_the_focus_changes_nothing_in_the_vault(
    page: TransactionsPage, book: Kushen, settled: Settled
) -> None:
    page.table.selectAll()
    settled()
    page.foot.category.setFocus()
    QTest.keyClicks(page.foot.category, "tax")
    page.bar.field.setFocus()
    settled()
    assert book.transactions.find("category:taxi").count == 0


def test_tab_writes_and_goes_on_to_the_next_cell(
    page: TransactionsPage, book: Kushen, settled: Settled, qtbot: QtBot
) -> None:
    id_ = _row_id(page, 0)
    editor = _edit(page, 0, "payee")
    QTest.keyClicks(editor, "Blue Bottle")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: page.table.currentIndex().column() == KEYS.index("category"))
    second = _editor(page)
    assert isinstance(second, CategoryField)
    QTest.keyClick(second, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.table.editing)
    qtbot.waitUntil(lambda: book.transactions.find('payee:"blue bottle"').count == 1)
    settled()
    assert _row_id(page, 0) == id_
    assert page.model.index(0, 2).data() == "Blue Bottle"


def test_escape_leaves_everything_as_it_was(page: TransactionsPage, book: Kushen, settled: Settled) -> None:
    editor = _edit(page, 0, "payee")
    QTest.keyClicks(editor, "Nobody")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    settled()
    assert book.transactions.find("payee:nobody").count == 0
    assert page.model.index(0, 2).data() == "瑞幸咖啡"


def test_known_payees_are_offered(page: TransactionsPage, settled: Settled, qtbot: QtBot) -> None:
    editor = _edit(page, 2, "payee")
    QTest.keyClicks(editor, "mark")
    qtbot.waitUntil(lambda: bool(editor.offered))  # type: ignore[attr-defined]  # a Completing
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.index(2, 2).data() == "Supermarket")


def test_an_amount_keeps_its_direction_unless_told(
    page: TransactionsPage, book: Kushen, settled: Settled, qtbot: QtBot
) -> None:
    editor = _edit(page, 0, "amount")
    QTest.keyClicks(editor, "45.5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: book.transactions.find("amount:45.50 is:expense").count == 1)
    editor = _edit(page, 3, "amount")
    QTest.keyClicks(editor, "60")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: book.transactions.find("amount:60 is:transfer").count == 1)
    settled()
    assert [one.amount for one in book.transactions.get(_row_id(page, 3)).postings] == [-6000, 6000]


@pytest.mark.parametrize(
    ("typed", "amount", "before", "after"),
    [
        ("30", 3000, -2986, -3000),
        ("+30", 3000, -2986, 3000),
        ("-30", -3000, 500, -3000),
        ("30", 3000, 5, 3000),
    ],
)
def test_signs(typed: str, amount: int, before: int, after: int) -> None:
    assert signed(typed, amount, before) == after


def test_a_new_date_moves_the_row_and_the_cursor_with_it(
    page: TransactionsPage, settled: Settled, qtbot: QtBot
) -> None:
    id_ = _row_id(page, 0)
    editor = _edit(page, 0, "date")
    assert isinstance(editor, DateField)
    editor.setDate(QDate(2026, 1, 2))
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.currentIndex().row() == 6)
    settled()
    assert _row_id(page, 6) == id_


def test_what_has_several_lines_opens_in_full(page: TransactionsPage, book: Kushen, settled: Settled) -> None:
    page.table.setCurrentIndex(page.model.index(4, KEYS.index("amount")))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settled()
    dialog = _dialog(page)
    assert dialog.splits.isVisible()
    assert dialog.splits.rest.text() == "The lines add up."
    assert nameless(dialog) == []
    dialog.fields.amount.setText("120")
    dialog.fields.amount.textEdited.emit("120")
    assert dialog.splits.rest.text() == "¥20.00 is still to be shared out."
    dialog.submit()
    assert "do not add up to the amount" in dialog.error.text()
    dialog.splits.add_rest()
    dialog.submit()
    settled()
    assert [one.amount for one in book.transactions.get(_row_id(page, 4)).postings] == [
        -6000,
        -4000,
        -2000,
    ]


def _dialog(page: TransactionsPage) -> TransactionDialog:
    assert page.doing.dialog is not None
    return page.doing.dialog


def test_what_needs_review_says_why_until_it_is_done(
    page: TransactionsPage, book: Kushen, settled: Settled
) -> None:
    page.table.setCurrentIndex(page.model.index(6, 2))
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    settled()
    dialog = _dialog(page)
    assert dialog.reviewed.isVisible()
    dialog.reviewed.click()
    settled()
    assert book.transactions.find("is:review").count == 0


def test_a_new_expense(
    desk: Desk, page: TransactionsPage, book: Kushen, settled: Settled, qtbot: QtBot
) -> None:
    desk.commands["new"].run()
    dialog = _dialog(page)
    dialog.submit()
    assert dialog.error.text() == "Enter an amount."
    QTest.keyClicks(dialog.fields.amount, "1,234.5")
    dialog.fields.payee.fill("Bookshop")
    dialog.fields.category.setFocus()
    QTest.keyClicks(dialog.fields.category, "educ")
    dialog.fields.day.setDate(QDate(LAST.year, LAST.month, LAST.day))
    dialog.fields.time.setText("18:30")
    dialog.fields.tags.fill("school gift")
    dialog.submit()
    assert not dialog.error.isVisible(), dialog.error.text()
    qtbot.waitUntil(lambda: page.model.rowCount() == 8)
    settled()
    made = book.transactions.get(book.transactions.rows(book.transactions.find("payee:bookshop"), 0, 1)[0].id)
    assert (made.day, made.time, made.tags) == (LAST, time(18, 30), ("gift", "school"))
    assert [(one.amount, one.category) for one in made.postings] == [(-123450, category_id("education"))]
    assert desk.strip.shown_text() == "Transaction added"


def test_a_new_transfer_between_currencies(page: TransactionsPage, book: Kushen, settled: Settled) -> None:
    page.opened(new=True)
    dialog = _dialog(page)
    dialog.kinds[Kind.TRANSFER].click()
    dialog.fields.account.choose(book.accounts.named("Card").id)
    dialog.fields.to.choose(book.accounts.named("Card").id)
    QTest.keyClicks(dialog.fields.amount, "100")
    dialog.submit()
    assert dialog.error.text() == "A transfer needs two different accounts."
    dialog.fields.to.choose(book.accounts.named("Abroad").id)
    assert dialog.fields.arriving.isVisible()
    QTest.keyClicks(dialog.fields.arriving, "108.20")
    dialog.submit()
    settled()
    row = book.transactions.rows(book.transactions.find("is:transfer account:abroad"), 0, 1)[0]
    postings = book.transactions.get(row.id).postings
    assert [(one.amount, one.role) for one in postings] == [(-10000, Role.TRANSFER), (10820, Role.TRANSFER)]


def test_an_unknown_category_and_a_wrong_time_are_told(page: TransactionsPage) -> None:
    page.opened(new=True)
    dialog = _dialog(page)
    QTest.keyClicks(dialog.fields.amount, "5")
    QTest.keyClicks(dialog.fields.category, "qqqq")
    dialog.submit()
    assert "“qqqq”" in dialog.error.text()
    dialog.fields.time.setText("25:00")
    dialog.submit()
    assert "“25:00”" in dialog.error.text()
    dialog.reject()


def test_the_form_deletes_and_undo_brings_back(
    desk: Desk, page: TransactionsPage, settled: Settled, qtbot: QtBot
) -> None:
    page.table.setCurrentIndex(page.model.index(1, 2))
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    settled()
    dialog = _dialog(page)
    assert dialog._delete is not None
    dialog._delete()
    qtbot.waitUntil(lambda: page.model.rowCount() == 6)
    desk.undo()
    qtbot.waitUntil(lambda: page.model.rowCount() == 7)


def test_without_an_account_one_is_offered_first(desk: Desk, settled: Settled) -> None:
    desk.go("transactions", new=True)
    settled()
    page = desk.page("transactions")
    assert isinstance(page, TransactionsPage)
    assert page.doing.dialog is None


@pytest.mark.parametrize(
    ("text", "moment"), [("", None), ("9:05", time(9, 5)), ("18：30：59", time(18, 30, 59))]
)
def test_times_are_read(text: str, moment: time | None) -> None:
    assert time_of_day(text) == moment


@pytest.mark.parametrize("text", ["noon", "24:00", "7", "12:60"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(TimeOfDayError):
        time_of_day(text)
