"""Tables of the window: columns as data."""
