"""The recovery code: 160 random bits as eight groups that are easy to copy by hand.

A group is four characters of Crockford's base32 (crockford.com/base32.html) and a check character: a weighted
sum over GF(32) plus the group's place. It notices every single wrong character, every swap of two within the
group, and groups in the wrong order, and says which group to look at.
"""

import re
import secrets
import unicodedata

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.i18n import N_

CODE_BYTES = 20
GROUPS = 8
_DATA = 4
_GROUP = _DATA + 1
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_FIELD = 0b100101  # x^5 + x^2 + 1
_WEIGHTS = (2, 4, 8, 16)


class RecoveryCodeError(KushenError):
    """Something in the code is mistyped; params: groups, counted from 1."""

    code = "recovery_code"
    message = N_("Look at group {groups} of the recovery code: something in it is mistyped.")


class RecoveryCodeLengthError(KushenError):
    """Too few or too many characters, and no telling where; params: found, wanted."""

    code = "recovery_code_length"
    message = N_(
        "The recovery code has {wanted} characters, this one has {found}. Check that none is missing."
    )


def new() -> bytes:
    """Return a fresh code, 20 random bytes."""
    return secrets.token_bytes(CODE_BYTES)


def written(code: bytes) -> str:
    """Return the 20 bytes as eight groups of five characters joined by hyphens."""
    bits = int.from_bytes(code, "big")
    values = [bits >> (5 * place) & 31 for place in reversed(range(GROUPS * _DATA))]
    groups = []
    for group in range(GROUPS):
        data = values[group * _DATA : (group + 1) * _DATA]
        groups.append("".join(_ALPHABET[value] for value in (*data, _check(data, group))))
    return "-".join(groups)


def read(typed: str) -> bytes:
    """Return the 20 bytes; upper or lower case, blanks and hyphens, O for 0 and I or L for 1 are all right.

    Raises RecoveryCodeError naming the groups to look at, RecoveryCodeLengthError.
    """
    groups = _groups(typed)
    wrong = wrong_groups(typed, finished=True)
    found = sum(map(len, groups))
    # One character too few shifts all groups behind it, unless the user kept them apart.
    if len(groups) != GROUPS or (found != GROUPS * _GROUP and len(wrong) > 1):
        raise RecoveryCodeLengthError(found=found, wanted=GROUPS * _GROUP)
    if wrong:
        raise RecoveryCodeError(groups=", ".join(str(number) for number in wrong))
    bits = 0
    for group in groups:
        for character in group[:_DATA]:
            bits = bits << 5 | _VALUES[character]
    return bits.to_bytes(CODE_BYTES, "big")


def wrong_groups(typed: str, *, finished: bool = False) -> tuple[int, ...]:
    """Return the numbers, from 1, of the groups in which something is mistyped; also while it is being typed.

    Until it is finished, a last group that is still too short is not wrong.
    """
    groups = _groups(typed)
    last = -1 if finished else len(groups) - 1
    return tuple(
        place + 1
        for place, group in enumerate(groups[:GROUPS])
        if not _right(group, place) and not (place == last and len(group) < _GROUP and _known(group))
    )


def _groups(typed: str) -> list[str]:
    """Return the groups as the user separated them, where that makes eight; else every five characters."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_LOOKALIKES)
    parts = re.findall(r"[^\s\-–—_.,]+", plain)
    if len(parts) == GROUPS:
        return parts
    joined = "".join(parts)
    return [joined[start : start + _GROUP] for start in range(0, len(joined), _GROUP)]


def _known(group: str) -> bool:
    return all(character in _VALUES for character in group)


def _right(group: str, place: int) -> bool:
    if len(group) != _GROUP or not _known(group):
        return False
    *data, check = (_VALUES[character] for character in group)
    return check == _check(data, place)


def _check(data: list[int], place: int) -> int:
    total = place
    for weight, value in zip(_WEIGHTS, data, strict=True):
        total ^= _product(weight, value)
    return total


def _product(one: int, other: int) -> int:
    """Multiply in GF(32)."""
    result = 0
    while other:
        if other & 1:
            result ^= one
        one <<= 1
        if one & 32:
            one ^= _FIELD
        other >>= 1
    return result
