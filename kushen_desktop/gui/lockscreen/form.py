"""The shape of every step of the lock screen, and the fields for a new passphrase."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kushen_desktop.gui import opening, tokens as t
from kushen_desktop.gui.preferences import Preferences
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.cards import column, row


class Screen(Protocol):
    """What the lock screen does for its steps."""

    @property
    def tasks(self) -> Tasks:
        """The lanes of background work."""

    @property
    def preferences(self) -> Preferences:
        """The user's choices, with the known vaults."""

    def widget(self) -> QWidget:
        """Return the widget that dialogs belong to."""

    def show_step(self, step: QWidget) -> None:
        """Show another step in place of this one."""

    def home(self) -> None:
        """Go back to the first step."""

    def busy(self, text: str) -> None:
        """Say what is being done and take no input; "" ends it."""

    def say(self, sentence: str) -> None:
        """Show a sentence about what went wrong."""

    def fail(self, error: BaseException) -> None:
        """Show what went wrong."""

    def enter(self, unlocked: opening.Unlocked) -> None:
        """Go to the desk."""


class Step(QWidget):
    """One step: a title, a sentence, then what the subclass puts into the box."""

    def __init__(self, host: Screen, title: str, sentence: str = "") -> None:
        super().__init__()
        self.host = host
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme().px(t.LARGE))
        parts: list[QWidget] = [labels.h1(title)]
        if sentence:
            parts.append(labels.label(sentence, tone="text2", wrap=True))
        self.box.addLayout(column(*parts))

    def foot(self, *buttons: QWidget | None) -> QHBoxLayout:
        """Put buttons at the end, the main one last."""
        made = row(*buttons)
        self.box.addLayout(made)
        return made
