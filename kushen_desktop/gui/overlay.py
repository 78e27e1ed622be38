"""The question mark: every shortcut at one glance."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.shortcuts import Command, shown
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import primary
from kushen_desktop.gui.widgets.cards import row
from kushen_desktop.i18n import N_, _

# Keys that belong to lists and fields rather than to a command.
_EVERYWHERE = (
    ("F2", N_("Edit the cell")),
    ("Return", N_("Open what is selected")),
    ("Space", N_("Tick the row")),
    ("Esc", N_("Leave without a change")),
)


class Overlay(QDialog):
    """Lists the shortcuts in two columns."""

    def __init__(self, parent: QWidget, commands: Sequence[Command]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        box = QVBoxLayout(self)
        box.setContentsMargins(*[theme().px(t.HUGE)] * 4)
        box.setSpacing(theme().px(t.LARGE))
        box.addWidget(labels.h1(self.windowTitle()))
        box.addLayout(shortcut_grid(commands))
        close = primary(_("Close"), self.accept)
        box.addLayout(row(None, close))
        close.setFocus()


def shortcut_grid(commands: Sequence[Command]) -> QGridLayout:
    """Return a grid of what can be done and its keys, in two pairs of columns."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(t.HUGE))
    grid.setVerticalSpacing(theme().px(t.SMALL))
    lines = [(_(one.title), shown(one.keys)) for one in commands if one.keys]
    lines += [(_(title), shown(keys)) for keys, title in _EVERYWHERE]
    half = (len(lines) + 1) // 2
    for number, (title, keys) in enumerate(lines):
        column, line = divmod(number, half)
        grid.addWidget(labels.label(keys, tone="text2"), line, column * 2)
        grid.addWidget(labels.label(title), line, column * 2 + 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    return grid
