"""kushen history, undo and redo: what was done, and taking any of it back."""

import argparse

from kushen_desktop.cli import screen
from kushen_desktop.cli.context import Context, Parsers
from kushen_desktop.domain.changes import ChangeSet
from kushen_desktop.i18n import _


def add(parsers: Parsers) -> None:
    """Add the arguments of the three."""
    listing = parsers("history", _("list what was done, newest first"))
    listing.add_argument("--limit", type=int, default=50, metavar="N", help=_("how many at most"))
    for name, title in (("undo", _("take an action back")), ("redo", _("do an undone action again"))):
        parser = parsers(name, title)
        parser.add_argument(
            "number", nargs="?", type=int, metavar=_("NUMBER"), help=_("of the history; the last if left out")
        )


def run(context: Context, args: argparse.Namespace) -> None:
    """List, undo or redo."""
    with context.open() as app:
        if context.command == "history":
            _list(context, app.history.list(max(args.limit, 0)))
            return
        if context.command == "undo":
            done = app.history.undo() if args.number is None else app.history.undo_change(args.number)
            text = _("Undone: {title}")
        else:
            done = app.history.redo() if args.number is None else app.history.redo_change(args.number)
            text = _("Redone: {title}")
    context.give({"change": done.number, "title": done.title.english(), "undone": context.command == "undo"})
    context.say(screen.plain(text.format(title=done.title.shown())))


def _list(context: Context, changes: tuple[ChangeSet, ...]) -> None:
    context.give_all(
        {
            "change": one.number,
            "at": one.at.isoformat(),
            "title": one.title.english(),
            "rows": one.rows,
            "undone": one.undone,
        }
        for one in changes
    )
    rows = [
        [
            str(one.number),
            f"{one.at:%Y-%m-%d %H:%M}",
            str(one.rows),
            one.title.shown(),
            _("undone") if one.undone else "",
        ]
        for one in changes
    ]
    context.say(screen.table([_("No."), _("When"), _("Rows"), _("What"), ""], rows, right=(0, 2)))
