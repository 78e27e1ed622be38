"""Before a vault is open: unlock, first run, recovery. Imported before the first paint, so it stays light."""
