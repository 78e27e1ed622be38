"""Tables and sentences at the terminal; Chinese characters take two columns."""

import unicodedata
from collections.abc import Sequence

_GAP = "  "
_CUT = "…"


def width(text: str) -> int:
    """Return how many columns of the terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def table(titles: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Return rows as columns under their titles, those of these numbers aligned at the right."""
    cells = [list(map(plain, row)) for row in (titles, *rows)]
    widths = [max(width(row[place]) for row in cells) for place in range(len(titles))]
    lines = (
        _GAP.join(
            _padded(text, widths[place], at_right=place in right) for place, text in enumerate(row)
        ).rstrip()
        for row in cells
    )
    return "\n".join(lines)


def facts(pairs: Sequence[tuple[str, str]]) -> str:
    """Return names and what they hold, one to a line."""
    widest = max(width(name) for name, _ in pairs)
    return "\n".join(f"{_padded(name, widest, at_right=False)}{_GAP}{plain(text)}" for name, text in pairs)


def plain(text: str) -> str:
    """Return a text that can't move the cursor or ring the bell: control characters become blanks."""
    return text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)


def cut(text: str, limit: int) -> str:
    """Return a text of at most so many columns, cut with an ellipsis."""
    if width(text) <= limit:
        return text
    taken, columns = "", 1
    for char in text:
        columns += _columns(char)
        if columns > limit:
            break
        taken += char
    return taken + _CUT


def _padded(text: str, columns: int, *, at_right: bool) -> str:
    blanks = " " * (columns - width(text))
    return blanks + text if at_right else text + blanks


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
