"""Which column plays which role: by its heading, and by what stands in it."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from kushen_desktop.formats.statements import generic_dates, generic_kinds, generic_numbers
from kushen_desktop.formats.statements.generic_answers import Answers
from kushen_desktop.formats.statements.generic_words import MONEY, Fit, code, fit
from kushen_desktop.formats.tables import clean

_SAMPLE = 600
_DATES = ("date", "value_date")
_NUMERIC = MONEY | {"balance", "fee"}


class Columns(NamedTuple):
    """For each role the columns that play it, best first. rivals: other columns that fit as amount as well.

    currency: a currency named in the heading of the amounts, "" where none. guessed: whether the amounts
    were found without a heading that says so.
    """

    roles: Mapping[str, tuple[int, ...]]
    rivals: tuple[int, ...] = ()
    currency: str = ""
    guessed: bool = False

    def first(self, role: str) -> int | None:
        """Return the best column for a role, None where there is none."""
        found = self.roles.get(role)
        return found[0] if found else None


class _Sight(NamedTuple):
    """What stands in a column, in a sample of its rows: how many cells are what."""

    filled: int
    dates: int
    clocks: int
    numbers: int
    decimals: int
    negatives: int
    codes: int
    ways: int
    distinct: int
    length: int


def columns(names: Sequence[str], rows: Sequence[Sequence[str]], answers: Answers) -> Columns:
    """Return the roles of the columns; those the user chose come first."""
    step = max(1, len(rows) // _SAMPLE)
    sights = [
        _sight([clean(row[index]) for row in rows[::step] if index < len(row)]) for index in range(len(names))
    ]
    fits = [_checked(fit(_bare(name)), sight) for name, sight in zip(names, sights, strict=True)]
    roles: dict[str, list[int]] = {}
    for index in sorted(range(len(names)), key=lambda index: -fits[index].rank):
        if fits[index].role:
            roles.setdefault(fits[index].role, []).append(index)
    _without_heading(roles, sights, fits)
    guessed = not any(roles.get(role) for role in MONEY)
    if guessed:
        roles.update(_money_by_content(roles, sights))
    _settle_money(roles, sights)
    _choose(roles, names, answers)
    amounts = roles.get("amount", [])
    rivals = [index for index in amounts[1:] if fits[index].rank == fits[amounts[0]].rank]
    money = next((index for role in ("amount", "debit", "credit") for index in roles.get(role, ())), None)
    currency = fits[money].currency if money is not None else ""
    chosen = "amount" in answers.columns
    return Columns(
        {role: tuple(found) for role, found in roles.items() if found},
        () if chosen else tuple(rivals),
        currency,
        guessed and not chosen,
    )


def _bare(name: str) -> str:
    """Return a heading without the number that made it unique."""
    return (
        name[: name.rfind(" (")] if name.endswith(")") and name[name.rfind("(") + 1 : -1].isdigit() else name
    )


def _sight(cells: list[str]) -> _Sight:
    filled = [cell for cell in cells if cell not in generic_numbers.EMPTY]
    numbers = [number for cell in filled if (number := generic_numbers.amount(cell))]

    def count(test: Callable[[str], object]) -> int:
        return sum(test(cell) is not None for cell in filled)

    return _Sight(
        len(filled),
        sum(map(generic_dates.looks, filled)),
        count(generic_dates.clock),
        len(numbers),
        sum("." in number.digits or "," in number.digits for number in numbers),
        sum(number.negative for number in numbers),
        sum(bool(code(cell)) for cell in filled),
        count(generic_kinds.way),
        len(set(filled)),
        sum(map(len, filled)),
    )


def _checked(heading: Fit, sight: _Sight) -> Fit:
    """Return the fit of a heading where the cells bear it out, else another role they suggest or none."""
    role, rank, _ = heading
    half = (sight.filled + 1) // 2
    if role in {"date", "value_date", "time"}:
        if sight.filled and sight.dates >= half:
            return heading if role != "time" else Fit("date", 40)
        if sight.filled and sight.clocks >= half:
            return Fit("time", rank)
        return Fit("currency", 60) if sight.filled and sight.codes >= half else Fit("", 0)
    if role in _NUMERIC:
        return heading if sight.filled and sight.numbers >= half else Fit("", 0)
    if role in {"type", "direction"}:
        if sight.filled and sight.ways * 5 >= sight.filled * 4 and sight.distinct <= 16:
            return Fit("direction", rank)
        return Fit("type", rank) if role == "type" or not sight.ways else Fit("direction", rank)
    if role in {"id", "merchant"} and (
        sight.distinct * 2 < sight.filled or sight.distinct <= 1 < sight.filled
    ):
        return Fit("", 0)
    if role == "account" and sight.distinct * 5 > sight.filled + 20:
        return Fit("", 0)
    return heading


def _without_heading(roles: dict[str, list[int]], sights: Sequence[_Sight], fits: Sequence[Fit]) -> None:
    """Find dates and texts by content where no heading says which they are."""
    free = [index for index, found in enumerate(fits) if not found.role]
    if not any(roles.get(role) for role in _DATES):
        dated = [
            index for index in free if sights[index].filled and sights[index].dates * 2 > sights[index].filled
        ]
        roles["date"] = dated
        free = [index for index in free if index not in dated]
    if not roles.get("text") and not roles.get("payee"):
        wordy = [index for index in free if sights[index].numbers * 2 < sights[index].filled]
        wordy.sort(key=lambda index: -sights[index].length)
        roles["text"] = wordy[:1]


def _money_by_content(roles: Mapping[str, list[int]], sights: Sequence[_Sight]) -> dict[str, list[int]]:
    taken = {index for found in roles.values() for index in found}
    numeric = [
        index
        for index, sight in enumerate(sights)
        if index not in taken and sight.filled and sight.numbers * 5 >= sight.filled * 4
    ]
    money = [index for index in numeric if sights[index].decimals or sights[index].negatives] or numeric[:1]
    full = max((sights[index].filled for index in money), default=0)
    if (
        len(money) >= 2
        and sights[money[0]].filled + sights[money[1]].filled <= full * 1.02 + 1
        and len(money) > 2
    ):
        return {"debit": money[:1], "credit": money[1:2], "balance": money[2:3]}
    if len(money) == 2 and sights[money[0]].filled + sights[money[1]].filled <= full * 1.5:
        return {"debit": money[:1], "credit": money[1:2]}
    return {"amount": money[:1], "balance": money[1:2]}


def _settle_money(roles: dict[str, list[int]], sights: Sequence[_Sight]) -> None:
    """Decide between one column of amounts and a pair of debit and credit, where a file has both."""
    pair = roles.get("debit", [])[:1] + roles.get("credit", [])[:1]
    if len(pair) < 2 and roles.get("amount"):
        roles["debit"] = roles["credit"] = []
    elif pair and roles.get("amount"):
        signed = any(sights[index].negatives for index in roles["amount"][:1])
        if signed or roles.get("direction"):
            roles["debit"] = roles["credit"] = []
        else:
            roles["amount"] = []


def _choose(roles: dict[str, list[int]], names: Sequence[str], answers: Answers) -> None:
    """Put the user's choices first, and take chosen columns out of other roles."""
    for role, name in answers.columns.items():
        if not name:
            roles[role] = []
            continue
        index = list(names).index(name)
        for found in roles.values():
            if index in found:
                found.remove(index)
        roles[role] = [index, *roles.get(role, [])]
        if role == "amount":
            roles["debit"] = roles["credit"] = []
        elif role in {"debit", "credit"}:
            roles["amount"] = []
