"""Words that must never be seen on disk, and the search for them in every form that they could take."""

import base64
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

_CHANCE = random.Random(20261123)
_HANZI = "鹦鹉翡翠琥珀珊瑚玛瑙琉璃麒麟貔貅蝙蝠蜻蜓蟋蟀鸳鸯鲨鲸鹧鸪鹭鸶麋獐狍獾貂鼬"


def _word(number: int) -> str:
    """Return a word of Latin letters and digits, or of rare characters; the same at every run."""
    if number % 2:
        return "".join(_CHANCE.choices(_HANZI, k=7))
    return "zq" + "".join(_CHANCE.choices("bcdfghjklmnpqrstvwxyz0123456789", k=14))


WORDS = tuple(_word(number) for number in range(80))


def forms(word: str) -> Iterator[bytes]:
    """Yield a word in the encodings of texts and statements, and in base64 wherever it begins."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        content = word.encode(encoding)
        yield content
        if encoding in {"utf-8", "gb18030"}:
            for before in range(3):
                coded = base64.b64encode(bytes(before) + content)
                # The characters that also hold bits of what stands before and behind are left out.
                first, last = (before * 8 + 5) // 6, (before + len(content)) * 8 // 6
                yield coded[first:last]
    yield word.encode("ascii", "backslashreplace")  # as JSON and tracebacks may write it


def hits(roots: Iterable[Path], secrets: Iterable[str], *, but: Iterable[Path] = ()) -> list[str]:
    """Return which files below these folders hold which of the words, in their content or their name."""
    needles = [(word, form) for word in secrets for form in dict.fromkeys(forms(word))]
    left_out = {path.resolve() for path in but}
    found = []
    for root in roots:
        for path in (root, *root.rglob("*")):
            if not path.is_file() or path.resolve() in left_out:
                continue
            content = path.name.encode() + b"\0" + path.read_bytes()
            found += [f"{path}: {word}" for word, form in needles if form in content]
    return found
