"""kushen export [QUERY] --out FILE: transactions as CSV or JSON for other programs."""

import argparse
from pathlib import Path

from kushen_desktop.cli.context import Context, Parsers
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.i18n import N_, _, ngettext

_FORMATS = {".csv": "csv", ".json": "json"}


class UnknownExportError(KushenError):
    """The name of the file does not say how it is to be written."""

    code = "unknown_export"
    message = N_("“{file}” can't be written: the name has to end in .csv or .json.")


def add(parsers: Parsers) -> None:
    """Add the arguments."""
    parser = parsers("export", _("write transactions as CSV or JSON, not encrypted"))
    parser.add_argument(
        "query", nargs="?", default="", metavar=_("QUERY"), help=_("words and fields, as in docs/search.md")
    )
    parser.add_argument(
        "--out", required=True, metavar="FILE.csv|.json", help=_("is replaced if it is there")
    )


def run(context: Context, args: argparse.Namespace) -> None:
    """Write the file, and say that anyone can read it."""
    out = Path(args.out)
    if out.suffix.lower() not in _FORMATS:
        raise UnknownExportError(file=out.name)
    with context.open() as app:
        count = app.exports.ledger(args.query, out, _FORMATS[out.suffix.lower()], context.progress)
    context.give({"file": str(out), "transactions": count, "encrypted": False})
    text = ngettext(
        "{count} transaction written to {file}.", "{count} transactions written to {file}.", count
    )
    context.say(text.format(count=f"{count:,}", file=out))
    context.warn(
        _("This file is not encrypted: anyone who gets it can read it. Delete it when it has done its work.")
    )
