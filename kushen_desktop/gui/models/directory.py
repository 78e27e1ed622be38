"""Names and colours of accounts and categories, for tables that hold only their ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import Account, Category, Row, Shape
from kushen_desktop.domain.starter import title
from kushen_desktop.gui.models.columns import Chip
from kushen_desktop.i18n import _


@dataclass(frozen=True, slots=True)
class Directory:
    """The accounts and categories of the vault by id, as they were when a view was fetched."""

    accounts: Mapping[Id, Account] = field(default_factory=dict)
    categories: Mapping[Id, Category] = field(default_factory=dict)

    def account(self, id_: Id | None) -> str:
        """Return the name of an account, "" where there is none."""
        found = self.accounts.get(id_) if id_ is not None else None
        return found.name if found is not None else ""

    def category(self, id_: Id | None) -> str:
        """Return the title of a category in the language in use, "" where there is none."""
        found = self.categories.get(id_) if id_ is not None else None
        return title(found) if found is not None else ""

    def chip(self, id_: Id | None) -> Chip | None:
        """Return the pill of a category, in the colour of its top; None where there is none."""
        found = self.categories.get(id_) if id_ is not None else None
        return Chip(title(found), self._color(found)) if found is not None else None

    def use(self, row: Row) -> str:
        """Return what a transaction was for: its category, the transfer's way, or that it is split."""
        if row.shape is Shape.TRANSFER:
            first, second = self.account(row.account), self.account(row.other)
            return f"{first} → {second}" if row.amount < 0 else f"{second} → {first}"
        if row.shape in {Shape.SPLIT, Shape.COMPLEX}:
            return _("Split")
        return self.category(row.category) or _("Uncategorised")

    def _color(self, category: Category) -> int:
        seen = {category.id}
        while category.parent in self.categories and category.parent not in seen:
            assert category.parent is not None
            seen.add(category.parent)
            category = self.categories[category.parent]
        return category.color
