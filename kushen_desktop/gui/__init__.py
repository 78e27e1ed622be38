"""The window: the only package that knows Qt."""

from collections.abc import Sequence


def run(arguments: Sequence[str] = ()) -> int:
    """Show the window until it is closed; return the exit code. arguments: for Qt, such as -platform."""
    from kushen_desktop.gui import start  # noqa: PLC0415  parts of this package are wanted without a window

    return start.run(arguments)
