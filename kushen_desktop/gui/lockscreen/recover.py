"""A new passphrase by the recovery code."""

from __future__ import annotations

from pathlib import Path

from kushen_desktop.gui import opening
from kushen_desktop.gui.lockscreen.form import NewPassphrase, Screen, Step
from kushen_desktop.gui.widgets.buttons import primary, secondary
from kushen_desktop.gui.widgets.fields import captioned, text_field
from kushen_desktop.i18n import _


class Recover(Step):
    """Takes the code from the paper and a new passphrase."""

    def __init__(self, host: Screen, folder: Path, label: str) -> None:
        sentence = _("Type the recovery code of “{label}” from your paper, then choose a new passphrase.")
        super().__init__(host, _("Recovery code"), sentence.format(label=label))
        self._folder = folder
        self.code = text_field(_("Recovery code"), hint="XXXXX-XXXXX-XXXXX-XXXXX-…")
        self.passphrase = NewPassphrase(host.tasks, lambda: label, self.recover)
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
