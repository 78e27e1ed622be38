"""Calls to the operating system, one function each, with its counterpart elsewhere or a stated absence."""
