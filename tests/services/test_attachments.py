"""Files kept with a transaction, inside the vault, byte for byte."""

from datetime import date
from pathlib import Path

import pytest

from kushen_desktop.app import Kushen
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import AccountKind, NewTransaction, Posting
from kushen_desktop.services.attachments import LARGEST, AttachmentError


def spent(app: Kushen) -> Id:
    account = app.accounts.add("现金", AccountKind.CASH)
    return app.transactions.add(NewTransaction(date(2026, 11, 1), (Posting(account, -500),), payee="书店"))


def test_a_file_comes_out_as_it_went_in(app: Kushen, tmp_path: Path) -> None:
    content = bytes(range(256)) * 9_000
    (tmp_path / "发票.pdf").write_bytes(content)
    transaction = spent(app)
    attachment = app.attachments.add(transaction, tmp_path / "发票.pdf")
    (one,) = app.attachments.of(transaction)
    assert (one.name, one.mime, one.size) == ("发票.pdf", "application/pdf", len(content))
    app.attachments.save(attachment, tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == content


def test_adding_and_removing_can_be_undone(app: Kushen, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("receipt", "utf-8")
    transaction = spent(app)
    app.attachments.remove(app.attachments.add(transaction, tmp_path / "a.txt"))
    assert app.attachments.of(transaction) == ()
    app.history.undo()
    assert len(app.attachments.of(transaction)) == 1
    app.history.undo()
    assert app.attachments.of(transaction) == ()


def test_what_cannot_be_attached_is_said(app: Kushen, tmp_path: Path) -> None:
    transaction = spent(app)
    (tmp_path / "empty.pdf").touch()
    with (tmp_path / "large.bin").open("wb") as stream:
        stream.truncate(LARGEST + 1)
    for name in ("empty.pdf", "large.bin", "missing.pdf"):
        with pytest.raises(AttachmentError, match=name):
            app.attachments.add(transaction, tmp_path / name)
    assert app.attachments.of(transaction) == ()
