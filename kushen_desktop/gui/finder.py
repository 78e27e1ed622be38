"""What the palette finds in the vault: payees, accounts, amounts, and the text itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kushen_desktop.domain import money
from kushen_desktop.domain.money import AmountError
from kushen_desktop.gui.palette import Found
from kushen_desktop.i18n import _

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen

_EACH = 6


def find(app: Kushen, part: str, search: Callable[[str], object]) -> Sequence[Found]:
    """Return what of the vault matches a part of a word; `search` shows transactions of a query.

    Runs on a worker.
    """
    found = [
        _found(name, _("Payee"), "receivable", "payee", search) for name in app.payees.names(part, _EACH)
    ]
    wanted = part.casefold()
    names = [one.name for one in app.accounts.list() if wanted in one.name.casefold()]
    found += [_found(name, _("Account"), "accounts", "account", search) for name in names[:_EACH]]
    if _is_amount(part):
        found.append(Found(part, _("Amount"), "cash", lambda: search(f"amount:{part.strip()}")))
    text = _("Search the transactions for “{text}”").format(text=part)
    found.append(Found(text, _("Transactions"), "search", lambda: search(part)))
    return found


def quoted(text: str) -> str:
    """Return a text as one word of the search language."""
    return '"' + text.replace('"', "") + '"'


def _found(name: str, kind: str, icon: str, field: str, search: Callable[[str], object]) -> Found:
    return Found(name, kind, icon, lambda: search(f"{field}:{quoted(name)}"))


def _is_amount(text: str) -> bool:
    try:
        money.parse(text, "BHD")
    except AmountError:
        return False
    return True
