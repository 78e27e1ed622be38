"""What the transactions page does to the vault: every write, with its toast and its way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import NewTransaction, OtherCurrencyError, Row, Transaction
from kushen_desktop.gui.models.directory import Directory
from kushen_desktop.gui.pages.page import Shell
from kushen_desktop.gui.pages.transaction_cells import with_amount
from kushen_desktop.gui.pages.transaction_dialog import TransactionDialog
from kushen_desktop.gui.pages.transaction_fetch import Selected
from kushen_desktop.i18n import N_, _, ngettext
from kushen_desktop.services.transactions import Found

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen

CHANGED = {
    "payee": N_("Payee changed"),
    "category": N_("Category changed"),
    "note": N_("Note changed"),
    "day": N_("Date changed"),
    "amount": N_("Amount changed"),
    "account": N_("Account changed"),
    "add_tags": N_("Tags added"),
}


class NeedsDetailsError(KushenError):
    """An amount that several lines share can't be changed in the list."""

    code = "needs_details"
    message = N_("Several lines make up this amount. Change it in the details.")


class Actions:
    """Writes on the writer lane. again: fetches the list anew where a write was refused."""

    def __init__(self, app: Kushen, shell: Shell, parent: QWidget, again: Callable[[], object]) -> None:
        self._app, self._shell, self._parent, self._again = app, shell, parent, again
        self.dialog: TransactionDialog | None = None

    def change_cell(self, row: Row, fields: dict[str, Any]) -> None:
        """Write one field of one row."""
        title = _(CHANGED[next(iter(fields))])

        def write(_progress: object) -> int:
            changed = dict(fields)
            if "amount" in changed:
                postings = with_amount(self._app.transactions.get(row.id).postings, changed.pop("amount"))
                if postings is None:
                    raise NeedsDetailsError
                changed["postings"] = postings
            return self._app.transactions.edit([row.id], **changed)

        self._run(write, lambda _count: self._shell.toast(title, undo=True))

    def change(self, found: Found, chosen: Selected, name: str, value: object) -> None:
        """Write one field of all the selected."""
        title = _(CHANGED[name])

        def write(_progress: object) -> int:
            return self._app.transactions.edit(self._ids(found, chosen), **{name: value})

        self._run(write, lambda count: self._shell.toast(f"{title} · {_counted(count)}", undo=True))

    def move(self, found: Found, chosen: Selected, account: Id, directory: Directory) -> None:
        """Put the selected into another account; only within one currency."""
        target = directory.accounts[account]
        if chosen.currencies - {target.currency}:
            currencies = ", ".join(sorted(chosen.currencies))
            self._shell.fail(
                OtherCurrencyError(currencies=currencies, account=target.name, currency=target.currency)
            )
            return
        self.change(found, chosen, "account", account)

    def delete(self, found: Found, chosen: Selected) -> None:
        """Delete the selected; the toast offers to undo it."""

        def write(_progress: object) -> int:
            return self._app.transactions.delete(self._ids(found, chosen))

        def told(count: int) -> None:
            text = ngettext("{count} transaction deleted", "{count} transactions deleted", count)
            self._shell.toast(text.format(count=f"{count:,}"), undo=True)

        self._run(write, told)

    def open_new(self, directory: Directory, account: Id | None = None) -> None:
        """Open the form of a new transaction in an account; where there is none, offer to add one first."""
        if not any(not one.closed for one in directory.accounts.values()):
            self._shell.ask(
                _("There is no account yet"),
                _("A transaction belongs to an account: cash, a card, a wallet. Add one first."),
                _("Add an account"),
                lambda: self._shell.go("accounts", new=True),
            )
            return
        dialog = TransactionDialog(self._parent, self._app, self._shell.tasks, directory, save=self._add)
        if account is not None:
            dialog.fields.account.choose(account)
        self._show(dialog)

    def open(self, id_: Id, directory: Directory) -> None:
        """Open a transaction in full."""
        self._shell.tasks.run(
            lambda _progress: self._app.transactions.get(id_),
            done=lambda found: self._open(found, directory),
            failed=self._shell.fail,
        )

    def _open(self, transaction: Transaction, directory: Directory) -> None:
        def save(fields: NewTransaction | dict[str, Any]) -> None:
            assert isinstance(fields, dict)
            self._submit(lambda: self._app.transactions.edit([transaction.id], **fields), _("Saved"))

        def delete() -> None:
            done = ngettext("{count} transaction deleted", "{count} transactions deleted", 1)
            self._submit(lambda: self._app.transactions.delete([transaction.id]), done.format(count=1))

        self._show(TransactionDialog(
            self._parent, self._app, self._shell.tasks, directory, save=save, before=transaction,
            delete=delete,
        ))  # fmt: skip

    def _add(self, new: NewTransaction | dict[str, Any]) -> None:
        assert isinstance(new, NewTransaction)
        self._submit(lambda: self._app.transactions.add(new), _("Transaction added"))

    def _show(self, dialog: TransactionDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _submit(self, write: Callable[[], object], toast: str) -> None:
        """Write what a form says; it closes when that is done and stays open when it is refused."""
        dialog = self.dialog
        assert dialog is not None

        def done(_result: object) -> None:
            dialog.accept()
            self._shell.toast(toast, undo=True)

        def failed(error: Exception) -> None:
            dialog.refused(error)
            if not isinstance(error, KushenError):
                self._shell.fail(error)

        self._shell.tasks.run(lambda _progress: write(), done=done, failed=failed, lane="writer")

    def _ids(self, found: Found, chosen: Selected) -> Sequence[Id]:
        return self._app.transactions.ids(found) if chosen.ids is None else chosen.ids

    def _run(self, write: Callable[[object], int], done: Callable[[int], object]) -> None:
        def failed(error: Exception) -> None:
            self._shell.fail(error)
            self._again()

        self._shell.tasks.run(write, done=done, failed=failed, lane="writer", progress=_("Writing changes"))


def _counted(count: int) -> str:
    text = ngettext("{count} transaction", "{count} transactions", count)
    return text.format(count=f"{count:,}")
