"""The currency of a statement that names none: the user's answer, else a guess and a question."""

from collections.abc import Mapping

from kushen_desktop.domain.money import checked_currency
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Question
from kushen_desktop.i18n import N_

OPTION = "currency"
_WHICH = Sentence(N_("The file does not say which currency its amounts are in."))
_CODE = N_("{code}")
_OFFERED = ("CNY", "USD", "EUR", "GBP", "HKD", "JPY", "TWD", "SGD", "AUD", "CAD", "CHF", "CZK", "PLN", "SEK")


def answered(options: Mapping[str, str]) -> str:
    """Return the currency that the user chose, "" where none; raises CurrencyError for a wrong answer."""
    untrusted_code = options.get(OPTION, "")
    return checked_currency(untrusted_code) if untrusted_code else ""


def question(taken: str) -> Question:
    """Return the question which currency the file is in; any code of three letters is an answer too."""
    codes = dict.fromkeys((taken, *_OFFERED))
    return Question(OPTION, _WHICH, tuple((code, Sentence.of(_CODE, code=code)) for code in codes), taken)
