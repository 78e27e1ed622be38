"""One statement before it is imported: what is open, where it goes, and every row with what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QScrollArea, QVBoxLayout, QWidget

from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Account
from kushen_desktop.domain.preview import VERDICT_TITLES, Preview, PreviewRow, Verdict
from kushen_desktop.domain.statement import Statement
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.models.directory import Directory
from kushen_desktop.gui.models.format_titles import format_title
from kushen_desktop.gui.models.imports import PreviewTable
from kushen_desktop.gui.pages import import_answers
from kushen_desktop.gui.pages.import_facts import facts
from kushen_desktop.gui.pages.import_targets import Targets
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import Button, link
from kushen_desktop.gui.widgets.cards import Card, row
from kushen_desktop.gui.widgets.fields import Choice
from kushen_desktop.gui.widgets.table_view import TableView
from kushen_desktop.i18n import _, ngettext
from kushen_desktop.services.categories import path

_SETTINGS_HEIGHT, _WITH_COLUMNS = 190, 380


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the review asks for. answer: an option, its value; judge: targets changed; ticked: ticks did."""

    answer: Callable[[str, str], object]
    judge: Callable[[], object]
    ticked: Callable[[], object]


@dataclass(slots=True)
class Known:
    """The accounts and categories of the vault, in the order of lists."""

    accounts: tuple[Account, ...] = ()
    directory: Directory = field(default_factory=Directory)


class FittedArea(QScrollArea):
    """An area as high as what is in it, up to a limit; from there on it scrolls."""

    def __init__(self, inner: QWidget, name: str) -> None:
        super().__init__()
        self._inner = inner
        self._limit = _SETTINGS_HEIGHT
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner.setProperty("kind", "scrolled")
        self.setWidget(inner)
        inner.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what is in it."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return super().eventFilter(watched, event)

    def limit(self, height: int) -> None:
        """Let it grow up to this height, in pixels at 100 %."""
        self._limit = height
        self._fit()

    def _fit(self) -> None:
        inner, layout = self._inner, self._inner.layout()
        wide = max(inner.width(), 1)
        asks = layout.hasHeightForWidth() if layout is not None else False
        tall = layout.totalHeightForWidth(wide) if layout is not None and asks else inner.sizeHint().height()
        self.setFixedHeight(min(tall, theme().px(self._limit)))


class Review(QWidget):
    """Shows a preview; what the user decides goes into it at once. show() takes over a fresh preview."""

    def __init__(self, preview: Preview, known: Known, hooks: Hooks) -> None:
        super().__init__()
        self.preview, self._known, self._hooks = preview, known, hooks
        self.verdict: Verdict | None = None
        self.chips: dict[Verdict | None, Button] = {}
        self._facts: list[QWidget] = []
        self._settings = QVBoxLayout()
        self._settings.setSpacing(theme().px(t.SMALL))
        self._fact_box = QVBoxLayout()
        self._chip_box = row()
        self.targets: Targets | None = None
        self.questions: import_answers.Questions | None = None
        self.columns: import_answers.Columns | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(t.MEDIUM))
        box.addWidget(self._settings_card())
        box.addWidget(self._rows_card(), 1)
        theme().veiled.connect(self._show_facts)
        self.show_preview(preview)

    def show_preview(self, preview: Preview) -> None:
        """Show a preview that was worked out again; what was typed into the targets stays."""
        self.preview = preview
        self._show_facts()
        self._show_chips()
        self.model.directory = self._known.directory
        self.model.show(preview, self.verdict)
        keys = [column.key for column in self.model.columns]
        self.table.setColumnHidden(keys.index("account"), len(preview.targets) < 2)
        self.table.fit_columns()

    def show_only(self, verdict: Verdict | None) -> None:
        """Show the rows of one verdict, or all."""
        self.verdict = verdict
        for key, chip in self.chips.items():
            chip.setChecked(key is verdict)
        self.model.show(self.preview, verdict)

    def _settings_card(self) -> QWidget:
        statement = self.preview.statement
        card = Card()
        inner = QWidget()
        inner.setLayout(self._settings)
        self._settings.setContentsMargins(0, 0, theme().px(t.SMALL), 0)
        self._settings.addLayout(self._fact_box)
        if statement.questions:
            self.questions = import_answers.Questions(statement, self._hooks.answer)
            self._settings.addWidget(self.questions)
        self.targets = Targets(self.preview, self._known.accounts, self._hooks.judge)
        self._settings.addWidget(self.targets)
        if import_answers.has_columns(statement):
            self._offer_columns(statement)
        self._settings.addStretch(1)
        area = self._area = FittedArea(inner, _("What to decide"))
        card.box.setSpacing(theme().px(t.SMALL))
        card.box.addLayout(self._heading())
        card.box.addWidget(area)
        return card

    def _heading(self) -> QVBoxLayout:
        statement = self.preview.statement
        made = QVBoxLayout()
        count = ngettext("{count} row", "{count} rows", statement.rows_read)
        text = _(" · ").join((format_title(statement.format), count.format(count=f"{statement.rows_read:,}")))
        detail = labels.caption(text)
        made.addLayout(row(labels.h2(self.preview.file), detail, None, spacing=t.MEDIUM))
        return made

    def _offer_columns(self, statement: Statement) -> None:
        self.columns = import_answers.Columns(statement, self._hooks.answer)
        self.columns.setVisible(False)
        toggle = link(_("Which column is what?"), self._toggle_columns, "columns")
        self._settings.addLayout(row(toggle, None))
        self._settings.addWidget(self.columns)

    def show_columns(self, *, shown: bool) -> None:
        """Show which column is what, or hide it."""
        if self.columns is not None:
            self.columns.setVisible(shown)
            self._area.limit(_WITH_COLUMNS if shown else _SETTINGS_HEIGHT)

    def come_after(self, before: Review, name: str, value: str) -> None:
        """Take the place of the review in which this answer was given."""
        self.show_columns(shown=before.columns is not None and not before.columns.isHidden())
        role = name.removeprefix("columns.")
        if self.columns is not None and role in self.columns.choices:
            self.columns.choices[role].setFocus()
        elif self.questions is not None:
            self.questions.focus(name, value)

    def _toggle_columns(self) -> None:
        self.show_columns(shown=self.columns is not None and self.columns.isHidden())

    def _rows_card(self) -> Card:
        card = Card(padded=False)
        pad = theme().px(t.MEDIUM)
        card.box.setContentsMargins(1, pad, 1, pad)
        everything = link(_("Select all"), lambda: self.model.tick_all(ticked=True))
        nothing = link(_("Select none"), lambda: self.model.tick_all(ticked=False))
        tools = row(self._chip_box, None, everything, nothing)
        tools.setContentsMargins(pad, 0, pad, 0)
        card.box.addLayout(tools)
        self.model = PreviewTable(self._hooks.ticked, self._editor, self._commit, parent=self)
        self.table: TableView[PreviewRow] = TableView(self.model, _("Rows of the file"))
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setMinimumHeight(theme().px(t.ROW) * 5)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.opened.connect(lambda _record: self._edit_category())
        card.box.addWidget(self.table, 1)
        return card

    def _edit_category(self) -> None:
        keys = [column.key for column in self.model.columns]
        index = self.model.index(self.table.currentIndex().row(), keys.index("category"))
        if self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.table.setCurrentIndex(index)
            self.table.edit(index)

    def _editor(self, parent: QWidget, record: PreviewRow) -> QWidget | None:
        if record.entry is None:
            return None
        choice = Choice(_("Category"), free=True, hint=_("Category"))
        choice.setParent(parent)
        categories = self._known.directory.categories
        offered: list[tuple[str, Id | None]] = [(_("Uncategorised"), None)]
        offered += [(path(categories, one), one.id) for one in categories.values()]
        choice.offer(offered, self.model.category(record))
        return choice

    def _commit(self, record: PreviewRow, editor: QWidget) -> None:
        assert isinstance(editor, Choice)
        if editor.currentText().strip() and editor.findText(editor.currentText()) < 0:
            return
        chosen = self.table.selected_records()
        rows = chosen if record in chosen else (record,)
        for one in rows:
            self.preview.categories[one.row] = editor.value()
        self.model.repaint()

    def _show_facts(self) -> None:
        for old in self._facts:
            self._fact_box.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        self._facts = []
        for fact in facts(self.preview):
            line = QWidget()
            text = labels.label(fact.text, tone=fact.tone, wrap=True)
            icon = labels.IconLabel(fact.icon, 16, "warning" if fact.tone == "warning" else "text2")
            layout = row(icon, text)
            layout.setStretch(1, 1)
            line.setLayout(layout)
            self._fact_box.addWidget(line)
            self._facts.append(line)

    def _show_chips(self) -> None:
        for old in self.chips.values():
            self._chip_box.removeWidget(old)
            old.deleteLater()
        counts = {verdict: count for verdict, count in self.preview.counts().items() if count}
        if self.verdict not in counts:
            self.verdict = None
        self.chips = {None: self._chip(_("All"), len(self.preview.rows), None)}
        for verdict, count in counts.items():
            self.chips[verdict] = self._chip(_(VERDICT_TITLES[verdict]), count, verdict)

    def _chip(self, text: str, count: int, verdict: Verdict | None) -> Button:
        made = Button(f"{text}  {count:,}", "segment")
        made.setCheckable(True)
        made.setChecked(verdict is self.verdict)
        made.clicked.connect(lambda _checked=False: self.show_only(verdict))
        self._chip_box.addWidget(made)
        return made
