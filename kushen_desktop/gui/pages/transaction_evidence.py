"""What stands behind a transaction: the lines of statements, as the files have them."""

import json
from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from kushen_desktop.domain.ledger import Evidence
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.models.format_titles import format_title
from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import link
from kushen_desktop.i18n import _, ngettext

_TALL = 150


class EvidenceList(QWidget):
    """Says how many lines there are; shows them when asked, covered while amounts are hidden."""

    def __init__(self, lines: Sequence[Evidence]) -> None:
        super().__init__()
        self._lines = lines
        self._texts: list[QPlainTextEdit] = []
        count = len(lines)
        text = ngettext("{count} statement line behind it", "{count} statement lines behind it", count)
        self.toggle = link(text.format(count=count), self._turn, "chevron-right")
        self._inner = QWidget()
        self._inner.hide()
        inside = QVBoxLayout(self._inner)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme().px(t.TINY))
        for line in lines:
            self._add(inside, line)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(t.SMALL))
        if lines:
            box.addWidget(self.toggle)
            box.addWidget(self._inner)
        else:
            box.addWidget(labels.caption(_("No statement stands behind it: it was entered by hand.")))
        theme().veiled.connect(self._fill)
        self._fill()

    def shown_text(self) -> str:
        """Return everything the records say now."""
        return "\n".join(text.toPlainText() for text in self._texts)

    def _add(self, box: QVBoxLayout, line: Evidence) -> None:
        where = _("{file}, record {row}").format(file=line.file, row=line.row)
        parts = (where, format_title(line.importer), line.source_status)
        box.addWidget(labels.caption(" · ".join(part for part in parts if part), wrap=True))
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setFixedHeight(theme().px(_TALL))
        text.setAccessibleName(_("Record {row} of {file}").format(row=line.row, file=line.file))
        box.addWidget(text)
        self._texts.append(text)

    def _fill(self) -> None:
        for text, line in zip(self._texts, self._lines, strict=True):
            text.setPlainText(MASK if theme().hidden_amounts else readable(line.raw))

    def _turn(self) -> None:
        self._inner.setVisible(self._inner.isHidden())
        self.toggle.show_icon("chevron-right" if self._inner.isHidden() else "chevron-down")


def readable(raw: str) -> str:
    """Return a record with one cell a line; a text record as it is."""
    try:
        cells = json.loads(raw)
    except ValueError:
        return raw
    if not isinstance(cells, dict):
        return raw
    return "\n".join(f"{name}: {value}" for name, value in cells.items() if str(value).strip())
