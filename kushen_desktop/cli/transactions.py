"""kushen transactions [QUERY]: the ledger, searched as in the window."""

import argparse
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kushen_desktop.cli import screen
from kushen_desktop.cli.context import Context, Parsers
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Account, Category, Row, Shape
from kushen_desktop.domain.money import decimal, written
from kushen_desktop.domain.starter import title
from kushen_desktop.i18n import _, ngettext

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.services.transactions import Found, Sum

_PAGE = 500
_LIMIT = 50


def add(parsers: Parsers) -> None:
    """Add the arguments."""
    parser = parsers("transactions", _("list and search transactions, newest first"))
    parser.add_argument(
        "query", nargs="?", default="", metavar=_("QUERY"), help=_("words and fields, as in docs/search.md")
    )
    parser.add_argument(
        "--limit",
        type=int,
        metavar="N",
        help=_("how many at most; {n} if left out, 0 for all").format(n=_LIMIT),
    )


def run(context: Context, args: argparse.Namespace) -> None:
    """Show what was found; to people also how much it is."""
    with context.open() as app:
        found = app.transactions.find(args.query)
        limit = _LIMIT if args.limit is None else args.limit if args.limit > 0 else found.count
        accounts = {account.id: account for account in app.accounts.list()}
        categories = {category.id: category for category in app.categories.list()}
        pages = _pages(app, found, min(limit, found.count))
        context.give_all(_object(row, accounts, categories) for row in pages)
        if not context.json:
            rows = [_cells(row, accounts, categories) for row in pages]
            context.say(_table(rows) if rows else _("Nothing was found."))
            context.say(_total(found.count, app.transactions.sums(found)))


def _pages(app: "Kushen", found: "Found", count: int) -> Iterator[Row]:
    for first in range(0, count, _PAGE):
        yield from app.transactions.rows(found, first, min(_PAGE, count - first))


def _object(row: Row, accounts: Mapping[Id, Account], categories: Mapping[Id, Category]) -> dict[str, Any]:
    return {
        "id": row.id.hex(),
        "date": row.day.isoformat(),
        "time": None if row.time is None else row.time.isoformat("seconds"),
        "payee": row.payee,
        "text": row.text,
        "note": row.note,
        "account": _name(accounts, row.account),
        "other": _name(accounts, row.other),
        "category": _title(categories, row.category),
        "amount": str(decimal(row.amount, row.currency or "CNY")),
        "currency": row.currency,
        "shape": row.shape.name.lower(),
        "status": row.status.name.lower(),
        "review": row.review,
    }


def _name(accounts: Mapping[Id, Account], id_: Id | None) -> str | None:
    account = None if id_ is None else accounts.get(id_)
    return None if account is None else account.name


def _title(categories: Mapping[Id, Category], id_: Id | None) -> str | None:
    category = None if id_ is None else categories.get(id_)
    return None if category is None else title(category)


def _cells(row: Row, accounts: Mapping[Id, Account], categories: Mapping[Id, Category]) -> list[str]:
    moment = f"{row.day:%Y-%m-%d}" + ("" if row.time is None else f" {row.time:%H:%M}")
    account = _name(accounts, row.account) or ""
    if row.other is not None:
        account += f" → {_name(accounts, row.other) or '?'}"
    return [
        moment,
        screen.cut(row.payee or row.text, 28),
        screen.cut(_category(row, categories), 18),
        screen.cut(account, 24),
        f"{written(row.amount, row.currency)} {row.currency}",
        row.id.hex(),
    ]


def _category(row: Row, categories: Mapping[Id, Category]) -> str:
    known = _title(categories, row.category)
    if known is not None:
        return known
    if row.shape is Shape.TRANSFER:
        return _("Transfer")
    return _("Split") if row.shape in {Shape.SPLIT, Shape.COMPLEX} else ""


def _table(rows: list[list[str]]) -> str:
    titles = [_("Date"), _("Payee"), _("Category"), _("Account"), _("Amount"), _("Id")]
    return screen.table(titles, rows, right=(4,))


def _total(count: int, sums: tuple["Sum", ...]) -> str:
    text = ngettext("{count} transaction", "{count} transactions", count).format(count=f"{count:,}")
    for one in sums:
        both = f"{written(one.incoming, one.currency, sign=True)} {written(one.outgoing, one.currency)}"
        text += f"; {one.currency} {both}"
    return text
