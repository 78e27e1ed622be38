"""kushen vault create|info|check|passphrase|recover: the vault itself."""

import argparse
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from kushen_desktop.cli import screen, secret
from kushen_desktop.cli.context import Context, Parsers, actions
from kushen_desktop.i18n import N_, _, ngettext

_NEW = "--new-passphrase-file"
# What a user calls a kind of slot; a kind without a title is told as it is.
_WAYS = {"passphrase": N_("passphrase"), "recovery": N_("recovery code")}


def add(parsers: Parsers) -> None:
    """Add the arguments of the family."""
    action = actions(parsers("vault", _("make a vault, look at it, open it again")), required=True)
    create = action("create", _("make a vault in a new or empty folder"))
    create.add_argument("--label", default="", help=_("a name for the vault; can be read without a key"))
    create.add_argument("--kit", metavar=_("FILE.pdf"), help=_("write the recovery kit, to be printed"))
    action("info", _("what can be told without a passphrase"))
    action("check", _("read every page, prove every sum"))
    passphrase = action("passphrase", _("change the passphrase"))
    recover = action("recover", _("set a new passphrase with the recovery code"))
    recover.add_argument("--code-file", metavar=_("FILE"), help=_("its first line is the recovery code"))
    recover.add_argument(
        "--kit-text",
        metavar=_("FILE"),
        help=_("the text of the kit's QR code, where vault.hdr and its copy are lost"),
    )
    for parser in (passphrase, recover):
        parser.add_argument(_NEW, metavar=_("FILE"), help=_("its first line is the new passphrase"))


def run(context: Context, args: argparse.Namespace) -> int | None:
    """Do what was asked of the vault; check returns 1 when something is wrong."""
    if args.action == "check":
        return _check(context)
    if args.action == "create":
        _create(context, args.label, args.kit)
    elif args.action == "info":
        _info(context)
    elif args.action == "passphrase":
        _passphrase(context, args.new_passphrase_file)
    else:
        _recover(context, args.code_file, args.new_passphrase_file, args.kit_text)
    return None


def _create(context: Context, label: str, kit: str | None) -> None:
    folder = context.folder
    passphrase = secret.chosen(_("New passphrase"), context.passphrase_file, "--passphrase-file")
    from kushen_desktop.app import Kushen  # noqa: PLC0415  help and wrong usage do without

    app, created = Kushen.create(folder, passphrase, label, cost=context.cost)
    with app:
        if kit is not None:
            from kushen_desktop.services import recovery_kit  # noqa: PLC0415  takes a second to load

            recovery_kit.save(recovery_kit.kit_of(created), Path(kit))
    context.give({"vault": str(folder), "recovery_code": created.recovery_code, "kit": kit})
    context.say(_("The vault is in {folder}.").format(folder=folder))
    context.say("\n  " + created.recovery_code + "\n")
    context.say(
        _(
            "This recovery code opens the vault when the passphrase is forgotten. It is shown this once:"
            " write it down and keep it apart from the computer."
        )
    )


def _info(context: Context) -> None:
    from kushen_desktop.services import vaults  # noqa: PLC0415  help and wrong usage do without

    info = vaults.info(context.folder)
    made = datetime.fromtimestamp(info.created, UTC).astimezone()
    context.give(
        {
            "vault": str(info.folder),
            "id": info.vault_id.hex(),
            "label": info.label,
            "created": made.isoformat(),
            "ways": list(info.ways),
            "size": info.database_size,
            "closed_properly": info.closed_properly,
            "header_damaged": info.header_damaged,
        }
    )
    size = _("missing") if info.database_size is None else f"{info.database_size / 1024**2:,.1f} MB"
    context.say(
        screen.facts(
            [
                (_("Name"), info.label or "–"),
                (_("Folder"), str(info.folder)),
                (_("Made"), f"{made:%Y-%m-%d %H:%M}"),
                (_("Opens with"), _(", ").join(_(_WAYS.get(way, way)) for way in info.ways)),
                (_("Size"), size),
                (_("Closed properly"), _("yes") if info.closed_properly else _("no, or open just now")),
                (_("Header"), _("taken from its copy") if info.header_damaged else _("whole")),
            ]
        )
    )


def _check(context: Context) -> int:
    """Check the pages before anything is written to them, then the kept sums."""
    folder, passphrase = context.folder, context.passphrase()
    from kushen_desktop.app import Kushen  # noqa: PLC0415  help and wrong usage do without
    from kushen_desktop.services import vaults  # noqa: PLC0415  the same

    opened = vaults.open(folder, passphrase)
    with ExitStack() as stack:
        stack.callback(opened.abandon)  # what is damaged must not be sealed as whole
        found = vaults.check(opened)
        problems = list(found.problems)
        if not problems:
            stack.pop_all()
            with Kushen(opened) as app:
                problems += app.balances.wrong_sums()
    context.give({"ok": not problems, "problems": problems, "seal": found.seal.value})
    _say_problems(context, problems)
    return 1 if problems else 0


def _say_problems(context: Context, problems: list[str]) -> None:
    if not problems:
        context.say(_("All is well: every page, index, reference and sum."))
        return
    text = ngettext("{count} problem was found:", "{count} problems were found:", len(problems))
    context.say("\n".join([text.format(count=len(problems)), *map(screen.plain, problems)]))


def _passphrase(context: Context, file: str | None) -> None:
    folder, old = context.folder, context.passphrase()
    new = secret.chosen(_("New passphrase"), file, _NEW)
    from kushen_desktop.services import vaults  # noqa: PLC0415  help and wrong usage do without

    vaults.change_passphrase(folder, old, new, cost=context.cost)
    _changed(context)


def _recover(context: Context, code_file: str | None, file: str | None, kit_text: str | None) -> None:
    folder = context.folder
    code = secret.asked(_("Recovery code"), code_file, "--code-file")
    new = secret.chosen(_("New passphrase"), file, _NEW)
    from kushen_desktop.services import vaults  # noqa: PLC0415  help and wrong usage do without

    if kit_text is None:
        vaults.recover(folder, code, new, cost=context.cost)
    else:
        kit = secret.asked(_("Text of the QR code"), kit_text, "--kit-text")
        vaults.recover_from_kit(folder, kit, code, new, cost=context.cost)
    _changed(context)


def _changed(context: Context) -> None:
    context.give({"changed": True})
    context.say(_("The vault opens with the new passphrase now. Old backups still open with the old one."))
