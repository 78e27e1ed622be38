"""The pictures in docs/pictures are what the window shows today: every page, both themes, both languages.

Where a change is meant, `make pictures` makes them anew; look at each before it is committed.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "docs" / "pictures"
# Rounding differs a little between processors; a moved or changed glyph is far beyond this.
_SHADE, _SHARE = 40, 0.0005


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the tour's pictures, taken in a process of its own."""
    out = tmp_path_factory.mktemp("tour")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "1"}
    subprocess.run(
        [sys.executable, "-m", "kushen_desktop", "tour", "--out", str(out)],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )
    return out


def test_every_page_has_its_picture_and_no_other_is_kept(taken: Path) -> None:
    assert {path.name for path in KEPT.glob("*.png")} == {path.name for path in taken.glob("*.png")}


@pytest.mark.parametrize("kept", sorted(KEPT.glob("*.png")), ids=lambda path: path.stem)
def test_the_window_looks_as_in_the_picture(taken: Path, kept: Path) -> None:
    with Image.open(kept) as before, Image.open(taken / kept.name) as now:
        assert before.size == now.size
        differing = ImageChops.difference(before.convert("RGB"), now.convert("RGB")).convert("L")
    beyond = sum(differing.histogram()[_SHADE:])
    assert beyond <= differing.width * differing.height * _SHARE
