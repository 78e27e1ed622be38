"""The import page over a real vault and real files: read, ask, preview, confirm, undo; nothing before."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kushen_desktop import i18n
from kushen_desktop.app import Kushen
from kushen_desktop.domain.ledger import AccountKind
from kushen_desktop.domain.preview import Verdict
from kushen_desktop.domain.starter import category_id
from kushen_desktop.formats.statements.generic_words import ROLES
from kushen_desktop.gui.desk import Desk
from kushen_desktop.gui.pages.import_answers import ROLE_TITLES, PasswordCard
from kushen_desktop.gui.pages.import_review import Review
from kushen_desktop.gui.pages.imports import ImportPage
from kushen_desktop.gui.tasks import Job
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets.fields import Choice
from kushen_desktop.services import vaults
from kushen_desktop.services.reading import Reading
from tests.books import CHEAP, PASSPHRASE
from tests.gui.names import nameless

STATEMENTS = Path(__file__).resolve().parents[2] / "data" / "statements"
WECHAT = STATEMENTS / "wechat" / "syn_2025.csv"
DATES = STATEMENTS / "generic" / "ambiguous_dates.csv"
LOCKED = STATEMENTS / "alipay" / "syn_app_2025.zip"
PASSWORD = "260905"
Settled = Callable[[], None]


class Shared(Reading):
    """One worker for all tests of this file: starting it takes longer than the tests do."""

    def close(self) -> None:
        """Go on."""

    def end(self) -> None:
        """End the worker."""
        super().close()


@pytest.fixture(scope="module")
def reading() -> Iterator[Shared]:
    made = Shared()
    yield made
    made.end()


@pytest.fixture
def book(tmp_path: Path, reading: Shared) -> Iterator[Kushen]:
    created = vaults.create(tmp_path / "book", PASSPHRASE, "Test", cost=CHEAP)
    with Kushen(created.opened, reading, create=True) as app:
        yield app


@pytest.fixture
def page(desk: Desk, settled: Settled) -> ImportPage:
    desk.go("import")
    settled()
    found = desk.page("import")
    assert isinstance(found, ImportPage)
    return found


@pytest.fixture
def calm(qtbot: QtBot, page: ImportPage, desk: Desk) -> Settled:
    """Return a function that waits until nothing is read, written or summed."""

    def wait() -> None:
        qtbot.waitUntil(
            lambda: desk.tasks.idle and not page.flow.reading and not page._settle.isActive(), timeout=30_000
        )

    return wait


def _review(page: ImportPage) -> Review:
    shown = page._place.currentWidget()
    assert isinstance(shown, Review)
    return shown


def _card(page: ImportPage) -> PasswordCard:
    shown = page._place.currentWidget()
    assert isinstance(shown, PasswordCard)
    return shown


def _texts(widget: QWidget) -> str:
    return "\n".join(
        f"{one.text()} {one.toolTip()} {one.accessibleName()}" for one in widget.findChildren(QLabel)
    )


def _column(review: Review, key: str) -> int:
    return [column.key for column in review.model.columns].index(key)


def test_it_begins_with_a_place_for_files(page: ImportPage) -> None:
    assert page._stack.currentIndex() == 0
    assert nameless(page) == []
    assert not page.confirm.isEnabled()


def test_a_file_is_previewed_confirmed_and_undone(
    desk: Desk, book: Kushen, page: ImportPage, calm: Settled
) -> None:
    desk.go("import", files=[WECHAT])
    calm()
    review = _review(page)
    assert nameless(page) == []
    assert book.transactions.find().count == 0
    counts = review.preview.counts()
    ticked = counts[Verdict.NEW] + counts[Verdict.REVIEW]
    assert sum(counts.values()) == review.preview.statement.rows_read == review.model.rowCount()
    assert page.confirm.text() == f"Import {ticked} rows"
    assert page.sum.text().startswith("Selected: +")
    page.confirm.click()
    assert not page.confirm.isEnabled()
    calm()
    assert book.transactions.find().count == ticked
    assert desk.strip.shown_text() == f"{ticked} rows imported"
    assert page._stack.currentIndex() == 0
    page.invalidate()
    calm()
    history = page.start.history
    assert [record.file for record in history.model.records] == [WECHAT.name]
    assert history.undo.isEnabled()
    history.undo.click()
    calm()
    assert book.transactions.find().count == 0
    page.invalidate()
    calm()
    assert history.undo.text() == "Bring this import back"
    history.undo.click()
    calm()
    assert book.transactions.find().count == ticked


def test_the_keyboard_alone_imports_a_file(
    desk: Desk, book: Kushen, page: ImportPage, calm: Settled, qtbot: QtBot
) -> None:
    desk.go("import", files=[WECHAT])
    calm()
    review = _review(page)
    assert desk.window().focusWidget() is review.table
    desk.activateWindow()
    qtbot.waitUntil(review.table.hasFocus)
    ticked = page.flow.ticked
    review.table.setCurrentIndex(review.model.index(0, 0))
    QTest.keyClick(review.table, Qt.Key.Key_Space)
    calm()
    QTest.keyClick(review.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    calm()
    assert book.transactions.find().count == ticked - 1


def test_the_same_file_again_is_known(desk: Desk, page: ImportPage, calm: Settled) -> None:
    for _ in range(2):
        desk.go("import", files=[WECHAT])
        calm()
        page.confirm.click()
        calm()
    review = _review(page)
    assert not page.confirm.isEnabled()
    assert page.confirm.text() == "Import 0 rows"
    assert "This very file was imported on" in _texts(review)
    assert Verdict.KNOWN in review.chips


def test_chips_show_one_verdict_and_ticks_count(
    desk: Desk, book: Kushen, page: ImportPage, calm: Settled
) -> None:
    desk.go("import", files=[WECHAT])
    calm()
    review, counts = _review(page), _review(page).preview.counts()
    review.chips[Verdict.NEW].click()
    assert review.model.rowCount() == counts[Verdict.NEW]
    review.model.tick_all(ticked=False)
    calm()
    assert page.flow.ticked == counts[Verdict.REVIEW]
    review.table.setCurrentIndex(review.model.index(0, 0))
    QTest.keyClick(review.table, Qt.Key.Key_Space)
    calm()
    assert page.flow.ticked == counts[Verdict.REVIEW] + 1
    page.confirm.click()
    calm()
    assert book.transactions.find().count == counts[Verdict.REVIEW] + 1


def test_skipped_rows_show_the_record_and_why(desk: Desk, page: ImportPage, calm: Settled) -> None:
    desk.go("import", files=[WECHAT])
    calm()
    review = _review(page)
    review.chips[Verdict.SKIPPED].click()
    first = review.model.record(0)
    assert first is not None
    assert review.model.index(0, _column(review, "reason")).data() == first.reason.shown()
    assert " · " in review.model.index(0, _column(review, "text")).data()
    assert review.model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) is None


def test_a_category_is_chosen_for_all_selected_rows(
    desk: Desk, book: Kushen, page: ImportPage, calm: Settled
) -> None:
    desk.go("import", files=[WECHAT])
    calm()
    review = _review(page)
    review.chips[Verdict.NEW].click()
    review.table.selectRow(0)
    review.table.selectionModel().select(
        review.model.index(1, 0), review.table.selectionModel().SelectionFlag.Select
    )
    record = review.model.record(0)
    assert record is not None
    editor = review._editor(review.table, record)
    assert isinstance(editor, Choice)
    editor.choose(category_id("leisure.travel"))
    review._commit(record, editor)
    assert list(review.preview.categories.values()) == [category_id("leisure.travel")] * 2
    page.confirm.click()
    calm()
    assert book.transactions.find("category:Travel").count == 2


def test_targets_take_an_account_a_name_and_a_balance(
    desk: Desk, book: Kushen, page: ImportPage, calm: Settled
) -> None:
    wallet = book.accounts.add("My change", AccountKind.WALLET)
    desk.go("import", files=[WECHAT])
    calm()
    review = _review(page)
    assert review.targets is not None
    lines = {line.target.key.name: line for line in review.targets.lines}
    change = lines["零钱"]
    change.account.choose(wallet)
    change.account.chosen.emit(wallet)
    calm()
    assert change.name.isHidden()
    other = next(line for name, line in lines.items() if name != "零钱")
    other.name.setText("Plastic")
    other.name.editingFinished.emit()
    change.balance.setText("12,x")
    assert change.balance.toolTip() == "This is no amount."
    assert change.target.balance is None
    change.balance.setText("500.00")
    page.confirm.click()
    calm()
    assert book.accounts.named("Plastic").currency == "CNY"
    now = {
        one.account.id: one.money.minor for one in book.balances.all(change.target.day or change.day.day())
    }
    assert now[wallet] == 50_000


def test_a_question_is_answered_and_the_file_read_again(desk: Desk, page: ImportPage, calm: Settled) -> None:
    desk.go("import", files=[DATES])
    calm()
    review = _review(page)
    assert review.questions is not None
    assert {review.model.index(row, 1).data() for row in range(3)} == {
        "2026-05-01",
        "2026-05-02",
        "2026-05-03",
    }
    review.questions.buttons["date_order", "DMY"].click()
    calm()
    again = _review(page)
    assert again is not review
    assert {again.model.index(row, 1).data() for row in range(3)} == {
        "2026-01-05",
        "2026-02-05",
        "2026-03-05",
    }


def test_columns_are_assigned_with_the_rows_in_sight(desk: Desk, page: ImportPage, calm: Settled) -> None:
    desk.go("import", files=[DATES])
    calm()
    review = _review(page)
    assert review.columns is not None
    review.show_columns(shown=True)
    assert review.columns.choices["payee"].value() == "Payee"
    review.columns.choices["text"].chosen.emit("Payee")
    calm()
    again = _review(page)
    assert again.columns is not None
    assert not again.columns.isHidden()
    assert again.model.index(0, _column(again, "text")).data() == "Shop A"


def test_every_role_offered_is_one_the_reader_knows() -> None:
    assert set(ROLE_TITLES) <= ROLES


def test_a_locked_archive_asks_for_its_password(desk: Desk, page: ImportPage, calm: Settled) -> None:
    desk.go("import", files=[LOCKED])
    calm()
    card = _card(page)
    assert nameless(card) == []
    assert "locked" in _texts(card)
    card.password.setText("000000")
    card.submit()
    calm()
    assert "does not open" in _texts(_card(page))
    _card(page).password.setText(PASSWORD)
    _card(page).submit()
    calm()
    assert _review(page).preview.rows


def test_a_file_that_is_no_statement_is_said_so_and_left_out(
    desk: Desk, book: Kushen, page: ImportPage, calm: Settled, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7 nothing to see")
    desk.go("import", files=[letter, WECHAT])
    calm()
    assert page.tabs.count() == 2
    assert "letter.pdf" in _texts(_card(page))
    page.confirm.click()
    calm()
    assert book.transactions.find().count > 0
    assert [candidate.path for candidate in page.flow.candidates] == [letter]
    page._leave()
    assert page._stack.currentIndex() == 0


def test_files_dropped_on_the_zone_are_read(page: ImportPage, calm: Settled) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(WECHAT))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.start.zone.dropEvent(event)
    calm()
    assert _review(page).preview.file == WECHAT.name
    page.cancel.click()
    assert page._stack.currentIndex() == 0
    assert page.reviews == {}


def test_an_account_given_takes_every_row(desk: Desk, book: Kushen, page: ImportPage, calm: Settled) -> None:
    account = book.accounts.add("Pounds", AccountKind.BANK_CARD, "GBP")
    desk.go("import", files=[DATES], account=account)
    calm()
    assert [target.account for target in _review(page).preview.targets.values()] == [account]


def test_hidden_amounts_are_hidden_everywhere(desk: Desk, page: ImportPage, calm: Settled) -> None:
    desk.go("import", files=[WECHAT])
    calm()
    review = _review(page)
    totals = review.preview.statement.totals
    assert f"{totals.outgoing:,}" in _texts(review)
    assert page.sum.text() != "Selected: •••• in, •••• out"
    theme().hidden_amounts = True
    calm()
    assert f"{totals.outgoing:,}" not in _texts(review)
    assert page.sum.text() == "Selected: •••• in, •••• out"
    cell = review.model.index(0, _column(review, "amount"))
    assert cell.data() == "••••"
    text = review.model.index(0, _column(review, "text"))
    assert text.data() == "总共消费:••••"
    assert "28.16" not in text.data(Qt.ItemDataRole.ToolTipRole)


def test_another_language_keeps_the_import_under_way(desk: Desk, page: ImportPage, calm: Settled) -> None:
    desk.go("import", files=[WECHAT])
    calm()
    ticked = page.flow.ticked
    _review(page).model.tick_all(ticked=False)
    i18n.use("zh_CN")
    page.retranslate()
    calm()
    assert _review(page).preview.ticked == set()
    _review(page).model.tick_all(ticked=True)
    calm()
    assert page.flow.ticked == ticked


def test_reading_is_cancelled_without_a_trace(desk: Desk, page: ImportPage, calm: Settled) -> None:
    desk.go("import", files=[WECHAT])
    for job in desk.tasks.findChildren(Job):
        job.cancel()
    calm()
    assert page.flow.candidates == []
    assert page._stack.currentIndex() == 0


def test_a_cancelled_import_leaves_nothing_or_all_and_the_page_knows(
    desk: Desk, book: Kushen, page: ImportPage, calm: Settled
) -> None:
    desk.go("import", files=[WECHAT])
    calm()
    wanted = page.flow.ticked
    page.confirm.click()
    for job in desk.tasks.findChildren(Job):
        job.cancel()
    calm()
    assert not page.flow.confirming
    written = book.transactions.find().count
    assert written in {0, wanted}
    assert page.flow.ticked == wanted - written


def test_a_file_that_differs_from_what_it_states_is_said_so(
    desk: Desk, page: ImportPage, calm: Settled, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.csv"
    cut.write_bytes(b"".join(WECHAT.read_bytes().splitlines(keepends=True)[:-1]))
    desk.go("import", files=[cut])
    calm()
    review = _review(page)
    assert review.preview.differences
    assert review.preview.differences[0].text.shown() in _texts(review)
    theme().hidden_amounts = True
    assert review.preview.differences[0].text.shown() not in _texts(review)
    assert "does not come to what it states" in _texts(review)


def test_sums_are_by_currency(desk: Desk, page: ImportPage, calm: Settled) -> None:
    desk.go("import", files=[DATES, WECHAT])
    calm()
    assert set(page._sums) == {"GBP", "CNY"}
    assert page._sums["GBP"] == (Decimal(0), Decimal("-6.00"))
