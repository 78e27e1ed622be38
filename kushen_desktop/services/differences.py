"""Does a statement come to what it says of itself? Differences in words."""

from decimal import Decimal

from kushen_desktop.domain.preview import Difference
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Stated, Statement
from kushen_desktop.i18n import N_


def differences(statement: Statement) -> tuple[Difference, ...]:
    """Return what the file states of itself that its rows do not come to."""
    found = []
    for stated in statement.stated:
        found += _plain(statement, stated) if not stated.account else []
        found += _balances(statement, stated)
    return tuple(found)


def _plain(statement: Statement, stated: Stated) -> list[Difference]:
    """Compare with the totals over the whole file."""
    totals = statement.totals
    compared = (
        (N_("the file states {stated} records, {found} were found"), stated.count, totals.count),
        (N_("the file states {stated} incoming, its rows come to {found}"), stated.incoming, totals.incoming),
        (N_("the file states {stated} outgoing, its rows come to {found}"), stated.outgoing, totals.outgoing),
    )
    return [
        Difference(Sentence.of(text, stated=said, found=found))
        for text, said, found in compared
        if said is not None and said != found
    ]


def _balances(statement: Statement, stated: Stated) -> list[Difference]:
    if stated.opening is None or stated.closing is None:
        return []
    moved = sum(
        (
            entry.amount
            for entry in statement.entries
            if (entry.account, entry.currency) == (stated.account, stated.currency)
        ),
        Decimal(0),
    )
    if stated.opening + moved == stated.closing:
        return []
    text = N_("opening {opening} and the rows {moved} do not come to the closing {closing}")
    return [Difference(Sentence.of(text, opening=stated.opening, moved=moved, closing=stated.closing))]
