"""What is to be said of a file before it is imported: known already, what it states of itself, notes."""

from __future__ import annotations

from typing import NamedTuple

from kushen_desktop.domain.preview import Preview
from kushen_desktop.domain.statement import Stated
from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.i18n import _, ngettext


class Fact(NamedTuple):
    """A sentence about a file with an icon; tone as labels know it."""

    icon: str
    text: str
    tone: str = "text2"


def facts(preview: Preview) -> tuple[Fact, ...]:
    """Return the sentences about a file; amounts in them are covered while amounts are hidden."""
    found = []
    if preview.known_since is not None:
        text = _(
            "This very file was imported on {day} at {time}. Only what is ticked would be written again."
        )
        since = preview.known_since
        found.append(Fact("info", text.format(day=f"{since:%Y-%m-%d}", time=f"{since:%H:%M}"), "text"))
    found += [Fact("info", note.shown()) for note in preview.statement.notes]
    found += _stated(preview)
    return tuple(found)


def _stated(preview: Preview) -> list[Fact]:
    hidden = theme().hidden_amounts
    if preview.differences:
        if hidden:
            return [Fact("warning", _("The file does not come to what it states of itself."), "warning")]
        text = _("The file does not come to what it states of itself: {difference}.")
        return [
            Fact("warning", text.format(difference=one.text.shown()), "warning")
            for one in preview.differences
        ]
    found = [words for stated in preview.statement.stated if (words := _words(stated, hidden=hidden))]
    if not found:
        return []
    text = _("Agrees with what the file states: {stated}.")
    return [Fact("check", text.format(stated=_("; ").join(found)))]


def _words(stated: Stated, *, hidden: bool) -> str:
    parts = []
    if stated.count is not None:
        text = ngettext("{count} record", "{count} records", stated.count)
        parts.append(text.format(count=f"{stated.count:,}"))
    for text, amount in (
        (_("{amount} in"), stated.incoming),
        (_("{amount} out"), stated.outgoing),
        (_("opening balance {amount}"), stated.opening),
        (_("closing balance {amount}"), stated.closing),
    ):
        if amount is not None:
            parts.append(text.format(amount=MASK if hidden else f"{amount:,}"))
    if not parts:
        return ""
    # Plain totals stand for the whole file; balances belong to an account.
    who = f"{stated.account[-4:]}: " if stated.account else ""
    return who + _(", ").join(parts)
