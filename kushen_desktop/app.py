"""Kushen: an open vault and everything that can be done with it. The table of contents."""
