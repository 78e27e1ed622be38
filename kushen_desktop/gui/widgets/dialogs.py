"""Dialogs: a question before what can't be taken back, files to choose."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import danger as danger_button, primary, secondary
from kushen_desktop.gui.widgets.cards import row
from kushen_desktop.i18n import _


class Question(QDialog):
    """Asks; the button that acts says what it does."""

    def __init__(
        self,
        parent: QWidget,
        question: str,
        detail: str,
        action: str,
        then: Callable[[], None],
        *,
        danger: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[theme().px(t.HUGE)] * 4)
        box.setSpacing(theme().px(t.MEDIUM))
        title = labels.h2(question)
        title.setWordWrap(True)
        box.addWidget(title)
        text = labels.label(detail, tone="text2", wrap=True)
        text.setMinimumWidth(theme().px(380))
        box.addWidget(text)
        self.keep = secondary(_("Cancel"), self.reject)
        self.act = (danger_button if danger else primary)(action, self.accept)
        box.addLayout(row(None, self.keep, self.act))
        (self.keep if danger else self.act).setFocus()
        self.accepted.connect(then)


def choose_files(
    parent: QWidget, title: str, patterns: str, then: Callable[[list[Path]], None]
) -> QFileDialog:
    """Let the user choose files that are there; `then` gets them, unless cancelled."""
    dialog = _dialog(parent, title, patterns)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _opened(dialog, then)


def choose_folder(parent: QWidget, title: str, then: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose a folder."""
    dialog = _dialog(parent, title, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _opened(dialog, lambda found: then(found[0]))


def choose_target(parent: QWidget, title: str, name: str, then: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose where a new file goes; asks before writing over another."""
    dialog = _dialog(parent, title, "")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.selectFile(name)
    return _opened(dialog, lambda found: then(found[0]))


def forget_places() -> None:
    """Take out what Qt's own file dialog notes about folders: names of statements belong to nobody else.

    Qt writes them (history, lastVisited, shortcuts) to QtProject.conf in the user's configuration folder.
    """
    notes = QSettings(QSettings.Scope.UserScope, "QtProject")
    for key in ("FileDialog", "Qt/filedialog"):
        notes.remove(key)
    notes.sync()


def _dialog(parent: QWidget, title: str, patterns: str) -> QFileDialog:
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    dialog = QFileDialog(parent, title, home if Path(home).is_dir() else str(Path.home()), patterns)
    dialog.setAccessibleName(title)
    return dialog


def _opened(dialog: QFileDialog, then: Callable[[list[Path]], None]) -> QFileDialog:
    def finished(result: int) -> None:
        found = [Path(name) for name in dialog.selectedFiles()]
        dialog.setHistory([])
        dialog.deleteLater()
        if result and found:
            then(found)

    dialog.finished.connect(finished)
    dialog.destroyed.connect(forget_places)
    dialog.open()
    return dialog
