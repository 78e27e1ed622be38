"""kushen backup and restore: the whole vault as one encrypted, checked file."""

import argparse
from pathlib import Path

from kushen_desktop.cli import secret
from kushen_desktop.cli.context import Context, Parsers
from kushen_desktop.i18n import _


def add(parsers: Parsers) -> None:
    """Add the arguments of both."""
    make = parsers("backup", _("write a checked, encrypted backup"))
    make.add_argument("--out", required=True, metavar=_("PLACE"),
                      help=_("a folder, in which old backups thin out, or a file"))  # fmt: skip
    back = parsers("restore", _("make a vault of a backup, in the new folder named by --vault"))
    back.add_argument("file", metavar=_("FILE"))
    back.add_argument("--code-file", metavar=_("FILE"), help=_("open it with the recovery code in this file"))


def run(context: Context, args: argparse.Namespace) -> None:
    """Write a backup, or make a vault of one."""
    if context.command == "backup":
        _backup(context, Path(args.out))
    else:
        _restore(context, Path(args.file), args.code_file)


def _backup(context: Context, out: Path) -> None:
    with context.open() as app:
        from kushen_desktop.services import backups  # noqa: PLC0415  other commands do without

        as_file = out.suffix == backups.SUFFIX and not out.is_dir()
        made = backups.backup_to(app.opened, out) if as_file else backups.backup(app.opened, out)
    context.give({"backup": str(made.path), "size": made.size, "rows": made.rows})
    text = _("The backup is in {path}. It was opened and checked.")
    context.say(text.format(path=made.path))


def _restore(context: Context, file: Path, code_file: str | None) -> None:
    folder = context.folder
    from kushen_desktop.services import backups  # noqa: PLC0415  help and wrong usage do without

    if code_file is not None:
        code = secret.asked(_("Recovery code"), code_file, "--code-file")
        backups.restore_with_code(file, code, folder)
    else:
        backups.restore(file, context.passphrase(), folder)
    context.give({"vault": str(folder)})
    context.say(
        _("The vault is in {folder}. It opens as it did when the backup was made.").format(folder=folder)
    )
