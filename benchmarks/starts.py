"""How long it takes until something is there: the first paint, an open vault, balances of a million rows."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.imports import PASSPHRASE
from benchmarks.measure import Figure, at_most
from kushen_desktop.store import header_file
from kushen_desktop.store.slots.passphrase import PASSPHRASE as PASSPHRASE_WAY

ROOT = Path(__file__).resolve().parent.parent
TIMES = 5
_PAINT = """
import sys, time
begin = float(sys.argv[1])
from PySide6.QtCore import QEvent, QObject, QTimer
from kushen_desktop import config
from kushen_desktop.gui.start import make_application, speak_qt
from kushen_desktop.gui.preferences import Preferences
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.window import Window
application = make_application()
tasks = Tasks(application)
preferences = Preferences(tasks, config.Config(language="en"), application)
speak_qt(application, preferences)
window = Window(preferences, tasks)
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: (print(time.time() - begin), application.exit()))
            watched.removeEventFilter(self)
        return False
painted = Painted()
window.centralWidget().installEventFilter(painted)
window.show()
application.exec()
assert "sqlalchemy" not in sys.modules and "matplotlib" not in sys.modules
tasks.close()
"""


def figures(folder: Path) -> list[Figure]:
    """Measure and return the lines of the table; folder: the closed vault of 1,000,000 transactions."""
    kdf = _argon2(folder)
    return [
        at_most("start to first paint of the lock screen", _first_paint(), 0.6, "s"),
        at_most("unlock beyond Argon2id itself, 1,000,000", _unlock(folder) - kdf, 0.2, "s"),
        Figure("Argon2id itself, at the calibrated cost", f"{kdf:.2f} s"),
        at_most("kushen balances beyond Argon2id, 1,000,000", _balances(folder, cold=False) - kdf, 0.5, "s"),
        at_most(
            "kushen balances beyond Argon2id, page cache dropped, 1,000,000",
            _balances(folder, cold=True) - kdf,
            0.5,
            "s",
        ),
    ]


def _first_paint() -> float:
    return _median(
        lambda: float(_python("-c", _PAINT, str(time.time())).split()[-1]),
    )


def _unlock(folder: Path) -> float:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom kushen_desktop.app import Kushen\n"
        "begin = time.perf_counter()\napp = Kushen.open(Path(sys.argv[1]), sys.argv[2])\n"
        "print(time.perf_counter() - begin)\napp.close()"
    )
    return _median(lambda: float(_python("-c", script, str(folder), PASSPHRASE)))


def _balances(folder: Path, *, cold: bool) -> float:
    secret = folder.parent / "passphrase"
    secret.write_text(PASSPHRASE, "utf-8")

    def run() -> float:
        if cold:
            _drop_page_cache()
        begin = time.perf_counter()
        _python("-m", "kushen_desktop", "--vault", str(folder), "--passphrase-file", str(secret), "balances")
        return time.perf_counter() - begin

    return _median(run)


def _argon2(folder: Path) -> float:
    """Return what deriving the key alone takes, at the cost that the vault's header asks for."""
    slots = header_file.load(folder).framed.header.slots
    kdf = next(slot.public["kdf"] for slot in slots if slot.kind == "passphrase")

    def run() -> float:
        begin = time.perf_counter()
        PASSPHRASE_WAY.input_key(PASSPHRASE, kdf)
        return time.perf_counter() - begin

    return _median(run)


def _drop_page_cache() -> None:
    """Forget what the system has read, where it may be asked to."""
    with contextlib.suppress(OSError):
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("1", "ascii")


def _python(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True, cwd=ROOT, env=_environment()
    )
    return done.stdout


def _environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def _median(run: Callable[[], float]) -> float:
    return sorted(run() for _ in range(TIMES))[TIMES // 2]
