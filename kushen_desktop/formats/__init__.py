"""Bytes to values of the domain and back: no vault, no network, no Qt."""
