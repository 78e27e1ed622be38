"""The door: every write of the vault goes through one Work, which logs it in the same transaction."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from sqlalchemy import Connection

from kushen_desktop.domain.changes import Topic
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Posting
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.store import bookings
from kushen_desktop.store.bookings import Booking, EvidenceRow
from kushen_desktop.store.log import Cell, Log, Value, encoded
from kushen_desktop.store.rids import MissingRowError, Rids
from kushen_desktop.store.tables import TX, Synced


class Work:
    """One action of the user: what it writes, and the record of it.

    root: the change set whose effect this one repeats (itself, but for undo and redo).
    """

    def __init__(
        self,
        connection: Connection,
        rids: Rids,
        title: Sentence,
        *,
        root: int | None = None,
        undoes: int | None = None,
    ) -> None:
        self.connection = connection
        self.rids = rids
        self.title = title
        self.topics = Topic(0)
        self.seq = int(connection.exec_driver_sql("SELECT coalesce(max(seq), 0)+1 FROM change").scalar_one())
        self.root = self.seq if root is None else root
        self._undoes = undoes
        self._log = Log()
        self._next: dict[str, int] = {}
        self._fresh: dict[Id, int] = {}

    def add(self, spec: Synced, rows: Sequence[Mapping[str, Value]]) -> None:
        """Insert rows, each with its id and any of the table's fields; references are ids."""
        if not rows:
            return
        names = ("id", *(name for name in spec.fields if name in rows[0]))
        first = self._take_rids(spec, len(rows))
        values = [
            (rid, *(self._stored(spec, name, row[name]) for name in names))
            for rid, row in enumerate(rows, first)
        ]
        marks = ",".join("?" * (len(names) + 1))
        self.connection.exec_driver_sql(
            f"INSERT INTO {spec.name}(rid, {', '.join(names)}) VALUES({marks})",
            values,
        )
        for rid, row in enumerate(rows, first):
            self.rids.learn(spec.name, _bytes(row["id"]), rid)
        self._log.added.setdefault(spec.name, []).extend(
            [[encoded(row[name]) for name in names] for row in rows]
        )
        self._born(spec, first, len(rows))

    def add_bookings(self, rows: Iterable[Booking]) -> None:
        """Insert transactions, however many, with everything derived from them."""
        waiting = iter(rows)
        part = list(islice(waiting, bookings.PART))
        with bookings.summed_at_once(self.connection, bulk=len(part) >= bookings.BULK):
            while part:
                first = bookings.insert(self.connection, self.rids, part)
                self._log.book(part)
                self._born(TX, first, len(part))
                self._fresh.update((row.id, rid) for rid, row in enumerate(part, first))
                part = list(islice(waiting, bookings.PART))

    def set(self, spec: Synced, id_: Id, **fields: Value) -> None:
        """Change fields of one row; a field that has the value already is no change."""
        self.set_cells(spec, [(id_, name, value) for name, value in fields.items()])

    def set_cells(self, spec: Synced, cells: Iterable[tuple[Id, str, Value]]) -> None:
        """Change any number of cells; raises MissingRowError."""
        wanted = list(cells)
        found = self.rids.many(self.connection, spec.name, (id_ for id_, _, _ in wanted))
        stamps = []
        for id_, name, after in wanted:
            if id_ not in found:
                raise MissingRowError(table=spec.name)
            before = self.value(spec, found[id_], name)
            if before == after:
                continue
            self._write(spec, found[id_], name, after)
            self._log.cells.append(Cell(spec.name, id_, name, before, after))
            stamps.append((spec.number, found[id_], name, self.seq))
        if stamps:
            self.topics |= spec.topic
            self.connection.exec_driver_sql(
                "INSERT INTO stamp(tab, row, field, change) VALUES(?,?,?,?)"
                " ON CONFLICT DO UPDATE SET change=excluded.change",
                stamps,
            )

    def set_state(self, spec: Synced, first: int, last: int, state: int) -> None:
        """Give a range of rows another state at once: only undo and redo, whose log is the root they name."""
        where = f"rid BETWEEN ? AND ? AND state<>{state:d}"
        self.connection.exec_driver_sql(
            f"UPDATE {spec.name} SET state={state:d} WHERE {where}",
            (first, last),
        )
        if spec is TX:
            self.connection.exec_driver_sql(
                "UPDATE posting SET live=(SELECT state FROM tx WHERE tx.rid=posting.tx)=0"
                " WHERE tx BETWEEN ? AND ?",
                (first, last),
            )
        self.connection.exec_driver_sql(
            "INSERT INTO stamp(tab, row, field, change)"
            f" SELECT ?, rid, 'state', ? FROM {spec.name} WHERE rid BETWEEN ? AND ?"
            " ON CONFLICT DO UPDATE SET change=excluded.change",
            (spec.number, self.seq, first, last),
        )
        self.topics |= spec.topic
        self._log.moved += last - first + 1

    def add_evidence(self, batch: Id, rows: Sequence[EvidenceRow]) -> None:
        """Say which lines of an import stand behind which transactions; goes and comes with its batch."""
        rid = self.rids.rid(self.connection, "batch", batch)
        if rows:
            older = (row.tx for row in rows if row.tx not in self._fresh)
            known = self._fresh | self.rids.many(self.connection, "tx", older)
            self.connection.exec_driver_sql(
                "INSERT INTO evidence(batch, row, tx, status, ref) VALUES(?,?,?,?,?)",
                [(rid, row.row, known[row.tx], row.status, row.ref) for row in rows],
            )
            self._log.added.setdefault("evidence", []).extend(
                [batch.hex(), row.row, row.tx.hex(), row.status, row.ref] for row in rows
            )

    def keep_raw(self, batch: Id, chunks: Sequence[bytes]) -> None:
        """Store the untouched records of an import. Not logged: they never change and go with their batch."""
        rid = self.rids.rid(self.connection, "batch", batch)
        if chunks:
            self.connection.exec_driver_sql(
                "INSERT OR REPLACE INTO raw(batch, chunk, body) VALUES(?,?,?)",
                [(rid, number, body) for number, body in enumerate(chunks)],
            )

    def keep_blob(self, sha256: bytes, chunks: Sequence[bytes]) -> None:
        """Store the bytes of an attachment by their digest. Not logged: content never changes."""
        self.connection.exec_driver_sql(
            "INSERT OR IGNORE INTO blob(sha256, chunk, body) VALUES(?,?,?)",
            [(sha256, number, body) for number, body in enumerate(chunks)],
        )

    def mark_undone(self, root: int, *, undone: bool) -> None:
        """Say of a change set whether its effect stands; part of the log itself."""
        self.connection.exec_driver_sql("UPDATE change SET undone=? WHERE seq=?", (int(undone), root))

    def value(self, spec: Synced, rid: int, name: str) -> Value:
        """Return what a cell holds now, as the log keeps it."""
        if spec is TX and name == "postings":
            return bookings.postings_of(self.connection, self.rids, rid)
        if spec is TX and name == "tags":
            return bookings.tags_of(self.connection, self.rids, rid)
        value: Value = self.connection.exec_driver_sql(
            f"SELECT {name} FROM {spec.name} WHERE rid=?",
            (rid,),
        ).scalar_one()
        if name in spec.refs:
            return self.rids.id(self.connection, spec.refs[name], value if isinstance(value, int) else None)
        return value

    def finish(self) -> Topic:
        """Write the log and return what changed; nothing changed leaves no trace."""
        if self._log:
            self._log.write(self.connection, self.seq, self.title, self.root, self._undoes)
        return self.topics

    def _write(self, spec: Synced, rid: int, name: str, value: Value) -> None:
        if spec is TX and name == "postings":
            bookings.set_postings(self.connection, self.rids, rid, _postings(value))
            return
        if spec is TX and name == "tags":
            bookings.set_tags(self.connection, self.rids, rid, _tags(value))
            return
        self.connection.exec_driver_sql(
            f"UPDATE {spec.name} SET {name}=? WHERE rid=?",
            (self._stored(spec, name, value), rid),
        )
        if spec is TX:
            bookings.refresh(self.connection, rid, name)

    def _stored(self, spec: Synced, name: str, value: Value) -> Value:
        if name in spec.refs:
            return self.rids.rid(self.connection, spec.refs[name], None if value is None else _bytes(value))
        return value

    def _take_rids(self, spec: Synced, count: int) -> int:
        if spec.name not in self._next:
            last = self.connection.exec_driver_sql(
                f"SELECT coalesce(max(rid), 0) FROM {spec.name}"
            ).scalar_one()
            self._next[spec.name] = int(last) + 1
        first = self._next[spec.name]
        self._next[spec.name] = first + count
        return first

    def _born(self, spec: Synced, first: int, count: int) -> None:
        self.topics |= spec.topic
        born = self._log.born
        if born and born[-1][0] == spec.number and born[-1][2] == first - 1:
            born[-1] = (spec.number, born[-1][1], first + count - 1)
        else:
            born.append((spec.number, first, first + count - 1))

    def rid(self, spec: Synced, id_: Id) -> int:
        """Return the rid of a row; raises MissingRowError."""
        found = self.rids.rid(self.connection, spec.name, id_)
        assert found is not None
        return found


def _bytes(value: Value) -> bytes:
    assert isinstance(value, bytes)
    return value


def _postings(value: Value) -> tuple[Posting, ...]:
    assert isinstance(value, tuple)
    return tuple(item for item in value if isinstance(item, Posting))


def _tags(value: Value) -> tuple[Id, ...]:
    assert isinstance(value, tuple)
    return tuple(Id(item) for item in value if isinstance(item, bytes))
