"""Signed amounts out of a table: which mark is decimal, and which way the money of a row goes."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import repeat
from typing import NamedTuple, cast

from kushen_desktop.formats.statements import generic_kinds, generic_numbers
from kushen_desktop.formats.statements.generic_answers import (
    DIRECTION,
    INVERTED,
    KEYWORDS,
    SIGNED,
    Answers,
    WrongAnswerError,
)
from kushen_desktop.formats.statements.generic_numbers import Amount

VOTES = 5_000
_ZERO = Decimal(0)


class Sum(NamedTuple):
    """The money of one row. value: signed, None where the cell is no amount; way: what the file itself says
    (1 in, -1 out, 0 neither, None not known); blank: nothing stands there; written: the cell, for messages;
    both: money in and money out stand in one row.
    """

    value: Decimal | None
    way: int | None
    blank: bool = False
    written: str = ""
    currency: str = ""
    both: bool = False


class Signs(NamedTuple):
    """How signs are read, and whether it was proven."""

    model: str
    doubtful: bool


class Numbers:
    """A column of amounts. values: signed, None where a cell is none; set by settle()."""

    def __init__(self, cells: Sequence[str]) -> None:
        self.cells = cells
        written = {cell: generic_numbers.written(cell) for cell in set(cells)}
        self.open = {cell: found for cell, found in written.items() if type(found) is Amount}
        self.currencies = {cell: found.currency for cell, found in self.open.items() if found.currency}
        self._known = cast("dict[str, Decimal | None]", written)
        self.values: list[Decimal | None] = []

    def points(self) -> int:
        """Return how many cells have a point that can only be decimal."""
        return "".join(cell for cell, found in self._known.items() if type(found) is Decimal).count(".")

    def settle(self, mark: str) -> None:
        """Read the amounts with this decimal mark."""
        known = self._known
        known.update((cell, generic_numbers.value(found, mark)) for cell, found in self.open.items())
        self.values = [known[cell] for cell in self.cells]


def model(
    amounts: Sequence[Decimal | None],
    words: Sequence[str],
    ways: Sequence[int | None] | None,
    chain: int,
    *,
    card: bool,
) -> Signs:
    """Return how the signs of one column of amounts are meant.

    words: text and type of each row. ways: what a direction column says. chain: 1 where a running balance
    follows the amounts as they are, -1 where it follows their opposite, 0 where it tells nothing. card:
    whether the file speaks of a credit card, whose balance is what is owed.
    """
    if ways is not None:
        return Signs(DIRECTION, doubtful=False)
    pairs = [
        (value, generic_kinds.hint(text))
        for value, text in zip(amounts, words[:VOTES], strict=False)
        if value
    ]
    agree = sum((value > 0) == (hint > 0) for value, hint in pairs if hint)
    oppose = sum((value > 0) != (hint > 0) for value, hint in pairs if hint)
    negative = sum(value < 0 for value, _ in pairs)
    if chain and not card:
        return Signs(SIGNED if chain > 0 else INVERTED, doubtful=False)
    if negative:
        return _of_signed(agree, oppose, mostly_positive=negative * 2 < len(pairs), card=card)
    if agree and oppose and agree + oppose == len(pairs):
        return Signs(KEYWORDS, doubtful=True)
    return Signs(SIGNED if agree > oppose else INVERTED, doubtful=True)


def _of_signed(agree: int, oppose: int, *, mostly_positive: bool, card: bool) -> Signs:
    if oppose > 2 * agree:
        return Signs(INVERTED, doubtful=agree > 0 or oppose < 2)
    if agree or not mostly_positive:
        return Signs(SIGNED, doubtful=oppose > agree)
    return Signs(INVERTED if card else SIGNED, doubtful=True)


def checked(signs: Signs, answers: Answers, possible: tuple[str, ...]) -> Signs:
    """Return the user's answer instead, where there is one; raises WrongAnswerError for an impossible one."""
    if not answers.sign:
        return signs
    if answers.sign not in possible:
        if "sign" in answers.saved:
            return signs
        raise WrongAnswerError(name="sign", answer=answers.sign)
    return Signs(answers.sign, doubtful=False)


def single(
    column: Numbers,
    values: Sequence[Decimal | None],
    signs: str,
    ways: Sequence[int | None] | None,
    words: Sequence[str],
) -> list[Sum]:
    """Return the money of each row where one column holds it; values: less fees where these come on top."""
    if signs == DIRECTION and ways is not None:
        own = _own_signs(values, ways)
    elif signs == KEYWORDS:
        own, ways = False, [generic_kinds.hint(text) or None for text in words]
    else:
        own, ways = signs == SIGNED, None
    found, named = [], column.currencies.get
    if ways is None and not column.currencies and None not in values:
        signed = [value if own else -value for value in values if value is not None]
        return list(
            map(Sum, signed, [1 if value > 0 else -1 for value in signed], repeat(object=False), column.cells)
        )
    for index, (cell, value) in enumerate(zip(column.cells, values, strict=True)):
        if value is None:
            found.append(Sum(None, None, cell in generic_numbers.EMPTY, cell))
            continue
        way = ways[index] if ways is not None else None
        amount = value if own else _directed(value, way)
        if ways is None:
            way = 1 if amount > 0 else -1
        found.append(Sum(amount, way, blank=False, written=cell, currency=named(cell, "")))
    return found


def _directed(value: Decimal, way: int | None) -> Decimal:
    """Return an amount with the sign of its direction; where none is known it is shown as money out."""
    return value if way == 1 else -value


def _own_signs(values: Sequence[Decimal | None], ways: Sequence[int | None]) -> bool:
    """Tell whether amounts beside a direction column carry that direction as their sign already."""
    pairs = [(value, way) for value, way in zip(values, ways, strict=True) if value and way]
    return any(value < 0 for value, _ in pairs) and all((value < 0) == (way < 0) for value, way in pairs)


def pair(debit: Numbers, credit: Numbers) -> list[Sum]:
    """Return the money of each row where one column holds what goes out and one what comes in."""
    spent = [value for value in debit.values if value]
    flip = not spent or any(value > 0 for value in spent)
    found = []
    for index, (out, into) in enumerate(zip(debit.values, credit.values, strict=True)):
        cells = (debit.cells[index], credit.cells[index])
        bad = next(
            (
                cell
                for cell, value in zip(cells, (out, into), strict=True)
                if value is None and not _empty(cell)
            ),
            None,
        )
        if bad is not None or (out is None and into is None):
            found.append(Sum(None, None, bad is None, bad or ""))
            continue
        value = (into or _ZERO) + ((-out if flip else out) if out else _ZERO)
        currency = debit.currencies.get(cells[0], "") if out else credit.currencies.get(cells[1], "")
        way = 1 if value > 0 else -1
        found.append(Sum(value, way, False, cells[0] or cells[1], currency, bool(out and into)))  # noqa: FBT003  fields of a row
    return found


def _empty(cell: str) -> bool:
    return cell in generic_numbers.EMPTY


def possible(*, directed: bool) -> tuple[str, ...]:
    """Return the sign models that a table with one column of amounts can be read with."""
    return (DIRECTION, SIGNED, INVERTED) if directed else (SIGNED, INVERTED, KEYWORDS)
