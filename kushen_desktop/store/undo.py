"""Undo and redo: the log read backwards, applied through the same door, also out of order."""

from collections.abc import Iterable

from sqlalchemy import Connection

from kushen_desktop.domain.ledger import State
from kushen_desktop.store import log
from kushen_desktop.store.tables import BY_NAME, BY_NUMBER, SYNCED, TX, Synced
from kushen_desktop.store.work import Work

Born = tuple[Synced, int, int]

_USES = {
    "payee": "SELECT payee FROM tx WHERE state=0 AND payee BETWEEN ? AND ?",
    "tag": "SELECT tag FROM tx_tag JOIN tx ON tx.rid=tx_tag.tx WHERE state=0 AND tag BETWEEN ? AND ?",
}


def born(connection: Connection, root: int) -> list[Born]:
    """Return the ranges of rows that a change set made."""
    rows = connection.exec_driver_sql("SELECT tab, first, last FROM born WHERE change=?", (root,))
    return [(BY_NUMBER[row.tab], row.first, row.last) for row in rows]


def blockers(work: Work, root: int, *, back: bool) -> set[int]:
    """Return the change sets that stand in the way of taking this one back (or of repeating it).

    They changed the same cells later and still hold, or use what this one made.
    """
    connection = work.connection
    found = set(_other_cells(work, root, back=back))
    for spec, first, last in born(connection, root):
        found |= _later_stamps(connection, root, spec, first, last)
        if back and not spec.shared:
            found |= _later_users(connection, root, spec, first, last)
    return found


def _other_cells(work: Work, root: int, *, back: bool) -> Iterable[int]:
    """Yield the owners of those cells that no longer hold what this change set left (or found) in them."""
    connection = work.connection
    for cell in log.cells(connection, root, BY_NAME):
        spec = BY_NAME[cell.table]
        rid = work.rid(spec, cell.id)
        owner = connection.exec_driver_sql(
            "SELECT root.seq, root.undone FROM stamp JOIN change ON change.seq=stamp.change"
            " JOIN change AS root ON root.seq=change.root"
            " WHERE stamp.tab=? AND stamp.row=? AND stamp.field=?",
            (spec.number, rid, cell.field),
        ).one_or_none()
        if owner is None or owner.seq == root:
            continue
        expected = cell.after if back else cell.before
        later = owner.seq > root and not owner.undone
        if later or work.value(spec, rid, cell.field) != expected:
            yield int(owner.seq)


def _later_stamps(connection: Connection, root: int, spec: Synced, first: int, last: int) -> set[int]:
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT root.seq FROM stamp JOIN change ON change.seq=stamp.change"
        " JOIN change AS root ON root.seq=change.root"
        " WHERE stamp.tab=? AND stamp.row BETWEEN ? AND ? AND root.seq>? AND root.undone=0",
        (spec.number, first, last, root),
    )
    return set(rows.scalars())


def _later_users(connection: Connection, root: int, spec: Synced, first: int, last: int) -> set[int]:
    """Return the change sets that made living rows which refer to these."""
    found: set[int] = set()
    for holder, sql in _references(spec):
        rows = connection.exec_driver_sql(sql, (first, last)).scalars().all()
        for rid in rows:
            maker = maker_of(connection, holder, rid)
            if maker is not None and maker != root:
                found.add(maker)
    return found


def _references(spec: Synced) -> Iterable[tuple[Synced, str]]:
    for holder in SYNCED:
        for name, table in holder.refs.items():
            if table == spec.name:
                where = f"state=0 AND {name} BETWEEN ? AND ?"
                yield holder, f"SELECT rid FROM {holder.name} WHERE {where}"
    if spec.name in {"account", "category"}:
        yield (
            TX,
            f"SELECT DISTINCT tx FROM posting WHERE live=1 AND {spec.name} BETWEEN ? AND ?",
        )


def maker_of(connection: Connection, spec: Synced, rid: int) -> int | None:
    """Return the change set that made a row."""
    row = connection.exec_driver_sql(
        "SELECT change, last FROM born WHERE tab=? AND first<=? ORDER BY first DESC LIMIT 1",
        (spec.number, rid),
    ).one_or_none()
    return int(row.change) if row is not None and row.last >= rid else None


def reverse(work: Work, root: int) -> None:
    """Take back the effect of a change set: old values again, what it made withdrawn."""
    _apply(work, root, back=True)
    for spec, first, last in reversed(born(work.connection, root)):
        if spec.shared:
            for used_first, used_last in _unused(work.connection, spec, first, last):
                work.set_state(spec, used_first, used_last, State.WITHDRAWN)
        else:
            work.set_state(spec, first, last, State.WITHDRAWN)


def repeat(work: Work, root: int) -> None:
    """Bring back the effect of a change set that was undone."""
    for spec, first, last in born(work.connection, root):
        work.set_state(spec, first, last, State.LIVE)
    _apply(work, root, back=False)


def _apply(work: Work, root: int, *, back: bool) -> None:
    cells = list(log.cells(work.connection, root, BY_NAME))
    for spec in SYNCED:
        mine = [cell for cell in cells if cell.table == spec.name]
        if back:
            mine.reverse()
        work.set_cells(spec, [(cell.id, cell.field, cell.before if back else cell.after) for cell in mine])


def _unused(connection: Connection, spec: Synced, first: int, last: int) -> list[tuple[int, int]]:
    """Return those shared rows that no living row of another change set uses; as ranges of one."""
    used = _USES[spec.name]
    still = set(connection.exec_driver_sql(used, (first, last)).scalars())
    return [(rid, rid) for rid in range(first, last + 1) if rid not in still]
