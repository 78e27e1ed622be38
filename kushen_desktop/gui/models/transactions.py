"""The table of transactions: its columns, and a million rows of which only pages in sight are in memory."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from kushen_desktop.domain import money
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import STATUS_TITLES, Row, Shape
from kushen_desktop.gui.models.columns import NO_INDEX, Chip, Column
from kushen_desktop.gui.models.directory import Directory
from kushen_desktop.gui.models.paged import PAGE, PagedTable
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import theme
from kushen_desktop.i18n import N_, _

_SPLITS = (Shape.SPLIT, Shape.COMPLEX)


class CellEditor(NamedTuple):
    """How a cell is edited in place: the control for a row (None: not this row), and what takes its value."""

    make: Callable[[QWidget, Row], QWidget | None]
    take: Callable[[Row, QWidget], None]


class Names:
    """What the columns need to know beside the row. base: the currency that needs no sign."""

    def __init__(self) -> None:
        self.directory = Directory()
        self.base = "CNY"

    def category(self, row: Row) -> str:
        """Return the category as a list says it: also that there is none, or several, or a transfer."""
        if row.shape is Shape.TRANSFER:
            return _("Transfer")
        if row.shape in _SPLITS and row.category is None:
            return _("Split")
        return self.directory.category(row.category) or _("Uncategorised")

    def chip(self, row: Row) -> Chip | None:
        """Return the pill of the category, None where there is no single one."""
        return self.directory.chip(row.category)

    def account(self, row: Row) -> str:
        """Return the account, or both in the direction the money went."""
        first = self.directory.account(row.account)
        if row.other is None:
            return first
        second = self.directory.account(row.other)
        return f"{first} → {second}" if row.amount <= 0 else f"{second} → {first}"

    def amount(self, row: Row) -> str:
        """Return the amount with its sign, and the currency's mark where it is not the vault's own."""
        sign = money.MINUS if row.amount < 0 else "+" if row.amount > 0 and not is_moved(row) else ""
        mark = "" if row.currency == self.base else money.symbol(row.currency)
        return f"{sign}{mark}{money.written(abs(row.amount), row.currency)}"

    def spoken(self, row: Row) -> str:
        """Return the amount as a screen reader says it."""
        word = _("transfer") if is_moved(row) else _("income") if row.amount > 0 else _("spending")
        return f"{word} {self.amount(row)} {row.currency}"


def is_moved(row: Row) -> bool:
    """Whether the money stayed with the user: a transfer, neither income nor spending."""
    return row.shape is Shape.TRANSFER


def status(row: Row) -> str:
    """Return the status, or that somebody should look at it."""
    return _("Needs review") if row.review else _(STATUS_TITLES[row.status])


def columns(names: Names, editors: Mapping[str, CellEditor]) -> tuple[Column[Row], ...]:
    """Return the columns; the keys are those by which services.listing orders."""
    made: tuple[Column[Row], ...] = (
        Column("date", N_("Date"), lambda row: row.day.isoformat(), "2026-12-28", tone=_grey),
        Column("time", N_("Time"), _time, "20:08:28", tone=_grey),
        Column("payee", N_("Payee"), lambda row: row.payee or "–", hint=lambda row: row.note or row.payee),
        Column("text", N_("Text"), lambda row: row.text, tone=_grey, hint=lambda row: row.text),
        Column(
            "category",
            N_("Category"),
            names.category,
            "餐饮美食餐饮美食餐",
            tone=lambda _row: "text3",
            chip=names.chip,
        ),
        Column("account", N_("Account"), names.account, "招商银行储蓄卡卡", tone=_grey, hint=names.account),
        Column("note", N_("Note"), lambda row: row.note, "备注备注备注备注", hint=lambda row: row.note),
        Column(
            "status",
            N_("Status"),
            status,
            "Needs review",
            tone=lambda row: "warning" if row.review else "text3",
            hint=lambda row: row.review,
        ),
        Column(
            "amount",
            N_("Amount"),
            names.amount,
            "−888,888.88",
            money=True,
            tone=_amount_tone,
            spoken=names.spoken,
        ),
    )
    return tuple(_editable(column, editors) for column in made)


class TransactionsTable(PagedTable[Row]):
    """Shows what was found; takes over a fresh finding without losing its place."""

    def __init__(self, shown: tuple[Column[Row], ...], tasks: Tasks, parent: QWidget) -> None:
        super().__init__(shown, tasks, parent)

    def present(
        self,
        count: int,
        rows: Callable[[int, int], Sequence[Row]],
        pages: Mapping[int, Sequence[Row]],
    ) -> None:
        """Show another finding in place: rows come or go at the end, the view keeps where it is.

        pages: those in sight, by number, so that nothing flickers.
        """
        self._source += 1
        self._wanted.clear()
        self._asked.clear()
        before = self._count
        if count > before:
            self.beginInsertRows(NO_INDEX, before, count - 1)
        elif count < before:
            self.beginRemoveRows(NO_INDEX, count, before - 1)
        self._rows, self._count, self._pages = rows, count, OrderedDict(pages)
        if count > before:
            self.endInsertRows()
        elif count < before:
            self.endRemoveRows()
        self.repaint()
        self.counted.emit(count)

    def in_memory(self, row: int) -> Row | None:
        """Return a row if it is there, without fetching it."""
        number, place = divmod(row, PAGE)
        page = self._pages.get(number, ())
        return page[place] if place < len(page) else None

    def amend(self, id_: Id, **fields: object) -> None:
        """Show a row as it will be once what was typed is written."""
        for number, page in self._pages.items():
            for place, row in enumerate(page):
                if row.id == id_:
                    changed = replace(row, **fields)  # type: ignore[arg-type]  # fields of Row by name
                    self._pages[number] = (*page[:place], changed, *page[place + 1 :])
                    at = number * PAGE + place
                    self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))
                    return


def _editable(column: Column[Row], editors: Mapping[str, CellEditor]) -> Column[Row]:
    editor = editors.get(column.key)
    return column if editor is None else replace(column, editor=editor.make, commit=editor.take)


def _time(row: Row) -> str:
    return row.time.isoformat() if row.time is not None else ""


def _amount_tone(row: Row) -> str:
    """Colour income alone; while amounts are hidden not even which way they go."""
    return "money_in" if row.amount > 0 and not is_moved(row) and not theme().hidden_amounts else ""


def _grey(_row: Row) -> str:
    return "text2"
