"""Where failures end: a sentence for what can happen, a report for what must not."""

import logging
import logging.handlers
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

import kushen_desktop
from kushen_desktop import paths
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import primary, secondary
from kushen_desktop.gui.widgets.cards import row
from kushen_desktop.i18n import _, said

_log = logging.getLogger("kushen_desktop")
_LOG_BYTES = 256 << 10


class Failures(QObject):
    """Shows failures; the same bug only once. May be told on any thread."""

    _told = Signal(object)

    def __init__(self, window: QWidget, say: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self._say = say
        self._seen: set[str] = set()
        self.dialog: ReportDialog | None = None
        self._told.connect(self.show)

    def show(self, error: BaseException) -> None:
        """Show an expected failure as a sentence, a bug as a report."""
        if isinstance(error, KushenError):
            self._say(said(error.message, error.params))
            return
        text = report(error)
        _log.error("%s", text)
        if text not in self._seen:
            self._seen.add(text)
            self.dialog = ReportDialog(text, self._window)
            self.dialog.open()

    def catch_all(self) -> None:
        """Have everything shown that nobody caught, on whatever thread."""
        sys.excepthook = self._uncaught
        threading.excepthook = lambda caught: self._told.emit(caught.exc_value)

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
        else:
            self._told.emit(error)


class ReportDialog(QDialog):
    """Says that the program made a mistake and offers the report."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("A mistake in Kushen"))
        self.setMinimumSize(theme().px(560), theme().px(380))
        box = QVBoxLayout(self)
        box.setContentsMargins(*[theme().px(t.HUGE)] * 4)
        box.setSpacing(theme().px(t.MEDIUM))
        box.addWidget(labels.h2(_("Something went wrong that should not have.")))
        sentence = _(
            "What you were doing may not have been finished; what was saved before is safe. The report below"
            " holds no amounts, names or paths. Nothing is sent unless you send it."
        )
        box.addWidget(labels.label(sentence, tone="text2", wrap=True))
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setAccessibleName(_("Report"))
        box.addWidget(shown, 1)
        copy = secondary(_("Copy report"), lambda: QGuiApplication.clipboard().setText(text), "file")
        close = primary(_("Close"), self.accept)
        box.addLayout(row(copy, None, close))
        close.setFocus()


def report(error: BaseException) -> str:
    """Return what a developer needs: versions, kinds of exceptions, places in our code; no message texts,
    which could hold amounts, names or paths.
    """
    versions = (
        f"Kushen {kushen_desktop.__version__}, Python {platform.python_version()}, Qt {PySide6.__version__}"
    )
    lines = [f"{versions}, {platform.system()} {platform.machine()}"]
    seen: BaseException | None = error
    while seen is not None and len(lines) < 60:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        lines += [
            f"    {_place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        ]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def _place(filename: str) -> str:
    """Return where a file is within a package: the path above it may hold the user's name."""
    parts = Path(filename).parts
    roots = ("kushen_desktop", "site-packages")
    at = next((parts.index(root) for root in roots if root in parts), len(parts) - 1)
    return "/".join(parts[at:])


def start_log() -> None:
    """Write the program's own log, of bounded size, without anything of the vault."""
    try:
        paths.logs().mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            paths.logs() / "kushen.log", maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)
