"""A new recovery code: for when the paper was lost, or somebody else has seen it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import primary, secondary
from kushen_desktop.gui.widgets.cards import row
from kushen_desktop.gui.widgets.fields import captioned, secret_field
from kushen_desktop.gui.widgets.strips import MessageBar
from kushen_desktop.i18n import _, said

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.gui.pages.page import Shell


class CodeDialog(QDialog):
    """Asks for the passphrase, makes a new code, and shows it once with its page to print."""

    def __init__(self, app: Kushen, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._app, self._shell = app, shell
        self._made: tuple[str, str] | None = None
        self.setWindowTitle(_("New recovery code"))
        self.setMinimumWidth(theme().px(460))
        self.messages = MessageBar()
        self.passphrase = secret_field(_("Present passphrase"))
        self.code = labels.label("")
        self.code.setAccessibleName(_("Your recovery code"))
        self.make = primary(_("Make a new code"), self.renew)
        self.save = secondary(_("Save the page to print…"), self._choose, "export")
        box = QVBoxLayout(self)
        box.setContentsMargins(*[theme().px(t.HUGE)] * 4)
        box.setSpacing(theme().px(t.LARGE))
        box.addWidget(labels.h1(self.windowTitle()))
        hint = _("The old code and its page no longer open this vault; backups made before keep it.")
        box.addWidget(labels.label(hint, tone="text2", wrap=True))
        box.addWidget(self.messages)
        box.addLayout(captioned(_("Present passphrase"), self.passphrase))
        box.addWidget(self.code)
        box.addLayout(row(self.save, None, secondary(_("Close"), self.reject), self.make))
        self.save.hide()
        self.passphrase.setFocus()

    def renew(self) -> None:
        """Make the code if the passphrase is right."""
        from kushen_desktop.services import vaults  # noqa: PLC0415  the vault is open, so it is there already

        passphrase = self.passphrase.text()
        self.make.setEnabled(False)
        self._shell.tasks.run(
            lambda _progress: vaults.new_recovery_code(self._app.opened, passphrase),
            done=self._show,
            failed=self._refused,
            lane="writer",
        )

    def keep(self, path: Path) -> None:
        """Write the page with the code."""
        from kushen_desktop.services import recovery_kit  # noqa: PLC0415  the PDF library takes a second

        if self._made is None:
            return
        code, text = self._made
        self._shell.tasks.run(
            lambda _progress: recovery_kit.save(recovery_kit.kit(self._app.opened, code, text), path)
        )

    def _show(self, made: tuple[str, str]) -> None:
        self._made = made
        self.passphrase.setText("")
        self.code.setText(made[0])
        self.make.hide()
        self.save.show()
        self.save.setFocus()

    def _choose(self) -> None:
        self._shell.choose_target(_("Save the page to print"), _("Kushen recovery kit") + ".pdf", self.keep)

    def _refused(self, error: Exception) -> None:
        self.make.setEnabled(True)
        if isinstance(error, KushenError):
            self.messages.say(said(error.message, error.params))
        else:
            self._shell.fail(error)
