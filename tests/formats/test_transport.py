"""What the worker sends is what arrives."""

from pathlib import Path

import pytest

from kushen_desktop.domain.progress import SILENT
from kushen_desktop.formats import transport, worker
from kushen_desktop.formats.worker_messages import Request

DATA = Path(__file__).resolve().parents[1] / "data" / "statements"
SAMPLES = sorted(path for path in DATA.glob("*/*") if path.with_name(path.name + ".json").exists())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_statement_arrives_as_it_was_sent(path: Path) -> None:
    for statement in worker.read(Request(path, None, {}), SILENT):
        arrived = transport.unpacked(*transport.packed(statement))
        assert arrived == statement
        assert list(arrived.raws) == list(statement.raws)
