"""The lock screen: one step at a time in the middle of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from kushen_desktop.gui import opening, tokens as t
from kushen_desktop.gui.lockscreen.unlock import FirstRun, Unlock
from kushen_desktop.gui.preferences import Preferences
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import Button, icon_button
from kushen_desktop.gui.widgets.cards import Card, row, scrolled
from kushen_desktop.gui.widgets.strips import MessageBar
from kushen_desktop.i18n import _, language

_WIDE = 460


class LockScreen(QWidget):
    """Leads to an open vault; `enter` gets it, `fail` gets what went wrong."""

    def __init__(
        self,
        preferences: Preferences,
        tasks: Tasks,
        enter: Callable[[opening.Unlocked], None],
        fail: Callable[[BaseException], None],
    ) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.preferences, self.tasks = preferences, tasks
        self._enter, self._fail = enter, fail
        self.step: QWidget | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._frame: QWidget | None = None
        self.rebuild()
        preferences.spoken.connect(self.rebuild)
        theme().rescaled.connect(self.rebuild)
        theme().restyled.connect(self._follow)

    def widget(self) -> QWidget:
        """Return the widget that dialogs belong to."""
        return self

    def rebuild(self) -> None:
        """Lay everything out anew in the language and at the zoom in use."""
        if self._frame is not None:
            self._outer.removeWidget(self._frame)
            self._frame.hide()
            self._frame.deleteLater()
        self._frame, self.step = self._framed(), None
        self._outer.addWidget(self._frame)
        self.home()

    def home(self) -> None:
        """Show the first step: unlock, or the first run when no vault is known."""
        known = self.preferences.config.vaults
        self.show_step(Unlock(self, known) if known else FirstRun(self))

    def show_step(self, step: QWidget) -> None:
        """Show another step."""
        self.messages.hide()
        if self.step is not None:
            self._card.box.removeWidget(self.step)
            self.step.hide()
            self.step.deleteLater()
        self.step = step
        self._card.box.insertWidget(1, step)
        step.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where typing begins."""
        super().showEvent(event)
        if self.step is not None:
            self.step.setFocus()

    def busy(self, text: str) -> None:
        """Say what is being done and take no input meanwhile."""
        if text:
            self.messages.hide()
        self._doing.setText(text)
        self._doing.setVisible(bool(text))
        self._bar.setVisible(bool(text))
        if self.step is not None:
            self.step.setEnabled(not text)

    def say(self, sentence: str) -> None:
        """Show a sentence about what went wrong."""
        self.messages.say(sentence)

    def fail(self, error: BaseException) -> None:
        """Show what went wrong."""
        self._fail(error)

    def enter(self, unlocked: opening.Unlocked) -> None:
        """Go to the desk."""
        self._enter(unlocked)

    def _framed(self) -> QWidget:
        self._card = Card()
        pad = theme().px(32)
        self._card.box.setContentsMargins(pad, pad, pad, pad)
        self._card.setFixedWidth(theme().px(_WIDE))
        self.messages = MessageBar()
        self._doing = labels.label("", tone="text2")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(_("Working"))
        self._bar.setTextVisible(False)
        for part in (self.messages, self._doing, self._bar):
            self._card.box.addWidget(part)
        self.busy("")
        inner = QWidget()
        middle = QVBoxLayout(inner)
        middle.addStretch(2)
        middle.addLayout(row(None, self._card, None))
        note = labels.caption(_("Nothing leaves this computer"))
        middle.addWidget(note, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(3)
        middle.setSpacing(theme().px(t.LARGE))
        frame = QWidget()
        box = QVBoxLayout(frame)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(self._top())
        area: QScrollArea = scrolled(inner, _("Lock screen"))
        box.addWidget(area, 1)
        return frame

    def _top(self) -> QHBoxLayout:
        chosen = self.preferences
        self._moon = icon_button("moon", _("Light or dark"), self._turn)
        self._follow()
        other = "EN" if language() == "zh_CN" else "中"
        tongue = Button(other, "icon", name=_("Language"))
        tongue.setFixedSize(theme().px(t.CONTROL), theme().px(t.CONTROL))
        wanted = "en" if language() == "zh_CN" else "zh_CN"
        tongue.clicked.connect(lambda _checked=False: chosen.change(language=wanted))
        box = QHBoxLayout()
        box.setContentsMargins(*[theme().px(t.LARGE)] * 4)
        box.addWidget(labels.label(_("Kushen Wallet"), "h2"))
        box.addStretch(1)
        box.addWidget(self._moon)
        box.addWidget(tongue)
        return box

    def _follow(self) -> None:
        self._moon.show_icon("sun" if theme().dark else "moon")

    def _turn(self) -> None:
        self.preferences.change(theme="light" if theme().dark else "dark")
