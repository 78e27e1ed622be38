"""What the user has decided: answers to questions, and the saved column map of a header."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.formats.statements.generic_dates import ORDERS
from kushen_desktop.formats.statements.generic_numbers import MARKS
from kushen_desktop.formats.statements.generic_words import ROLES, folded
from kushen_desktop.i18n import N_

SIGNED, INVERTED, KEYWORDS, DIRECTION, COLUMNS = "signed", "inverted", "keywords", "direction", "columns"
SIGNS = (SIGNED, INVERTED, KEYWORDS, DIRECTION, COLUMNS)
_LONGEST = 65_536


class WrongAnswerError(KushenError):
    """An answer to a question about a table does not fit the table."""

    code = "wrong_answer"
    message = N_("“{answer}” doesn't fit this file as {name}. Choose one of the answers offered.")


@dataclass(frozen=True)
class Answers:
    """Decisions that hold before anything is guessed. columns: role to column name, "" for none such.

    saved: the names of those that come from a saved map; these give way where the file contradicts them.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""
    decimal: str = ""
    sign: str = ""
    currency: str = ""
    saved: frozenset[str] = frozenset()


def profile_key(header: Sequence[str]) -> str:
    """Return the key under which the column map of this header is saved; columns may change places."""
    words = "\x1f".join(sorted(folded(name) for name in header if name.strip()))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def profile(header: Sequence[str], taken: Answers) -> str:
    """Return the column map as canonical JSON, to be saved under profile_key(header)."""
    content = {
        "columns": dict(taken.columns),
        "currency": taken.currency,
        "date_order": taken.date_order,
        "decimal": taken.decimal,
        "key": profile_key(header),
        "sign": taken.sign,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def answers(options: Mapping[str, str], header: Sequence[str]) -> Answers:
    """Return the user's answers over those of the saved map; raises WrongAnswerError.

    A map that was saved for another header does not count.
    """
    remembered = options.get(f"profile:{profile_key(header)}", "")
    saved = _saved(options.get("profile", remembered), header)
    given = {
        name: options[name] for name in ("date_order", "decimal", "sign", "currency") if options.get(name)
    }
    columns = {
        name.removeprefix("columns."): value for name, value in options.items() if name.startswith("columns.")
    }
    for name, allowed in (("date_order", ORDERS), ("decimal", MARKS), ("sign", SIGNS)):
        if name in given and given[name] not in allowed:
            raise WrongAnswerError(name=name, answer=given[name])
    for role, column in columns.items():
        if role not in ROLES or (column and column not in header):
            raise WrongAnswerError(name=f"columns.{role}", answer=column)
    return Answers(
        {**saved.columns, **columns},
        given.get("date_order", saved.date_order),
        given.get("decimal", saved.decimal),
        given.get("sign", saved.sign),
        given.get("currency", saved.currency),
        saved.saved - set(given) - {f"columns.{role}" for role in columns},
    )


def _saved(untrusted_json: str, header: Sequence[str]) -> Answers:
    if not untrusted_json:
        return Answers()
    try:
        content = json.loads(untrusted_json[:_LONGEST])
        columns = {str(role): str(name) for role, name in content["columns"].items()}
        texts = {name: str(content[name]) for name in ("currency", "date_order", "decimal", "key", "sign")}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WrongAnswerError(name="profile", answer=untrusted_json[:40]) from error
    if texts.pop("key") != profile_key(header):
        return Answers()
    kept = {role: name for role, name in columns.items() if role in ROLES and (not name or name in header)}
    allowed = {"date_order": ORDERS, "decimal": MARKS, "sign": SIGNS}
    good = {name: text for name, text in texts.items() if text and text in allowed.get(name, (text,))}
    return Answers(
        kept,
        good.get("date_order", ""),
        good.get("decimal", ""),
        good.get("sign", ""),
        good.get("currency", ""),
        frozenset(good) | {f"columns.{role}" for role in kept},
    )
