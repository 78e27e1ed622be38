"""The command line: one module, one command or one family of them; COMMANDS lists them."""

import argparse
import io
import locale
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import kushen_desktop
from kushen_desktop import config, i18n
from kushen_desktop.cli import (
    accounts,
    backups,
    balances,
    bookings,
    export,
    history,
    imports,
    inspect,
    rates,
    refusal,
    tour as pictures,
    transactions,
    vault,
)
from kushen_desktop.cli.context import Command, Context, Tour, add_shared
from kushen_desktop.domain.errors import CancelledError, KushenError
from kushen_desktop.i18n import N_, _, said
from kushen_desktop.system import terminal

if TYPE_CHECKING:
    from kushen_desktop.services.vaults import Cost

COMMANDS: tuple[Command, ...] = (
    vault,
    inspect,
    imports,
    history,
    accounts,
    balances,
    transactions,
    bookings,
    rates,
    export,
    backups,
    pictures,
)
DONE, REFUSED, WRONG_USAGE, CANCELLED = 0, 1, 2, 130
_MISTAKE = N_("Kushen made a mistake ({kind} at {place}). What was saved before is safe.")


def main(arguments: Sequence[str], *, tour: Tour | None = None, cost: "Cost | None" = None) -> int:
    """Run one command and return the exit code: 0 done, 1 refused, 2 wrong usage, 130 cancelled.

    tour: makes the pictures of the window. cost: of Argon2id for new passphrases, None for the calibrated.
    """
    i18n.use(_language())
    _speak_any_language()
    parser = _parser()
    try:
        args = parser.parse_args(arguments)
    except SystemExit as end:
        return DONE if end.code in {None, DONE} else WRONG_USAGE
    if args.json:
        i18n.use("en")  # what programs read is never translated
    context = Context(args.command, args.vault, args.passphrase_file, args.json, cost, tour)
    return _ended(args.module, context, args)


def wants_window(arguments: Sequence[str]) -> bool:
    """Tell whether these arguments name no command and ask for no help: then the window is meant."""
    return not arguments or (arguments[0].startswith("-") and not _known(arguments))


def _known(arguments: Sequence[str]) -> bool:
    """Tell whether there is an option of ours among these; Qt's own have one dash, such as -platform."""
    return any(text.startswith("--") or text == "-h" for text in arguments)


def _ended(module: Command, context: Context, args: argparse.Namespace) -> int:
    """Run a command to whatever end it comes: the boundary where expected failures and bugs are told."""
    try:
        code = module.run(context, args) or DONE
        sys.stdout.flush()
    except (KeyboardInterrupt, CancelledError):
        refusal.tell(CancelledError(), as_object=context.json)
        return CANCELLED
    except KushenError as error:
        refusal.tell(error, as_object=context.json)
        return REFUSED
    except BrokenPipeError:
        terminal.drop_output()  # whoever read it has enough of it
        return REFUSED
    except OSError as error:
        trouble = refusal.FileTroubleError(path=error.filename or "?", problem=error.strerror or "?")
        refusal.tell(trouble, as_object=context.json)
        return REFUSED
    except Exception as error:  # noqa: BLE001  the boundary of the command line
        _confess(error, as_object=context.json)
        return REFUSED
    return code


def _confess(error: Exception, *, as_object: bool) -> None:
    """Tell a bug by its kind and place; its text could hold amounts, names or paths."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    kind, place = type(error).__name__, f"{Path(frame.filename).name}:{frame.lineno}"
    if as_object:
        refusal.object_("mistake", _MISTAKE.format(kind=kind, place=place))
    else:
        print(said(_MISTAKE, {"kind": kind, "place": place}), file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kushen",
        description=_("Your statements in one encrypted vault of your own. docs/cli.md has every command."),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"kushen {kushen_desktop.__version__}")
    parser.set_defaults(vault=None, passphrase_file=None, json=False)
    add_shared(parser)
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    for module in COMMANDS:

        def add(name: str, title: str, module: Command = module) -> argparse.ArgumentParser:
            made = commands.add_parser(name, help=title, description=title, allow_abbrev=False)
            add_shared(made)
            made.set_defaults(module=module)
            return made

        module.add(add)
    return parser


def _speak_any_language() -> None:
    """Never fail for a character that the terminal can't show; what goes to a program is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace", encoding=None if stream.isatty() else "utf-8")


def _language() -> str:
    """Return the language chosen in the window, else that of the system."""
    chosen = config.load().language
    if chosen:
        return chosen
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    spoken = named or locale.getlocale()[0] or ""
    return "zh_CN" if spoken.lower().startswith(("zh", "chinese")) else "en"
