"""Every sample in tests/data/statements/<importer>/ is read as the .json beside it says.

The expectation holds any of: format, encoding, owner, rows_read, incoming, outgoing, options (given to the
importer), entries and stated (of each some fields), skipped and problems ([row, reason] in English),
questions (name to the answer taken), notes (English).
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Entry, Stated, Statement
from kushen_desktop.formats.statements import IMPORTERS, identify
from kushen_desktop.formats.statements.importer import Source

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "statements"
FILES = sorted(path.with_suffix("") for path in SAMPLES.glob("*/*.json") if path.with_suffix("").suffix)
_IDS = [f"{path.parent.name}/{path.name}" for path in FILES]


def _source(path: Path) -> tuple[Source, dict[str, Any]]:
    expected = json.loads(path.with_name(f"{path.name}.json").read_text("utf-8"))
    return Source(path.name, path.read_bytes(), expected.get("options", {})), expected


def _plain(value: object) -> object:
    if isinstance(value, Sentence):
        return value.english()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, int) else str(value)


def _same(record: Entry | Stated, expected: Mapping[str, object]) -> None:
    assert {name: _plain(getattr(record, name)) for name in expected} == expected


def test_there_are_samples_for_every_importer() -> None:
    assert {path.parent.name for path in FILES} >= {importer.name for importer in IMPORTERS}


@pytest.mark.parametrize("path", FILES, ids=_IDS)
def test_exactly_one_importer_knows_the_sample(path: Path) -> None:
    source, _ = _source(path)
    assert identify(source).name == path.parent.name
    named = [importer.name for importer in IMPORTERS if importer.identify(source)]
    assert [name for name in named if name != "generic"] in ([], [path.parent.name])


@pytest.mark.parametrize("path", FILES, ids=_IDS)
def test_the_sample_is_read_as_expected(path: Path) -> None:
    source, expected = _source(path)
    statement = identify(source).read(source)
    _check_conservation(statement)
    for name in ("format", "encoding", "rows_read", "owner"):
        assert getattr(statement, name) == expected.get(name, getattr(statement, name)), name
    for name in ("incoming", "outgoing"):
        written = str(getattr(statement.totals, name))
        assert written == expected.get(name, written), name
    _check_lists(statement, expected)


def _check_conservation(statement: Statement) -> None:
    parts = (statement.entries, statement.skipped, statement.problems)
    assert sorted(record.row for part in parts for record in part) == list(range(1, statement.rows_read + 1))
    assert len(statement.raws) == statement.rows_read >= statement.totals.count


def _check_lists(statement: Statement, expected: Mapping[str, Any]) -> None:
    for name in ("entries", "stated"):
        if name in expected:
            assert len(getattr(statement, name)) == len(expected[name])
            for record, wanted in zip(getattr(statement, name), expected[name], strict=True):
                _same(record, wanted)
    for name in ("skipped", "problems"):
        if name in expected:
            found = [[record.row, record.reason.english()] for record in getattr(statement, name)]
            assert found == expected[name]
    if "notes" in expected:
        assert [note.english() for note in statement.notes] == expected["notes"]
    if "questions" in expected:
        assert {question.name: question.taken for question in statement.questions} == expected["questions"]
