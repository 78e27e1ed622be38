"""Ctrl+K: finds pages and commands with their keys, and payees, accounts and amounts of the vault."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kushen_desktop.domain.progress import Progress
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.shortcuts import Command, shown
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.fields import SearchField
from kushen_desktop.i18n import _

_WIDE, _TALL = 560, 420


class Found(NamedTuple):
    """Something of the vault that was found, and how to go there. kind: translated, e.g. "Payee"."""

    text: str
    kind: str
    icon: str
    run: Callable[[], object]


Finder = Callable[[str], Sequence[Found]]


class Palette(QDialog):
    """A field and what it finds; arrows move, Enter runs, Esc closes."""

    def __init__(
        self, parent: QWidget, commands: Sequence[Command], tasks: Tasks, finder: Finder | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Search or run a command"))
        self.setProperty("kind", "palette")
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._commands, self._tasks, self._finder = commands, tasks, finder
        self._runs: list[Callable[[], object]] = []
        self.field = SearchField(_("A page, a command, a payee, an account, an amount"), self.windowTitle())
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._match)
        self.field.searched.connect(self._look)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda _item: self.run_current())
        box = QVBoxLayout(self)
        box.setContentsMargins(*[theme().px(t.MEDIUM)] * 4)
        box.addWidget(self.field)
        box.addWidget(self.list)
        self.setFixedSize(theme().px(_WIDE), theme().px(_TALL))
        self._match("")

    def open_over(self, window: QWidget) -> None:
        """Show it near the top of the window."""
        at = window.mapToGlobal(window.rect().topLeft())
        self.move(at.x() + (window.width() - self.width()) // 2, at.y() + theme().px(60))
        self.open()
        self.field.setFocus()

    def run_current(self) -> None:
        """Close and run what the cursor is on."""
        number = self.list.currentRow()
        if 0 <= number < len(self._runs):
            run = self._runs[number]
            self.close()
            run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows of the field move in the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            moved = step.get(Qt.Key(event.key()), 0)
            if moved:
                last = self.list.count() - 1
                self.list.setCurrentRow(min(max(self.list.currentRow() + moved, 0), last))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.run_current()
                return True
        return super().eventFilter(watched, event)

    def _match(self, text: str) -> None:
        self.list.clear()
        self._runs = []
        part = text.strip().casefold()
        for command in self._commands:
            if part in _(command.title).casefold() or (part and part in command.title.casefold()):
                self._add(_(command.title), shown(command.keys), command.icon, command.run)
        self.list.setCurrentRow(0)

    def _look(self, text: str) -> None:
        finder, part = self._finder, text.strip()
        if finder is not None and part:

            def find(_progress: Progress) -> Sequence[Found]:
                return finder(part)

            self._tasks.run(find, done=lambda found: self._take(text, found), key="palette")

    def _take(self, text: str, found: Sequence[Found]) -> None:
        if text != self.field.text():
            return
        for one in found:
            self._add(one.text, one.kind, one.icon, one.run)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _add(self, text: str, detail: str, icon: str, run: Callable[[], object]) -> None:
        item = QListWidgetItem()
        item.setSizeHint(QSize(0, theme().px(t.ROW) + 4))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text} {detail}".strip())
        self.list.addItem(item)
        self.list.setItemWidget(item, _line(text, detail, icon))
        self._runs.append(run)


def _line(text: str, detail: str, icon: str) -> QWidget:
    made = QWidget()
    box = QHBoxLayout(made)
    box.setContentsMargins(theme().px(t.SMALL), 0, theme().px(t.SMALL), 0)
    box.setSpacing(theme().px(t.SMALL))
    if icon:
        box.addWidget(labels.IconLabel(icon))
    box.addWidget(labels.label(text), 1)
    box.addWidget(labels.label(detail, "caption"))
    return made
