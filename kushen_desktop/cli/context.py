"""What every command is given: the vault it was told, and the two ways to answer – people and programs."""

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol

from kushen_desktop.cli import secret
from kushen_desktop.domain import calendar
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.i18n import N_, _
from kushen_desktop.system import terminal

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.services.vaults import Cost

Tour = Callable[[Path], int]


class NoVaultNamedError(KushenError):
    """A command needs a vault, and none was named."""

    code = "no_vault_named"
    message = N_("Name the folder of the vault: kushen --vault FOLDER {command}")


class NoDateError(KushenError):
    """A text is no day."""

    code = "date"
    message = N_("“{text}” is no day. Write it as 2026-03-31.")


class Parsers(Protocol):
    """Where a command adds itself."""

    def __call__(self, name: str, title: str) -> argparse.ArgumentParser:
        """Return a parser for a command of this name; the title is its line in the help."""


class Command(Protocol):
    """A module of this package that holds a command, or a family of them."""

    __name__: str

    def add(self, parsers: Parsers) -> None:
        """Add the arguments of the command."""

    def run(self, context: "Context", args: argparse.Namespace) -> int | None:
        """Do it; return the exit code, None for 0. Raises what the services raise."""


@dataclass(slots=True)
class Context:
    """The options that every command has. cost: of Argon2id for new passphrases, None for the calibrated."""

    command: str
    vault: str | None
    passphrase_file: str | None
    json: bool
    cost: "Cost | None" = None
    tour: Tour | None = None

    @property
    def folder(self) -> Path:
        """The folder of the vault; raises NoVaultNamedError."""
        if not self.vault:
            raise NoVaultNamedError(command=self.command)
        return Path(self.vault)

    def passphrase(self) -> str:
        """Return the passphrase of the vault; raises as secret.asked."""
        return secret.asked(_("Passphrase"), self.passphrase_file, "--passphrase-file")

    def open(self) -> "Kushen":
        """Return the open vault, to be used as a context manager; raises as Kushen.open."""
        folder, passphrase = self.folder, self.passphrase()
        from kushen_desktop.services import vaults  # noqa: PLC0415  a wrong usage is told without it

        # SQLAlchemy loads for half a second, deriving the key takes one and leaves the interpreter free.
        loading = Thread(target=importlib.import_module, args=("kushen_desktop.app",))
        loading.start()
        try:
            opened = vaults.open(folder, passphrase)
        finally:
            loading.join()
        from kushen_desktop.app import Kushen  # noqa: PLC0415  loaded by now

        return Kushen(opened)

    def say(self, text: str) -> None:
        """Tell people the outcome; programs get objects instead."""
        if not self.json:
            print(text)

    def warn(self, text: str) -> None:
        """Tell people something beside the outcome."""
        if not self.json:
            print(text, file=sys.stderr)

    def give(self, values: Mapping[str, Any]) -> None:
        """Tell programs the outcome: one JSON object in one line."""
        if self.json:
            print(json.dumps(values, ensure_ascii=False))

    def give_all(self, objects: Iterable[Mapping[str, Any]]) -> None:
        """Tell programs several things, an object a line."""
        if self.json:
            for values in objects:
                self.give(values)

    def progress(self, done: int, total: int) -> None:
        """Show people at a terminal how far long work is."""
        if not self.json and terminal.shown():
            share = f"{done:,}/{total:,}" if total else f"{done:,}"
            print(f"\r{share}", end="\r", file=sys.stderr, flush=True)


def add_shared(parser: argparse.ArgumentParser) -> None:
    """Add the options that may stand before or behind a command; of two, the one behind wins."""
    parser.add_argument(
        "--vault", metavar=_("FOLDER"), default=argparse.SUPPRESS, help=_("folder of the vault")
    )
    parser.add_argument(
        "--passphrase-file",
        metavar=_("FILE"),
        default=argparse.SUPPRESS,
        help=_("its first line is the passphrase; “-” reads standard input"),
    )
    parser.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help=_("answer for programs: JSON")
    )


def actions(parser: argparse.ArgumentParser, *, required: bool = False) -> Parsers:
    """Return where the actions of a family are added; args.action is the one that was named, or None."""
    family = parser.add_subparsers(dest="action", required=required, metavar=_("ACTION"))

    def add(name: str, title: str) -> argparse.ArgumentParser:
        made = family.add_parser(name, help=title, description=title, allow_abbrev=False)
        add_shared(made)
        return made

    return add


def day(untrusted_text: str | None) -> date:
    """Return the day a person wrote, today for None; raises NoDateError."""
    if untrusted_text is None:
        return calendar.today()
    try:
        return date.fromisoformat(untrusted_text.strip())
    except ValueError as error:
        raise NoDateError(text=untrusted_text) from error
