"""A file of 100,000 rows, read, previewed and written with its change record; again, and overlapping."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import book
from benchmarks.measure import Figure, at_least, at_most, peak_mb, seconds
from kushen_desktop.app import Kushen
from kushen_desktop.domain.preview import Preview
from kushen_desktop.store.slots.slot import Cost

ROWS = 100_000
PASSPHRASE = "wombat-lantern-gravel-oxide-77"
CHEAP = Cost(19 * 1024, 1, 1)


def main(kind: str) -> None:
    """Print what one import took, in a process of its own so that its memory is its own; kind: ofx or csv."""
    text = book.ofx(ROWS) if kind == "ofx" else book.csv(ROWS)
    later = _overlapping(text)
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        path, second = folder / f"a.{kind}", folder / f"b.{kind}"
        path.write_text(text, "utf-8")
        second.write_text(later, "utf-8")
        del text, later
        app, _ = Kushen.create(folder / "vault", PASSPHRASE, "bench", cost=CHEAP)
        with app:
            first = seconds(lambda: _brought(app, path))
            peak, worker = peak_mb(), _worker_peak(app)
            known = seconds(lambda: app.imports.known(path))
            overlap = seconds(lambda: _brought(app, second))
            print(first, peak, worker, known, overlap, app.transactions.find().count, file=sys.stdout)


def figures(kind: str, printed: str) -> list[Figure]:
    """Return the lines of the table from what main() printed."""
    first, peak, worker, known, overlap, count = map(float, printed.split())
    name = kind.upper()
    return [
        at_least(f"import of {ROWS:,} rows, {name}: read, preview, write", ROWS / first, 20_000, "rows/s"),
        at_most(f"its memory, {name} (the reading process apart: {worker:,.0f} MB)", peak, 400, "MB"),
        at_most(f"the same file again known by its digest, {name}", known * 1000, 500, "ms"),
        at_least(f"an overlapping file, 90 % known, {name}", ROWS / overlap, 30_000, "rows/s"),
        Figure(
            f"transactions afterwards, {name}", f"{count:,.0f}", "110,000", round(count) == ROWS + ROWS // 10
        ),
    ]


def _previewed(app: Kushen, path: Path) -> list[Preview]:
    return [app.imports.preview(statement, path.name) for statement in app.imports.read(path)]


def _brought(app: Kushen, path: Path) -> None:
    app.imports.confirm(_previewed(app, path))


def _worker_peak(app: Kushen) -> float:
    process = app.reading._process  # noqa: SLF001  its memory is what is asked for
    return peak_mb(process.pid) if process else 0.0


def _overlapping(text: str) -> str:
    """Return the file of a later download: the first tenth is gone, a new tenth has come."""
    lines = text.split("\n")
    head = (
        1
        if lines[0].startswith("交易日期")
        else next(number for number, line in enumerate(lines) if "<STMTTRN>" in line)
    )
    tail = len(lines) if head == 1 else len(lines) - 1
    rows = lines[head:tail]
    new = [_renumbered(row) for row in rows[-ROWS // 10 :]]
    return "\n".join([*lines[:head], *rows[ROWS // 10 :], *new, *lines[tail:]])


def _renumbered(row: str) -> str:
    """Return the record of another payment: its number begins with 9."""
    if "<FITID>" in row:
        return row.replace("<FITID>0", "<FITID>9")
    before, _, number = row.rpartition(",")
    return f"{before},9{number[1:]}"


if __name__ == "__main__":
    main(sys.argv[1])
