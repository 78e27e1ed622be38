"""About: version, licence, what others wrote."""

import kushen_desktop
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.cards import Card
from kushen_desktop.i18n import _

_PARTS = (
    ("Qt, PySide6", "LGPL-3.0"),
    ("SQLCipher, sqlcipher3", "BSD-3-Clause, Zlib"),
    ("SQLAlchemy, openpyxl, python-calamine, rapidfuzz, segno, fpdf2", "MIT, LGPL-3.0"),
    ("cryptography", "Apache-2.0, BSD-3-Clause"),
    ("Inter", "OFL-1.1"),
    ("Droid Sans Fallback", "Apache-2.0"),
)


class AboutCard(Card):
    """Names the version and the licences."""

    def __init__(self) -> None:
        super().__init__(_("About"))
        version = _("Kushen Wallet for the desktop, version {version}. Licence: Apache-2.0.")
        self.box.addWidget(labels.label(version.format(version=kushen_desktop.__version__), wrap=True))
        self.box.addWidget(
            labels.caption(_("It contains the work of others, under their licences:"), wrap=True)
        )
        for what, licence in _PARTS:
            self.box.addWidget(labels.caption(f"{what} – {licence}", wrap=True))
