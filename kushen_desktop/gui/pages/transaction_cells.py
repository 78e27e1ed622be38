"""Editing transactions in their cells: payee, category, note, date, amount."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from kushen_desktop.domain import money
from kushen_desktop.domain.ledger import Posting, Role, Row, Shape
from kushen_desktop.gui.models.transactions import CellEditor, Names
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets.completing import Completing
from kushen_desktop.gui.widgets.fields import DateField
from kushen_desktop.gui.widgets.name_fields import AmountField, CategoryField, PayeeField

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen

# The row an editor was opened on: after a refresh another may stand in its place.
_ROW = "row"
Write = Callable[[Row, dict[str, Any]], None]


class Cells:
    """The editors of the table. write: has the fields of a row written, as in NewTransaction or "amount".

    finish: commits and closes an editor. refuse: says why what was typed can't be taken.
    """

    def __init__(
        self,
        app: Kushen,
        tasks: Tasks,
        names: Names,
        *,
        write: Write,
        finish: Callable[[QWidget], None],
        refuse: Callable[[Exception | str], None],
    ) -> None:
        self._app, self._tasks, self._names = app, tasks, names
        self._write, self._finish, self._refuse = write, finish, refuse

    def editors(self) -> dict[str, CellEditor]:
        """Return the editors by column."""
        return {
            "payee": CellEditor(self._payee, self._take_text("payee")),
            "category": CellEditor(self._category, self._take_category),
            "note": CellEditor(self._note, self._take_text("note")),
            "date": CellEditor(self._date, self._take_date),
            "amount": CellEditor(self._amount, self._take_amount),
        }

    def _payee(self, parent: QWidget, row: Row) -> QWidget:
        return self._line(PayeeField(self._app, self._tasks, parent), row.payee, row)

    def _note(self, parent: QWidget, row: Row) -> QWidget:
        return self._line(Completing("", lambda _text: (), parent), row.note, row)

    def _line(self, field: Completing, text: str, row: Row) -> Completing:
        field.fill(text)
        field.selectAll()
        field.setProperty(_ROW, row)
        field.pointed.connect(lambda: self._finish(field))
        return field

    def _category(self, parent: QWidget, row: Row) -> QWidget | None:
        if row.shape is not Shape.SIMPLE:
            return None
        field = CategoryField(self._names.directory, parent)
        field.show_category(row.category)
        field.selectAll()
        field.setProperty(_ROW, row)
        field.pointed.connect(lambda: self._finish(field))
        return field

    def _date(self, parent: QWidget, row: Row) -> QWidget:
        field = DateField("", row.day)
        field.setParent(parent)
        field.setProperty(_ROW, row)
        return field

    def _amount(self, parent: QWidget, row: Row) -> QWidget | None:
        if row.shape not in {Shape.SIMPLE, Shape.TRANSFER} or theme().hidden_amounts:
            return None
        field = AmountField(parent=parent)
        field.show_amount(row.amount, row.currency)
        field.selectAll()
        field.setProperty(_ROW, row)
        return field

    def _take_text(self, name: str) -> Callable[[Row, QWidget], None]:
        def take(_row: Row, editor: QWidget) -> None:
            assert isinstance(editor, Completing)
            row: Row = editor.property(_ROW)
            marked = editor.marked()
            text = (marked.text if marked is not None else editor.text()).strip()
            if text != getattr(row, name):
                self._write(row, {name: text})

        return take

    def _take_category(self, _row: Row, editor: QWidget) -> None:
        assert isinstance(editor, CategoryField)
        row: Row = editor.property(_ROW)
        if editor.unknown:
            self._refuse(editor.text())
        elif editor.value() != row.category:
            self._write(row, {"category": editor.value()})

    def _take_date(self, _row: Row, editor: QWidget) -> None:
        assert isinstance(editor, DateField)
        row: Row = editor.property(_ROW)
        if editor.day() != row.day:
            self._write(row, {"day": editor.day()})

    def _take_amount(self, _row: Row, editor: QWidget) -> None:
        assert isinstance(editor, AmountField)
        row: Row = editor.property(_ROW)
        try:
            amount = signed(editor.text(), editor.minor(row.currency), row.amount)
        except money.AmountError as error:
            self._refuse(error)
            return
        if amount != row.amount:
            self._write(row, {"amount": amount})


def signed(typed: str, amount: int, before: int) -> int:
    """Return what was typed; without a sign it goes the way the amount went before."""
    has_sign = typed.strip()[:1] in {"+", "-", money.MINUS}
    return -abs(amount) if before < 0 and not has_sign else amount


def with_amount(postings: tuple[Posting, ...], amount: int) -> tuple[Posting, ...] | None:
    """Return the postings of a transaction of one line, or of a plain transfer, with another amount.

    None where more lines would have to give way: that needs the splits.
    """
    if len(postings) == 1:
        return (replace(postings[0], amount=amount),)
    moved = len(postings) == 2 and all(one.role is Role.TRANSFER for one in postings)
    if moved and postings[0].amount == -postings[1].amount:
        return replace(postings[0], amount=amount), replace(postings[1], amount=-amount)
    return None
