"""The encrypted vault: keys, file, tables, the door through which every write goes."""
