"""The lines of a transaction that is for several things at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kushen_desktop.domain.money import AmountError, Money
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.models.directory import Directory
from kushen_desktop.gui.models.transaction_draft import Line
from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import icon_button, link
from kushen_desktop.gui.widgets.cards import row
from kushen_desktop.gui.widgets.fields import text_field
from kushen_desktop.gui.widgets.name_fields import AmountField, CategoryField
from kushen_desktop.i18n import _


class _LineEditor(QWidget):
    def __init__(self, directory: Directory, remove: Callable[[_LineEditor], object]) -> None:
        super().__init__()
        self.category = CategoryField(directory, hint=_("Category"))
        self.memo: QLineEdit = text_field(_("What for"), hint=_("What for"))
        self.amount = AmountField()
        self.amount.setFixedWidth(theme().px(110))
        drop = icon_button("cross", _("Remove this line"), lambda: remove(self))
        line = row(self.category, self.memo, self.amount, drop)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        self.setLayout(line)


class Splits(QWidget):
    """Edits lines; `changed` comes with every key. The rest that is to be shared out is said in words."""

    changed = Signal()

    def __init__(self, directory: Directory) -> None:
        super().__init__()
        self._directory, self._currency, self._amount = directory, "CNY", 0
        self._lines: list[_LineEditor] = []
        self.rest = labels.label("", "caption", wrap=True)
        self._box = QVBoxLayout()
        self._box.setSpacing(theme().px(t.SMALL))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(t.SMALL))
        box.addLayout(self._box)
        self.add = link(_("Add line"), self.add_rest, "plus")
        box.addLayout(row(self.add, None, self.rest))
        theme().veiled.connect(self._say_rest)

    def show_lines(self, lines: Sequence[Line], currency: str) -> None:
        """Edit these lines, in minor units of a currency."""
        for editor in tuple(self._lines):
            self._drop(editor)
        self._currency = currency
        for line in lines:
            self._append(line)
        self._say_rest()

    def show_amount(self, amount: int, currency: str) -> None:
        """Measure the lines against this amount."""
        self._amount, self._currency = amount, currency
        self._say_rest()

    def lines(self) -> tuple[Line, ...]:
        """Return the lines; raises AmountError."""
        return tuple(
            Line(one.category.value(), one.amount.minor(self._currency), one.memo.text().strip())
            for one in self._lines
        )

    def add_rest(self) -> None:
        """Add a line for what is left, and go there."""
        self._append(Line(None, max(self._left() or 0, 0)))
        self._lines[-1].category.setFocus()
        self._told()

    def _append(self, line: Line) -> None:
        editor = _LineEditor(self._directory, self._remove)
        editor.category.show_category(line.category)
        editor.memo.setText(line.memo)
        editor.amount.show_amount(line.amount, self._currency, empty=True)
        editor.amount.textEdited.connect(self._told)
        editor.category.decided.connect(self._told)
        self._lines.append(editor)
        self._box.addWidget(editor)

    def _remove(self, editor: _LineEditor) -> None:
        if len(self._lines) > 1:
            self._drop(editor)
            self._lines[0].category.setFocus()
            self._told()

    def _drop(self, editor: _LineEditor) -> None:
        self._lines.remove(editor)
        self._box.removeWidget(editor)
        editor.hide()
        editor.deleteLater()

    def _told(self, *_value: object) -> None:
        self._say_rest()
        self.changed.emit()

    def _left(self) -> int | None:
        try:
            return self._amount - sum(line.amount for line in self.lines())
        except AmountError:
            return None

    def _say_rest(self) -> None:
        left = self._left()
        amount = MASK if theme().hidden_amounts else str(Money(abs(left or 0), self._currency))
        if left is None:
            text = _("One of the amounts can't be read.")
        elif left > 0:
            text = _("{amount} is still to be shared out.").format(amount=amount)
        elif left < 0:
            text = _("The lines are {amount} more than the amount.").format(amount=amount)
        else:
            text = _("The lines add up.")
        self.rest.setText(text)
        labels.set_tone(self.rest, "text2" if left == 0 else "danger")
