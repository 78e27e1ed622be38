"""The printed recovery kit: one page with the recovery code and, as a QR code, the slot it opens."""

import io
from datetime import UTC, datetime
from typing import NamedTuple

import segno
from fpdf import FPDF

from kushen_desktop import paths
from kushen_desktop.i18n import N_, _

# Millimetres on A4.
_MARGIN = 20
_WIDTH = 170
_QR = 62
# The Chinese font has no Latin letters, the Latin one no Chinese. Inter-Latin is the Latin part of
# Inter-Regular with quadratic outlines, made by fontTools: PDF readers stumble over OpenType ones.
# It lies apart: two files named "Inter Regular" in one folder, and the system chooses which the window gets.
_FONT, _FONT_FILE = "Inter", "print/Inter-Latin.ttf"
_CHINESE, _CHINESE_FILE = "DroidSansFallback", "fonts/DroidSansFallbackFull.ttf"

_TITLE = N_("Kushen recovery kit")
_WHAT = N_(
    "Whoever holds this page can open the vault without the passphrase. If you forget the passphrase and "
    "lose this page, nobody can open the vault: not we, not a shop."
)
_KEEP = N_("Keep it on paper, away from the computer: no photo, no cloud, no message.")
_CODE = N_("Recovery code")
_QR_SAYS = N_(
    "This square holds the locked key of the vault, useless without the code above. It is needed only if the "
    "files vault.hdr and vault.hdr.bak are both lost."
)
_STEPS = (
    N_("1. Start Kushen, choose the vault, press “Forgotten? Use the recovery code”."),
    N_("2. Type the code. Capitals, blanks and hyphens do not matter; each group is checked by itself."),
    N_("3. Choose a new passphrase. The code stays valid until you make a new one in the settings."),
)
_SUPPORT = N_("Nobody from support will ever ask you for this code.")


class KitPage(NamedTuple):
    """What stands on the kit: the code as written, the QR code's text, created in seconds since 1970."""

    code: str
    slot_text: str
    label: str
    vault_id: bytes
    created: int


def recovery_kit(page: KitPage) -> bytes:
    """Return the kit as a PDF of one A4 page in the language in use; the font is embedded as a subset."""
    pdf = FPDF(format="A4", unit="mm")
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(auto=False)
    for name, file in ((_FONT, _FONT_FILE), (_CHINESE, _CHINESE_FILE)):
        pdf.add_font(name, fname=paths.resources() / file)
    pdf.set_fallback_fonts([_CHINESE], exact_match=False)
    pdf.set_title(_(_TITLE))
    # The date of printing is nobody's business and would make every copy different.
    pdf.set_creation_date(datetime.fromtimestamp(page.created, UTC))
    pdf.add_page()
    _head(pdf, page)
    _code(pdf, page.code)
    _how(pdf)
    _square(pdf, page.slot_text)
    return bytes(pdf.output())


def _head(pdf: FPDF, page: KitPage) -> None:
    _text(pdf, _(_TITLE), size=22, line=12)
    pdf.ln(2)
    day = datetime.fromtimestamp(page.created, UTC).astimezone().date().isoformat()
    _text(pdf, _("Vault: {label}").format(label=page.label or "-"), size=11)
    _text(pdf, _("Made on {day}, number {id}").format(day=day, id=page.vault_id.hex()[:8]), size=11)
    pdf.ln(4)
    _text(pdf, _(_WHAT), size=11)
    _text(pdf, _(_KEEP), size=11)
    pdf.ln(4)


def _code(pdf: FPDF, code: str) -> None:
    """Print the groups in two rows of four, each under its number, so that one can be pointed at."""
    _text(pdf, _(_CODE), size=13, line=9)
    groups = code.split("-")
    cell = _WIDTH / 4
    for start in range(0, len(groups), 4):
        row = groups[start : start + 4]
        pdf.set_font(_FONT, size=8)
        for number in range(start + 1, start + 1 + len(row)):
            pdf.cell(cell, 5, str(number), border="LTR", align="C")
        pdf.ln()
        pdf.set_font(_FONT, size=20)
        pdf.set_char_spacing(2)
        for group in row:
            pdf.cell(cell, 12, group, border="LBR", align="C")
        pdf.set_char_spacing(0)
        pdf.ln()
    pdf.ln(6)


def _how(pdf: FPDF) -> None:
    for step in _STEPS:
        _text(pdf, _(step), size=11)
    pdf.ln(3)
    _text(pdf, _(_SUPPORT), size=11)
    pdf.ln(5)


def _square(pdf: FPDF, text: str) -> None:
    stream = io.BytesIO()
    segno.make_qr(text, error="m").save(stream, kind="png", scale=8, border=2)
    top = pdf.get_y()
    stream.seek(0)
    pdf.image(stream, x=_MARGIN, y=top, w=_QR)
    pdf.set_xy(_MARGIN + _QR + 5, top + 2)
    _text(pdf, _(_QR_SAYS), size=10, width=_WIDTH - _QR - 5)


def _text(pdf: FPDF, text: str, *, size: int, line: int = 6, width: int = _WIDTH) -> None:
    pdf.set_font(_FONT, size=size)
    pdf.multi_cell(width, line, text, align="L", new_x="LEFT", new_y="NEXT")
