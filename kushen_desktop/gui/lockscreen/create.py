"""Starting a new vault: name, passphrase, and the recovery code that must be put on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout

from kushen_desktop.gui import opening, tokens as t
from kushen_desktop.gui.lockscreen.form import Screen, Step
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import dialogs, labels
from kushen_desktop.gui.widgets.buttons import primary, secondary
from kushen_desktop.gui.widgets.cards import Card
from kushen_desktop.gui.widgets.fields import captioned, text_field
from kushen_desktop.gui.widgets.new_passphrase import NewPassphrase
from kushen_desktop.i18n import _

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.domain.strength import Strength


class Create(Step):
    """Asks for a name and a passphrase and makes the vault."""

    def __init__(self, host: Screen) -> None:
        sentence = _(
            "The passphrase can't be reset by anybody. The next step gives you a recovery code for it."
        )
        super().__init__(host, _("Start a new vault"), sentence)
        self.name = text_field(_("Name of the vault"), _("My money"))
        self._label = self.name.text()
        self.name.textChanged.connect(self._rename)
        self.passphrase = NewPassphrase(host.tasks, self._rate, self.make)
        self.button = primary(_("Create the vault"), self.make)
        self.box.addLayout(captioned(_("Name of the vault"), self.name))
        self.box.addWidget(self.passphrase)
        self.foot(secondary(_("Back"), host.home), None, self.button)
        self.setFocusProxy(self.passphrase.first)

    def make(self) -> None:
        """Make the vault if what was typed will do."""
        problem = self.passphrase.problem()
        if problem:
            self.host.say(problem)
            return
        label, passphrase = self.name.text().strip() or _("My money"), self.passphrase.text()
        self.host.busy(_("Making the vault…"))
        self.host.tasks.run(
            lambda _progress: opening.start(opening.free_folder(label), passphrase, label),
            done=self._made,
            failed=self._refused,
            lane="writer",
        )

    def _rename(self, label: str) -> None:
        self._label = label

    def _rate(self, text: str) -> Strength:
        return opening.strength(text, self._label)

    def _made(self, started: opening.Started) -> None:
        self.passphrase.forget()
        self.host.busy("")
        self.host.preferences.opened(started.unlocked.known)
        self.host.show_step(Kit(self.host, started))

    def _refused(self, error: Exception) -> None:
        self.host.busy("")
        self.host.fail(error)


class Kit(Step):
    """Shows the recovery code once; goes on only when the user says it is on paper."""

    def __init__(self, host: Screen, started: opening.Started) -> None:
        sentence = _(
            "This code opens the vault when the passphrase is forgotten. Write it down or print it, and keep"
            " it where your papers are, not on this computer. It is shown only now."
        )
        super().__init__(host, _("Your recovery code"), sentence)
        self._started = started
        card = Card()
        grid = QGridLayout()
        grid.setSpacing(theme().px(t.LARGE))
        for number, group in enumerate(started.code.split("-")):
            shown = labels.label(group, "kpi")
            shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
            shown.setAccessibleName(" ".join(group))
            grid.addWidget(shown, number // 4, number % 4)
        card.box.addLayout(grid)
        self.box.addWidget(card)
        self.kept = QCheckBox(_("I have it on paper"))
        self.button = primary(_("Go on"), self._go_on)
        self.button.setEnabled(False)
        self.kept.toggled.connect(self.button.setEnabled)
        self.box.addWidget(self.kept)
        self.foot(secondary(_("Save as PDF to print…"), self._save, "file"), None, self.button)
        self.setFocusProxy(self.kept)

    @property
    def app(self) -> Kushen:
        """The new vault, open."""
        return self._started.unlocked.app

    def _save(self) -> None:
        name = _("Kushen recovery kit") + ".pdf"
        dialogs.choose_target(self.host.widget(), _("Save the recovery kit"), name, self._write)

    def _write(self, path: Path) -> None:
        started = self._started
        self.host.tasks.run(lambda _progress: opening.write_kit(path, started), failed=self.host.fail)

    def _go_on(self) -> None:
        if self.kept.isChecked():
            self.host.enter(self._started.unlocked)
