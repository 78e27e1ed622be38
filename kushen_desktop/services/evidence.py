"""The lines of statements that stand behind transactions, with their untouched records."""

import json

from sqlalchemy import Connection

from kushen_desktop.domain.ledger import Evidence
from kushen_desktop.domain.statement import RAW_CHUNK, Raw, unpacked


def behind(connection: Connection, tx: int) -> tuple[Evidence, ...]:
    """Return the lines behind a transaction (by rid), oldest import first."""
    rows = connection.exec_driver_sql(
        "SELECT batch.rid AS batch, batch.importer, batch.file, evidence.row, evidence.status FROM evidence"
        " JOIN batch ON batch.rid=evidence.batch AND batch.state=0 WHERE evidence.tx=? ORDER BY batch.rid",
        (tx,),
    ).all()
    return tuple(
        Evidence(row.importer, row.file, row.row, row.status, _shown(raw_row(connection, row.batch, row.row)))
        for row in rows
    )


def raw_row(connection: Connection, batch: int, row: int) -> Raw:
    """Return the untouched record of a row of an import; "" when it was not kept."""
    chunk, place = divmod(row - 1, RAW_CHUNK)
    body = connection.exec_driver_sql(
        "SELECT body FROM raw WHERE batch=? AND chunk=?", (batch, chunk)
    ).scalar()
    return "" if body is None else unpacked(bytes(body))[place]


def _shown(raw: Raw) -> str:
    return raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)
