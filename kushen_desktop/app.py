"""Kushen: an open vault and everything that can be done with it. The table of contents."""

from collections.abc import Callable
from pathlib import Path
from typing import Self

from kushen_desktop.domain.changes import Topic
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.i18n import N_
from kushen_desktop.services import vaults
from kushen_desktop.services.accounts import Accounts
from kushen_desktop.services.attachments import Attachments
from kushen_desktop.services.balances import Balances
from kushen_desktop.services.categories import Categories, add_starter
from kushen_desktop.services.exports import Exports
from kushen_desktop.services.history import History
from kushen_desktop.services.imports import Imports
from kushen_desktop.services.openings import Openings
from kushen_desktop.services.payees import Payees
from kushen_desktop.services.rates import Rates
from kushen_desktop.services.reading import Reading
from kushen_desktop.services.settings import Settings
from kushen_desktop.services.transactions import Transactions
from kushen_desktop.store.slots.slot import Cost
from kushen_desktop.store.unlocked import Opened
from kushen_desktop.store.vault import Vault


class Kushen:
    """An open vault with its services. close() it, or use it as a context manager."""

    def __init__(self, opened: Opened, reading: Reading | None = None, *, create: bool = False) -> None:
        self.opened = opened
        try:
            self.vault = Vault(opened.database, opened.database_key)
            if create:
                with self.vault.work(Sentence.of(N_("Vault created")), root=0) as work:  # never undone
                    add_starter(work)
        except BaseException:
            opened.abandon()  # else the next try would find the vault in use by this very process
            raise
        self.reading = reading or Reading()
        self.settings = Settings(self.vault)
        self.accounts = Accounts(self.vault)
        self.openings = Openings(self.vault)
        self.categories = Categories(self.vault)
        self.payees = Payees(self.vault)
        self.transactions = Transactions(self.vault)
        self.attachments = Attachments(self.vault)
        self.rates = Rates(self.vault)
        self.balances = Balances(self.vault, self.settings)
        self.imports = Imports(self.vault, self.reading)
        self.exports = Exports(self.vault, self.transactions)
        self.history = History(self.vault)

    @classmethod
    def create(
        cls, folder: Path, passphrase: str, label: str = "", *, cost: Cost | None = None
    ) -> tuple["Kushen", vaults.Created]:
        """Make a vault and open it; the second value holds the recovery code. Raises as vaults.create."""
        created = vaults.create(folder, passphrase, label, cost=cost)
        return cls(created.opened, create=True), created

    @classmethod
    def open(cls, folder: Path, passphrase: str) -> "Kushen":
        """Open a vault; raises as vaults.open."""
        return cls(vaults.open(folder, passphrase))

    def damage(self) -> tuple[str, ...]:
        """Return what is wrong with the database after it was not closed properly, in technical words.

        Nothing is looked at after a proper close; reads the whole file otherwise.
        """
        return () if self.opened.clean else vaults.check(self.opened).problems

    def subscribe(self, subscriber: Callable[[Topic], None]) -> Callable[[], None]:
        """Have this called with the topics of each change, on the thread that made it; return how to stop."""
        return self.vault.subscribe(subscriber)

    def close(self) -> None:
        """Close the vault: sealed, its key forgotten, the worker ended."""
        self.reading.close()
        try:
            self.vault.close()
        except BaseException:
            self.opened.abandon()
            raise
        self.opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
