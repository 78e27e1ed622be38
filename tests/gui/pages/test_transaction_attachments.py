"""Files of a transaction in its dialog."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from kushen_desktop.app import Kushen
from kushen_desktop.domain.ledger import AccountKind, NewTransaction, Posting
from kushen_desktop.gui.pages.transaction_attachments import AttachmentList
from kushen_desktop.gui.tasks import Tasks


def test_a_file_is_attached_shown_and_removed(
    qtbot: QtBot, book: Kushen, tasks: Tasks, settled: Callable[[], None], tmp_path: Path
) -> None:
    account = book.accounts.add("现金", AccountKind.CASH)
    transaction = book.transactions.add(NewTransaction(date(2026, 11, 1), (Posting(account, -500),)))
    (tmp_path / "小票.txt").write_text("receipt", "utf-8")
    shown = AttachmentList(book, tasks, transaction)
    qtbot.addWidget(shown)
    shown.take(tmp_path / "小票.txt")
    settled()
    buttons = {button.accessibleName(): button for button in shown.findChildren(QAbstractButton)}
    remove = buttons["Remove 小票.txt"]
    assert "Save a copy of 小票.txt" in buttons
    assert len(book.attachments.of(transaction)) == 1
    remove.click()
    settled()
    assert book.attachments.of(transaction) == ()
