import logging
import re
import zlib
from collections.abc import Iterator

import pytest

from kushen_desktop import i18n
from kushen_desktop.domain import recovery_code
from kushen_desktop.formats.exports.recovery_kit import KitPage, recovery_kit
from kushen_desktop.store.keys import Secret
from kushen_desktop.store.slots import slot as ways
from kushen_desktop.store.slots.recovery import RECOVERY, kit_text

CODE = recovery_code.written(bytes(range(20)))
SLOT = ways.made(RECOVERY, CODE, master=Secret(b"m" * 32), vault_id=bytes(16), now=1_700_000_000)
PAGE = KitPage(CODE, kit_text(bytes(16), SLOT), "家用 Home", bytes(16), 1_700_000_000)


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = i18n.language()
    i18n.use(request.param)
    yield request.param
    i18n.use(before)


def streams(pdf: bytes) -> list[bytes]:
    found = []
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return found


def test_the_kit_is_one_page_with_every_letter_it_needs(
    language: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        pdf = recovery_kit(PAGE)
    assert caplog.text == ""  # a letter that no font has would be told here
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1
    assert b"+Inter" in pdf
    assert b"+DroidSansFallback" in pdf
    assert len(pdf) < 200_000


def test_the_square_is_sharp_enough_to_scan(language: str) -> None:
    """Modules of at least 0.8 mm on paper: 62 mm for the square and its border."""
    widths = [int(width) for width in re.findall(rb"/Width (\d+)", recovery_kit(PAGE))]
    modules = widths[0] / 8
    assert 62 / modules >= 0.8


def test_the_code_stands_on_the_page_in_groups_under_their_numbers() -> None:
    """The subset's text is numbers of glyphs; as many show strings as groups and numbers at least."""
    page = next(stream for stream in streams(recovery_kit(PAGE)) if b"BT" in stream)
    assert page.count(b"Tj") + page.count(b"TJ") >= 16
