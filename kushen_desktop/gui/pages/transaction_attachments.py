"""The files kept with a transaction: add, save a copy, remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kushen_desktop.domain.ids import Id
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import dialogs, labels
from kushen_desktop.gui.widgets.buttons import icon_button, link
from kushen_desktop.gui.widgets.cards import row
from kushen_desktop.i18n import _

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.services.attachments import Attachment


class AttachmentList(QWidget):
    """Shows the attachments of one transaction; what is done here is done at once and can be undone."""

    def __init__(self, app: Kushen, tasks: Tasks, transaction: Id) -> None:
        super().__init__()
        self._app, self._tasks, self._transaction = app, tasks, transaction
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme().px(t.TINY))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(t.TINY))
        box.addLayout(self._rows)
        self.attach = link(_("Attach a file…"), self._choose, "plus")
        box.addLayout(row(self.attach, None))
        self.refresh()

    def refresh(self) -> None:
        """Fetch what is attached."""
        self._tasks.run(lambda _progress: self._app.attachments.of(self._transaction), done=self._show)

    def take(self, path: Path) -> None:
        """Attach a file."""
        self._write(lambda: self._app.attachments.add(self._transaction, path))

    def _choose(self) -> None:
        def take(paths: list[Path]) -> None:
            for path in paths:
                self.take(path)

        dialogs.choose_files(self, _("Attach a file"), "", take)

    def _show(self, found: tuple[Attachment, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for one in found:
            self._rows.addWidget(self._row(one))

    def _row(self, one: Attachment) -> QWidget:
        line = QWidget()
        box = row(
            labels.label(one.name),
            labels.caption(_("{size} KB").format(size=f"{max(1, one.size // 1024):,}")),
            None,
            icon_button("export", _("Save a copy of {file}").format(file=one.name), lambda: self._save(one)),
            icon_button("trash", _("Remove {file}").format(file=one.name), lambda: self._remove(one)),
            spacing=t.SMALL,
        )
        box.setContentsMargins(0, 0, 0, 0)
        line.setLayout(box)
        return line

    def _save(self, one: Attachment) -> None:
        def save(path: Path) -> None:
            self._tasks.run(lambda _progress: self._app.attachments.save(one.id, path))

        dialogs.choose_target(self, _("Save a copy, not encrypted"), one.name, save)

    def _remove(self, one: Attachment) -> None:
        self._write(lambda: self._app.attachments.remove(one.id))

    def _write(self, work: Any) -> None:
        self._tasks.run(lambda _progress: work(), done=lambda _done: self.refresh(), lane="writer")
