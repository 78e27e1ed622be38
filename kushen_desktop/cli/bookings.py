"""kushen add, edit and delete: transactions by hand."""

import argparse
import re
from datetime import time
from typing import TYPE_CHECKING, Any

from kushen_desktop.cli.context import Context, Parsers, day
from kushen_desktop.domain import money
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import (
    Account,
    NewTransaction,
    Posting,
    Role,
    Status,
    UnbalancedError,
    UnknownTransactionError,
)
from kushen_desktop.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen

_ID = re.compile("[0-9a-fA-F]{32}")
_STATUSES = {str(status.name).lower(): status for status in Status}


class NoTimeError(KushenError):
    """A text is no time of day."""

    code = "time"
    message = N_("“{text}” is no time of day. Write it as 18:05 or 18:05:30.")


class NothingToChangeError(KushenError):
    """edit was told no field."""

    code = "nothing_to_change"
    message = N_("Say what to change, such as --category or --note.")


def add(parsers: Parsers) -> None:
    """Add the arguments of the three."""
    new = parsers("add", _("book a transaction by hand"))
    new.add_argument(
        "amount", metavar=_("AMOUNT"), help=_("-38.50 was spent, 38.50 came in; with --to: moved")
    )
    new.add_argument("--account", required=True, metavar=_("NAME"))
    new.add_argument("--to", metavar=_("NAME"), help=_("a transfer to this account"))
    new.add_argument("--received", metavar=_("AMOUNT"), help=_("what came in there, in its currency"))
    _add_fields(new)
    edit = parsers("edit", _("change transactions"))
    edit.add_argument("ids", nargs="+", metavar="ID", help=_("from `transactions`"))
    edit.add_argument("--account", metavar=_("NAME"))
    edit.add_argument("--amount", metavar=_("AMOUNT"), help=_("for one transaction that is not split"))
    _add_fields(edit)
    delete = parsers("delete", _("delete transactions; undo brings them back"))
    delete.add_argument("ids", nargs="+", metavar="ID", help=_("from `transactions`"))


def _add_fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", metavar=_("DATE"), help="2026-03-31")
    parser.add_argument("--time", metavar=_("TIME"), help="18:05")
    parser.add_argument("--payee", metavar=_("NAME"))
    parser.add_argument("--category", metavar=_("NAME"), help=_("in any language; edit: “” takes it away"))
    parser.add_argument("--note", metavar=_("TEXT"))
    parser.add_argument("--tag", action="append", metavar=_("NAME"), help=_("may be said several times"))
    parser.add_argument("--status", choices=sorted(_STATUSES))


def run(context: Context, args: argparse.Namespace) -> None:
    """Book, change or delete."""
    if context.command == "add":
        _book(context, args)
        return
    ids = [_id(text) for text in args.ids]
    with context.open() as app:
        for id_ in ids:
            app.transactions.get(id_)
        if context.command == "delete":
            app.transactions.delete(ids)
        else:
            app.transactions.edit(ids, **_edited(app, ids, args))
    context.give({"ids": [id_.hex() for id_ in ids]})
    text = (
        ngettext("{count} transaction deleted.", "{count} transactions deleted.", len(ids))
        if context.command == "delete"
        else ngettext("{count} transaction changed.", "{count} transactions changed.", len(ids))
    )
    context.say(text.format(count=len(ids)))


def _book(context: Context, args: argparse.Namespace) -> None:
    with context.open() as app:
        fields = _fields(app, args)
        category = fields.pop("category", None)
        postings = _postings(app, args, category)
        new = NewTransaction(day=fields.pop("day", day(None)), postings=postings, **fields)
        id_ = app.transactions.add(new)
    context.give({"ids": [id_.hex()]})
    context.say(_("Booked: {id}").format(id=id_.hex()))


def _postings(app: "Kushen", args: argparse.Namespace, category: Id | None) -> tuple[Posting, ...]:
    account = app.accounts.named(args.account)
    amount = money.parse(args.amount, account.currency)
    if args.to is None:
        return (Posting(account.id, amount, category),)
    there = app.accounts.named(args.to)
    moved = abs(amount)
    return (
        Posting(account.id, -moved, role=Role.TRANSFER),
        Posting(there.id, _received(args.received, account, there, moved), role=Role.TRANSFER),
    )


def _received(text: str | None, account: Account, there: Account, moved: int) -> int:
    if text is not None:
        return abs(money.parse(text, there.currency))
    if account.currency != there.currency:
        reason = _("say with --received how much came in, in {currency}").format(currency=there.currency)
        raise UnbalancedError(reason=reason)
    return moved


def _fields(app: "Kushen", args: argparse.Namespace) -> dict[str, Any]:
    """Return what was said, by the names of NewTransaction."""
    fields: dict[str, Any] = {}
    if args.date is not None:
        fields["day"] = day(args.date)
    if args.time is not None:
        fields["time"] = _time(args.time)
    for name in ("payee", "note"):
        if getattr(args, name) is not None:
            fields[name] = getattr(args, name).strip()
    if args.category is not None:
        fields["category"] = app.categories.named(args.category).id if args.category else None
    if args.tag is not None:
        fields["tags"] = tuple(tag for tag in args.tag if tag.strip())
    if args.status is not None:
        fields["status"] = _STATUSES[args.status]
    return fields


def _edited(app: "Kushen", ids: list[Id], args: argparse.Namespace) -> dict[str, Any]:
    fields = _fields(app, args)
    if args.account is not None:
        fields["account"] = app.accounts.named(args.account).id
    if args.amount is not None:
        one = _only_posting(app, ids)
        account = fields.pop("account", one.account)
        amount = money.parse(args.amount, app.accounts.one(account).currency)
        category = fields.pop("category", one.category)
        fields["postings"] = (Posting(account, amount, category, one.role, one.memo),)
    if not fields:
        raise NothingToChangeError
    return fields


def _only_posting(app: "Kushen", ids: list[Id]) -> Posting:
    """Return the one posting of the one transaction; raises UnbalancedError where there are more."""
    postings = app.transactions.get(ids[0]).postings
    if len(ids) != 1 or len(postings) != 1:
        raise UnbalancedError(reason=_("an amount can be changed for one transaction that is not split"))
    return postings[0]


def _id(untrusted_text: str) -> Id:
    if not _ID.fullmatch(untrusted_text):
        raise UnknownTransactionError
    return Id(bytes.fromhex(untrusted_text))


def _time(untrusted_text: str) -> time:
    try:
        return time.fromisoformat(untrusted_text.strip())
    except ValueError as error:
        raise NoTimeError(text=untrusted_text) from error
