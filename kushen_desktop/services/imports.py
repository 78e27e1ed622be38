"""Statements into the ledger: preview, confirm as a whole, list."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from kushen_desktop.domain import calendar
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.preview import Imported, ImportRecord, Preview
from kushen_desktop.domain.progress import SILENT, Progress
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Statement
from kushen_desktop.formats.refusals import (
    PasswordNeededError,
    UnknownFormatError,
    UnreadableStatementError,
    WrongPasswordError,
)
from kushen_desktop.i18n import N_
from kushen_desktop.services import profiles, verdicts
from kushen_desktop.services.accounts import accounts_in
from kushen_desktop.services.booking import write
from kushen_desktop.services.reading import Reading
from kushen_desktop.services.targets import meant, targets
from kushen_desktop.store.vault import Vault
from kushen_desktop.system.collector import paused

__all__ = [
    "Imports",
    "PasswordNeededError",
    "UnknownFormatError",
    "UnreadableStatementError",
    "WrongPasswordError",
]

# Larger files are refused by the reader.
LARGEST = 64 * 1024 * 1024


class Imports:
    """The imports of a vault."""

    def __init__(self, vault: Vault, reading: Reading) -> None:
        self._vault = vault
        self._reading = reading

    def read(
        self,
        path: Path,
        password: str | None = None,
        options: Mapping[str, str] | None = None,
        progress: Progress = SILENT,
    ) -> tuple[Statement, ...]:
        """Return the statements of a file, read with the column maps that this vault remembers.

        Raises UnknownFormatError, UnreadableStatementError, PasswordNeededError, WrongPasswordError,
        CancelledError.
        """
        with self._vault.read() as connection:
            known = profiles.options(connection)
        return self._reading.read(
            path, password=password, options={**known, **(options or {})}, progress=progress
        )

    def known(self, path: Path) -> ImportRecord | None:
        """Return the import that took over every row of this very file, by its digest alone.

        None for new files, for archives, and where rows were left out then: those have to be looked at.
        """
        try:
            if path.stat().st_size > LARGEST:
                return None
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").digest()
        except OSError:
            return None  # reading it will say what is wrong
        with self._vault.read() as connection:
            found = _records(connection, "WHERE batch.sha256=? AND batch.state=0", (digest,))
        return next((record for record in found if record.new == record.rows), None)

    def preview(
        self, statement: Statement, file: str, *, account: Id | None = None, progress: Progress = SILENT
    ) -> Preview:
        """Return what importing a statement would do; nothing is written. account takes every row."""
        with paused(), self._vault.read() as connection:
            accounts = accounts_in(connection)
            found = targets(statement, accounts)
            if account is not None:
                for target in found.values():
                    target.account = account
            return verdicts.judged(connection, Preview(file, statement, [], found, set()), progress)

    def again(self, preview: Preview, progress: Progress = SILENT) -> Preview:
        """Return the preview for targets that the user has changed, keeping what was ticked and chosen."""
        with paused(), self._vault.read() as connection:
            return _judged_again(connection, preview, progress)

    def confirm(self, previews: Sequence[Preview], progress: Progress = SILENT) -> tuple[Imported, ...]:
        """Write the ticked rows of these previews, all or nothing; raises CancelledError.

        Each is judged once more after those before it, so what two files of one batch share comes once.
        """
        files = ", ".join(preview.file for preview in previews)
        with paused(), self._vault.work(Sentence.of(N_("Imported {file}"), file=files)) as work:
            done: list[Imported] = []
            for preview in previews:
                now = _joined(work.connection, preview, progress) if done else preview
                done.append(write(work, now, int(calendar.now()), progress))
                profiles.remember(work, now.statement)
            work.title = Sentence.of(
                N_("{count} imported from {file}"), file=files, count=sum(one.new for one in done)
            )
            number = work.seq
        wrote = any(one.new or one.changed for one in done)
        return tuple(one._replace(change=number if wrote else 0) for one in done)

    def list(self) -> tuple[ImportRecord, ...]:
        """Return the imports, newest first, undone ones marked."""
        with self._vault.read() as connection:
            return _records(connection)


def _records(
    connection: Connection, where: str = "", bound: tuple[bytes, ...] = ()
) -> tuple[ImportRecord, ...]:
    rows = connection.exec_driver_sql(
        "SELECT born.change, batch.file, batch.importer, batch.format, batch.rows, batch.at, batch.state,"
        " (SELECT count(*) FROM evidence WHERE evidence.batch=batch.rid) AS new"
        " FROM batch JOIN born ON born.tab=6 AND batch.rid BETWEEN born.first AND born.last"
        f" {where} ORDER BY batch.rid DESC",
        bound,
    )
    return tuple(
        ImportRecord(
            row.change, row.file, row.importer, row.format, row.rows, row.new,
            datetime.fromtimestamp(row.at, UTC).astimezone(), bool(row.state),
        )
        for row in rows
    )  # fmt: skip


def _joined(connection: Connection, preview: Preview, progress: Progress) -> Preview:
    """Return a preview after other files of its batch were written: what they brought is known now."""
    accounts = accounts_in(connection)
    for key, target in preview.targets.items():
        if target.account is None and (found := meant(preview.statement, key, accounts.values())):
            target.account = found.id
    return _judged_again(connection, preview, progress)


def _judged_again(connection: Connection, preview: Preview, progress: Progress) -> Preview:
    proposed = {row.row for row in preview.rows if row.verdict in verdicts.WRITTEN}
    fresh = verdicts.judged(
        connection, Preview(preview.file, preview.statement, [], preview.targets, set()), progress
    )
    fresh.ticked = (fresh.ticked - (proposed - preview.ticked)) | (preview.ticked - proposed)
    fresh.categories = preview.categories
    return fresh
