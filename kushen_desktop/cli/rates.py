"""kushen rates [set|load]: exchange rates, by hand or from the file of the European Central Bank."""

import argparse
from decimal import Decimal, InvalidOperation
from pathlib import Path

from kushen_desktop.cli import screen
from kushen_desktop.cli.context import Context, Parsers, actions, day
from kushen_desktop.domain.money import AmountError
from kushen_desktop.i18n import _, ngettext


def add(parsers: Parsers) -> None:
    """Add the arguments of the family."""
    family = parsers("rates", _("list, set and load exchange rates"))
    family.add_argument("--limit", type=int, default=50, metavar="N", help=_("how many at most"))
    action = actions(family)
    one = action("set", _("write down a rate; it wins over the bank's"))
    one.add_argument("base", metavar=_("CURRENCY"), help=_("one of this"))
    one.add_argument("quote", metavar=_("CURRENCY"), help=_("is worth so much of this"))
    one.add_argument("rate", metavar=_("RATE"))
    one.add_argument("--date", metavar=_("DATE"), help=_("from which day on; today if left out"))
    load = action("load", _("read eurofxref as XML, CSV or zip, downloaded by you"))
    load.add_argument("file", metavar=_("FILE"))
    load.add_argument("--since", metavar=_("DATE"), help=_("leave out what is older"))


def run(context: Context, args: argparse.Namespace) -> None:
    """List, set or load."""
    if args.action == "set":
        _set(context, args)
    elif args.action == "load":
        _load(context, args)
    else:
        _list(context, max(args.limit, 0))


def _set(context: Context, args: argparse.Namespace) -> None:
    rate, at = _rate(args.rate, args.quote), day(args.date)
    with context.open() as app:
        app.rates.set(args.base, args.quote, rate, at)
    base, quote = args.base.upper(), args.quote.upper()
    context.give({"date": at.isoformat(), "base": base, "quote": quote, "rate": f"{rate:f}"})
    text = _("1 {base} is {rate} {quote} from {date} on.")
    context.say(text.format(base=base, rate=f"{rate:f}", quote=quote, date=at.isoformat()))


def _load(context: Context, args: argparse.Namespace) -> None:
    since = None if args.since is None else day(args.since)
    with context.open() as app:
        loaded = app.rates.load(Path(args.file), since=since)
    context.give(
        {
            "file": Path(args.file).name,
            "rates": loaded.count,
            "new": loaded.new,
            "first": loaded.first.isoformat(),
            "last": loaded.last.isoformat(),
        }
    )
    text = ngettext(
        "{count} rate read, {new} of it new, {first} to {last}.",
        "{count} rates read, {new} of them new, {first} to {last}.",
        loaded.count,
    )
    context.say(text.format(count=loaded.count, new=loaded.new, first=loaded.first, last=loaded.last))


def _list(context: Context, limit: int) -> None:
    with context.open() as app:
        found = app.rates.list(limit)
    context.give_all(
        {
            "date": one.day.isoformat(),
            "base": one.base,
            "quote": one.quote,
            "rate": f"{one.rate:f}",
            "source": one.source,
        }
        for one in found
    )
    rows = [[one.day.isoformat(), f"{one.base}/{one.quote}", f"{one.rate:f}", one.source] for one in found]
    titles = [_("Date"), _("Pair"), _("Rate"), _("Source")]
    context.say(screen.table(titles, rows, right=(2,)) if rows else _("There is no rate yet."))


def _rate(untrusted_text: str, quote: str) -> Decimal:
    try:
        rate = Decimal(untrusted_text.strip())
    except InvalidOperation as error:
        raise AmountError(text=untrusted_text, currency=quote.upper()) from error
    if not rate.is_finite() or not Decimal("1e-9") <= rate <= Decimal("1e9"):
        raise AmountError(text=untrusted_text, currency=quote.upper())
    return rate
