"""Is this line of a statement in the ledger already? Keys that are the same at every download."""

from collections import Counter
from collections.abc import Iterable

from kushen_desktop.domain.ids import Id, derived_id
from kushen_desktop.domain.statement import Entry


def line_ids(importer: str, entries: Iterable[Entry], account: str = "") -> list[Id]:
    """Return for each entry the id of its transaction, the same whenever the line is seen again.

    The importer says what makes a line itself; lines that are equal in this are told apart by how many of
    them came before in the same file, so two equal coffees of one day stay two. account stands in where
    the file names none and its lines carry no number of their source.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    ids = []
    for entry in entries:
        own = "" if entry.ids and entry.ids[0][0] == "order" else entry.account or account
        key = (importer, own, entry.currency, *entry.identity)
        occurrence = seen[key]
        seen[key] = occurrence + 1
        ids.append(derived_id("line", *key, str(occurrence)))
    return ids
