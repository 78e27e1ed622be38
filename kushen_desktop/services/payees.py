"""Payees and tags: made when first named, found by any part of their name."""

from collections.abc import Iterable

from sqlalchemy import Connection

from kushen_desktop.domain.folding import fold
from kushen_desktop.domain.ids import Id, derived_id
from kushen_desktop.store.tables import PAYEE, TAG, Synced
from kushen_desktop.store.vault import Vault
from kushen_desktop.store.work import Work


class Payees:
    """The payees of a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def names(self, part: str = "", limit: int = 20) -> tuple[str, ...]:
        """Return names that contain this, those beginning with it first."""
        return self._names("payee", part, limit)

    def tags(self, part: str = "", limit: int = 20) -> tuple[str, ...]:
        """Return tags that contain this, those beginning with it first."""
        return self._names("tag", part, limit)

    def _names(self, table: str, part: str, limit: int) -> tuple[str, ...]:
        wanted = fold(part.strip())
        with self._vault.read() as connection:
            rows = connection.exec_driver_sql(
                f"SELECT name FROM {table} WHERE state=0 AND instr(folded, ?)"
                " ORDER BY instr(folded, ?), name LIMIT ?",
                (wanted, wanted, limit),
            )
            return tuple(rows.scalars())


def payee_id(name: str) -> Id:
    """Return the id of the payee of this name: the same wherever it is first met."""
    return derived_id("payee", fold(name.strip()))


def ensure_payees(work: Work, names: Iterable[str]) -> dict[str, Id]:
    """Return the ids of payees by name, adding new ones; blank names are left out."""
    return _ensure(work, PAYEE, "payee", names)


def ensure_tags(work: Work, names: Iterable[str]) -> dict[str, Id]:
    """Return the ids of tags by name, adding new ones; blank names are left out."""
    return _ensure(work, TAG, "tag", names)


def _ensure(work: Work, spec: Synced, kind: str, names: Iterable[str]) -> dict[str, Id]:
    ids = {name: derived_id(kind, fold(name.strip())) for name in dict.fromkeys(names) if name.strip()}
    there = work.rids.held(work.connection, spec.name)
    missing = {id_: name.strip() for name, id_ in ids.items() if id_ not in there}
    work.add(spec, [{"id": id_, "name": name, "folded": fold(name)} for id_, name in missing.items()])
    _revive(work, spec, {id_ for id_ in ids.values() if id_ in there})
    return ids


def _revive(work: Work, spec: Synced, ids: set[Id]) -> None:
    """Bring back those of these that an undo had withdrawn."""
    gone = work.connection.exec_driver_sql(f"SELECT id FROM {spec.name} WHERE state<>0").scalars()
    work.set_cells(spec, [(Id(bytes(id_)), "state", 0) for id_ in gone if bytes(id_) in ids])


def learned_categories(connection: Connection) -> dict[Id, Id]:
    """Return for payees the category the user last chose for them."""
    rows = connection.exec_driver_sql(
        "SELECT payee.id, category.id AS category FROM payee"
        " JOIN category ON category.rid=payee.category AND category.state=0"
    )
    return {Id(bytes(row.id)): Id(bytes(row.category)) for row in rows}
