"""Files that leave the vault: ledger tables and printed pages."""
