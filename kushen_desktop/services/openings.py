"""Accounts as a form gives them: with the balance the user knows, from which the opening balance follows."""

from dataclasses import replace
from datetime import date

from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Account, UnknownAccountError
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.i18n import N_
from kushen_desktop.services.accounts import accounts_in, put_account
from kushen_desktop.services.booking import settle_opening
from kushen_desktop.store.vault import Vault


class Openings:
    """Adds and changes accounts together with their opening balance."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def keep(self, account: Account) -> None:
        """Add an account, or change the one of this id; a known balance comes true by the opening balance.

        known_balance is in minor units of the account's currency. Raises AccountExistsError, CurrencyError.
        """
        with self._vault.work(Sentence.of(N_("Account “{name}” saved"), name=account.name)) as work:
            put_account(work, account)
            settle_opening(work, account.id)

    def correct(self, id_: Id, balance: int, day: date) -> None:
        """Have the balance at the end of a day be this, in minor units; raises UnknownAccountError."""
        with self._vault.read() as connection:
            account = accounts_in(connection).get(id_)
        if account is None:
            raise UnknownAccountError(name="", near="–")
        with self._vault.work(Sentence.of(N_("Balance of “{name}” corrected"), name=account.name)) as work:
            put_account(work, replace(account, known_balance=balance, known_day=day))
            settle_opening(work, id_)
