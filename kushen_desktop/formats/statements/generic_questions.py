"""What a table leaves open: questions with the reading that was taken."""

from collections.abc import Sequence

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Question
from kushen_desktop.i18n import N_

_ORDER = N_("In which order are day and month in dates such as “{example}”?")
_ORDERS = {
    "DMY": Sentence(N_("Day, month, year")),
    "MDY": Sentence(N_("Month, day, year")),
    "YMD": Sentence(N_("Year, month, day")),
}
_DECIMAL = N_("Which mark stands before the decimals in amounts such as “{example}”?")
_MARKS = {
    ".": Sentence(N_("The point: 1,234.56")),
    ",": Sentence(N_("The comma: 1.234,56")),
}
_SIGN = Sentence(N_("The file does not say clearly which amounts are spending."))
_SIGNS = {
    "signed": Sentence(N_("Negative amounts are spending")),
    "inverted": Sentence(N_("Positive amounts are spending")),
    "keywords": Sentence(N_("The words in each row decide")),
    "direction": Sentence(N_("A column says so")),
}
_COLUMN = N_("Which column holds the amounts?")
_SHEET = N_("Which sheet holds the transactions?")
_NAME = N_("{name}")


def date_order(possible: Sequence[str], taken: str, examples: Sequence[str]) -> Question:
    """Return the question for the order of day and month; possible: those that read all dates."""
    example = examples[0] if examples else ""
    answers = tuple((order, _ORDERS[order]) for order in possible)
    return Question("date_order", Sentence.of(_ORDER, example=example), answers, taken, tuple(examples))


def sheet(names: Sequence[str], taken: str) -> Question:
    """Return the question for the sheet of a workbook."""
    answers = tuple((name, Sentence.of(_NAME, name=name)) for name in names)
    return Question("sheet", Sentence(_SHEET), answers, taken)


def decimal(taken: str, examples: Sequence[str]) -> Question:
    """Return the question for the decimal mark."""
    example = examples[0] if examples else ""
    return Question(
        "decimal", Sentence.of(_DECIMAL, example=example), tuple(_MARKS.items()), taken, tuple(examples)
    )


def sign(possible: Sequence[str], taken: str, examples: Sequence[str]) -> Question:
    """Return the question for which amounts are spending."""
    return Question("sign", _SIGN, tuple((name, _SIGNS[name]) for name in possible), taken, tuple(examples))


def amount_column(names: Sequence[str], taken: str) -> Question:
    """Return the question for the column of amounts."""
    answers = tuple((name, Sentence.of(_NAME, name=name)) for name in dict.fromkeys((taken, *names)))
    return Question("columns.amount", Sentence(_COLUMN), answers, taken)
