"""From the ids of rows to the integers that join tables inside the store, and back."""

from collections.abc import Iterable

from sqlalchemy import Connection

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.ids import Id
from kushen_desktop.i18n import N_

_CHUNK = 500
# Tables small enough to be held whole; the others are looked up row by row.
_HELD = frozenset({"account", "category", "payee", "tag", "batch", "setting", "profile"})


class MissingRowError(KushenError):
    """A row that something refers to is not in the vault."""

    code = "missing_row"
    message = N_("A {table} that this refers to is not in the vault (any more).")


class Rids:
    """Both directions of ids and rids for one vault; only the writer uses it."""

    def __init__(self) -> None:
        self._rids: dict[str, dict[bytes, int]] = {}
        self._ids: dict[str, dict[int, Id]] = {}

    def forget(self) -> None:
        """Drop everything known: after a rollback."""
        self._rids.clear()
        self._ids.clear()

    def held(self, connection: Connection, table: str) -> dict[bytes, int]:
        """Return all ids of a small table with their rids."""
        if table not in self._rids:
            rows = connection.exec_driver_sql(f"SELECT id, rid FROM {table}").all()
            self._rids[table] = {bytes(row[0]): row[1] for row in rows}
            self._ids[table] = {row[1]: Id(bytes(row[0])) for row in rows}
        return self._rids[table]

    def learn(self, table: str, id_: bytes, rid: int) -> None:
        """Remember a row that was just inserted."""
        if table in self._rids:
            self._rids[table][id_] = rid
            self._ids[table][rid] = Id(id_)

    def rid(self, connection: Connection, table: str, id_: bytes | None) -> int | None:
        """Return the rid of an id, None for None; raises MissingRowError."""
        if id_ is None:
            return None
        if table in _HELD:
            found = self.held(connection, table).get(id_)
        else:
            found = connection.exec_driver_sql(
                f"SELECT rid FROM {table} WHERE id=?",
                (id_,),
            ).scalar()
        if found is None:
            raise MissingRowError(table=table)
        return int(found)

    def id(self, connection: Connection, table: str, rid: int | None) -> Id | None:
        """Return the id of a rid, None for None or a row that is gone."""
        if rid is None:
            return None
        if table in _HELD:
            self.held(connection, table)
            return self._ids[table].get(rid)
        found = connection.exec_driver_sql(f"SELECT id FROM {table} WHERE rid=?", (rid,)).scalar()
        return None if found is None else Id(bytes(found))

    def many(self, connection: Connection, table: str, ids: Iterable[bytes]) -> dict[bytes, int]:
        """Return the rids of those ids that are there."""
        wanted = list(dict.fromkeys(ids))
        if table in _HELD:
            held = self.held(connection, table)
            return {id_: held[id_] for id_ in wanted if id_ in held}
        found: dict[bytes, int] = {}
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(part))
            rows = connection.exec_driver_sql(
                f"SELECT id, rid FROM {table} WHERE id IN ({marks})",
                tuple(part),
            )
            found.update((bytes(row[0]), row[1]) for row in rows)
        return found
