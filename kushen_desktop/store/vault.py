"""The open vault: one writer, several readers, subscribers that are told what changed."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from kushen_desktop.domain.changes import Topic
from kushen_desktop.domain.ids import new_id
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.store.engine import open_engine, translated
from kushen_desktop.store.migrations import migrate
from kushen_desktop.store.rids import Rids
from kushen_desktop.store.work import Work

Subscriber = Callable[[Topic], None]


class Vault:
    """A database that is open; close() it. Units of work are never nested and never wait for the user."""

    def __init__(self, path: Path, key: bytes, *, create: bool = False) -> None:
        self.path = path
        self.writer = open_engine(path, key, writer=True, create=create)
        self.migrated_copy = migrate(self.writer, path)
        self.reader = open_engine(path, key, writer=False)
        self._rids = Rids()
        self._writing = threading.Lock()
        self._subscribers: list[Subscriber] = []

    @contextmanager
    def work(self, title: Sentence, *, root: int | None = None, undoes: int | None = None) -> Iterator[Work]:
        """Open a unit of work: committed as a whole with its record, or nothing of it.

        Raises the named errors of store.errors; whatever is raised inside rolls everything back.
        """
        with self._writing, translated(self.path):
            try:
                with self.writer.begin() as connection:
                    work = Work(connection, self._rids, title, root=root, undoes=undoes)
                    yield work
                    topics = work.finish()
            except BaseException:
                self._rids.forget()
                raise
        if topics:
            for subscriber in tuple(self._subscribers):
                subscriber(topics)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a consistent view of the vault; a writer does not disturb it."""
        with translated(self.path), self.reader.connect() as connection, connection.begin():
            yield connection

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Have this called after each commit, on the thread that committed; return how to stop it."""
        self._subscribers.append(subscriber)

        def stop() -> None:
            with contextlib.suppress(ValueError):
                self._subscribers.remove(subscriber)

        return stop

    def renew_device(self) -> None:
        """Give this copy of the vault a device id of its own; for restored and copied vaults."""
        with translated(self.path), self.writer.begin() as connection:
            connection.exec_driver_sql("UPDATE meta SET value=? WHERE name='device'", (new_id().hex(),))

    def close(self) -> None:
        """Let go of the file; the log of SQLite is written back into it."""
        self._subscribers.clear()
        self.reader.dispose()
        with self._writing:
            raw = self.writer.raw_connection()
            try:
                raw.cursor().execute("PRAGMA optimize")
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                raw.close()
            self.writer.dispose()
        self._rids.forget()
