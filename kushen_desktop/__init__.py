"""Kushen Desktop: the companion of a digital wallet, in one encrypted vault."""

__version__ = "0.1.0"
