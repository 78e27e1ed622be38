"""Any CSV, TSV, XLSX or XLS with dates and amounts: what no other importer knows."""

from collections import defaultdict

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Stated, Statement
from kushen_desktop.formats import sniff
from kushen_desktop.formats.sniff import FileKind
from kushen_desktop.formats.statements import (
    generic_answers,
    generic_balance,
    generic_grid,
    generic_rows,
)
from kushen_desktop.formats.statements.generic_answers import profile_key
from kushen_desktop.formats.statements.generic_balance import Step
from kushen_desktop.formats.statements.generic_reading import Reading
from kushen_desktop.formats.statements.importer import Recorder, Source
from kushen_desktop.i18n import N_
from kushen_desktop.system import collector

_BREAKS = N_("The running balance does not follow from the amounts at row {row}.")


__all__ = ["Generic", "profile_key"]


class Generic:
    """Maps the columns of any table; what it can't decide alone it asks, and remembers as a profile."""

    name = "generic"

    def identify(self, source: Source) -> bool:
        """Tell whether the file is a spreadsheet or text with cells."""
        kind = sniff.file_kind(source.content)
        if kind in {FileKind.XLSX, FileKind.XLS}:
            return True
        return kind is FileKind.TEXT and any(
            mark in sniff.head(source.content) for mark in generic_grid.DELIMITERS
        )

    def read(self, source: Source) -> Statement:
        """Return the statement; raises UnreadableStatementError, and WrongAnswerError for wrong options.

        Options: date_order, decimal, sign, currency, encoding, columns.<role> (the name of a column, "" for
        none), profile (a saved Statement.profile; it counts for the same header only).
        """
        with collector.paused():
            return self._read(source)

    def _read(self, source: Source) -> Statement:
        grid = generic_grid.grid(source)
        answers = generic_answers.answers(source.options, grid.layout.names)
        reading = Reading(grid, answers, source.name)
        recorder = Recorder(source, expected=len(reading.rows))
        table = reading.table()
        generic_rows.write(table, recorder)
        stated = _stated(reading, recorder)
        return recorder.statement(
            self.name,
            f"table-{grid.kind}",
            grid.encoding,
            stated,
            notes=tuple(reading.notes),
            questions=tuple(reading.questions),
            profile=generic_answers.profile(grid.layout.names, reading.taken()),
        )


def _stated(reading: Reading, recorder: Recorder) -> tuple[Stated, ...]:
    """Return opening and closing balances per account and currency, noting the first break."""
    if not reading.balances:
        return ()
    groups: defaultdict[tuple[str, str], list[Step]] = defaultdict(list)
    for entry in recorder.entries:
        balance = reading.balances[entry.row - 1]
        if balance is not None:
            groups[entry.account, entry.currency].append((entry.row, entry.date, entry.amount, balance))
    found = []
    for (account, currency), steps in groups.items():
        chain = generic_balance.chain(steps)
        if chain.first_break:
            reading.notes.append(Sentence.of(_BREAKS, row=chain.first_break))
        stated = generic_balance.stated(account, currency, steps, chain)
        if stated:
            found.append(stated)
    return tuple(found)
