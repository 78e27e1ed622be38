"""The running balance of a table: proof of signs, opening and closing, and where it breaks."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from kushen_desktop.domain.statement import Stated

_SAMPLE = 1_000

Step = tuple[int, date, Decimal, Decimal]


class Chain(NamedTuple):
    """How a running balance follows the amounts. newest_first: the order of the rows; sign: 1, or -1 where
    the balance is what is owed; holds and breaks: so many steps; first_break: a row's ordinal, 0 for none.
    """

    newest_first: bool
    sign: int
    holds: int
    breaks: int
    first_break: int


def chain(steps: Sequence[Step]) -> Chain:
    """Return the reading under which the balance follows best. steps: (row, day, amount, balance)."""
    sample = steps[:_SAMPLE]
    tried = [_tried(sample, newest_first, sign) for sign in (1, -1) for newest_first in _likelier(steps)]
    best = max(tried, key=lambda found: found.holds)
    return best if len(steps) <= _SAMPLE else _tried(steps, best.newest_first, best.sign)


def _likelier(steps: Sequence[Step]) -> tuple[bool, bool]:
    descending = bool(steps) and steps[0][1] > steps[-1][1]
    return (descending, not descending)


def _tried(steps: Sequence[Step], newest_first: bool, sign: int) -> Chain:  # noqa: FBT001
    holds = breaks = first_break = 0
    for earlier, later in pairwise(steps):
        moved = later[3] - earlier[3]
        if moved == (-earlier[2] if newest_first else later[2]) * sign:
            holds += 1
        else:
            breaks += 1
            first_break = first_break or later[0]
    return Chain(newest_first, sign, holds, breaks, first_break)


def stated(account: str, currency: str, steps: Sequence[Step], found: Chain) -> Stated | None:
    """Return opening and closing balance; None where the balance doesn't follow the amounts at all."""
    if not steps or found.breaks > found.holds:
        return None
    ordered = list(reversed(steps)) if found.newest_first else steps
    first, last = ordered[0], ordered[-1]
    return Stated(
        account,
        currency,
        opening=first[3] * found.sign - first[2],
        closing=last[3] * found.sign,
        closing_date=last[1],
    )
