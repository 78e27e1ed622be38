"""Cards, lines of widgets, scrolling, and what an empty place says."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import Button, primary


class Card(QFrame):
    """A surface with a hairline and round corners. `box` takes what is in it; padded=False lets a table
    reach the edges (put a title in with `title`).
    """

    def __init__(self, title: str = "", *, padded: bool = True) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.box = QVBoxLayout(self)
        pad = theme().px(t.CARD_PADDING)
        side = pad if padded else 1
        self.box.setContentsMargins(side, pad if padded or title else 1, side, side)
        self.box.setSpacing(theme().px(t.MEDIUM))
        self.header: QHBoxLayout | None = None
        if title:
            self.setAccessibleName(title)
            self.header = row(labels.h2(title), None)
            self.header.setContentsMargins(0 if padded else pad, 0, 0 if padded else pad, 0)
            self.box.addLayout(self.header)


def row(*parts: QWidget | QLayout | None, spacing: int = t.SMALL) -> QHBoxLayout:
    """Return the parts side by side; None takes the room that is left."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme().px(spacing))
    _fill(made, parts)
    return made


def column(*parts: QWidget | QLayout | None, spacing: int = t.SMALL) -> QVBoxLayout:
    """Return the parts one under the other; None takes the room that is left."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme().px(spacing))
    _fill(made, parts)
    return made


def line() -> QFrame:
    """Return a hairline."""
    made = QFrame()
    made.setProperty("kind", "line")
    return made


def scrolled(inner: QWidget, name: str) -> QScrollArea:
    """Return the widget in an area that scrolls up and down, never sideways."""
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner.setProperty("kind", "scrolled")
    area.setWidget(inner)
    return area


class EmptyState(QWidget):
    """What an empty place says: one sentence and one main button, never a table of zeros."""

    def __init__(
        self, icon: str, sentence: str, action: str = "", pressed: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.sentence = labels.label(sentence, tone="text2", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setFixedWidth(theme().px(420))
        self.button: Button | None = primary(action, pressed) if action and pressed is not None else None
        box = QVBoxLayout(self)
        box.setSpacing(theme().px(t.LARGE))
        box.addStretch(2)
        picture = labels.IconLabel(icon, 36, "text3")
        box.addWidget(picture, 0, Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self.sentence, 0, Qt.AlignmentFlag.AlignCenter)
        if self.button is not None:
            box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(3)

    def say(self, sentence: str) -> None:
        """Show another sentence."""
        self.sentence.setText(sentence)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Make room for every line of the sentence: only now its font is known."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.sentence.setMinimumHeight(self.sentence.heightForWidth(self.sentence.width()))


def _fill(box: QHBoxLayout | QVBoxLayout, parts: tuple[QWidget | QLayout | None, ...]) -> None:
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, QWidget):
            box.addWidget(part)
        else:
            box.addLayout(part)
