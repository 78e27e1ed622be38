import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, strategies as st

from kushen_desktop.domain.money import Money
from kushen_desktop.formats import rates
from kushen_desktop.formats.rates import EuroRate, UnreadableRatesError
from tests.books import book

DAILY = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<Cube>{days}</Cube>
</gesmes:Envelope>"""
DAY = "<Cube time='{day}'><Cube currency='USD' rate='1.0850'/><Cube currency='CNY' rate='7.8125'/></Cube>"
HISTORY_CSV = "Date,USD,CNY,RUB,\n2026-03-31,1.0850,7.8125,N/A,\n2026-03-30,1.0800,7.8000,90.5,\n\n"
DAILY_CSV = "Date, USD, CNY, \n31 March 2026, 1.0850, 7.8125, \n"


def written(folder: Path, content: str | bytes, name: str = "eurofxref") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(name: str, content: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


TODAY = [
    EuroRate(date(2026, 3, 31), "USD", Decimal("1.0850")),
    EuroRate(date(2026, 3, 31), "CNY", Decimal("7.8125")),
]


@pytest.mark.parametrize(
    "content",
    [
        DAILY.format(days=DAY.format(day="2026-03-31")),
        DAILY_CSV,
        "\ufeff" + DAILY_CSV,
        zipped("eurofxref.csv", DAILY_CSV),
    ],
)
def test_the_rates_of_a_day(tmp_path: Path, content: str | bytes) -> None:
    assert list(rates.read(written(tmp_path, content))) == TODAY


@pytest.mark.parametrize("content", [HISTORY_CSV, zipped("eurofxref-hist.csv", HISTORY_CSV)])
def test_the_history_leaves_out_what_is_missing(tmp_path: Path, content: str | bytes) -> None:
    found = rates.read(written(tmp_path, content))
    assert list(found[:2]) == TODAY
    assert [(one.currency, one.rate) for one in found[2:]] == [
        ("USD", Decimal("1.0800")), ("CNY", Decimal("7.8000")), ("RUB", Decimal("90.5")),
    ]  # fmt: skip


def test_the_history_as_xml(tmp_path: Path) -> None:
    days = "".join(DAY.format(day=day) for day in ("2026-03-31", "2026-03-30"))
    found = rates.read(written(tmp_path, DAILY.format(days=days)))
    assert {one.day for one in found} == {date(2026, 3, 30), date(2026, 3, 31)}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 100,
        b"%PDF-1.7",
        "Date,USD\n2026-03-31,much",
        "Date,USD\n2026-02-30,1.08",
        "Date,USD\n2026-03-31,-1.08",
        "Date,USD\n2026-03-31,0",
        "Date,USD\n2026-03-31,NaN",
        "Date,USD\n2026-03-31,1e999999",
        "Date,dollars\n2026-03-31,1.08",
        "Date,USD\n",
        "Date," + ",".join(["USD"] * 300) + "\n",
        "Day,USD\n2026-03-31,1.08",
        "<html><body>not found</body></html>",
        DAILY.format(days="<Cube currency='USD' rate='1.1'/>"),
        DAILY.format(days=DAY.format(day="yesterday")),
        DAILY.format(days=DAY.format(day="2026-03-31"))[:200],
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        b"PK\x03\x04 no archive",
        zipped("readme.txt", "no rates"),
        "Date,USD\n2026-03-31,1.08\n".encode("utf-16"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_by_name(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(UnreadableRatesError, match="my rates"):
        rates.read(written(tmp_path, content, "my rates"))


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as stream:
        stream.truncate(rates.MAX_BYTES + 1)
    with pytest.raises(UnreadableRatesError):
        rates.read(path)


def test_an_archive_that_inflates_too_far_is_refused(tmp_path: Path) -> None:
    bomb = zipped("eurofxref.csv", "0" * (210 * 1024 * 1024))
    with pytest.raises(UnreadableRatesError):
        rates.read(written(tmp_path, bomb))


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_content_is_a_mistake_of_ours(content: bytes) -> None:
    with TemporaryDirectory() as folder, pytest.raises(UnreadableRatesError):
        rates.read(written(Path(folder), content))


def test_loaded_rates_convert_across_the_euro(tmp_path: Path) -> None:
    with book() as app:
        loaded = app.rates.load(written(tmp_path, HISTORY_CSV))
        assert (loaded.count, loaded.new) == (5, 5)
        assert (loaded.first, loaded.last) == (date(2026, 3, 30), date(2026, 3, 31))
        assert app.rates.converted(Money(108_50, "USD"), "CNY", date(2026, 4, 2)) == Money(781_25, "CNY")
        assert app.rates.converted(Money(100, "USD"), "CNY", date(2026, 3, 1)) is None
        again = app.rates.load(written(tmp_path, HISTORY_CSV), since=date(2026, 3, 31))
        assert (again.count, again.new) == (2, 0)
        with pytest.raises(UnreadableRatesError):
            app.rates.load(written(tmp_path, HISTORY_CSV), since=date(2027, 1, 1))
        app.history.undo()
        assert app.rates.list() == ()
