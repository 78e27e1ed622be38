"""Fields for categories, payees, tags and amounts, completed from what the vault knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kushen_desktop.domain import money
from kushen_desktop.domain.folding import fold
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.initials import initials
from kushen_desktop.domain.starter import TITLES, title
from kushen_desktop.gui.models.directory import Directory
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.gui.widgets.completing import Completing, Offer
from kushen_desktop.i18n import _

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen


class CategoryField(Completing):
    """Chooses a category by any part of its name, in either language or by its pinyin initials.

    Empty means none; what fits no category is `unknown`.
    """

    def __init__(self, directory: Directory, parent: QWidget | None = None, hint: str = "") -> None:
        super().__init__(_("Category"), self._matching, parent, strict=True)
        self.setPlaceholderText(hint)
        self._directory = directory
        self._value: Id | None = None
        self.textEdited.connect(self._forget)

    @property
    def unknown(self) -> bool:
        """Whether a text was typed that is no category."""
        return bool(self.text().strip()) and self.value() is None

    def show_category(self, id_: Id | None) -> None:
        """Show a category, None for none."""
        self.fill(self._directory.category(id_))
        self._value = id_

    def show_directory(self, directory: Directory) -> None:
        """Choose among the categories as they are now."""
        self._directory = directory

    def value(self) -> Id | None:
        """Return the category: marked in the list, chosen before, or what the text fits best."""
        part = self.text().strip()
        if not part or self._value is not None:
            return self._value if part else None
        offer = self.marked() or next(iter(self._matching(part)), None)
        return None if offer is None else Id(offer.value)

    def take(self, offer: Offer) -> None:
        """Choose an offered category."""
        self.setText(self._directory.category(offer.value))
        self._value = offer.value

    def _forget(self, _text: str) -> None:
        self._value = None

    def _matching(self, part: str) -> Sequence[Offer]:
        wanted = fold(part)
        ranked = []
        for place, id_ in enumerate(self._directory.categories):
            rank = _rank(wanted, self._words(id_))
            if rank is not None:
                ranked.append((rank, place, Offer(self._path(id_), id_)))
        return [offer for *_order, offer in sorted(ranked, key=lambda one: one[:2])]

    def _words(self, id_: Id) -> tuple[str, ...]:
        category = self._directory.categories[id_]
        shown = title(category)
        english = TITLES.get(category.seed, "")
        return fold(shown), fold(english), initials(shown)

    def _path(self, id_: Id) -> str:
        titles, seen, above = [], set[Id](), self._directory.categories.get(id_)
        while above is not None and above.id not in seen:
            seen.add(above.id)
            titles.append(title(above))
            above = self._directory.categories.get(above.parent) if above.parent is not None else None
        return _(" › ").join(reversed(titles))


class PayeeField(Completing):
    """A payee, known or new."""

    def __init__(
        self, app: Kushen, tasks: Tasks, parent: QWidget | None = None, name: str = "", *, tags: bool = False
    ) -> None:
        super().__init__(name or _("Payee"), self._ask, parent)
        self._tasks = tasks
        self._names: Callable[[str], Sequence[str]] = app.payees.tags if tags else app.payees.names

    def _ask(self, part: str) -> None:
        def find(_progress: object) -> tuple[str, list[Offer]]:
            return part, [Offer(name, name) for name in self._names(part)]

        # A bound method: the answer is dropped when the field is gone.
        self._tasks.run(find, done=self._take_names, key=f"names{id(self)}")

    def _take_names(self, found: tuple[str, list[Offer]]) -> None:
        self.offer(*found)


class TagsField(PayeeField):
    """Tags, parted by blanks or commas; the last one is completed."""

    def __init__(self, app: Kushen, tasks: Tasks, hint: str = "") -> None:
        super().__init__(app, tasks, name=_("Tags"), tags=True)
        self.setPlaceholderText(hint)

    def tags(self) -> tuple[str, ...]:
        """Return the tags typed, each once."""
        marked = self.marked()
        words = [*_tags(self.text())[:-1], marked.text] if marked is not None else _tags(self.text())
        return tuple(dict.fromkeys(words))

    def part(self) -> str:
        """Return the tag being typed."""
        text = self.text()
        return _tags(text)[-1] if text and _tags(text) and not text[-1].isspace() else ""

    def take(self, offer: Offer) -> None:
        """Put an offered tag in place of the part that was typed."""
        whole = _tags(self.text())
        self.setText(" ".join([*(whole[:-1] if self.part() else whole), offer.text]) + " ")


class AmountField(Completing):
    """An amount of money as people type it; locked and covered while amounts are hidden."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name or _("Amount"), lambda _text: (), parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._minor = 0
        self._currency = ""
        theme().veiled.connect(self._veil)

    def show_amount(self, minor: int, currency: str, *, empty: bool = False) -> None:
        """Show an amount in minor units; empty=True shows nothing for zero."""
        self._minor, self._currency = minor, currency
        self.setReadOnly(False)
        self.setPlaceholderText(money.written(0, currency))
        self.fill("" if empty and not minor else money.written(minor, currency))
        self._veil()

    def minor(self, currency: str) -> int:
        """Return the minor units typed, 0 for nothing; raises AmountError."""
        if self.isReadOnly():
            return self._minor
        return money.parse(self.text(), currency) if self.text().strip() else 0

    def _veil(self) -> None:
        hidden = theme().hidden_amounts
        if hidden and not self.isReadOnly():
            try:
                self._minor = self.minor(self._currency or "CNY")
            except money.AmountError:
                self._minor = 0
            self.setText(MASK)
        elif not hidden and self.isReadOnly():
            self.setText(money.written(self._minor, self._currency or "CNY") if self._minor else "")
        self.setReadOnly(hidden)


def _rank(wanted: str, words: tuple[str, ...]) -> int | None:
    """Return how well a word fits: its beginning first, then its initials, then anything inside."""
    if not wanted:
        return 1
    if any(word.startswith(wanted) for word in words):
        return 0
    return 2 if any(wanted in word for word in words) else None


def _tags(text: str) -> list[str]:
    return [
        word.lstrip("#") for word in text.replace(",", " ").replace("，", " ").split() if word.lstrip("#")
    ]


def choice_of_accounts(directory: Directory, currency: str = "") -> list[tuple[str, Any]]:
    """Return the open accounts as choices, with the masked number; currency: only those of this one."""
    return [
        (f"{one.name}  {one.masked}".strip(), one.id)
        for one in directory.accounts.values()
        if not one.closed and currency in {"", one.currency}
    ]
