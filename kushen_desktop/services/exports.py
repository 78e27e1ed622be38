"""The ledger as files for other programs."""

from kushen_desktop.services.transactions import Transactions
from kushen_desktop.store.vault import Vault


class Exports:
    """Writes what was found."""

    def __init__(self, vault: Vault, transactions: Transactions) -> None:
        self._vault = vault
        self._transactions = transactions
