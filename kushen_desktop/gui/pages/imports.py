"""Import: statements in, preview first, everything written at once and undone at once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QTabBar, QVBoxLayout, QWidget

from kushen_desktop.domain.changes import Topic
from kushen_desktop.domain.errors import CancelledError
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.preview import Imported, ImportRecord, Preview
from kushen_desktop.domain.progress import Progress
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.models.directory import Directory
from kushen_desktop.gui.models.imports import written
from kushen_desktop.gui.pages.import_answers import PasswordCard
from kushen_desktop.gui.pages.import_flow import Candidate, Flow
from kushen_desktop.gui.pages.import_review import Hooks, Known, Review
from kushen_desktop.gui.pages.import_start import PATTERNS, Start
from kushen_desktop.gui.pages.page import Page
from kushen_desktop.gui.shortcuts import Command
from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import link, primary, secondary
from kushen_desktop.gui.widgets.cards import EmptyState, row
from kushen_desktop.i18n import N_, _, ngettext, said

_SETTLE_MS = 60
View = tuple[Candidate, Preview | None]


class ImportPage(Page):
    """Takes files, shows what they would do, writes them when confirmed.

    Context: files=[Path…] reads them, account=Id sends their rows there, choose=True asks for files.
    """

    name = "import"
    title = N_("Import")
    icon = "import"
    topics: ClassVar[Topic] = Topic.IMPORTS | Topic.ACCOUNTS | Topic.CATEGORIES | Topic.LEDGER

    def build(self, box: QVBoxLayout) -> None:
        """Lay out the start and, behind it, the place for reviews."""
        self.known = Known()
        self.reviews: dict[int, Review] = {}
        self._shown: list[View] = []
        self._waiting: QWidget | None = None
        self._answered: Review | None = None
        self._sums: dict[str, tuple[Decimal, Decimal]] = {}
        self._account: Id | None = None
        self.start = Start(self.app, self.shell, self.choose, self._take)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Files"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(self._show_current)
        self._place = QStackedLayout()
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(t.SMALL))
        column.addWidget(self.tabs)
        column.addLayout(self._place, 1)
        column.addLayout(self._bar())
        self._stack = QStackedLayout()
        box.addLayout(self._stack)
        for part in (self.start, work):
            self._stack.addWidget(part)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._sum)
        theme().veiled.connect(self._show_sum)
        self._listen(Flow(self.app, self.shell.tasks, self._fail))
        for command in self.commands():
            keys = QShortcut(QKeySequence(command.keys), box.parentWidget() or self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(command.run)

    def refresh(self) -> None:
        """Fetch accounts, categories and the list of imports."""

        def fetch(_progress: Progress) -> tuple[Known, tuple[ImportRecord, ...]]:
            accounts = self.app.accounts.list()
            categories = {one.id: one for one in self.app.categories.list()}
            directory = Directory({one.id: one for one in accounts}, categories)
            return Known(accounts, directory), self.app.imports.list()

        self.shell.tasks.run(fetch, done=self._know, key="imports")

    def opened(self, **context: Any) -> None:
        """Read files, or ask for some."""
        self._account = context.get("account", self._account)
        files = context.get("files")
        if files:
            self._take(files)
        if context.get("choose"):
            self.choose()

    def state(self) -> dict[str, Any]:
        """Return the import under way."""
        return {"flow": self.flow, "tab": self.tabs.currentIndex(), "account": self._account}

    def restore(self, state: dict[str, Any]) -> None:
        """Go on with the import under way."""
        self._account = state["account"]
        self._listen(state["flow"])
        self._renew()
        self.tabs.setCurrentIndex(state["tab"])

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done here."""
        return (
            Command("choose_files", N_("Choose files to import"), self.choose, "Ctrl+O", "folder"),
            Command("confirm_import", N_("Import what is ticked"), self._confirm, "Ctrl+Return", "check"),
        )

    def choose(self) -> None:
        """Let the user choose files."""
        patterns = _("Statements ({patterns})").format(patterns=PATTERNS)
        everything = _("All files (*)")
        self.shell.choose_files(_("Statements to import"), f"{patterns};;{everything}", self._take)

    def _listen(self, flow: Flow) -> None:
        self.flow = flow
        flow.changed = self._renew
        flow.finished = self._finished

    def _take(self, files: Sequence[Path]) -> None:
        self.flow.add(files, self._account)
        self._account = None

    def _know(self, found: tuple[Known, tuple[ImportRecord, ...]]) -> None:
        known, records = found
        self.known.accounts, self.known.directory = known.accounts, known.directory
        self.start.history.show_records(records)
        for review in self.reviews.values():
            review.model.directory = known.directory
            review.model.repaint()
        self._renew()

    def _bar(self) -> QHBoxLayout:
        self.sum = labels.label("", tone="text2")
        self.cancel = secondary(_("Cancel"), self._clear)
        self.more = link(_("Add more files"), self.choose, "plus")
        self.leave = link(_("Leave this file out"), self._leave)
        self.confirm = primary(_("Import"), self._confirm, "check")
        return row(self.sum, None, self.leave, self.more, self.cancel, self.confirm, spacing=t.SMALL)

    def _renew(self) -> None:
        """Show what the flow holds now: a tab for each statement or refused file."""
        self._stack.setCurrentIndex(1 if self.flow.candidates else 0)
        wanted: list[View] = []
        for candidate in self.flow.candidates:
            if candidate.error is not None or not candidate.previews:
                wanted.append((candidate, None))
            else:
                wanted += [(candidate, preview) for preview in candidate.previews]
        self._show_tabs(wanted)
        self._show_current()
        self._drop_reviews()
        self._sum()

    def _show_tabs(self, wanted: list[View]) -> None:
        at = self.tabs.currentIndex()
        self._shown = wanted
        self.tabs.blockSignals(True)  # noqa: FBT003  Qt's signature
        while self.tabs.count():
            self.tabs.removeTab(0)
        for candidate, preview in wanted:
            self.tabs.addTab(preview.file if preview is not None else candidate.path.name)
        self.tabs.setCurrentIndex(min(max(at, 0), len(wanted) - 1))
        self.tabs.setVisible(len(wanted) > 1)
        self.tabs.blockSignals(False)  # noqa: FBT003  Qt's signature

    def _drop_reviews(self) -> None:
        """Let go of reviews whose statement is not there any more."""
        alive = {id(preview.statement) for _candidate, preview in self._shown if preview is not None}
        for gone in set(self.reviews) - alive:
            review = self.reviews.pop(gone)
            self._place.removeWidget(review)
            review.deleteLater()

    def _show_current(self, *_args: object) -> None:
        place = self.tabs.currentIndex()
        if not 0 <= place < len(self._shown):
            return
        candidate, preview = self._shown[place]
        if preview is None:
            self._show_waiting(candidate)
            return
        review = self.reviews.get(id(preview.statement))
        if review is None:
            review = self._review(candidate, preview)
            self.reviews[id(preview.statement)] = review
            self._place.addWidget(review)
            self._place.setCurrentWidget(review)
            self._succeed(review, candidate)
        elif review.preview is not preview:
            review.show_preview(preview)
        self._place.setCurrentWidget(review)

    def _review(self, candidate: Candidate, preview: Preview) -> Review:
        def answer(name: str, value: str) -> None:
            self._answered = review
            self.flow.answer(candidate, name, value)

        hooks = Hooks(answer, lambda: self.flow.judge(candidate, review.preview), self._settle.start)
        review = Review(preview, self.known, hooks)
        return review

    def _succeed(self, review: Review, candidate: Candidate) -> None:
        """Let a review that follows an answer look like the one in which it was given."""
        before, self._answered = self._answered, None
        if before is None and self.isVisible():
            review.table.setFocus()
        if before is not None and candidate.asked:
            review.come_after(before, candidate.asked, candidate.options.get(candidate.asked, ""))

    def _show_waiting(self, candidate: Candidate) -> None:
        """Say that a file is being read, ask for its password, or say what is wrong with it."""
        if self._waiting is not None:
            self._place.removeWidget(self._waiting)
            self._waiting.deleteLater()

        def unlock(password: str) -> None:
            candidate.password = password
            self.flow.read(candidate)
            self._renew()

        part: QWidget
        if candidate.error is not None:
            part = PasswordCard(
                candidate.error,
                locked=candidate.locked,
                unlock=unlock,
                leave=lambda: self.flow.drop(candidate),
            )
        else:
            part = EmptyState("file", _("Reading {file}…").format(file=candidate.path.name))
        self._waiting = part
        self._place.addWidget(part)
        self._place.setCurrentWidget(part)
        if isinstance(part, PasswordCard) and candidate.locked:
            part.password.setFocus()

    def _clear(self) -> None:
        self.flow.clear()

    def _confirm(self) -> None:
        if self.flow.settled:
            self.flow.confirm()

    def _leave(self) -> None:
        place = self.tabs.currentIndex()
        if 0 <= place < len(self._shown):
            self.flow.drop(self._shown[place][0])

    def _sum(self) -> None:
        count = self.flow.ticked
        text = ngettext("Import {count} row", "Import {count} rows", count).format(count=f"{count:,}")
        self.confirm.setText(text)
        self.confirm.setAccessibleName(text)
        self.confirm.setEnabled(self.flow.settled)
        self.leave.setVisible(len(self.flow.candidates) > 1)
        for part in (*self.reviews.values(), self.more, self.leave, self.cancel):
            part.setEnabled(not self.flow.confirming)
        previews = [(preview.rows, frozenset(preview.ticked)) for preview in self.flow.previews]
        if previews:
            self.shell.tasks.run(lambda _progress: totals(previews), done=self._summed, key="import-sum")
        else:
            self._summed({})

    def _summed(self, sums: dict[str, tuple[Decimal, Decimal]]) -> None:
        self._sums = sums
        self._show_sum()

    def _show_sum(self) -> None:
        parts = []
        for currency, (incoming, outgoing) in self._sums.items():
            for text, amount in ((_("{amount} in"), incoming), (_("{amount} out"), outgoing)):
                if amount:
                    shown = MASK if theme().hidden_amounts else written(amount, currency)
                    parts.append(text.format(amount=shown))
        self.sum.setText(_("Selected: {sums}").format(sums=_(", ").join(parts)) if parts else "")

    def _fail(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            self.shell.toast(said(error.message, error.params))
        else:
            self.shell.fail(error)

    def _finished(self, done: tuple[Imported, ...]) -> None:
        self.start.history.show_newest()
        new, changed = sum(one.new for one in done), sum(one.changed for one in done)
        text = ngettext("{count} row imported", "{count} rows imported", new).format(count=f"{new:,}")
        if changed:
            text += _(", {count} updated").format(count=f"{changed:,}")
        self.shell.toast(text, undo=any(one.change for one in done))


def totals(previews: Sequence[tuple[Sequence[Any], frozenset[int]]]) -> dict[str, tuple[Decimal, Decimal]]:
    """Return what the ticked rows come to, in and out by currency, in major units."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for rows, ticked in previews:
        for one in rows:
            if one.entry is not None and one.row in ticked:
                incoming, outgoing = sums.get(one.entry.currency, (Decimal(0), Decimal(0)))
                amount = one.entry.amount
                if amount > 0:
                    incoming += amount
                else:
                    outgoing += amount
                sums[one.entry.currency] = (incoming, outgoing)
    return sums
