"""Picks the skin: a command goes to the command line, nothing at all opens the window."""

import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path

from kushen_desktop import cli
from kushen_desktop.system import hardening


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or the window when there is none; return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if cli.wants_window(given):
        return _show(given)
    hardening.shield()
    return cli.main(given, tour=_tour)


def command() -> None:
    """Run the command line: the entry point `kushen`."""
    multiprocessing.freeze_support()
    hardening.shield()
    sys.exit(cli.main(sys.argv[1:], tour=_tour))


def window() -> None:
    """Show the window: the entry point `kushen-desktop`."""
    multiprocessing.freeze_support()
    sys.exit(_show(sys.argv[1:]))


def _show(arguments: Sequence[str]) -> int:
    from kushen_desktop import gui  # noqa: PLC0415  Qt is loaded only where a window is wanted

    return gui.run(arguments)


def _tour(out: Path) -> int:
    from kushen_desktop.gui import tour  # noqa: PLC0415  the same

    return tour.run(out)


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
