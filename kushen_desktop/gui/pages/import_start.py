"""Where an import begins: a place to drop files, how to get them, and what was imported before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from kushen_desktop.domain.preview import ImportRecord
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.models.imports import HISTORY
from kushen_desktop.gui.models.records import RecordTable
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import primary, secondary
from kushen_desktop.gui.widgets.cards import Card, column, row
from kushen_desktop.gui.widgets.table_view import TableView
from kushen_desktop.i18n import N_, _

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.gui.pages.page import Shell

PATTERNS = "*.csv *.tsv *.txt *.xlsx *.xls *.ofx *.qfx *.zip"
_PRESETS = (
    (
        "wallet",
        N_("Alipay"),
        N_(
            "In the app: Me › Bills › … › Issue a transaction statement › for personal accounts. The ZIP"
            " comes by e-mail; its password stands in the app."
        ),
    ),
    (
        "wallet",
        N_("WeChat Pay"),
        N_(
            "In the app: Me › Services › Wallet › Bills › … › Download bills › for personal accounts. The"
            " file comes by e-mail; WeChat Pay sends the password as a message."
        ),
    ),
    (
        "accounts",
        N_("Bank or credit card"),
        N_(
            "On the bank's website: account statement › export as OFX or QFX; if there is none, as CSV or"
            " Excel."
        ),
    ),
)


class DropZone(QFrame):
    """A place to drop files, with a button for those who rather choose."""

    def __init__(self, choose: Callable[[], object], dropped: Callable[[list[Path]], object]) -> None:
        super().__init__()
        self._dropped = dropped
        self.setProperty("kind", "drop")
        self.setAcceptDrops(True)
        self.setAccessibleName(_("Drop statements here"))
        self.button = primary(_("Choose files"), choose, "folder")
        self.title = labels.label(_("Drop statements here, or anywhere in the window"), "card")
        kinds = labels.caption(_("CSV, TSV, XLSX, XLS, OFX, QFX, and ZIP archives of the wallets"))
        box = QVBoxLayout(self)
        box.setContentsMargins(*[theme().px(t.LARGE)] * 4)
        box.setSpacing(theme().px(t.SMALL))
        centre = Qt.AlignmentFlag.AlignCenter
        for part in (labels.IconLabel("upload", 32, "accent"), self.title, kinds, self.button):
            box.addWidget(part, 0, centre)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._heat(hot=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Calm down."""
        self._heat(hot=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        self._heat(hot=False)
        event.acceptProposedAction()
        self._dropped([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _heat(self, *, hot: bool) -> None:
        self.setProperty("hot", hot)
        labels.restyle(self)


class ImportHistory(Card):
    """The imports so far; any of them can be undone and brought back."""

    def __init__(self, app: Kushen, shell: Shell) -> None:
        super().__init__(_("Imports so far"), padded=False)
        self._app, self._shell = app, shell
        self._newest = False
        self.model: RecordTable[ImportRecord] = RecordTable(HISTORY, parent=self)
        self.table: TableView[ImportRecord] = TableView(self.model, _("Imports so far"))
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.picked.connect(self._picked)
        self.undo = secondary(_("Undo this import"), self._move, "undo")
        assert self.header is not None
        self.header.addWidget(self.undo)
        none = QWidget()
        text = labels.label(
            _("Nothing was imported yet. What you import can be undone here, file by file."), tone="text2"
        )
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        none.setLayout(column(text))
        self._stack = QStackedLayout()
        margins = self.box.contentsMargins()
        margins.setBottom(theme().px(t.SMALL))
        self.box.setContentsMargins(margins)
        self.box.addLayout(self._stack, 1)
        for part in (self.table, none):
            self._stack.addWidget(part)
        self._stack.setCurrentIndex(1)
        self._picked()

    def show_newest(self) -> None:
        """Put the cursor on the import that is about to come."""
        self._newest = True

    def show_records(self, records: Sequence[ImportRecord]) -> None:
        """Show these imports."""
        current = self.table.current_record()
        self.model.show(records)
        self._stack.setCurrentIndex(0 if records else 1)
        self.undo.setVisible(bool(records))
        if self._newest and records:
            self._newest = False
            self.table.selectRow(0)
        elif current is not None:
            places = [number for number, one in enumerate(records) if one.change == current.change]
            for place in places[:1]:
                self.table.selectRow(place)
        self._picked()

    def _picked(self) -> None:
        chosen = self.table.selected_records()
        again = bool(chosen) and chosen[0].undone
        self.undo.setEnabled(bool(chosen))
        self.undo.setText(_("Bring this import back") if again else _("Undo this import"))
        self.undo.setAccessibleName(self.undo.text())
        self.undo.show_icon("redo" if again else "undo")

    def _move(self) -> None:
        for record in self.table.selected_records()[:1]:
            history = self._app.history
            move = history.redo_change if record.undone else history.undo_change
            text = _("Import of {file} brought back") if record.undone else _("Import of {file} undone")
            number, said = record.change, text.format(file=record.file)
            self._shell.tasks.run(
                lambda _progress, move=move, number=number: move(number),  # type: ignore[misc]
                done=lambda _change, said=said: self._shell.toast(said),  # type: ignore[misc]
                failed=self._shell.fail,
                lane="writer",
                progress=_("Undoing"),
            )


class Start(QWidget):
    """Drop zone, presets, history."""

    def __init__(
        self, app: Kushen, shell: Shell, choose: Callable[[], object], dropped: Callable[[list[Path]], object]
    ) -> None:
        super().__init__()
        self.zone = DropZone(choose, dropped)
        self.history = ImportHistory(app, shell)
        presets = QHBoxLayout()
        presets.setSpacing(theme().px(t.LARGE))
        for icon, title, text in _PRESETS:
            presets.addWidget(_preset(icon, _(title), _(text)), 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(t.LARGE))
        box.addWidget(self.zone)
        box.addLayout(presets)
        box.addWidget(self.history, 1)


def _preset(icon: str, title: str, text: str) -> Card:
    card = Card()
    card.setAccessibleName(title)
    card.setAccessibleDescription(text)
    card.box.setSpacing(theme().px(t.SMALL))
    card.box.addLayout(row(labels.IconLabel(icon), labels.h2(title), None))
    card.box.addWidget(labels.label(text, tone="text2", wrap=True))
    card.box.addStretch(1)
    return card
