"""Buttons: primary, secondary, danger, link, icon; each with an accessible name."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from kushen_desktop.gui import icons, tokens as t
from kushen_desktop.gui.shortcuts import shown
from kushen_desktop.gui.theme import theme


class Button(QPushButton):
    """A button of the house. kind: "", primary, danger, link, icon, choice, segment. Enter presses it too."""

    def __init__(self, text: str, kind: str = "", icon: str = "", name: str = "") -> None:
        super().__init__(text)
        self._icon = icon
        self.setProperty("kind", kind)
        self.setAccessibleName(name or text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if icon:
            theme().restyled.connect(self._tint)
            self._tint()

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press like the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _tint(self) -> None:
        tones = {"primary": "on_accent", "danger": "danger", "link": "accent"}
        color = theme().color(tones.get(str(self.property("kind")), "text2"))
        self.setIcon(icons.icon(self._icon, color, icons.SIZE, checked=theme().color("accent")))
        self.setIconSize(QSize(theme().px(icons.SIZE), theme().px(icons.SIZE)))


def primary(text: str, pressed: Callable[[], object], icon: str = "") -> Button:
    """Return the main button of its place."""
    return _made(Button(text, "primary", icon), pressed)


def secondary(text: str, pressed: Callable[[], object], icon: str = "") -> Button:
    """Return an ordinary button."""
    return _made(Button(text, "", icon), pressed)


def danger(text: str, pressed: Callable[[], object], icon: str = "") -> Button:
    """Return a button for what can't be taken back."""
    return _made(Button(text, "danger", icon), pressed)


def link(text: str, pressed: Callable[[], object], icon: str = "") -> Button:
    """Return a button that looks like a link."""
    return _made(Button(text, "link", icon), pressed)


def icon_button(icon: str, name: str, pressed: Callable[[], object], keys: str = "") -> Button:
    """Return a square button that is only an icon; its name is its tooltip, with the shortcut."""
    made = _made(Button("", "icon", icon, name), pressed)
    made.setToolTip(f"{name}  {shown(keys)}" if keys else name)
    side = theme().px(t.CONTROL)
    made.setFixedSize(side + theme().px(t.TINY), side)
    return made


def _made(button: Button, pressed: Callable[[], object]) -> Button:
    button.clicked.connect(lambda _checked=False: pressed())
    return button
