"""A new passphrase by the recovery code; a vault from a backup."""

from __future__ import annotations

from pathlib import Path

from kushen_desktop.gui import opening
from kushen_desktop.gui.lockscreen.form import Screen, Step
from kushen_desktop.gui.widgets.buttons import primary, secondary
from kushen_desktop.gui.widgets.fields import captioned, secret_field, taken, text_field
from kushen_desktop.gui.widgets.new_passphrase import NewPassphrase
from kushen_desktop.i18n import _


class Recover(Step):
    """Takes the code from the paper and a new passphrase."""

    def __init__(self, host: Screen, folder: Path, label: str) -> None:
        sentence = _("Type the recovery code of “{label}” from your paper, then choose a new passphrase.")
        super().__init__(host, _("Recovery code"), sentence.format(label=label))
        self._folder = folder
        self.code = text_field(_("Recovery code"), hint="XXXXX-XXXXX-XXXXX-XXXXX-…")
        self.passphrase = NewPassphrase(host.tasks, lambda text: opening.strength(text, label), self.recover)
        self.box.addLayout(captioned(_("Recovery code"), self.code))
        self.box.addWidget(self.passphrase)
        self.foot(secondary(_("Back"), host.home), None, primary(_("Set the passphrase"), self.recover))
        self.setFocusProxy(self.code)

    def recover(self) -> None:
        """Set the passphrase and open the vault."""
        problem = self.passphrase.problem()
        if problem:
            self.host.say(problem)
            return
        folder, code, passphrase = self._folder, self.code.text(), self.passphrase.text()
        self.host.busy(_("Opening the vault…"))
        self.host.tasks.run(
            lambda _progress: opening.recover(folder, code, passphrase),
            done=self.host.enter,
            failed=self._refused,
            lane="writer",
        )

    def _refused(self, error: Exception) -> None:
        self.host.busy("")
        self.host.fail(error)


class Restore(Step):
    """Makes a vault of a backup; the passphrase is the one it had then."""

    def __init__(self, host: Screen, file: Path) -> None:
        sentence = _("“{name}” becomes a vault of its own. It opens with the passphrase it had then.")
        super().__init__(host, _("Restore a backup"), sentence.format(name=file.name))
        self._file = file
        self.field = secret_field(_("Passphrase"), self.restore)
        self.box.addLayout(captioned(_("Passphrase"), self.field))
        self.foot(secondary(_("Back"), host.home), None, primary(_("Restore"), self.restore))
        self.setFocusProxy(self.field)

    def restore(self) -> None:
        """Make the vault and open it."""
        file, passphrase = self._file, taken(self.field)
        self.host.busy(_("Restoring the backup…"))
        self.host.tasks.run(
            lambda _progress: opening.restore(file, passphrase),
            done=self.host.enter,
            failed=self._refused,
            lane="writer",
        )

    def _refused(self, error: Exception) -> None:
        self.host.busy("")
        self.host.fail(error)
