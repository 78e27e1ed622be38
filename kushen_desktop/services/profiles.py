"""Column maps of tables that were understood once, remembered by their header."""

import json

from sqlalchemy import Connection

from kushen_desktop.domain.ids import derived_id
from kushen_desktop.domain.statement import Statement
from kushen_desktop.store.log import Value
from kushen_desktop.store.tables import PROFILE
from kushen_desktop.store.work import Work

PREFIX = "profile:"


def options(connection: Connection) -> dict[str, str]:
    """Return the remembered maps as options for the reader: "profile:" and the key of the header."""
    rows = connection.exec_driver_sql("SELECT header, map FROM profile WHERE state=0")
    return {PREFIX + row.header: row.map for row in rows}


def remember(work: Work, statement: Statement) -> None:
    """Keep the column map that a confirmed statement was read with."""
    if not statement.profile:
        return
    header = str(json.loads(statement.profile).get("key", ""))
    id_ = derived_id("profile", header)
    if id_ in work.rids.held(work.connection, "profile"):
        work.set(PROFILE, id_, map=statement.profile, state=0)
    else:
        row: dict[str, Value] = {
            "id": id_,
            "name": statement.format,
            "header": header,
            "map": statement.profile,
        }
        work.add(PROFILE, [row])
