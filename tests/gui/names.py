"""What a screen reader finds in a window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def nameless(widget: QWidget) -> list[str]:
    """Return the visible controls that can take the focus and say no name."""
    found = []
    for one in [widget, *widget.findChildren(QWidget)]:
        if one.focusPolicy() == Qt.FocusPolicy.NoFocus or not one.isVisibleTo(widget) or one.focusProxy():
            continue
        parent = one.parentWidget()
        inside = isinstance(parent, QAbstractScrollArea) or (
            parent is not None and parent.focusProxy() is one
        )
        interface = QAccessible.queryAccessibleInterface(one)
        if not inside and not interface.text(QAccessible.Text.Name):
            found.append(f"{type(one).__name__} in {type(parent).__name__}")
    return found
