"""Exchange rates: those that are known, and adding one by hand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from kushen_desktop.domain import calendar, money
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.progress import Progress
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.models.columns import Column
from kushen_desktop.gui.models.records import RecordTable
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import primary, secondary
from kushen_desktop.gui.widgets.cards import Card, EmptyState, column, row
from kushen_desktop.gui.widgets.fields import DateField, captioned, text_field
from kushen_desktop.gui.widgets.table_view import TableView
from kushen_desktop.i18n import N_, _, ngettext, said
from kushen_desktop.services.rates import ECB, Loaded, Rate

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen
    from kushen_desktop.gui.pages.page import Shell


class RateError(KushenError):
    """A text is no exchange rate."""

    code = "rate"
    message = N_("“{text}” is no exchange rate. Type a number above zero, such as 0.9150.")


class FileError(KushenError):
    """The system does not hand over the file."""

    code = "file"
    message = N_("The file can't be opened: {problem}. Choose another, or copy it into your own folder.")


class RatePanel(QWidget):
    """The newest rates first, and a form for one more."""

    def __init__(self, app: Kushen, shell: Shell) -> None:
        super().__init__()
        self._app, self._shell = app, shell
        self._base = "CNY"
        self.currency = text_field(_("Currency"), hint="HKD", entered=self.submit)
        self.currency.setMaxLength(3)
        self.rate = text_field(_("Rate"), hint="0.9150", entered=self.submit)
        self.day = DateField(_("Day"), calendar.today())
        self.bank = secondary(_("Load a file of the European Central Bank"), self.choose, "folder")
        self.bank.setToolTip(
            _("eurofxref-daily.xml or eurofxref-hist.zip, downloaded by you from ecb.europa.eu")
        )
        self.worth = labels.label("")
        self.error = labels.label("", tone="danger", wrap=True)
        self.error.hide()
        self.currency.textChanged.connect(lambda _text: self._explain())
        form = Card(_("Add a rate"))
        fields = row(
            captioned(_("One unit of"), self.currency),
            captioned(_("is worth"), self.rate),
            captioned(_("on"), self.day),
            column(labels.caption(""), primary(_("Add"), self.submit, "plus"), spacing=t.TINY),
            None,
            column(labels.caption(""), self.bank, spacing=t.TINY),
            spacing=t.LARGE,
        )
        form.box.addLayout(fields)
        form.box.addWidget(self.worth)
        form.box.addWidget(self.error)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(t.MEDIUM))
        box.addWidget(form)
        box.addWidget(self._list(), 1)
        self._explain()

    def refresh(self) -> None:
        """Fetch the newest rates."""

        def fetch(_progress: Progress) -> tuple[tuple[Rate, ...], str]:
            return self._app.rates.list(), self._app.settings.all().base_currency

        self._shell.tasks.run(fetch, done=self._show, key="rates")

    def submit(self) -> None:
        """Write the rate down, or say which field is wrong."""
        base, day = self._base, self.day.day()
        try:
            currency = money.checked_currency(self.currency.text())
            rate = _rate(self.rate.text())
        except KushenError as error:
            self._refuse(error)
            return
        self.error.hide()
        toast = _("Rate {base}/{quote} set").format(base=currency, quote=base)
        self._shell.tasks.run(
            lambda _progress: self._app.rates.set(currency, base, rate, day),
            done=lambda _none: self._shell.toast(toast, undo=True),
            lane="writer",
        )
        self.rate.clear()

    def choose(self) -> None:
        """Let the user choose a eurofxref file."""
        patterns = f"eurofxref (*.xml *.csv *.zip);;{_('All files (*)')}"
        self._shell.choose_files(_("Exchange rates"), patterns, self.load)

    def load(self, files: Sequence[Path]) -> None:
        """Take over the rates of these files."""
        for file in files:
            self._shell.tasks.run(
                lambda _progress, file=file: self._app.rates.load(file),  # type: ignore[misc]
                done=self._loaded,
                failed=self._not_loaded,
                lane="writer",
                progress=_("Reading {file}").format(file=file.name),
            )

    def _loaded(self, found: Loaded) -> None:
        self.error.hide()
        text = ngettext("{count} rate up to {day} loaded", "{count} rates up to {day} loaded", found.count)
        self._shell.toast(text.format(count=f"{found.count:,}", day=found.last.isoformat()), undo=True)

    def _not_loaded(self, error: Exception) -> None:
        if isinstance(error, OSError):
            self._refuse(FileError(problem=error.strerror))
        elif isinstance(error, KushenError):
            self._refuse(error)
        else:
            self._shell.fail(error)

    def _list(self) -> Card:
        card = Card(padded=False)
        self.model: RecordTable[Rate] = RecordTable(_COLUMNS, parent=card)
        self.table: TableView[Rate] = TableView(self.model, _("Exchange rates"))
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        none = EmptyState(
            "language", _("No rates yet. They are needed only where accounts have several currencies.")
        )
        self._stack = QStackedLayout()
        card.box.setContentsMargins(1, theme().px(t.SMALL), 1, theme().px(t.SMALL))
        card.box.addLayout(self._stack)
        self._stack.addWidget(self.table)
        self._stack.addWidget(none)
        return card

    def _show(self, found: tuple[tuple[Rate, ...], str]) -> None:
        rates, self._base = found
        self.model.show(rates)
        self._stack.setCurrentIndex(0 if rates else 1)
        self._explain()

    def _explain(self) -> None:
        currency = self.currency.text().strip().upper() or "HKD"
        text = _("How many {base} one {currency} is worth. Later days use the newest rate before them.")
        self.worth.setText(text.format(base=self._base, currency=currency))
        self.worth.setProperty("tone", "text2")

    def _refuse(self, error: KushenError) -> None:
        self.error.setText(said(error.message, error.params))
        self.error.show()


def _rate(untrusted_text: str) -> Decimal:
    try:
        rate = Decimal(untrusted_text.strip().replace(",", ".")) if len(untrusted_text) < 24 else Decimal(0)
    except InvalidOperation as error:
        raise RateError(text=untrusted_text) from error
    if not rate.is_finite() or rate <= 0:
        raise RateError(text=untrusted_text)
    return rate


def _source(rate: Rate) -> str:
    return _("European Central Bank") if rate.source == ECB else _("by hand")


_COLUMNS = (
    Column[Rate]("day", N_("Day"), lambda rate: rate.day.isoformat(), "2026-11-22", sortable=False),
    Column[Rate](
        "rate",
        N_("Rate"),
        lambda rate: f"1 {rate.base} = {rate.rate.normalize():f} {rate.quote}",
        sortable=False,
    ),
    Column[Rate]("source", N_("Source"), _source, tone=lambda _rate: "text2", sortable=False),
)
