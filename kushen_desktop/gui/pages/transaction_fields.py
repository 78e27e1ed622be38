"""The fields of the form of a transaction, and what they say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLineEdit

from kushen_desktop.domain.calendar import today
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import STATUS_TITLES, Status, Transaction
from kushen_desktop.gui.models.directory import Directory
from kushen_desktop.gui.models.transaction_draft import Draft
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.widgets.fields import Choice, DateField, text_field
from kushen_desktop.gui.widgets.name_fields import (
    AmountField,
    CategoryField,
    PayeeField,
    TagsField,
    choice_of_accounts,
)
from kushen_desktop.i18n import N_, _

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen

_TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?")


class TimeOfDayError(KushenError):
    """A text is no time of day."""

    code = "time_of_day"
    message = N_("“{text}” is no time of day, such as 18:30.")


class CategoryNeededError(KushenError):
    """A text is no category."""

    code = "unknown_category"
    message = N_("There is no category “{text}”. Choose one from the list, or leave it empty.")


class Fields:
    """The fields; fill() shows a transaction, values() reads what does not depend on the kind."""

    def __init__(self, app: Kushen, tasks: Tasks, directory: Directory) -> None:
        self._directory = directory
        self.amount = AmountField(_("Amount"))
        self.arriving = AmountField(_("Amount that arrives"))
        self.payee = PayeeField(app, tasks)
        self.category = CategoryField(directory, hint=_("Type to find one"))
        self.account = Choice(_("Account"))
        self.to = Choice(_("To account"))
        self.day = DateField(_("Date"), today())
        self.time: QLineEdit = text_field(_("Time"), hint="18:30")
        self.note = text_field(_("Note"))
        self.tags = TagsField(app, tasks, hint=_("Several: with blanks between them"))
        self.status = Choice(_("Status"))
        accounts = choice_of_accounts(directory)
        self.account.offer(accounts)
        self.to.offer(accounts)
        self.status.offer(((_(title), status) for status, title in STATUS_TITLES.items()), Status.BOOKED)

    def fill(self, transaction: Transaction, draft: Draft) -> None:
        """Show a transaction."""
        self.payee.fill(transaction.payee)
        self.day.setDate(QDate(transaction.day.year, transaction.day.month, transaction.day.day))
        self.time.setText("" if transaction.time is None else transaction.time.isoformat())
        self.note.setText(transaction.note)
        self.tags.fill(" ".join(transaction.tags))
        self.status.choose(transaction.status)
        self.account.choose(draft.account)
        self.to.choose(draft.to)
        self.amount.show_amount(draft.amount, self.currency())
        self.arriving.show_amount(draft.arriving, self.currency(self.to), empty=True)

    def currency(self, choice: Choice | None = None) -> str:
        """Return the currency of the chosen account."""
        chosen = (choice or self.account).value()
        found = self._directory.accounts.get(chosen) if chosen is not None else None
        return found.currency if found is not None else "CNY"

    def chosen_category(self) -> Id | None:
        """Return the category; raises CategoryNeededError."""
        if self.category.unknown:
            raise CategoryNeededError(text=self.category.text())
        return self.category.value()

    def values(self) -> dict[str, Any]:
        """Return day, time, payee, note, tags and status; raises TimeOfDayError."""
        marked = self.payee.marked()
        return {
            "day": self.day.day(),
            "time": time_of_day(self.time.text()),
            "payee": (marked.text if marked is not None else self.payee.text()).strip(),
            "note": self.note.text().strip(),
            "tags": self.tags.tags(),
            "status": Status(self.status.value()),
        }


def time_of_day(untrusted_text: str) -> time | None:
    """Return what a person typed as a time, None for nothing; raises TimeOfDayError."""
    text = untrusted_text.strip()
    if not text:
        return None
    match = _TIME.fullmatch(text)
    try:
        if match is not None:
            hour, minute, second = (int(part) for part in match.groups(default="0"))
            return time(hour, minute, second)
    except ValueError:
        pass
    raise TimeOfDayError(text=text)


def changes(before: Transaction, after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what differs from a transaction, as edit() takes it."""
    found = {name: value for name, value in after.items() if value != getattr(before, name)}
    if set(found.get("tags", ())) == set(before.tags):
        found.pop("tags", None)
    return found
