"""kushen balances: what every account holds."""

import argparse
from typing import TYPE_CHECKING

from kushen_desktop.cli import screen
from kushen_desktop.cli.context import Context, Parsers, day
from kushen_desktop.domain.money import Money, decimal
from kushen_desktop.i18n import _

if TYPE_CHECKING:
    from kushen_desktop.services.balances import Balance


def add(parsers: Parsers) -> None:
    """Add the arguments."""
    parser = parsers("balances", _("what every account holds"))
    parser.add_argument("--at", metavar=_("DATE"), help=_("at the end of which day; today if left out"))


def run(context: Context, args: argparse.Namespace) -> None:
    """Show the balances; to people also their sum in the base currency, where there are several."""
    at = day(args.at)
    with context.open() as app:
        found = app.balances.all(at)
        worth = app.balances.net_worth(at)
    context.give_all(
        {
            "account": one.account.name,
            "id": one.account.id.hex(),
            "currency": one.money.currency,
            "balance": _major(one.money),
            "base_currency": worth.money.currency,
            "in_base": None if one.in_base is None else _major(one.in_base),
            "at": at.isoformat(),
        }
        for one in found
    )
    context.say(_table(found) if found else _("There is no account yet."))
    if len(found) > 1:
        context.say(_("Together: {money}").format(money=worth.money))
    if worth.missing:
        context.say(
            _("Not counted, a rate is missing: {currencies}").format(currencies=", ".join(worth.missing))
        )


def _table(found: tuple["Balance", ...]) -> str:
    rows = [
        [
            one.account.name,
            str(one.money),
            _in_base(one),
            "" if one.last_day is None else one.last_day.isoformat(),
        ]
        for one in found
    ]
    return screen.table([_("Account"), _("Balance"), "", _("Last")], rows, right=(1, 2))


def _in_base(balance: "Balance") -> str:
    """Return the balance in the base currency where it is another: never a zero for an unknown rate."""
    if balance.in_base is None:
        return _("needs {currency} rate").format(currency=balance.money.currency)
    return "" if balance.in_base == balance.money else f"≈ {balance.in_base}"


def _major(money: Money) -> str:
    return str(decimal(money.minor, money.currency))
