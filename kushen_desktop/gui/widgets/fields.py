"""Fields: search with a delay, choice with completion by any part of the word, captioned forms."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QDateEdit, QLineEdit, QVBoxLayout, QWidget

from kushen_desktop.gui import icons, tokens as t
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets.cards import column
from kushen_desktop.gui.widgets.labels import caption

_TYPING_MS = 150


class SearchField(QLineEdit):
    """A field that tells what was typed after a short rest: `searched` carries the text. Esc empties it."""

    searched = Signal(str)

    def __init__(self, hint: str, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self._lens = QAction(self)
        self.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self._rest = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._rest.timeout.connect(lambda: self.searched.emit(self.text()))
        self.textChanged.connect(lambda _text: self._rest.start())
        self.returnPressed.connect(self.search_now)
        theme().restyled.connect(self._tint)
        self._tint()

    def search_now(self) -> None:
        """Tell at once what was typed."""
        self._rest.stop()
        self.searched.emit(self.text())

    def _tint(self) -> None:
        self._lens.setIcon(icons.icon("search", theme().color("text3")))


class Choice(QComboBox):
    """A choice among texts with values. `chosen` carries the value when the user chose.

    free=True: type to complete by any part of the word; a text that is not in the list is kept as typed.
    """

    chosen = Signal(object)

    def __init__(self, name: str, *, free: bool = False, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(14)
        self.activated.connect(lambda place: self.chosen.emit(self.itemData(place)))
        if free:
            self._complete(hint)

    def offer(self, choices: Iterable[tuple[str, Any]], value: Any = None) -> None:
        """Offer these texts with their values and show the one of this value."""
        quiet = self.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.clear()
        for text, item in choices:
            self.addItem(text, item)
        self.choose(value)
        self.blockSignals(quiet)

    def choose(self, value: Any) -> None:
        """Show the choice of this value, none where there is none."""
        places = (place for place in range(self.count()) if self.itemData(place) == value)
        self.setCurrentIndex(next(places, -1 if self.isEditable() else 0))

    def value(self) -> Any:
        """Return the value of the text shown, None where the text was typed freely."""
        place = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        return self.itemData(place) if place >= 0 else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and its arrow, which the style sheet leaves out."""
        super().paintEvent(event)
        _draw_arrow(self)

    def _complete(self, hint: str) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        field = self.lineEdit()
        assert field is not None
        field.setPlaceholderText(hint)
        field.setAccessibleName(self.accessibleName())
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)


class DateField(QDateEdit):
    """A day, typed or picked from a calendar."""

    def __init__(self, name: str, day: date | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        self.setDate(QDate(day.year, day.month, day.day) if day is not None else QDate.currentDate())

    def day(self) -> date:
        """Return the day shown."""
        return date(self.date().year(), self.date().month(), self.date().day())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and its arrow, which the style sheet leaves out."""
        super().paintEvent(event)
        _draw_arrow(self)


def _draw_arrow(field: QWidget) -> None:
    side, pad = theme().px(16), theme().px(t.SMALL)
    painter = QPainter(field)
    color = theme().color("text2" if field.isEnabled() else "outline")
    picture = icons.pixmap("chevron-down", color, side, field.devicePixelRatioF())
    painter.drawPixmap(field.width() - side - pad, (field.height() - side) // 2, picture)
    painter.end()


def captioned(text: str, field: QWidget, hint: str = "") -> QVBoxLayout:
    """Return a field under its caption, with a grey hint below where there is one."""
    above = caption(text)
    above.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(text)
    parts: list[QWidget] = [above, field]
    if hint:
        parts.append(caption(hint, wrap=True))
    return column(*parts, spacing=t.TINY)


def text_field(
    name: str, text: str = "", hint: str = "", entered: Callable[[], object] | None = None
) -> QLineEdit:
    """Return a field for a line of text."""
    made = QLineEdit(text)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    if entered is not None:
        made.returnPressed.connect(lambda *_nothing: entered())
    return made


def secret_field(name: str, entered: Callable[[], object] | None = None) -> QLineEdit:
    """Return a field for a passphrase: covered, kept out of the input method's memory."""
    made = text_field(name, entered=entered)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    hints = Qt.InputMethodHint
    made.setInputMethodHints(hints.ImhHiddenText | hints.ImhSensitiveData | hints.ImhNoPredictiveText)
    return made


def taken(field: QLineEdit) -> str:
    """Return a secret and leave nothing behind: setText forgets what clear() would let undo bring back."""
    text = field.text()
    field.setText("")
    return text
