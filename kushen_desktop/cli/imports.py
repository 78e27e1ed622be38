"""kushen import FILE… and kushen imports: statements into the ledger, and which ones there were."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kushen_desktop.cli import screen, secret
from kushen_desktop.cli.context import Context, Parsers, day
from kushen_desktop.cli.inspect import add_password
from kushen_desktop.domain import money
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.ledger import UnknownAccountError
from kushen_desktop.domain.preview import VERDICT_TITLES, Imported, Preview, Target, Verdict
from kushen_desktop.i18n import N_, _

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.domain.statement import Statement

_TOLD = 20
_DOUBTFUL = (Verdict.REVIEW, Verdict.PROBLEM)


class UnmatchedAccountsError(KushenError):
    """The file names accounts that the vault does not have, and nobody said that they may be made."""

    code = "unmatched_accounts"
    message = N_(
        "{file} has rows of accounts that this vault does not know: {accounts}. Say --create to make them, "
        "or --account NAME for one that is there: {there}."
    )


class SeveralAccountsError(KushenError):
    """One account or one balance was named for a file that has several."""

    code = "several_accounts"
    message = N_(
        "{file} has rows of several accounts: {accounts}. Leave out {option}, and set it for each afterwards."
    )


def add(parsers: Parsers) -> None:
    """Add the arguments of both."""
    parser = parsers("import", _("take statements into the ledger"))
    parser.add_argument("files", nargs="+", metavar=_("FILE"), help=_("a statement or a zip of some"))
    parser.add_argument("--account", metavar=_("NAME"), help=_("the account that all rows belong to"))
    parser.add_argument("--create", action="store_true", help=_("make accounts that are not there yet"))
    parser.add_argument("--dry-run", action="store_true", help=_("show what would be done, write nothing"))
    parser.add_argument("--balance", metavar=_("AMOUNT"), help=_("what the account held, for its opening"))
    parser.add_argument("--at", metavar=_("DATE"), help=_("at the end of which day; today if left out"))
    add_password(parser)
    parsers("imports", _("list what was imported"))


def run(context: Context, args: argparse.Namespace) -> None:
    """Import all files or none of them, or list the imports."""
    if context.command == "imports":
        _list(context)
        return
    at = day(args.at)
    with context.open() as app:
        files = [file for file in args.files if not _known(context, app, args, Path(file))]
        previews = [
            _preview(context, app, args, Path(file), statement)
            for file in files
            for statement in _read(context, app, args, Path(file))
        ]
        for preview in previews if args.balance is not None else ():
            _know(preview, args.balance, at)
        done = _counted(previews) if args.dry_run else app.imports.confirm(previews, context.progress)
    for preview, imported in zip(previews, done, strict=True):
        _tell(context, preview, imported, dry_run=args.dry_run)


def _known(context: Context, app: "Kushen", args: argparse.Namespace, file: Path) -> bool:
    """Tell at once that a file was imported already, without reading it; not when more was asked of it."""
    record = app.imports.known(file)
    if record is None or args.dry_run or args.account is not None or args.balance is not None:
        return False
    context.give(
        {
            "file": file.name,
            "format": record.format,
            "rows": record.rows,
            "known_since": record.at.isoformat(),
            **dict.fromkeys(("new", "changed", "skipped", "problems", "change"), 0),
            "known": record.new,
        }
    )
    text = _("{file} was imported on {day} already; nothing in it is new.")
    context.say(text.format(file=file.name, day=f"{record.at:%Y-%m-%d}"))
    return True


def _read(context: Context, app: "Kushen", args: argparse.Namespace, file: Path) -> tuple["Statement", ...]:
    from kushen_desktop.services.imports import PasswordNeededError  # noqa: PLC0415  loaded by now

    password = None
    if args.password_file is not None:
        password = secret.asked("", args.password_file, "--password-file")
    try:
        return app.imports.read(file, password, progress=context.progress)
    except PasswordNeededError:
        prompt = _("Password of {file}").format(file=file.name)
        password = secret.asked(prompt, None, "--password-file")
        return app.imports.read(file, password, progress=context.progress)


def _preview(
    context: Context, app: "Kushen", args: argparse.Namespace, file: Path, statement: "Statement"
) -> Preview:
    """Return the preview with every account chosen, or allowed to be made."""
    known = None
    if args.account is not None:
        try:
            known = app.accounts.named(args.account).id
        except UnknownAccountError:
            if not args.create:
                raise
    preview = app.imports.preview(statement, file.name, account=known, progress=context.progress)
    if args.account is not None and known is None:
        _rename(_only(preview, "--account"), args.account)
        return app.imports.again(preview)
    unknown = [target for target in preview.targets.values() if target.account is None]
    if unknown and not args.create:
        there = ", ".join(account.name for account in app.accounts.list(closed=False)) or "–"
        names = ", ".join(_named(target) for target in unknown)
        raise UnmatchedAccountsError(file=file.name, accounts=names, there=there)
    return preview


def _rename(target: Target, name: str) -> None:
    target.account = None
    target.proposed = replace(target.proposed, name=name)


def _only(preview: Preview, option: str) -> Target:
    targets = list(preview.targets.values())
    if len(targets) != 1:
        names = ", ".join(map(_named, targets)) or "–"
        raise SeveralAccountsError(file=preview.file, accounts=names, option=option)
    return targets[0]


def _know(preview: Preview, balance: str, at: date) -> None:
    """Take what the user says the account held, to book its opening balance from."""
    target = _only(preview, "--balance")
    target.balance, target.day = money.parse(balance, target.key.currency), at


def _named(target: Target) -> str:
    return f"{target.key.name or target.proposed.name} ({target.key.currency}, {target.count})"


def _counted(previews: Sequence[Preview]) -> tuple[Imported, ...]:
    """Return what confirming these would do."""
    done = []
    for preview in previews:
        counts = preview.counts()
        done.append(
            Imported(
                preview.file,
                counts[Verdict.NEW] + counts[Verdict.REVIEW],
                counts[Verdict.CHANGED],
                *preview.left_out(),
                0,
            )
        )
    return tuple(done)


def _tell(context: Context, preview: Preview, done: Imported, *, dry_run: bool) -> None:
    doubtful = [row for row in preview.rows if row.verdict in _DOUBTFUL]
    told = preview.rows if dry_run else doubtful
    context.give(
        {
            "file": preview.file,
            "format": preview.statement.format,
            "rows": preview.statement.rows_read,
            "new": done.new,
            "changed": done.changed,
            "known": done.known,
            "skipped": done.skipped,
            "problems": done.problems,
            "change": done.change,
            "dry_run": dry_run,
            "differences": [one.text.english() for one in preview.differences],
            "told": [
                {"row": row.row, "verdict": row.verdict, "reason": row.reason.english()} for row in told
            ],
        }
    )
    context.say(_summary(preview, done, dry_run=dry_run))
    for difference in preview.differences:
        context.say("  " + difference.text.shown())
    for row in doubtful[:_TOLD]:
        context.say(f"  {row.row}: {_(VERDICT_TITLES[row.verdict])} – {screen.plain(row.reason.shown())}")
    if len(doubtful) > _TOLD:
        context.say(_("  … and {count} more; --json tells all").format(count=len(doubtful) - _TOLD))
    if not dry_run and any(one.account is None and one.balance is None for one in preview.targets.values()):
        context.say(_("  The balances begin at 0. Import again with --balance AMOUNT to book the opening."))


def _summary(preview: Preview, done: Imported, *, dry_run: bool) -> str:
    text = (
        _("{file}: {new} would be new, {changed} changed, {known} are there already, {skipped} skipped,"
          " {problems} problems.")
        if dry_run
        else _("{file}: {new} new, {changed} changed, {known} there already, {skipped} skipped,"
               " {problems} problems.")
    )  # fmt: skip
    return text.format(
        file=preview.file, new=done.new, changed=done.changed, known=done.known, skipped=done.skipped,
        problems=done.problems,
    )  # fmt: skip


def _list(context: Context) -> None:
    with context.open() as app:
        records = app.imports.list()
    context.give_all(
        {
            "change": one.change,
            "at": one.at.isoformat(),
            "file": one.file,
            "importer": one.importer,
            "format": one.format,
            "rows": one.rows,
            "new": one.new,
            "undone": one.undone,
        }
        for one in records
    )
    rows = [
        [
            str(one.change),
            f"{one.at:%Y-%m-%d %H:%M}",
            one.file,
            one.format,
            str(one.rows),
            str(one.new),
            _("undone") if one.undone else "",
        ]
        for one in records
    ]
    titles = [_("No."), _("When"), _("File"), _("Format"), _("Rows"), _("New"), ""]
    context.say(screen.table(titles, rows, right=(0, 4, 5)) if rows else _("Nothing was imported yet."))
