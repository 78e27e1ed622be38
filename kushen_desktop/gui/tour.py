"""The tour: the real window, offscreen, on a vault of the sample statements; a picture of every page.

Serves as a smoke test and makes the pictures of the README. Fonts and the day are pinned, so that the same
program gives the same pictures on every machine.
"""

import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from kushen_desktop import i18n, paths
from kushen_desktop.domain import calendar
from kushen_desktop.i18n import _

DAY = date(2026, 11, 23)
MOMENT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC).timestamp()
LANGUAGES = ("zh_CN", "en")


def run(out: Path) -> int:
    """Take the pictures and return the exit code; needs no display, leaves the user's settings alone."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kushen-tour-") as temporary, _alone(Path(temporary)):
        from kushen_desktop.gui.start import make_application  # noqa: PLC0415  Qt reads the environment above

        application = make_application()
        count = sum(_visit(language, Path(temporary), out) for language in LANGUAGES)
        application.processEvents()
    print(_("{count} pictures in {folder}").format(count=count, folder=out))  # noqa: T201  a command says what it did
    return 0


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Pin screen, fonts and day, and keep settings and data in a folder that goes away."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["FONTCONFIG_FILE"] = str(paths.resources() / "fonts" / "fonts.conf")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(home)
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()
    before = calendar.today, calendar.now
    calendar.today, calendar.now = lambda: DAY, lambda: MOMENT
    try:
        yield
    finally:
        calendar.today, calendar.now = before


def _visit(language: str, folder: Path, out: Path) -> int:
    """Fill a vault in one language and take its pictures; return how many."""
    from kushen_desktop.app import Kushen  # noqa: PLC0415  behind the environment
    from kushen_desktop.gui.tour_window import pictures  # noqa: PLC0415  behind the environment
    from kushen_desktop.services import sample  # noqa: PLC0415  behind the environment

    i18n.use(language)
    app, _created = Kushen.create(folder / language, secrets.token_urlsafe(24), _("Sample book"))
    sample.bring(app.imports, sample.files()[:-1])
    return pictures(app, language, out)
