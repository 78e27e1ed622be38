"""The bar above the page: its title, search, hide amounts, theme, language, new."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.shortcuts import Command, shown
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import Button, icon_button, primary
from kushen_desktop.i18n import _, language

HEIGHT = 72


class TopBar(QWidget):
    """Shows the page's title and the buttons of the commands that are always at hand."""

    def __init__(self, commands: Mapping[str, Command]) -> None:
        super().__init__()
        self.setFixedHeight(theme().px(HEIGHT))
        self.title = labels.h1("")
        wording = _("Search or run a command…")
        self._hint = f"{wording}    {shown('Ctrl+K')}"
        self.search = Button(self._hint, "search", "search")
        self.search.setAccessibleName(_("Search or run a command"))
        self.search.clicked.connect(lambda _checked=False: commands["palette"].run())
        self._eye = _button(commands["hide"])
        self._moon = _button(commands["theme"])
        other = "EN" if language() == "zh_CN" else "中"
        tongue = Button(other, "icon", name=_("Language"))
        tongue.setToolTip("English" if other == "EN" else "中文")
        tongue.setFixedSize(theme().px(t.CONTROL) + theme().px(t.TINY), theme().px(t.CONTROL))
        tongue.clicked.connect(lambda _checked=False: commands["language"].run())
        new = primary(_("New"), commands["new"].run, "plus")
        new.setToolTip(f"{_(commands['new'].title)}  {shown(commands['new'].keys)}")
        self._lay_out(tongue, new)
        theme().restyled.connect(self._follow)
        theme().veiled.connect(self._follow)
        self._follow()

    def narrow(self, *, narrow: bool) -> None:
        """Show the search as an icon only, where there is little room."""
        self.search.setText("" if narrow else self._hint)
        self.search.setToolTip(self._hint if narrow else "")
        self.search.setMinimumWidth(theme().px(t.CONTROL if narrow else 300))

    def _lay_out(self, tongue: Button, new: Button) -> None:
        box = QHBoxLayout(self)
        box.setContentsMargins(theme().px(t.PAGE_MARGIN), 0, theme().px(t.PAGE_MARGIN), 0)
        box.setSpacing(theme().px(t.SMALL))
        box.addWidget(self.title)
        box.addStretch(1)
        for part in (self.search, self._eye, self._moon, tongue, new):
            box.addWidget(part)

    def _follow(self) -> None:
        hidden = theme().hidden_amounts
        self._eye.show_icon("eye-off" if hidden else "eye")
        self._eye.setAccessibleName(_("Show amounts") if hidden else _("Hide amounts"))
        self._eye.setToolTip(f"{self._eye.accessibleName()}  {shown('Ctrl+Shift+H')}")
        self._moon.show_icon("sun" if theme().dark else "moon")


def _button(command: Command) -> Button:
    pressed: Callable[[], object] = command.run
    return icon_button(command.icon, _(command.title), pressed, command.keys)
