"""Measures everything in one run on one machine and writes benchmarks/RESULTS.md."""

import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import imports, starts, store, window  # noqa: E402  after the path above
from benchmarks.measure import Figure, table  # noqa: E402  after the path above
from kushen_desktop.app import Kushen  # noqa: E402  after the path above

_PACKAGES = ("SQLAlchemy", "sqlcipher3", "PySide6-Essentials", "cryptography")


def main() -> None:
    """Run all measurements; a few minutes."""
    with TemporaryDirectory(prefix="kushen-bench-") as temporary:
        folder = Path(temporary)
        lines = [
            Figure("yardstick: plain sqlite3, bare table of 8 columns", f"{store.yardstick():,.0f} rows/s"),
            *imports.figures("ofx", _alone("imports", "ofx")),
            *imports.figures("csv", _alone("imports", "csv")),
        ]
        _say(lines)
        books = {count: store.made(folder, count) for count in store.SIZES}
        lines += store.figures({count: app.vault for count, app in books.items()}, folder)
        for app in books.values():
            app.close()
        _say(lines)
        full = folder / f"book-{max(store.SIZES)}"
        lines += starts.figures(full)
        Kushen.create(folder / "empty", imports.PASSPHRASE, "bench", cost=imports.CHEAP)[0].close()
        lines += window.figures(_alone("window", str(folder / "empty")), _alone("window", str(full)))
    (ROOT / "benchmarks" / "RESULTS.md").write_text(_page(lines), "utf-8")
    print(_page(lines))


def _alone(module: str, argument: str) -> str:
    """Run one measurement in a process of its own and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", argument],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout.splitlines()[-1]


def _say(lines: list[Figure]) -> None:
    print(f"{len(lines)} figures so far", file=sys.stderr)


def _page(lines: list[Figure]) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    missed = sum(line.reached is False for line in lines)
    return (
        "# Results\n\nWritten by `make bench`; one machine, one run. Times are medians and depend on the "
        "machine; the yardstick stands in the first line.\n\n"
        f"{datetime.now(UTC):%Y-%m-%d}, {_processor()}, Python {platform.python_version()}, {packages}.\n"
        f"Missed: {missed}.\n\n{table(lines)}\n"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if not info.exists():
        return platform.processor()
    lines = info.read_text("utf-8").splitlines()
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return f"{name}, {sum(line.startswith('processor') for line in lines)} cores"


if __name__ == "__main__":
    main()
