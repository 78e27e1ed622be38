"""kushen accounts [add|edit]: the accounts of the vault."""

import argparse
from typing import Any

from kushen_desktop.cli import screen
from kushen_desktop.cli.context import Context, Parsers, actions
from kushen_desktop.domain.ledger import ACCOUNT_KIND_TITLES, Account, AccountKind
from kushen_desktop.i18n import _

_KINDS = [str(kind) for kind in AccountKind]


def add(parsers: Parsers) -> None:
    """Add the arguments of the family."""
    action = actions(parsers("accounts", _("list, add and edit accounts")))
    new = action("add", _("add an account"))
    new.add_argument("name", metavar=_("NAME"))
    new.add_argument("--currency", default="CNY", help=_("three letters; CNY if left out"))
    _add_fields(new, kind=str(AccountKind.BANK_CARD))
    edit = action("edit", _("change an account"))
    edit.add_argument("name", metavar=_("NAME"))
    edit.add_argument("--rename", metavar=_("NAME"), help=_("another name"))
    edit.add_argument("--closed", action=argparse.BooleanOptionalAction, help=_("no longer in use"))
    _add_fields(edit, kind=None)


def _add_fields(parser: argparse.ArgumentParser, kind: str | None) -> None:
    parser.add_argument("--kind", choices=_KINDS, default=kind)
    parser.add_argument("--institution", metavar=_("NAME"), help=_("bank or wallet"))
    parser.add_argument("--number", help=_("card number, IBAN or login; lists show its tail only"))
    parser.add_argument("--statement-day", type=int, choices=range(1, 32), metavar="DAY")
    parser.add_argument("--due-day", type=int, choices=range(1, 32), metavar="DAY")
    parser.add_argument("--note")


def run(context: Context, args: argparse.Namespace) -> None:
    """List, add or edit."""
    with context.open() as app:
        if args.action is None:
            _list(context, app.accounts.list())
            return
        if args.action == "add":
            kind = AccountKind(args.kind)
            id_ = app.accounts.add(args.name, kind, args.currency, **_fields(args))
        else:
            id_ = app.accounts.named(args.name).id
            app.accounts.edit(id_, **_changed(args))
        account = app.accounts.one(id_)
    context.give(_object(account))
    context.say(_("Account “{name}” is saved.").format(name=account.name))


def _fields(args: argparse.Namespace) -> dict[str, Any]:
    names = ("institution", "number", "statement_day", "due_day", "note")
    return {name: getattr(args, name) for name in names if getattr(args, name) is not None}


def _changed(args: argparse.Namespace) -> dict[str, Any]:
    fields = _fields(args)
    if args.rename is not None:
        fields["name"] = args.rename.strip()
    if args.closed is not None:
        fields["closed"] = args.closed
    if args.kind is not None:
        fields["kind"] = AccountKind(args.kind)
    return fields


def _list(context: Context, accounts: tuple[Account, ...]) -> None:
    context.give_all(map(_object, accounts))
    rows = [
        [
            one.name,
            _(ACCOUNT_KIND_TITLES[one.kind]),
            one.currency,
            one.institution,
            one.masked,
            _("closed") if one.closed else "",
        ]
        for one in accounts
    ]
    titles = [_("Account"), _("Kind"), _("Currency"), _("Institution"), _("Number"), ""]
    context.say(screen.table(titles, rows) if rows else _("There is no account yet."))


def _object(account: Account) -> dict[str, Any]:
    return {
        "id": account.id.hex(),
        "name": account.name,
        "kind": account.kind,
        "currency": account.currency,
        "institution": account.institution,
        "number": account.masked,
        "statement_day": account.statement_day,
        "due_day": account.due_day,
        "closed": account.closed,
        "note": account.note,
    }
