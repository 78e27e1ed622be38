"""Fields that offer what could be meant, below them, without taking the keys away from the field."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.theme import theme

_MOST = 9


class Offer(NamedTuple):
    """Something that could be meant: what is shown, and the value behind it."""

    text: str
    value: Any = None


class Offers(QListWidget):
    """The list below a field. It never takes the focus."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self.setProperty("kind", "offers")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(field.accessibleName())
        self.hide()

    def show_below(self, field: QWidget, offers: Sequence[Offer], current: int) -> None:
        """Show the offers below the field, or above it where there is no room."""
        self.clear()
        for offer in offers:
            item = QListWidgetItem(offer.text)
            item.setSizeHint(QSize(0, theme().px(t.ROW_COMPACT) + 2))
            self.addItem(item)
        self.setCurrentRow(current)
        tall = min(len(offers), _MOST) * (theme().px(t.ROW_COMPACT) + 2) + 2 * theme().px(t.TINY) + 2
        wide = max(field.width(), self.sizeHintForColumn(0) + theme().px(40), theme().px(200))
        window = field.window()
        at = field.mapTo(window, QPoint(0, field.height()))
        if at.y() + tall > window.height():
            at.setY(max(at.y() - field.height() - tall, 0))
        at.setX(max(min(at.x(), window.width() - wide), 0))
        self.setGeometry(at.x(), at.y(), wide, tall)
        self.show()
        self.raise_()


class Completing(QLineEdit):
    """A line that offers completions while one types.

    look: finds offers for a text; it may answer now, or later through offer(). strict: only what is offered
    counts, so the first is marked at once and Enter takes it; else what was typed counts unless one is
    marked with the arrows. `decided` comes when an offer was taken, `pointed` when that was by the mouse.
    """

    decided = Signal(object)
    pointed = Signal()

    def __init__(
        self,
        name: str,
        look: Callable[[str], Sequence[Offer] | None],
        parent: QWidget | None = None,
        *,
        strict: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._look, self._strict = look, strict
        self._offers: tuple[Offer, ...] = ()
        self._list: Offers | None = None
        self._edited = False
        self.textEdited.connect(self._typed)

    @property
    def offered(self) -> tuple[Offer, ...]:
        """What is offered now, "" when the list is not shown."""
        return self._offers if self._list is not None and self._list.isVisible() else ()

    @property
    def edited(self) -> bool:
        """Whether the user typed anything since the field was filled."""
        return self._edited

    def fill(self, text: str) -> None:
        """Show a text that nobody typed."""
        self.setText(text)
        self._edited = False
        self.close_list()

    def marked(self) -> Offer | None:
        """Return the offer the cursor is on."""
        place = self._list.currentRow() if self._list is not None and self._list.isVisible() else -1
        return self._offers[place] if 0 <= place < len(self._offers) else None

    def offer(self, typed: str, offers: Sequence[Offer]) -> None:
        """Offer these, if the text is still what they were found for."""
        if typed != self.part() or not self.hasFocus():
            return
        self._offers = tuple(offers)
        if not offers:
            self.close_list()
            return
        if self._list is None:
            self._list = Offers(self)
            self._list.itemClicked.connect(lambda _item: self._point())
            self.destroyed.connect(self._list.deleteLater)
        self._list.show_below(self, self._offers, 0 if self._strict else -1)
        self._say_marked()

    def part(self) -> str:
        """Return the part of the text that is being completed."""
        return self.text().strip()

    def take(self, offer: Offer) -> None:
        """Put an offer into the field."""
        self.setText(offer.text)

    def take_marked(self) -> bool:
        """Take the marked offer; return whether there was one."""
        offer = self.marked()
        if offer is None:
            return False
        self.take(offer)
        self._edited = True
        self.close_list()
        self.decided.emit(offer.value)
        return True

    def close_list(self) -> None:
        """Offer nothing."""
        if self._list is not None:
            self._list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list with the arrows, take with Enter, close with Esc."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and not self.offered:
            self._typed(self.text())
        elif step and self._list is not None:
            last = len(self._offers) - 1
            self._list.setCurrentRow(min(max(self._list.currentRow() + step, 0), last))
            self._say_marked()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.take_marked():
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self.offered:
            self.close_list()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show in full what was meant, without deciding anything, and close the list."""
        offer = self.marked()
        if self._strict and self._edited and offer is not None and self.text().strip():
            self.take(offer)
        self.close_list()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Close the list with the field."""
        self.close_list()
        super().hideEvent(event)

    def _point(self) -> None:
        if self.take_marked():
            self.pointed.emit()

    def _typed(self, _text: str) -> None:
        self._edited = True
        typed = self.part()
        offers = self._look(typed)
        if offers is not None:
            self.offer(typed, offers)

    def _say_marked(self) -> None:
        offer = self.marked()
        if offer is not None:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, offer.text))
