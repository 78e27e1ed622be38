"""What a file leaves open: its password, two possible readings, which column is what."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.statement import Question, Statement
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import primary, secondary
from kushen_desktop.gui.widgets.cards import Card, column, row
from kushen_desktop.gui.widgets.fields import Choice, captioned, secret_field, taken
from kushen_desktop.i18n import N_, _, said

ROLE_TITLES = {
    "date": N_("Date"),
    "time": N_("Time"),
    "payee": N_("Payee"),
    "text": N_("Text"),
    "amount": N_("Amount"),
    "credit": N_("Money in"),
    "debit": N_("Money out"),
    "direction": N_("In or out"),
    "currency": N_("Currency"),
    "account": N_("Account"),
    "balance": N_("Balance"),
    "category": N_("Category"),
    "note": N_("Note"),
    "status": N_("Status"),
    "id": N_("Number of the transaction"),
    "fee": N_("Fee"),
}
_IN_A_ROW = 4


class PasswordCard(Card):
    """Asks for the password of a locked archive, or says why a file can't be read."""

    def __init__(
        self,
        error: KushenError,
        *,
        locked: bool,
        unlock: Callable[[str], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__()
        sentence = labels.label(said(error.message, error.params), "card", wrap=True)
        icon = labels.IconLabel("lock" if locked else "warning", 24, "text2" if locked else "danger")
        top = row(icon, sentence, spacing=t.MEDIUM)
        top.setStretch(1, 1)
        self.box.setSpacing(theme().px(t.LARGE))
        self.box.addLayout(top)
        self.password = secret_field(_("Password"), self.submit)
        self._unlock = unlock
        if locked:
            hint = _(
                "Alipay shows it in the app under the request for the statement, WeChat sends it in a message"
                " of WeChat Pay. It is used for this file only and kept nowhere."
            )
            self.password.setMaximumWidth(theme().px(320))
            self.box.addLayout(captioned(_("Password"), self.password, hint))
            buttons = row(
                primary(_("Open the file"), self.submit, "unlock"), secondary(_("Leave it out"), leave), None
            )
        else:
            hint = _(
                "Download it again as CSV, XLSX, OFX or QFX, and do not open it with another program before:"
                " saving it there changes it."
            )
            self.box.addWidget(labels.label(hint, tone="text2", wrap=True))
            buttons = row(secondary(_("Leave it out"), leave), None)
        self.box.addLayout(buttons)
        self.box.addStretch(1)

    def submit(self) -> None:
        """Try the password."""
        password = taken(self.password)
        if password:
            self._unlock(password)


class Questions(QWidget):
    """Questions with their possible answers; answer gets the option's name and the value chosen."""

    def __init__(self, statement: Statement, answer: Callable[[str, str], object]) -> None:
        super().__init__()
        self._answer = answer
        self.buttons: dict[tuple[str, str], QRadioButton] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for question in statement.questions:
            box.addLayout(self._question(question))

    def _question(self, question: Question) -> QVBoxLayout:
        group = QButtonGroup(self)
        choices = row(spacing=t.LARGE)
        for value, wording in question.answers:
            button = QRadioButton(wording.shown())
            button.setAccessibleName(f"{question.text.shown()} {wording.shown()}")
            button.setChecked(value == question.taken)
            button.clicked.connect(lambda _checked=False, value=value: self._answer(question.name, value))
            group.addButton(button)
            choices.addWidget(button)
            self.buttons[question.name, value] = button
        choices.addStretch(1)
        text = labels.label(question.text.shown(), wrap=True)
        asked = row(labels.IconLabel("help", tone="warning"), text)
        asked.setStretch(1, 1)
        return column(asked, choices, spacing=t.TINY)

    def focus(self, name: str, value: str) -> None:
        """Put the focus on an answer."""
        if (name, value) in self.buttons:
            self.buttons[name, value].setFocus()


class Columns(QWidget):
    """Which column of a table is what; answer gets "columns.<role>" and the name of the column."""

    def __init__(self, statement: Statement, answer: Callable[[str, str], object]) -> None:
        super().__init__()
        self.choices: dict[str, Choice] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(t.LARGE))
        taken_now, header = mapping(statement), header_of(statement)
        offered = [("–", ""), *((name, name) for name in header)]
        for place, (role, title) in enumerate(ROLE_TITLES.items()):
            choice = Choice(_(title))
            choice.offer(offered, taken_now.get(role, ""))
            choice.setMinimumContentsLength(8)
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.chosen.connect(lambda value, role=role: answer(f"columns.{role}", str(value)))
            grid.addLayout(captioned(_(title), choice), place // _IN_A_ROW, place % _IN_A_ROW)
            self.choices[role] = choice


def has_columns(statement: Statement) -> bool:
    """Tell whether the file was read as a table whose columns the user may assign."""
    return bool(statement.profile) and bool(header_of(statement))


def mapping(statement: Statement) -> Mapping[str, str]:
    """Return the column of each role as it was taken."""
    try:
        content = json.loads(statement.profile)
    except ValueError:
        return {}
    columns = content.get("columns", {}) if isinstance(content, dict) else {}
    return {str(role): str(name) for role, name in columns.items()}


def header_of(statement: Statement) -> tuple[str, ...]:
    """Return the names of the columns of the file."""
    first = next(iter(statement.raws), "")
    return tuple(name for name in first if name) if isinstance(first, dict) else ()
