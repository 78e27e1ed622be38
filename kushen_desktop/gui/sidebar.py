"""The sidebar: name of the program, pages, and the footer with the lock."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kushen_desktop.gui import icons, tokens as t
from kushen_desktop.gui.pages.page import Page
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import icon_button
from kushen_desktop.gui.widgets.cards import row
from kushen_desktop.i18n import _

_NARROW = 60


class Sidebar(QFrame):
    """Lists the pages; `chosen` carries the number of the one the user chose."""

    chosen = Signal(int)

    def __init__(self, pages: Sequence[type[Page]], lock: Callable[[], object], badge: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "sidebar")
        self.setFixedWidth(theme().px(t.SIDEBAR))
        self._pages = pages
        self.list = QListWidget()
        self.list.setProperty("kind", "nav")
        self.list.setAccessibleName(_("Pages"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(theme().px(icons.SIZE), theme().px(icons.SIZE)))
        for page in pages:
            self.list.addItem(QListWidgetItem(_(page.title)))
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(self.chosen)
        self._texts: list[QWidget] = []
        self._lay_out(lock, badge)
        theme().restyled.connect(self._tint)
        self._tint()

    def show_chosen(self, number: int) -> None:
        """Mark a page without telling that the user chose it."""
        quiet = self.list.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.list.setCurrentRow(number)
        self.list.blockSignals(quiet)

    def narrow(self, *, narrow: bool) -> None:
        """Show icons only, where there is little room for the page."""
        self.setFixedWidth(theme().px(_NARROW if narrow else t.SIDEBAR))
        for text in self._texts:
            text.setVisible(not narrow)
        for number, page in enumerate(self._pages):
            item, title = self.list.item(number), _(page.title)
            item.setText("" if narrow else title)
            item.setToolTip(title if narrow else "")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, title)

    def _lay_out(self, lock: Callable[[], object], badge: str) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, theme().px(20), 0, theme().px(t.MEDIUM))
        box.setSpacing(theme().px(t.SMALL))
        pad = theme().px(20)
        name = labels.label(_("Kushen Wallet"), "h2")
        top = row(name, None)
        top.setContentsMargins(pad, 0, pad, theme().px(t.SMALL))
        box.addLayout(top)
        if badge:
            shown, layout = _badge(badge, pad)
            self._texts.append(shown)
            box.addLayout(layout)
        box.addWidget(self.list, 1)
        foot = labels.caption(_("Nothing leaves this computer"), wrap=True)
        self._texts += [name, foot]
        button = icon_button("lock", _("Lock"), lock, "Ctrl+L")
        bottom = row(button, foot)
        bottom.setStretch(1, 1)
        bottom.setContentsMargins(theme().px(t.MEDIUM), 0, theme().px(t.MEDIUM), 0)
        box.addLayout(bottom)

    def _tint(self) -> None:
        look = theme()
        for number, page in enumerate(self._pages):
            made = icons.icon(page.icon, look.color("text2"), icons.SIZE, checked=look.color("accent"))
            self.list.item(number).setIcon(made)


def _badge(text: str, pad: int) -> tuple[QFrame, QVBoxLayout]:
    frame = QFrame()
    frame.setProperty("kind", "badge")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(
        theme().px(t.SMALL), theme().px(t.TINY), theme().px(t.SMALL), theme().px(t.TINY)
    )
    inside.addWidget(labels.label(text, "caption", "accent", wrap=True))
    box = QVBoxLayout()
    box.setContentsMargins(pad - theme().px(t.SMALL), 0, pad, theme().px(t.SMALL))
    box.addWidget(frame)
    return frame, box
