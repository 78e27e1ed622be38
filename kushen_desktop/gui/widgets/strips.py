"""Strips in a reserved place: what was done (with undo), what is under way (with cancel), what failed."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QStackedLayout, QWidget

from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.shortcuts import shown
from kushen_desktop.gui.tasks import Job
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import Button, icon_button, secondary
from kushen_desktop.i18n import _

TOAST_MS = 8000
HEIGHT = 48


class _Toast(QFrame):
    def __init__(self, undo: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "toast")
        self.text = labels.label("")
        self.undo = Button("", "link")
        self.undo.clicked.connect(lambda _checked=False: undo())
        box = QHBoxLayout(self)
        box.setContentsMargins(theme().px(t.LARGE), theme().px(6), theme().px(t.SMALL), theme().px(6))
        box.addWidget(self.text)
        box.addWidget(self.undo)


class _Progress(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.job: Job | None = None
        self.text = labels.caption("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = secondary(_("Cancel"), self.cancel)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, theme().px(t.SMALL), 0, theme().px(t.SMALL))
        box.setSpacing(theme().px(t.MEDIUM))
        box.addWidget(self.text)
        box.addWidget(self.bar, 1)
        box.addWidget(self.stop)

    def cancel(self) -> None:
        if self.job is not None:
            self.job.cancel()
            self.stop.setEnabled(False)

    def advance(self, done: int, total: int) -> None:
        title = self.job.title if self.job is not None else ""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.text.setText(f"{title}  {done:,} / {total:,}" if total else title)


class Strip(QWidget):
    """A strip of fixed height below the page: empty, a toast or progress. It never covers anything."""

    def __init__(self, undo: Callable[[], object]) -> None:
        super().__init__()
        self.setFixedHeight(theme().px(HEIGHT))
        self._undo = undo
        self._toast = _Toast(self._undo_pressed)
        self._progress = _Progress()
        centred = QWidget()
        middle = QHBoxLayout(centred)
        middle.setContentsMargins(0, 0, 0, theme().px(t.TINY))
        middle.addStretch(1)
        middle.addWidget(self._toast)
        middle.addStretch(1)
        self._stack = QStackedLayout(self)
        for part in (QWidget(), centred, self._progress):
            self._stack.addWidget(part)
        self._timer = QTimer(self, singleShot=True, interval=TOAST_MS)
        self._timer.timeout.connect(self.clear)

    def toast(self, text: str, *, undo: bool) -> None:
        """Say something for eight seconds, with or without a button to undo it."""
        self._toast.text.setText(text)
        self._toast.undo.setText(f"{_('Undo')}  {shown('Ctrl+Z')}")
        self._toast.undo.setAccessibleName(_("Undo"))
        self._toast.undo.setVisible(undo)
        self._stack.setCurrentIndex(1)
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def progress(self, job: Job) -> None:
        """Show how far a piece of work is until it ends."""
        self._timer.stop()
        self._progress.job = job
        self._progress.stop.setEnabled(True)
        self._progress.advance(0, 0)
        job.advanced.connect(self._progress.advance)
        job.ended.connect(lambda: self._ended(job))
        self._stack.setCurrentIndex(2)

    def clear(self) -> None:
        """Show nothing."""
        self._stack.setCurrentIndex(2 if self._progress.job is not None else 0)

    def shown_text(self) -> str:
        """Return what the toast says, "" when none is shown."""
        return self._toast.text.text() if self._stack.currentIndex() == 1 else ""

    def _ended(self, job: Job) -> None:
        if self._progress.job is job:
            self._progress.job = None
            if self._stack.currentIndex() == 2:
                self.clear()

    def _undo_pressed(self) -> None:
        self.clear()
        self._undo()


class MessageBar(QFrame):
    """A sentence about what went wrong, above the page, until it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "message")
        self._icon = labels.IconLabel("warning", tone="danger")
        self._text = labels.label("", wrap=True)
        box = QHBoxLayout(self)
        box.setContentsMargins(
            theme().px(t.MEDIUM), theme().px(t.SMALL), theme().px(t.SMALL), theme().px(t.SMALL)
        )
        box.addWidget(self._icon)
        box.addWidget(self._text, 1)
        box.addWidget(icon_button("cross", _("Close"), self.hide))
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence and have it read out."""
        self._text.setText(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def text(self) -> str:
        """Return the sentence shown, "" when none is."""
        return self._text.text() if not self.isHidden() else ""
