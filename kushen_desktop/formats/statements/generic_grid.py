"""A file as a grid of cells: encoding, delimiter and sheet are found by what makes a statement of it."""

import codecs
from typing import NamedTuple

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Question
from kushen_desktop.formats import sniff
from kushen_desktop.formats.refusals import UnreadableStatementError
from kushen_desktop.formats.sniff import FileKind
from kushen_desktop.formats.spreadsheets import MAX_COLUMNS, MAX_ROWS, TOO_MANY_CELLS
from kushen_desktop.formats.statements import generic_questions
from kushen_desktop.formats.statements.generic_answers import WrongAnswerError
from kushen_desktop.formats.statements.generic_layout import Layout, located
from kushen_desktop.formats.statements.generic_words import CHINESE_WORDS
from kushen_desktop.formats.statements.importer import Source
from kushen_desktop.formats.tables import sheets, text_table
from kushen_desktop.i18n import N_

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 65_536
_ENCODINGS = ("utf-8", "gb18030", "big5", "cp1252", "cp1250", "cp1251", "iso8859-15", "shift_jis")
NO_TABLE = Sentence(
    N_("it has no columns with dates and amounts. Export the transactions as CSV, XLSX or OFX.")
)
_IS_WEB_PAGE = Sentence(N_("it is a web page. Open it in a spreadsheet program and save it as XLSX."))
_WHICH_ENCODING = Sentence(N_("The file does not say how its letters are written. Do names look right?"))
_ENCODING = N_("{name}")
OTHER_SHEETS = N_("Only the sheet “{sheet}” was read. Also in the file: {others}.")


class Grid(NamedTuple):
    """The rows of one table and where the statement is in them. kind: csv, xlsx or xls."""

    rows: list[list[str]]
    layout: Layout
    kind: str
    encoding: str
    notes: tuple[Sentence, ...] = ()
    questions: tuple[Question, ...] = ()


def grid(source: Source) -> Grid:
    """Return the table of a file; raises UnreadableStatementError where there is none."""
    kind = sniff.refuse_hopeless(source.content, source.name)
    if kind in {FileKind.XLSX, FileKind.XLS}:
        return _spreadsheet(source, kind)
    if kind is FileKind.HTML:
        raise UnreadableStatementError(_IS_WEB_PAGE, file=source.name)
    if kind is not FileKind.TEXT:
        raise UnreadableStatementError(NO_TABLE, file=source.name)
    text, encoding, questions = _text(source)
    if text.count("\n") > MAX_ROWS:
        limits = {"rows": f"{MAX_ROWS:,}", "columns": f"{MAX_COLUMNS:,}"}
        raise UnreadableStatementError(Sentence.of(TOO_MANY_CELLS, **limits), file=source.name)
    sample = text if len(text) <= _SAMPLE else text[: text.rfind("\n", 0, _SAMPLE) + 1 or _SAMPLE]
    found: list[tuple[tuple[int, ...], str]] = []
    for delimiter in DELIMITERS:
        if delimiter in sample:
            layout = located(text_table(sample, delimiter))
            if layout:
                found.append((layout.merit, delimiter))
    if not found:
        raise UnreadableStatementError(NO_TABLE, file=source.name)
    rows = text_table(text, max(found, key=lambda pair: pair[0])[1])
    layout = located(rows)
    if layout is None:
        raise UnreadableStatementError(NO_TABLE, file=source.name)
    return Grid(rows, layout, "csv", encoding, questions=questions)


def _text(source: Source) -> tuple[str, str, tuple[Question, ...]]:
    untrusted_encoding = source.options.get("encoding", "")
    if not untrusted_encoding:
        text, encoding = sniff.decode(source.content, CHINESE_WORDS)
        if encoding.startswith("utf") or encoding == "gb18030":
            return text, encoding, ()
        return text, encoding, (_encoding_question(encoding),)
    if untrusted_encoding not in _ENCODINGS:
        raise WrongAnswerError(name="encoding", answer=untrusted_encoding)
    try:
        return source.content.decode(untrusted_encoding), untrusted_encoding, ()
    except UnicodeDecodeError as error:
        raise WrongAnswerError(name="encoding", answer=untrusted_encoding) from error


def _encoding_question(encoding: str) -> Question:
    taken = next((name for name in _ENCODINGS if codecs.lookup(name) == codecs.lookup(encoding)), "cp1252")
    answers = tuple((name, Sentence.of(_ENCODING, name=name)) for name in _ENCODINGS)
    return Question("encoding", _WHICH_ENCODING, answers, taken)


def _spreadsheet(source: Source, kind: FileKind) -> Grid:
    found = [
        (layout.merit, len(rows), name, rows, layout)
        for name, rows in sheets(source.content, source.name)
        if (layout := located(rows))
    ]
    if not found:
        raise UnreadableStatementError(NO_TABLE, file=source.name)
    names = [sheet[2] for sheet in found]
    chosen = source.options.get("sheet", "")
    if chosen and chosen not in names:
        raise WrongAnswerError(name="sheet", answer=chosen)
    _, _, name, rows, layout = max(found, key=lambda sheet: (sheet[2] == chosen, *sheet[:2]))
    if len(names) == 1:
        return Grid(rows, layout, kind.value, "")
    others = ", ".join(other for other in names if other != name)
    notes = (Sentence.of(OTHER_SHEETS, sheet=name, others=others),)
    questions = () if chosen else (generic_questions.sheet(names, name),)
    return Grid(rows, layout, kind.value, "", notes, questions)
