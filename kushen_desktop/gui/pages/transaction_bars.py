"""The bars of the transactions page: filter with saved views above, what was found or selected below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from kushen_desktop.domain.calendar import today
from kushen_desktop.domain.money import Money
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.models.directory import Directory
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.widgets import labels
from kushen_desktop.gui.widgets.buttons import Button, danger, icon_button, link
from kushen_desktop.gui.widgets.cards import column, row
from kushen_desktop.gui.widgets.fields import Choice, SearchField
from kushen_desktop.gui.widgets.name_fields import CategoryField, TagsField, choice_of_accounts
from kushen_desktop.i18n import N_, _, ngettext
from kushen_desktop.services.transactions import Sum

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen

_FOOT, _CURRENCIES_SHOWN, _LEAST = 40, 3, 60
# Up to which zoom the saved views fit beside the filter, and into one line below it.
_ONE_LINE, _TWO_LINES = 110, 150


class SavedView(NamedTuple):
    """A filter that is always at hand. title: marked with N_."""

    name: str
    title: str
    query: Callable[[], str]


VIEWS = (
    SavedView("all", N_("All"), lambda: ""),
    SavedView("month", N_("This month"), lambda: f"date:{today():%Y-%m}"),
    SavedView("uncategorised", N_("Uncategorised"), lambda: "is:uncategorised"),
    SavedView("review", N_("Needs review"), lambda: "is:review"),
    SavedView("transfers", N_("Transfers"), lambda: "is:transfer"),
)


class FilterBar(QWidget):
    """The filter and the saved views; `searched` carries the text. say() tells in words what is wrong."""

    searched = Signal(str)

    def __init__(self, columns: Callable[[], object]) -> None:
        super().__init__()
        self.field = SearchField(
            _("Filter: a word, payee:…, amount:>100, date:2026-03, -category:…"), _("Filter transactions")
        )
        self.field.setToolTip(_help())
        self.field.setMinimumWidth(theme().px(180))
        self.field.searched.connect(self._search)
        self.chips = [self._chip(view) for view in VIEWS]
        self.columns = icon_button("columns", _("Choose columns"), columns)
        self.error = labels.label("", "caption", "danger", wrap=True)
        self.error.setAccessibleName(_("What is wrong with the filter"))
        self.error.hide()
        if theme().zoom <= _ONE_LINE:
            lines = [row(self.field, row(*self.chips, spacing=t.TINY), self.columns)]
        else:
            chips = self.chips if theme().zoom <= _TWO_LINES else self.chips[:3]
            more = [row(*self.chips[3:], None, spacing=t.TINY)] if len(chips) < len(self.chips) else []
            lines = [row(self.field, self.columns), row(*chips, None, spacing=t.TINY), *more]
        box = column(*lines, self.error, spacing=t.SMALL)
        self.setLayout(box)

    def view(self) -> str:
        """Return the name of the saved view shown, "search" for a filter of the user's own."""
        text = self.field.text().strip()
        return next((view.name for view in VIEWS if view.query() == text), "search")

    def mark(self) -> None:
        """Mark the saved view that is shown."""
        shown = self.view()
        for chip, view in zip(self.chips, VIEWS, strict=True):
            chip.setChecked(view.name == shown)

    def show_text(self, text: str) -> None:
        """Put a filter into the field and search for it now."""
        self.field.setText(text)
        self.field.search_now()

    def say(self, sentence: str) -> None:
        """Show what is wrong with the filter, "" for nothing."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.field.setProperty("wrong", "true" if sentence else "false")
        labels.restyle(self.field)

    def _chip(self, view: SavedView) -> Button:
        made = Button(_(view.title), "segment")
        made.setCheckable(True)
        made.setChecked(view.name == "all")
        made.setToolTip(view.query())
        made.clicked.connect(lambda _checked=False: self.show_text(view.query()))
        return made

    def _search(self, text: str) -> None:
        self.mark()
        self.searched.emit(text.strip())


class Sums(QWidget):
    """Amounts by currency, each with a caption; covered while amounts are hidden."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme().px(t.SMALL))

    def show_amounts(self, amounts: Sequence[tuple[str, Money]]) -> None:
        """Show amounts with what they are; more currencies than there is room for are told by number."""
        while (item := self._box.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for what, amount in amounts[: 2 * _CURRENCIES_SHOWN]:
            if what:
                self._box.addWidget(labels.caption(what))
            shown = labels.MoneyLabel(signed=True)
            shown.show_money(amount, what)
            self._box.addWidget(shown)
        more = len({amount.currency for _what, amount in amounts[2 * _CURRENCIES_SHOWN :]})
        if more:
            text = ngettext("and {count} more currency", "and {count} more currencies", more)
            self._box.addWidget(labels.caption(text.format(count=more)))


class Foot(QStackedWidget):
    """Below the table: how many were found and what they come to, or what can be done with the selected.

    `categorised`, `tagged`, `moved_to` carry what was chosen; `opening`, `deleting`, `leaving` are wishes.
    """

    categorised = Signal(object)
    tagged = Signal(object)
    moved_to = Signal(object)
    opening = Signal()
    deleting = Signal()
    leaving = Signal()

    def __init__(self, app: Kushen, tasks: Tasks) -> None:
        super().__init__()
        self.setFixedHeight(theme().px(_FOOT))
        self.found = labels.caption("")
        self.sums = Sums()
        self.details = link(_("Details"), self.opening.emit)
        self.delete_one = link(_("Delete"), self.deleting.emit)
        self.selected = labels.label("", "h2")
        self.selected_sums = Sums()
        self.category = CategoryField(Directory(), hint=_("Set category…"))
        self.tags = TagsField(app, tasks, hint=_("Add tags…"))
        self.account = Choice(_("Move to account"))
        self.category.decided.connect(self._categorise)
        self.tags.returnPressed.connect(self._tag)
        self.account.chosen.connect(self._move)
        self._lay_out()

    def show_directory(self, directory: Directory) -> None:
        """Offer the categories and accounts as they are now."""
        self.category.show_directory(directory)
        self.account.offer([(_("Move to account…"), None), *choice_of_accounts(directory)])

    def show_found(self, count: int, sums: Sequence[Sum] | None, *, one: bool) -> None:
        """Say how many were found and what they come to; one: a single row is selected."""
        text = ngettext("{count} transaction", "{count} transactions", count)
        self.found.setText(text.format(count=f"{count:,}"))
        amounts = []
        for each in sums or ():
            both = ((_("in"), each.incoming), (_("out"), each.outgoing))
            amounts += [(what, Money(minor, each.currency)) for what, minor in both if minor]
        self.sums.show_amounts(amounts)
        self.sums.setVisible(sums is not None)
        self.details.setVisible(one)
        self.delete_one.setVisible(one)
        self.setCurrentIndex(0)

    def show_selected(self, count: int, sums: Sequence[Money] | None) -> None:
        """Offer what can be done with so many selected transactions."""
        text = ngettext("{count} selected", "{count} selected", count)
        self.selected.setText(text.format(count=f"{count:,}"))
        self.selected_sums.show_amounts([("", amount) for amount in sums or ()])
        self.setCurrentIndex(1)

    def _lay_out(self) -> None:
        found, bulk = QWidget(), QWidget()
        pad = theme().px(t.LARGE)
        line = row(self.found, self.sums, None, self.details, self.delete_one, spacing=t.LARGE)
        self.delete_all = danger(_("Delete"), self.deleting.emit, "trash")
        leave = icon_button("cross", _("Select nothing"), self.leaving.emit, "Esc")
        for field in (self.category, self.tags, self.account):
            field.setMinimumWidth(_LEAST)
            field.setMaximumWidth(theme().px(150))
        for sums in (self.sums, self.selected_sums):
            sums.setMinimumWidth(1)
        parts = (self.category, self.tags, self.account, self.delete_all, leave)
        tools = row(self.selected, self.selected_sums, None, *parts)
        for page, inner in ((found, line), (bulk, tools)):
            inner.setContentsMargins(pad, 0, theme().px(t.SMALL), 0)
            page.setLayout(inner)
            self.addWidget(page)

    def _categorise(self, category: object) -> None:
        self.category.show_category(None)
        self.categorised.emit(category)

    def _tag(self) -> None:
        tags = self.tags.tags()
        if tags:
            self.tags.fill("")
            self.tagged.emit(tags)

    def _move(self, account: object) -> None:
        self.account.choose(None)
        if account is not None:
            self.moved_to.emit(account)


def _help() -> str:
    return "\n".join(
        (
            _("All terms must hold; a minus in front turns one around."),
            "payee: category: account: tag: note: amount: date: currency: is: id:",
            "商家: 分类: 账户: 标签: 备注: 金额: 日期: 币种: 是: 单号:",
            "amount:>100  amount:20..50  date:2026-03  date:2026-03-05..2026-04-01",
            "is:uncategorised  is:review  is:transfer  is:income  is:split  is:refund",
        )
    )
