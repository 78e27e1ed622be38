"""What a user calls the layout of a file; the identifiers of the importers are for programs."""

from kushen_desktop.i18n import N_, _

_SOURCES = {"alipay": N_("Alipay"), "wechat": N_("WeChat Pay"), "ofx": "OFX"}
_TABLE = N_("Table")
_KINDS = {"csv", "tsv", "xlsx", "xls"}


def format_title(layout: str) -> str:
    """Return a title such as “Alipay CSV” for an importer or for a layout like alipay-app-csv-2025."""
    source, *rest = layout.split("-")
    kinds = (part.upper() for part in rest if part in _KINDS)
    return " ".join((_(_SOURCES.get(source, _TABLE)), *kinds))
