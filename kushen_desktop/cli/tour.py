"""kushen tour: pictures of every page. The window takes them; this only names the command."""

import argparse
from pathlib import Path

from kushen_desktop.cli.context import Context, Parsers
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.i18n import N_, _


class NoWindowError(KushenError):
    """The command line was started without the window's package."""

    code = "no_window"
    message = N_("The window is not there. Start the tour with: kushen tour --out FOLDER")


def add(parsers: Parsers) -> None:
    """Add the arguments."""
    parser = parsers("tour", _("open every page on a sample vault and keep pictures"))
    parser.add_argument("--out", required=True, metavar=_("FOLDER"), help=_("where the pictures go"))


def run(context: Context, args: argparse.Namespace) -> int:
    """Hand over to the window; needs no vault."""
    if context.tour is None:
        raise NoWindowError
    return context.tour(Path(args.out))
