"""The fields for a new passphrase, with a meter that knows pinyin, dates and phone numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget

from kushen_desktop.domain.progress import Progress
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import link
from kushen_desktop.gui.widgets.cards import column, row
from kushen_desktop.gui.widgets.fields import captioned, secret_field
from kushen_desktop.i18n import N_, _

if TYPE_CHECKING:
    from kushen_desktop.domain.strength import Strength

_GRADES = (N_("very weak"), N_("weak"), N_("weak"), N_("good"), N_("strong"))


class NewPassphrase(QWidget):
    """A new passphrase typed twice. rate: tells on a worker how hard it is to guess."""

    rated = Signal(bool)

    def __init__(self, tasks: Tasks, rate: Callable[[str], Strength], entered: Callable[[], object]) -> None:
        super().__init__()
        self._tasks, self._meter = tasks, rate
        self.first = secret_field(_("New passphrase"))
        self.again = secret_field(_("The same again"), entered)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 4)
        self._bar.setAccessibleName(_("Strength"))
        self._grade = labels.caption(
            _("At least 15 characters. Six words that do not belong together are good.")
        )
        self._grade.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(t.MEDIUM))
        show = link(_("Show"), self._show, "eye")
        suggest = link(_("Suggest one"), self.suggest, "key")
        above = captioned(_("New passphrase"), self.first)
        box.addLayout(above)
        box.addLayout(column(self._bar, self._grade, row(suggest, show, None), spacing=t.SMALL))
        box.addLayout(captioned(_("The same again"), self.again))
        self.first.textChanged.connect(self._rate)

    def suggest(self) -> None:
        """Put a passphrase of random words into both fields and show it, to be written down."""
        from kushen_desktop.domain import strength  # noqa: PLC0415  its word lists are wanted rarely

        text = strength.generated_passphrase()
        self.first.setText(text)
        self.again.setText(text)
        self.first.setEchoMode(QLineEdit.EchoMode.Normal)

    def problem(self) -> str:
        """Return what is wrong with what was typed, "" if nothing; strength is checked when it is used."""
        if not self.first.text():
            return _("Please choose a passphrase.")
        return "" if self.first.text() == self.again.text() else _("The two passphrases differ.")

    def text(self) -> str:
        """Return the passphrase."""
        return self.first.text()

    def forget(self) -> None:
        """Leave nothing behind: setText forgets what clear() would let undo bring back."""
        self.first.setText("")
        self.again.setText("")

    def _show(self) -> None:
        hidden = self.first.echoMode() is QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password
        self.first.setEchoMode(mode)
        self.again.setEchoMode(mode)

    def _rate(self, text: str) -> None:
        def rate(_progress: Progress) -> Strength:
            return self._meter(text)

        self._tasks.run(rate, done=self._rated, key="strength")

    def _rated(self, found: Strength) -> None:
        self._bar.setValue(found.score if self.first.text() else 0)
        grade = _(_GRADES[found.score])
        graded = _("{grade}: {reason}").format(grade=grade, reason=found.reason.shown())
        self._grade.setText(f"{graded[:1].upper()}{graded[1:]}")
        labels.set_tone(self._grade, "success" if found.accepted else "warning")
        self.rated.emit(found.accepted)
