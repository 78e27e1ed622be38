"""The currency of a statement that names none: the user's answer, else a guess and a question."""

import re
from collections.abc import Mapping

from kushen_desktop.domain.money import checked_currency
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Question
from kushen_desktop.formats.statements.generic_numbers import EMPTY
from kushen_desktop.formats.statements.generic_words import code
from kushen_desktop.i18n import N_

OPTION = "currency"
_WHICH = Sentence(N_("The file does not say which currency its amounts are in."))
_CODE = N_("{name}")
_OFFERED = ("CNY", "USD", "EUR", "GBP", "HKD", "JPY", "TWD", "SGD", "AUD", "CAD", "CHF", "CZK", "PLN", "SEK")

_TITLE_CURRENCY = re.compile(
    r"(?:币\s*种|货币|currency|währung)\s*[:：]\s*(人民币|美元|港币|[A-Z]{3})", re.IGNORECASE
)
_HAN = re.compile("[\u4e00-\u9fff]")
# What a heading in one of these languages makes likely, where nothing names the currency.
_LANGUAGES = (
    (re.compile("[ěřů]|částka|datum zaú"), "CZK"),
    (re.compile("kwota|waluta|tytuł"), "PLN"),
    (
        re.compile(
            "betrag|bedrag|buchung|montant|libell|importe|fecha|omschrijving|suma|likutis", re.IGNORECASE
        ),
        "EUR",
    ),
)


def answered(options: Mapping[str, str]) -> str:
    """Return the currency that the user chose, "" where none; raises CurrencyError for a wrong answer."""
    untrusted_code = options.get(OPTION, "")
    return checked_currency(untrusted_code) if untrusted_code else ""


def question(taken: str) -> Question:
    """Return the question which currency the file is in; any code of three letters is an answer too."""
    codes = dict.fromkeys((taken, *_OFFERED))
    return Question(OPTION, _WHICH, tuple((code, Sentence.of(_CODE, name=code)) for code in codes), taken)


def found(chosen: str, heading: str, preamble: str, text: str) -> tuple[bool, str]:
    """Return whether the currency of a table is sure, and the currency; raises CurrencyError.

    chosen: by the user; heading: from the heading of the amounts; text: what of the file tells its language.
    """
    title = _TITLE_CURRENCY.search(preamble)
    known = answered({OPTION: chosen}) or heading or code(title[1] if title else "")
    if known:
        return True, known
    if _HAN.search(text):
        return True, "CNY"
    return False, next((currency for pattern, currency in _LANGUAGES if pattern.search(text)), "USD")


def of_cell(cell: str) -> tuple[str, str]:
    """Return the code that a cell of a currency column names, and the cell where it names none."""
    if cell in EMPTY:
        return "", ""
    known = code(cell) or code(cell.upper())
    return known, "" if known else cell
