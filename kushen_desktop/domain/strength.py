"""How hard a passphrase is to guess, for people who write Chinese: pinyin, names, birthdays, phone numbers.

A general meter counts pinyin as random letters. Here a passphrase is cut into the cheapest row of pieces a
guesser would try, each with the decimal logarithm of its guesses; the general meter is passed in as a
function and the smaller of the two counts. Scores as in zxcvbn (Wheeler, USENIX Security 2016): 0-4, at 10^3,
10^6, 10^8 and 10^10 guesses.
"""

import math
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kushen_desktop.domain.guessable import NUMBERS, PHRASES, SURNAMES, SYLLABLES, WORD_SYLLABLES
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.i18n import N_

LEAST_CHARACTERS = 15
MOST_BYTES = 1024
LEAST_SCORE = 3
WORDS = 6
# General meters fail or crawl on long input; what comes later can only make it stronger.
_METERED = 72
_THRESHOLDS = (3, 6, 8, 10)

_STRONG = N_("hard to guess")
_FAIR = N_("could be longer")
_SHORT = N_(
    "it has {found} characters; take at least {wanted}, for example six words that do not belong together"
)
_LONG = N_("it is longer than {limit} bytes")
_REASONS = {
    "pinyin": N_("pinyin syllables are tried first; mix in words that do not belong together"),
    "name": N_("names are tried first; mix in words that do not belong together"),
    "date": N_("dates such as birthdays are tried first; leave them out"),
    "phone": N_("phone numbers are tried first; leave them out"),
    "number": N_("well-known numbers are tried first; leave them out"),
    "phrase": N_("well-known phrases are tried first; take words that do not belong together"),
    "repeat": N_("repeated characters add almost nothing"),
    "context": N_("it repeats what stands on the vault itself"),
    "plain": N_("it is easy to guess; take six words that do not belong together"),
}


class Strength(NamedTuple):
    """Score 0 (guessed at once) to 4, why, and whether a vault takes it."""

    score: int
    reason: Sentence
    accepted: bool


class _Piece(NamedTuple):
    length: int
    cost: float
    kind: str


def rated(passphrase: str, general: Callable[[str], float], context: Sequence[str] = ()) -> Strength:
    """Rate a passphrase; general returns the decimal logarithm of the guesses another meter expects."""
    text = unicodedata.normalize("NFKC", passphrase)
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        return Strength(0, Sentence.of(_LONG, limit=MOST_BYTES), accepted=False)
    metered = text[:_METERED]
    own, kind = _guesses(metered.casefold(), context)
    score = _score(min(own, general(metered)))
    if len(text) < LEAST_CHARACTERS:
        reason = Sentence.of(_SHORT, found=len(text), wanted=LEAST_CHARACTERS)
        return Strength(min(score, LEAST_SCORE - 1), reason, accepted=False)
    if score < LEAST_SCORE:
        return Strength(score, Sentence.of(_REASONS[kind]), accepted=False)
    return Strength(score, Sentence.of(_STRONG if score > LEAST_SCORE else _FAIR), accepted=True)


def generated_passphrase() -> str:
    """Return six random words of two pinyin syllables each, joined by hyphens: at least 77 bits."""
    words = ("".join(secrets.choice(WORD_SYLLABLES) for _ in range(2)) for _ in range(WORDS))
    return "-".join(words)


def generated_bits() -> float:
    """Return the bits of chance in a generated passphrase."""
    return 2 * WORDS * math.log2(len(WORD_SYLLABLES))


def _score(guesses: float) -> int:
    return sum(guesses >= threshold for threshold in _THRESHOLDS)


def _guesses(text: str, context: Sequence[str]) -> tuple[float, str]:
    """Return the cheapest way to build the text from pieces, and the kind that covers most of it."""
    words = tuple(word for word in (entry.casefold() for entry in context) if len(word) > 1)
    best: list[tuple[float, tuple[_Piece, ...]]] = [(0.0, ())]
    for end in range(1, len(text) + 1):
        ways = []
        for start in range(max(0, end - _LONGEST), end):
            cost, row = best[start]
            ways += [(cost + piece.cost, (*row, piece)) for piece in _pieces(text, start, end, words)]
        best.append(min(ways, key=lambda way: way[0]))
    cost, row = best[-1]
    covered: dict[str, int] = {}
    for piece in row:
        covered[piece.kind] = covered.get(piece.kind, 0) + piece.length
    return cost, max(covered, key=lambda kind: covered[kind], default="plain")


_LONGEST = 24
_PATTERNS = (
    (re.compile(r"1[3-9]\d{9}"), 3.0, "phone"),
    (re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"), 3.0, "date"),
    (re.compile(r"\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"), 3.0, "date"),
    (re.compile(r"(19|20)\d\d[-./年]?(0?[1-9]|1[0-2])([-./月](0?[1-9]|[12]\d|3[01])日?)?"), 3.0, "date"),
    (re.compile(r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"), 2.5, "date"),
    (re.compile(r"(19|20)\d\d"), 2.0, "date"),
    (re.compile(r"\d{17}[\dx]"), 5.0, "number"),
    (re.compile(r"(.)\1{2,}"), 1.5, "repeat"),
    (re.compile(r"(.{2,8})\1+"), 3.0, "repeat"),
)


def _pieces(text: str, start: int, end: int, context: Sequence[str]) -> Iterator[_Piece]:
    piece, length = text[start:end], end - start
    if length == 1:
        yield _Piece(1, _single(piece), "plain")
        return
    if piece in context:
        yield _Piece(length, 0.5, "context")
    if piece in PHRASES:
        yield _Piece(length, 2.5, "phrase")
    if piece in NUMBERS:
        yield _Piece(length, 1.5, "number")
    if piece in SURNAMES and not text[:start][-1:].isalpha():
        yield _Piece(length, 1.3, "name")
    if piece in SYLLABLES:
        yield _Piece(length, 1.5, "pinyin")
    for pattern, cost, kind in _PATTERNS:
        if pattern.fullmatch(piece):
            yield _Piece(length, cost, kind)


def _single(character: str) -> float:
    if character.isdigit():
        return 1.0
    if character.isascii():
        return 1.4 if character.isalpha() else 1.2
    return 2.0  # a Chinese character in a sentence, far less than one of 6,000 by chance
