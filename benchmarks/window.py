"""The transactions page over a million rows: repaint after a jump, and memory beside an empty vault."""

import os
import random
import statistics
import sys
import time
from pathlib import Path

from benchmarks.imports import PASSPHRASE
from benchmarks.measure import Figure, at_most, memory_mb

JUMPS = 40


def main(folder: str) -> None:
    """Print the median and the longest repaint in ms and the memory in MB, in a process of its own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication, QTableView

    from kushen_desktop.app import Kushen
    from kushen_desktop.config import Config
    from kushen_desktop.gui.desk import Desk
    from kushen_desktop.gui.pages import PAGES
    from kushen_desktop.gui.preferences import Preferences
    from kushen_desktop.gui.start import make_application
    from kushen_desktop.gui.tasks import Tasks

    application = make_application()
    tasks = Tasks(application)
    preferences = Preferences(tasks, Config(language="en", theme="light"), application)
    app = Kushen.open(Path(folder), PASSPHRASE)
    desk = Desk(app, PAGES, preferences=preferences, tasks=tasks, lock=lambda: None, fail=_stop)
    desk.resize(1280, 800)
    desk.show()
    desk.go("transactions")

    def settle() -> None:
        quiet = 0
        while quiet < 3:
            QApplication.processEvents()
            quiet = quiet + 1 if tasks.idle else 0

    settle()
    dice, times = random.Random(3), []  # noqa: S311  a fixed walk
    for table in desk.page("transactions").findChildren(QTableView):
        bar = table.verticalScrollBar()
        for _ in range(JUMPS if table.isVisible() and bar.maximum() else 0):
            begin = time.perf_counter()
            bar.setValue(dice.randrange(bar.maximum()))
            settle()
            table.viewport().repaint()
            times.append((time.perf_counter() - begin) * 1000)
    print(statistics.median(times or [0]), max(times or [0]), memory_mb(), file=sys.stdout)
    desk.leave()
    tasks.close()
    app.close()


def figures(empty: str, full: str) -> list[Figure]:
    """Return the lines of the table from what main() printed for an empty vault and for 1,000,000 rows."""
    _, _, little = map(float, empty.split())
    median, longest, much = map(float, full.split())
    return [
        at_most("transactions page: jump anywhere in 1,000,000 and repaint, median", median, 100, "ms"),
        Figure("the longest of these", f"{longest:.1f} ms"),
        at_most("memory with 1,000,000 rows above an empty vault", much - little, 60, "MB"),
    ]


def _stop(error: BaseException) -> None:
    raise error


if __name__ == "__main__":
    main(sys.argv[1])
