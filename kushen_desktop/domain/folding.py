"""Text made equal for searching: folded, and cut into overlapping pairs of characters.

Pairs make every substring of two or more characters a phrase, in Chinese as in Latin, which word indices
don't: two-character words such as 冻结 are what people look for.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

# The vowel signs of New Tai Lue and two Vedic signs are letters to Python and marks to SQLite's tokenizer.
_OTHER = re.compile(r"[\W_\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]+")


def fold(text: str) -> str:
    """Return the text with width and case made equal (NFKC, casefold)."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def squeezed(text: str) -> str:
    """Return the folded letters and digits alone."""
    letters = _OTHER.sub("", fold(text))
    # What signs kept apart may have become one letter, such as two parts of a Korean syllable.
    return letters if letters.isascii() else unicodedata.normalize("NFKC", letters)


@lru_cache(maxsize=8_192)
def grams(text: str) -> str:
    """Return the pairs of characters of a text, and its last character, parted by blanks; "" for none."""
    letters = squeezed(text)
    if not letters:
        return ""
    return " ".join([*map("".join, pairwise(letters)), letters[-1]])


def phrase(text: str) -> str:
    """Return the FTS5 query that finds a text as a substring; "" when it holds no letter or digit."""
    letters = squeezed(text)
    if len(letters) < 2:
        return f'"{letters}"*' if letters else ""
    return '"' + " ".join(map("".join, pairwise(letters))) + '"'
