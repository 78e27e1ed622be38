"""The rows of an import's preview as a table, and the list of imports."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kushen_desktop.domain import money
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Account
from kushen_desktop.domain.preview import (
    TICKABLE,
    VERDICT_TITLES,
    ImportRecord,
    Preview,
    PreviewRow,
    Target,
    TargetKey,
    Verdict,
)
from kushen_desktop.domain.statement import RAW_CHUNK, Raw, unpacked
from kushen_desktop.gui.models.columns import NO_INDEX, Chip, Column, ColumnsModel, Index
from kushen_desktop.gui.models.directory import Directory
from kushen_desktop.gui.models.format_titles import format_title
from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.i18n import N_, _

Editor = Callable[[QWidget, PreviewRow], QWidget | None]
Commit = Callable[[PreviewRow, QWidget], None]
_AMOUNT = re.compile(r"\d[\d,]*[.,]\d{1,2}(?!\d)|(?<=[¥￥$€£])\s*\d+")
_TONES = {
    Verdict.PROBLEM: "danger",
    Verdict.REVIEW: "warning",
    Verdict.CHANGED: "warning",
    Verdict.NEW: "text",
}


class PreviewTable(ColumnsModel[PreviewRow]):
    """Shows the rows of a preview, all or those of one verdict; ticks and categories go into the preview.

    changed is called after a tick. edit and commit make and read the control for a category.
    """

    def __init__(
        self, changed: Callable[[], object], edit: Editor, commit: Commit, parent: QObject | None = None
    ) -> None:
        self._preview: Preview | None = None
        self._rows: Sequence[PreviewRow] = ()
        self._changed = changed
        self._chunk: tuple[int, list[Raw]] = (-1, [])
        self.directory = Directory()
        super().__init__(self._columns(edit, commit), parent)

    def show(self, preview: Preview | None, verdict: Verdict | None = None) -> None:
        """Show the rows of a preview that have this verdict; None shows all."""
        self.beginResetModel()
        self._preview = preview
        self._chunk = (-1, [])
        rows = preview.rows if preview is not None else ()
        self._rows = rows if verdict is None else [row for row in rows if row.verdict is verdict]
        self.endResetModel()

    def tick_all(self, *, ticked: bool) -> None:
        """Tick every row shown that can be, or none of them."""
        if self._preview is None:
            return
        rows = {row.row for row in self._rows if row.verdict in TICKABLE}
        if ticked:
            self._preview.ticked |= rows
        else:
            self._preview.ticked -= rows
        self.repaint()
        self._changed()

    def record(self, row: int) -> PreviewRow | None:
        """Return the row of the preview at this place."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def category(self, row: PreviewRow) -> Id | None:
        """Return the category a row will have: the chosen one, else the proposed one."""
        chosen = self._preview.categories if self._preview is not None else {}
        return chosen.get(row.row, row.category)

    def raw(self, row: PreviewRow) -> str:
        """Return the untouched record of the file as one line."""
        if self._preview is None:
            return ""
        chunk, place = divmod(row.row - 1, RAW_CHUNK)
        if self._chunk[0] != chunk:
            self._chunk = (chunk, unpacked(self._preview.statement.raws.chunks[chunk]))
        found = self._chunk[1][place]
        whole = found if isinstance(found, str) else " · ".join(cell for cell in found.values() if cell)
        return covered(whole)

    def _columns(self, edit: Editor, commit: Commit) -> tuple[Column[PreviewRow], ...]:
        return (
            Column(
                "row",
                N_("Row"),
                lambda row: f"{row.row:,}",
                "9,999",
                tone=_grey,
                check=self._ticked,
                toggle=self._tick,
                sortable=False,
            ),
            Column("day", N_("Date"), _day, "2026-11-22", tone=_grey, sortable=False),
            Column("payee", N_("Payee"), self._payee, hint=self.raw, sortable=False),
            Column("text", N_("Text"), self._text, hint=self.raw, tone=_grey, sortable=False),
            Column(
                "category",
                N_("Category"),
                lambda row: self.directory.category(self.category(row)),
                "餐饮美食餐饮",
                chip=self._chip,
                editor=edit,
                commit=commit,
                sortable=False,
            ),
            Column("account", N_("Account"), self._account, "招商银行储蓄卡", tone=_grey, sortable=False),
            Column("amount", N_("Amount"), _amount, "−123,456.78", money=True, tone=_income, sortable=False),
            Column(
                "verdict",
                N_("Outcome"),
                lambda row: _(VERDICT_TITLES[row.verdict]),
                "Needs review",
                tone=lambda row: _TONES.get(row.verdict, "text2"),
                spoken=lambda row: f"{_(VERDICT_TITLES[row.verdict])}: {row.reason.shown()}",
                hint=lambda row: row.reason.shown(),
                sortable=False,
            ),
            Column(
                "reason",
                N_("Why"),
                lambda row: row.reason.shown(),
                hint=lambda row: row.reason.shown(),
                tone=_grey,
                sortable=False,
            ),
        )

    def _ticked(self, row: PreviewRow) -> bool | None:
        if self._preview is None or row.verdict not in TICKABLE:
            return None
        return row.row in self._preview.ticked

    def _tick(self, row: PreviewRow, ticked: bool) -> None:  # noqa: FBT001  as Column.toggle wants it
        if self._preview is not None and row.verdict in TICKABLE:
            (self._preview.ticked.add if ticked else self._preview.ticked.discard)(row.row)
            self._changed()

    def _payee(self, row: PreviewRow) -> str:
        return (row.entry.payee or "–") if row.entry is not None else ""

    def _text(self, row: PreviewRow) -> str:
        return covered(row.entry.text) if row.entry is not None else self.raw(row)

    def _chip(self, row: PreviewRow) -> Chip | None:
        return self.directory.chip(self.category(row)) if row.entry is not None else None

    def _account(self, row: PreviewRow) -> str:
        if self._preview is None or row.entry is None:
            return ""
        target = self._preview.targets.get(TargetKey(row.entry.account, row.entry.currency))
        return account_name(target, self.directory) if target is not None else ""


def covered(text: str) -> str:
    """Return a text of a file with the amounts in it covered while amounts are hidden."""
    return _AMOUNT.sub(MASK, text) if theme().hidden_amounts else text


def account_name(target: Target, directory: Directory) -> str:
    """Return the name of the account that a target is or will be."""
    account: Account | None = directory.accounts.get(target.account) if target.account is not None else None
    return account.name if account is not None else target.proposed.name


def written(amount: Decimal, currency: str = "CNY") -> str:
    """Return a signed amount of a file, in major units as the file gives it."""
    sign = money.MINUS if amount < 0 else "+"
    mark = "" if currency == "CNY" else money.symbol(currency)
    return f"{sign}{mark}{abs(amount):,}"


def _amount(row: PreviewRow) -> str:
    return written(row.entry.amount, row.entry.currency) if row.entry is not None else ""


def _income(row: PreviewRow) -> str:
    return "money_in" if row.entry is not None and row.entry.amount > 0 else ""


def _day(row: PreviewRow) -> str:
    return row.entry.date.isoformat() if row.entry is not None else ""


def _grey(_row: PreviewRow) -> str:
    return "text2"


HISTORY: tuple[Column[ImportRecord], ...] = (
    Column("at", N_("When"), lambda one: f"{one.at:%Y-%m-%d %H:%M}", "2026-12-30 23:59",
           tone=lambda _one: "text2", sortable=False),
    Column("file", N_("File"), lambda one: one.file, sortable=False),
    Column("format", N_("Format"), lambda one: format_title(one.format), "WeChat Pay XLSX",
           tone=lambda _one: "text2", sortable=False),
    Column("rows", N_("Rows"), lambda one: f"{one.rows:,}", "1,000,000", right=True, sortable=False),
    Column("new", N_("Written"), lambda one: f"{one.new:,}", "1,000,000", right=True, sortable=False),
    Column("undone", N_("State"), lambda one: _("undone") if one.undone else "", "undone xx",
           tone=lambda _one: "text3", sortable=False),
)  # fmt: skip
