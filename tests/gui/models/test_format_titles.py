"""No identifier of an importer is shown to a user."""

import pytest

from kushen_desktop.formats.statements import IMPORTERS
from kushen_desktop.gui.models.format_titles import format_title


@pytest.mark.parametrize(
    ("layout", "title"),
    [
        ("alipay-app-csv-2025", "Alipay CSV"),
        ("wechat-xlsx", "WeChat Pay XLSX"),
        ("ofx-2-xml", "OFX"),
        ("table-tsv", "Table TSV"),
    ],
)
def test_a_layout_is_called_by_what_the_user_knows(layout: str, title: str) -> None:
    assert format_title(layout) == title


def test_every_importer_has_a_title() -> None:
    assert {format_title(importer.name) for importer in IMPORTERS} == {"Alipay", "WeChat Pay", "OFX", "Table"}
