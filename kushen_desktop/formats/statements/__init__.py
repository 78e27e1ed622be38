"""Every importer, in the order in which files are shown to them."""

from kushen_desktop.formats.statements.alipay import Alipay
from kushen_desktop.formats.statements.generic import Generic
from kushen_desktop.formats.statements.importer import Importer, Source, UnknownFormatError
from kushen_desktop.formats.statements.ofx import Ofx
from kushen_desktop.formats.statements.wechat import WeChat

IMPORTERS: tuple[Importer, ...] = (
    Alipay(),
    WeChat(),
    Ofx(),
    Generic(),
)


def identify(source: Source) -> Importer:
    """Return the one importer that knows the file; raises UnknownFormatError."""
    for importer in IMPORTERS:
        if importer.identify(source):
            return importer
    raise UnknownFormatError(file=source.name)
