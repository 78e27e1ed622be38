"""What the history calls an edit of transactions."""

from collections.abc import Collection

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.i18n import N_

_ONE_FIELD = {
    "account": N_("{count} changed: account"),
    "add_tags": N_("{count} changed: tags"),
    "category": N_("{count} changed: category"),
    "day": N_("{count} changed: date"),
    "note": N_("{count} changed: note"),
    "payee": N_("{count} changed: payee"),
    "postings": N_("{count} changed: amount"),
    "review": N_("{count} looked at"),
    "status": N_("{count} changed: status"),
    "tags": N_("{count} changed: tags"),
    "time": N_("{count} changed: time"),
}
_SEVERAL = N_("{count} changed")


def edit_title(count: int, fields: Collection[str]) -> Sentence:
    """Return the title of a change of these fields, named as in NewTransaction, of so many transactions."""
    text = _ONE_FIELD.get(next(iter(fields)), _SEVERAL) if len(fields) == 1 else _SEVERAL
    return Sentence.of(text, count=count)
