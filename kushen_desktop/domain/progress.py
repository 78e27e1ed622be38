"""How long work tells how far it is, and learns that it is no longer wanted."""

from typing import Protocol


class Progress(Protocol):
    """Called now and then by long work; raises CancelledError when the user has had enough."""

    def __call__(self, done: int, total: int) -> None:
        """Say that so many of so many are done; a total of 0 means it is not known."""


def silent(done: int, total: int) -> None:
    """Tell nobody, never cancel."""


SILENT: Progress = silent
