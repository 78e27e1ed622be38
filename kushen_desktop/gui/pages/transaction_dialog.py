"""The form of a transaction: a new one, or one in full with its splits and what stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QVBoxLayout, QWidget

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.ledger import NewTransaction, Transaction
from kushen_desktop.domain.money import AmountError
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.models.directory import Directory
from kushen_desktop.gui.models.transaction_draft import KIND_TITLES, Draft, Kind, Line
from kushen_desktop.gui.pages.transaction_attachments import AttachmentList
from kushen_desktop.gui.pages.transaction_evidence import EvidenceList
from kushen_desktop.gui.pages.transaction_fields import Fields, changes
from kushen_desktop.gui.pages.transaction_splits import Splits
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import Button, danger, link, primary, secondary
from kushen_desktop.gui.widgets.cards import row, scrolled
from kushen_desktop.gui.widgets.fields import captioned
from kushen_desktop.i18n import _, said

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen

_WIDE = 600


class TransactionDialog(QDialog):
    """Adds or changes a transaction.

    save: gets a NewTransaction, or for one that is there the fields that changed; it answers with accept()
    or refused(error). delete: asks for the transaction to be deleted; None where there is nothing to delete.
    """

    def __init__(
        self,
        parent: QWidget,
        app: Kushen,
        tasks: Tasks,
        directory: Directory,
        *,
        save: Callable[[NewTransaction | dict[str, Any]], object],
        before: Transaction | None = None,
        delete: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._save, self._before, self._delete = save, before, delete
        self._app, self._tasks = app, tasks
        self._directory, self._reviewed = directory, False
        self.draft = Draft.of(before) if before is not None else Draft(Kind.EXPENSE)
        self.setWindowTitle(_("Transaction") if before is not None else _("New transaction"))
        self.fields = Fields(app, tasks, directory)
        self.splits = Splits(directory)
        self.kinds = {kind: self._segment(kind) for kind in KIND_TITLES}
        self._captions: list[tuple[QWidget, tuple[Kind, ...]]] = []
        self.error = labels.label("", tone="danger", wrap=True)
        self.error.hide()
        self._lay_out()
        self._fill()
        self.fields.amount.setFocus()
        self.fields.amount.selectAll()

    def submit(self) -> None:
        """Hand over what the form says, or say what is wrong with it."""
        self.error.hide()
        try:
            values = self.fields.values() | {"postings": self._read().postings()}
        except KushenError as error:
            self.refused(error)
            return
        if self._before is not None and self._reviewed:
            values["review"] = ""
        if self._before is None:
            self._hand_over(NewTransaction(**values))
            return
        changed = changes(self._before, values)
        if changed:
            self._hand_over(changed)
        else:
            self.accept()

    def refused(self, error: Exception) -> None:
        """Say why nothing was saved and let the user go on."""
        self.keep.setEnabled(True)
        if isinstance(error, KushenError):
            params = {name: _(value) for name, value in error.params.items()}
            self.error.setText(said(error.message, params))
            self.error.show()

    def show_kind(self, kind: Kind) -> None:
        """Show the fields of an expense, an income or a transfer."""
        self.draft = replace(self.draft, kind=kind)
        for each, button in self.kinds.items():
            button.setChecked(each is kind)
        self._follow()
        self._fit()

    def split(self) -> None:
        """Share the amount out to several lines."""
        try:
            amount = self.fields.amount.minor(self.fields.currency())
        except AmountError:
            amount = 0
        self.splits.show_lines(
            (Line(self.fields.category.value(), amount), Line(None, 0)), self.fields.currency()
        )
        self._splitting = True
        self._follow()
        self._fit()

    def _hand_over(self, value: NewTransaction | dict[str, Any]) -> None:
        self.keep.setEnabled(False)
        self._save(value)

    def _read(self) -> Draft:
        """Return the draft the fields describe; raises AmountError, CategoryNeededError."""
        if self.draft.kind is Kind.FIXED:
            return self.draft
        fields, currency = self.fields, self.fields.currency()
        amount = abs(fields.amount.minor(currency))
        account = fields.account.value()
        if self.draft.kind is Kind.TRANSFER:
            same = fields.currency(fields.to) == currency
            arriving = amount if same else abs(fields.arriving.minor(fields.currency(fields.to)))
            return Draft(Kind.TRANSFER, account, amount, fields.to.value(), arriving)
        memo = self.draft.lines[0].memo if self.draft.lines else ""
        one = (Line(None if self._splitting else fields.chosen_category(), amount, memo),)
        lines = self.splits.lines() if self._splitting else one
        return Draft(self.draft.kind, account, amount, lines=lines, role=self.draft.role)

    def _fill(self) -> None:
        self._splitting = len(self.draft.lines) > 1
        if self._before is not None:
            self.fields.fill(self._before, self.draft)
            if self._splitting:
                self.splits.show_lines(self.draft.lines, self.fields.currency())
            elif self.draft.lines:
                self.fields.category.show_category(self.draft.lines[0].category)
        else:
            self.fields.amount.show_amount(0, self.fields.currency(), empty=True)
        for signal in (self.fields.account.currentIndexChanged, self.fields.to.currentIndexChanged):
            signal.connect(lambda _place: self._follow())
        self.fields.amount.textEdited.connect(lambda _text: self._measure())
        self.show_kind(self.draft.kind)

    def _follow(self) -> None:
        kind, fields = self.draft.kind, self.fields
        for widget, kinds in self._captions:
            widget.setVisible(kind in kinds)
        same = fields.currency(fields.to) == fields.currency()
        self._arriving.setVisible(kind is Kind.TRANSFER and not same)
        plain = kind in {Kind.EXPENSE, Kind.INCOME}
        self._category.setVisible(plain and not self._splitting)
        self.splits.setVisible(plain and self._splitting)
        self._measure()

    def _measure(self) -> None:
        currency = self.fields.currency()
        try:
            self.splits.show_amount(abs(self.fields.amount.minor(currency)), currency)
        except AmountError:
            self.splits.show_amount(0, currency)

    def _segment(self, kind: Kind) -> Button:
        made = Button(_(KIND_TITLES[kind]), "segment")
        made.setCheckable(True)
        made.clicked.connect(lambda _checked=False: self.show_kind(kind))
        return made

    def _lay_out(self) -> None:
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(t.MEDIUM))
        if self._before is not None and self._before.review:
            box.addWidget(self._review(self._before.review))
        if self.draft.kind is not Kind.FIXED:
            box.addLayout(row(*self.kinds.values(), None, spacing=t.TINY))
        box.addLayout(self._grid())
        if self._before is not None:
            if self._before.text:
                box.addWidget(labels.label(self._before.text, tone="text2", wrap=True))
            self.attachments = AttachmentList(self._app, self._tasks, self._before.id)
            box.addWidget(self.attachments)
            box.addWidget(EvidenceList(self._before.evidence))
        box.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme().px(t.HUGE)] * 4)
        outer.setSpacing(theme().px(t.MEDIUM))
        outer.addWidget(labels.h1(self.windowTitle()))
        outer.addWidget(scrolled(inner, self.windowTitle()), 1)
        outer.addWidget(self.error)
        outer.addLayout(self._buttons())
        self._inner = inner

    def _fit(self) -> None:
        """Be as tall as what is shown, within the screen."""
        room, layout = self.screen().availableGeometry(), self._inner.layout()
        assert layout is not None
        layout.activate()
        tall = layout.sizeHint().height() + theme().px(160)
        self.resize(min(theme().px(_WIDE), room.width() - 40), min(tall, room.height() - 60))

    def _buttons(self) -> Any:
        self.keep = primary(_("Save") if self._before is not None else _("Add"), self.submit)
        self.keep.setDefault(True)
        cancel = secondary(_("Cancel"), self.reject)
        if self._delete is None:
            return row(None, cancel, self.keep)
        return row(danger(_("Delete"), self._delete, "trash"), None, cancel, self.keep)

    def _grid(self) -> QGridLayout:
        fields, every = self.fields, tuple(Kind)
        flows, moves = (Kind.EXPENSE, Kind.INCOME), (Kind.TRANSFER,)
        self._arriving = self._cell(_("Amount that arrives"), fields.arriving, moves)
        self._category = self._cell(_("Category"), fields.category, flows)
        cells = (
            (self._cell(_("Amount"), fields.amount, (*flows, *moves)), 0, 0, 1),
            (self._cell(_("Payee"), fields.payee, every), 0, 1, 1),
            (self._cell(_("Account"), fields.account, (*flows, *moves)), 1, 0, 1),
            (self._cell(_("To account"), fields.to, moves), 1, 1, 1),
            (self._category, 1, 1, 1),
            (self._arriving, 2, 0, 1),
            (self.splits, 2, 0, 2),
            (self._cell(_("Date"), fields.day, every), 3, 0, 1),
            (self._cell(_("Time"), fields.time, every), 3, 1, 1),
            (self._cell(_("Note"), fields.note, every), 4, 0, 2),
            (self._cell(_("Tags"), fields.tags, every), 5, 0, 1),
            (self._cell(_("Status"), fields.status, every), 5, 1, 1),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(t.LARGE))
        grid.setVerticalSpacing(theme().px(t.MEDIUM))
        for widget, line, place, span in cells:
            grid.addWidget(widget, line, place, 1, span)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _cell(self, text: str, field: QWidget, kinds: tuple[Kind, ...]) -> QWidget:
        made = QWidget()
        inner = captioned(text, field)
        if field is self.fields.category:
            inner.addWidget(link(_("Split into several"), self.split, "split"))
        inner.addStretch(1)
        made.setLayout(inner)
        self._captions.append((made, kinds))
        return made

    def _review(self, reason: str) -> QWidget:
        banner = QFrame()
        banner.setProperty("kind", "badge")
        text = labels.label(_("Needs review: {reason}").format(reason=_(reason)), wrap=True)
        line = row(labels.IconLabel("warning", tone="warning"), text)
        line.setStretch(1, 1)
        self.reviewed = secondary(_("Looked at, done"), lambda: self._look_done(banner), "check")
        line.addWidget(self.reviewed)
        pad = theme().px(t.MEDIUM)
        line.setContentsMargins(pad, pad, pad, pad)
        banner.setLayout(line)
        return banner

    def _look_done(self, banner: QWidget) -> None:
        self._reviewed = True
        banner.hide()
        self.submit()
