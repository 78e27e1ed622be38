"""Line icons from resources/icons, tinted with a colour of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kushen_desktop import paths
from kushen_desktop.gui.theme import theme

SIZE = 18
_INK = b"currentColor"


def pixmap(name: str, color: QColor, size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """Return the icon of this name in a colour, `size` logical pixels square."""
    picture = QPixmap(QSize(size, size) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    ink = color.name().encode()
    QSvgRenderer(QByteArray(_drawing(name).replace(_INK, ink))).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def icon(name: str, color: QColor, size: int = SIZE, checked: QColor | None = None) -> QIcon:
    """Return the icon of this name at the zoom in use, sharp on ordinary and on dense screens.

    size: in pixels at 100 %. checked: the colour while selected or switched on.
    """
    made, size = QIcon(), theme().px(size)
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, color, size, ratio))
        if checked is not None:
            picture = pixmap(name, checked, size, ratio)
            made.addPixmap(picture, QIcon.Mode.Selected)
            made.addPixmap(picture, QIcon.Mode.Normal, QIcon.State.On)
    return made


@cache
def _drawing(name: str) -> bytes:
    return (paths.resources() / "icons" / f"{name}.svg").read_bytes()
