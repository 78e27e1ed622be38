"""What the user can do: one module, one feature."""
