"""What was done, and taking any of it back: one mechanism for a typo, a bulk edit and a whole import."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row

from kushen_desktop.domain.changes import ChangeSet, InTheWayError, NothingToRedoError, NothingToUndoError
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.i18n import N_
from kushen_desktop.store import undo
from kushen_desktop.store.vault import Vault

_COLUMNS = "seq, title, params, at, rows, root, undoes, undone"
# The newest action that still holds: not an undo or redo of another, not undone itself.
_LAST_DONE = f"SELECT {_COLUMNS} FROM change WHERE seq=root AND undone=0 ORDER BY seq DESC LIMIT 1"
# The newest undo that nothing but undos and redos followed.
_LAST_UNDONE = (
    f"SELECT {_COLUMNS} FROM change WHERE seq=root AND undone=1"
    " AND NOT EXISTS(SELECT 1 FROM change AS newer WHERE newer.seq=newer.root"
    "   AND newer.seq>(SELECT max(seq) FROM change AS mine WHERE mine.root=change.root))"
    " ORDER BY (SELECT max(seq) FROM change AS mine WHERE mine.root=change.root) DESC LIMIT 1"
)


class History:
    """The change sets of a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def list(self, limit: int = 100) -> tuple[ChangeSet, ...]:
        """Return the newest actions first, undone ones marked; undos themselves are not listed."""
        with self._vault.read() as connection:
            rows = connection.exec_driver_sql(
                f"SELECT {_COLUMNS} FROM change WHERE seq=root ORDER BY seq DESC LIMIT ?", (limit,)
            )
            return tuple(_change_set(row) for row in rows)

    def undo(self) -> ChangeSet:
        """Take back the newest action that still holds; raises NothingToUndoError, InTheWayError."""
        with self._vault.read() as connection:
            row = connection.exec_driver_sql(_LAST_DONE).one_or_none()
        if row is None:
            raise NothingToUndoError
        return self.undo_change(row.seq)

    def redo(self) -> ChangeSet:
        """Bring back what was undone last; raises NothingToRedoError, InTheWayError."""
        with self._vault.read() as connection:
            row = connection.exec_driver_sql(_LAST_UNDONE).one_or_none()
        if row is None:
            raise NothingToRedoError
        return self.redo_change(row.seq)

    def undo_change(self, number: int) -> ChangeSet:
        """Take back one action, however old; raises NothingToUndoError, InTheWayError."""
        return self._move(number, back=True)

    def redo_change(self, number: int) -> ChangeSet:
        """Bring back one undone action; raises NothingToRedoError, InTheWayError."""
        return self._move(number, back=False)

    def _move(self, number: int, *, back: bool) -> ChangeSet:
        with self._vault.read() as connection:
            change = _find(connection, number)
        if change is None or change.undone == back:
            raise NothingToUndoError if back else NothingToRedoError
        text = N_("Undone: {title}") if back else N_("Redone: {title}")
        title = Sentence.of(text, title=change.title.shown())
        with self._vault.work(title, root=number, undoes=number if back else None) as work:
            in_the_way = undo.blockers(work, number, back=back)
            if in_the_way:
                raise InTheWayError(_listed(work.connection, in_the_way))
            if back:
                undo.reverse(work, number)
            else:
                undo.repeat(work, number)
            work.mark_undone(number, undone=back)
        return change


def _find(connection: Connection, number: int) -> ChangeSet | None:
    row = connection.exec_driver_sql(
        f"SELECT {_COLUMNS} FROM change WHERE seq=? AND seq=root", (number,)
    ).one_or_none()
    return None if row is None else _change_set(row)


def _listed(connection: Connection, numbers: set[int]) -> tuple[ChangeSet, ...]:
    found = (_find(connection, number) for number in sorted(numbers, reverse=True))
    return tuple(change for change in found if change is not None)


def _change_set(row: Row[Any]) -> ChangeSet:
    params: Sequence[Sequence[str]] = json.loads(row.params)
    return ChangeSet(
        number=row.seq,
        title=Sentence(row.title, tuple((name, value) for name, value in params)),
        at=datetime.fromtimestamp(row.at / 1000, UTC).astimezone(),
        rows=row.rows,
        undone=bool(row.undone),
        is_undo=row.undoes is not None,
    )
