"""What must stand before Qt is loaded: no screen, and only the fonts that the program ships."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from kushen_desktop import i18n

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen

_FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts" / "fonts.conf"

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["FONTCONFIG_FILE"] = str(_FONTS)


# The same commit gives the same answer everywhere; HYPOTHESIS_PROFILE=explore looks for new examples.
# No deadlines: these machines are shared, and no timing is asserted in a test.
_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("same", derandomize=True, **_PATIENT)  # type: ignore[arg-type]
settings.register_profile("explore", **_PATIENT)  # type: ignore[arg-type]
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Begin and end every test in English, whatever language one before it spoke."""
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture
def app(tmp_path: Path) -> "Iterator[Kushen]":
    """An open, empty vault with the starter categories."""
    from tests.books import book  # noqa: PLC0415  after the environment above is set

    with book(tmp_path / "vault") as opened:
        yield opened
