"""Figures: what Kushen needs beside plain sqlite3 for the same work."""
