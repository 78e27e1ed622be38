"""Unlocking a known vault, and the first run, when none is known."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer

from kushen_desktop.config import KnownVault
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.gui import opening, tokens as t
from kushen_desktop.gui.lockscreen.create import Create
from kushen_desktop.gui.lockscreen.form import Screen, Step
from kushen_desktop.gui.lockscreen.recover import Recover, Restore
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import dialogs, labels
from kushen_desktop.gui.widgets.buttons import Button, link, primary
from kushen_desktop.gui.widgets.cards import column, line, row
from kushen_desktop.gui.widgets.fields import Choice, captioned, secret_field, taken
from kushen_desktop.i18n import _


class Unlock(Step):
    """Asks for the passphrase of a known vault."""

    def __init__(self, host: Screen, known: tuple[KnownVault, ...]) -> None:
        super().__init__(host, _("Unlock"))
        self._left = 0
        self.field = secret_field(_("Passphrase"), self.unlock)
        self.vaults = Choice(_("Vault"))
        self.vaults.offer([(_shown(vault, known), vault) for vault in known], known[0])
        self.vaults.chosen.connect(lambda _vault: self._follow())
        self.button = primary(_("Unlock"), self.unlock, "unlock")
        if len(known) > 1:
            self.box.addLayout(captioned(_("Vault"), self.vaults))
        else:
            self.box.addWidget(labels.label(known[0].label, "card"))
        self.box.addLayout(captioned(_("Passphrase"), self.field))
        self._forgotten = link(_("Forgotten? Use the recovery code"), self._recover)
        self.foot(self._forgotten, None, self.button)
        self.box.addWidget(line())
        self.box.addLayout(column(*_ways(host), spacing=t.TINY))
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self._follow()

    def unlock(self) -> None:
        """Try the passphrase on the vault."""
        vault: KnownVault = self.vaults.value()
        if vault.sample:
            open_sample(self.host)
            return
        if self._left or not self.field.text():
            return
        passphrase, folder = taken(self.field), Path(vault.path)
        self.host.busy(_("Opening the vault…"))
        self.host.tasks.run(
            lambda _progress: opening.unlock(folder, passphrase),
            done=self.host.enter,
            failed=self._refused,
            lane="writer",
        )

    def _refused(self, error: Exception) -> None:
        self.host.busy("")
        self.host.fail(error)
        self.field.setFocus()
        if isinstance(error, KushenError) and error.code == "unlock_delay":
            self._left = int(error.params.get("seconds", "1"))
            self._second.start()
            self._tick(passed=0)

    def _tick(self, passed: int = 1) -> None:
        self._left = max(self._left - passed, 0)
        self.button.setEnabled(self._left == 0)
        self.button.setText(_("Unlock") if self._left == 0 else _("{seconds} s").format(seconds=self._left))
        if self._left == 0:
            self._second.stop()

    def _follow(self) -> None:
        """Ask for a passphrase only where there is one: the sample book has none."""
        asked = not self.vaults.value().sample
        self.field.setEnabled(asked)
        self.field.setPlaceholderText("" if asked else _("The sample book has no passphrase"))
        self._forgotten.setVisible(asked)
        self.setFocusProxy(self.field if asked else self.button)
        self.setFocus()

    def _recover(self) -> None:
        vault: KnownVault = self.vaults.value()
        self.host.show_step(Recover(self.host, Path(vault.path), vault.label))


class FirstRun(Step):
    """No vault is known yet: start one, look at the sample, or open one that is there."""

    def __init__(self, host: Screen) -> None:
        sentence = _(
            "Your statements, read on this computer, kept in one encrypted vault that only you can open."
        )
        super().__init__(host, _("Welcome to Kushen Wallet"), sentence)
        for icon, title, hint, pressed in (
            ("plus", _("Start a new vault"), _("For your own statements"), lambda: _create(host)),
            (
                "book",
                _("Try the sample book"),
                _("Made-up data in a file of its own"),
                lambda: open_sample(host),
            ),
            (
                "folder",
                _("Open an existing vault"),
                _("Choose its folder"),
                lambda: _open(host),
            ),
            ("backup", _("Restore a backup"), _("After a loss, or moving here"), lambda: _restore(host)),
        ):
            button = _choice(icon, title, hint)
            button.clicked.connect(lambda _checked=False, pressed=pressed: pressed())
            self.box.addWidget(button)
            if self.focusProxy() is None:
                self.setFocusProxy(button)


def open_sample(screen: Screen) -> None:
    """Open the sample book, making it first if need be."""
    screen.busy(_("Preparing the sample book…"))

    def refused(error: Exception) -> None:
        screen.busy("")
        screen.fail(error)

    screen.tasks.run(lambda _progress: opening.sample(), done=screen.enter, failed=refused, lane="writer")


def _choice(icon: str, title: str, hint: str) -> Button:
    made = Button("", "choice", name=f"{title}. {hint}")
    box = row(labels.IconLabel(icon, 22, "accent"), column(labels.h2(title), labels.caption(hint), spacing=2))
    box.setContentsMargins(theme().px(t.LARGE), theme().px(t.SMALL), theme().px(t.LARGE), theme().px(t.SMALL))
    box.setSpacing(theme().px(t.LARGE))
    box.setStretch(1, 1)
    made.setLayout(box)
    made.setMinimumHeight(theme().px(64))
    return made


def _ways(screen: Screen) -> list[Button]:
    return [
        link(_("Open an existing vault…"), lambda: _open(screen), "folder"),
        link(_("Restore a backup…"), lambda: _restore(screen), "backup"),
        link(_("Start a new vault"), lambda: _create(screen), "plus"),
        link(_("Try the sample book"), lambda: open_sample(screen), "book"),
    ]


def _create(screen: Screen) -> None:
    screen.show_step(Create(screen))


def _open(screen: Screen) -> None:
    def chosen(folder: Path) -> None:
        def labelled(label: str) -> None:
            screen.preferences.opened(KnownVault("", label, str(folder)))
            screen.home()

        screen.tasks.run(lambda _progress: opening.label_of(folder), done=labelled, failed=screen.fail)

    dialogs.choose_folder(screen.widget(), _("Choose the folder of the vault"), chosen)


def _restore(screen: Screen) -> None:
    def chosen(files: list[Path]) -> None:
        screen.show_step(Restore(screen, files[0]))

    patterns = _("Kushen backups") + " (*.kushen-backup)"
    dialogs.choose_files(screen.widget(), _("Choose the backup"), patterns, chosen)


def _shown(vault: KnownVault, known: tuple[KnownVault, ...]) -> str:
    """Return the label, with its folder where two vaults have the same."""
    twins = [other for other in known if other.label == vault.label]
    return (
        f"{vault.label} ({Path(vault.path).parent.name}/{Path(vault.path).name})"
        if len(twins) > 1
        else vault.label
    )
