"""Settings of the vault: currency of totals, backup, passphrase, recovery code."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.pages.settings_code import CodeDialog
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import primary, secondary
from kushen_desktop.gui.widgets.cards import Card, row
from kushen_desktop.gui.widgets.fields import Choice, captioned, secret_field
from kushen_desktop.gui.widgets.new_passphrase import NewPassphrase
from kushen_desktop.gui.widgets.strips import MessageBar
from kushen_desktop.i18n import _, said

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.domain.strength import Strength
    from kushen_desktop.gui.pages.page import Shell
    from kushen_desktop.services.backups import BackupInfo
    from kushen_desktop.services.settings import VaultSettings

_CURRENCIES = ("CNY", "USD", "EUR", "HKD", "GBP", "JPY", "TWD", "SGD", "AUD", "CAD", "CHF", "KRW", "MOP")


class VaultCard(Card):
    """What belongs to the open vault."""

    def __init__(self, app: Kushen, shell: Shell) -> None:
        super().__init__(_("This vault"))
        self._app, self._shell = app, shell
        self.currency = Choice(_("Currency of totals"))
        self.currency.chosen.connect(self._change_currency)
        self.box.addLayout(row(labels.label(_("Currency of totals")), self.currency, None, spacing=t.HUGE))
        hint = _(
            "A backup is one encrypted file that opens with the passphrase of today. Put it on another disk."
            " To restore it, choose “Restore a backup” at the lock screen."
        )
        self.box.addWidget(labels.caption(hint, wrap=True))
        backup = secondary(_("Back up now…"), self._back_up, "backup")
        change = secondary(_("Change passphrase…"), self._change_passphrase, "key")
        code = secondary(_("New recovery code…"), self._new_code, "shield")
        self.box.addLayout(row(backup, change, code, None))

    def refresh(self) -> None:
        """Fetch the settings of the vault."""
        self._shell.tasks.run(lambda _progress: self._app.settings.all(), done=self._show)

    def _show(self, settings: VaultSettings) -> None:
        codes = list(dict.fromkeys((settings.base_currency, *_CURRENCIES)))
        self.currency.offer([(code, code) for code in codes], settings.base_currency)

    def _change_currency(self, code: str) -> None:
        self._shell.tasks.run(lambda _progress: self._app.settings.change(base_currency=code), lane="writer")

    def _back_up(self) -> None:
        title = _("Kushen backup")
        name = f"{title} {date.today().isoformat()}.kushen-backup"  # noqa: DTZ011  the user's day
        self._shell.choose_target(_("Save the backup"), name, self._write)

    def _write(self, path: Path) -> None:
        from kushen_desktop.services import backups  # noqa: PLC0415  wanted rarely

        self._shell.tasks.run(
            lambda _progress: backups.backup_to(self._app.opened, path),
            done=self._written,
            lane="writer",
            progress=_("Writing the backup"),
        )

    def _written(self, made: BackupInfo) -> None:
        self._shell.toast(_("Backup written and checked: {name}").format(name=made.path.name))

    def _new_code(self) -> None:
        CodeDialog(self._app, self._shell, self).open()

    def _change_passphrase(self) -> None:
        PassphraseDialog(self._app, self._shell, self).open()


class PassphraseDialog(QDialog):
    """Asks for the present passphrase and a new one."""

    def __init__(self, app: Kushen, shell: Shell, parent: Card) -> None:
        super().__init__(parent)
        self._app, self._shell = app, shell
        self.setWindowTitle(_("Change passphrase"))
        self.setMinimumWidth(theme().px(460))
        self.messages = MessageBar()
        self.old = secret_field(_("Present passphrase"))
        self.new = NewPassphrase(shell.tasks, self._rate, self.change)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[theme().px(t.HUGE)] * 4)
        box.setSpacing(theme().px(t.LARGE))
        box.addWidget(labels.h1(self.windowTitle()))
        hint = _("Backups made before keep the old passphrase. The recovery code stays valid.")
        box.addWidget(labels.label(hint, tone="text2", wrap=True))
        box.addWidget(self.messages)
        box.addLayout(captioned(_("Present passphrase"), self.old))
        box.addWidget(self.new)
        self.button = primary(_("Change passphrase"), self.change)
        box.addLayout(row(None, secondary(_("Cancel"), self.reject), self.button))
        self.old.setFocus()

    def change(self) -> None:
        """Change the passphrase if what was typed will do."""
        from kushen_desktop.services import vaults  # noqa: PLC0415  the vault is open, so it is there already

        problem = self.new.problem()
        if problem:
            self.messages.say(problem)
            return
        old, new = self.old.text(), self.new.text()
        self.button.setEnabled(False)
        self._shell.tasks.run(
            lambda _progress: vaults.change_passphrase_of(self._app.opened, old, new),
            done=self._changed,
            failed=self._refused,
            lane="writer",
        )

    def _rate(self, text: str) -> Strength:
        from kushen_desktop.services import vaults  # noqa: PLC0415  the vault is open, so it is there already

        return vaults.strength(text, self._app.opened.header.label)

    def _changed(self, _nothing: object) -> None:
        self.old.setText("")
        self.new.forget()
        self.accept()
        self._shell.toast(_("The passphrase was changed."))

    def _refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if isinstance(error, KushenError):
            self.messages.say(said(error.message, error.params))
        else:
            self._shell.fail(error)
