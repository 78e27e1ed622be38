"""Categories: the starter set, a tree of any depth, names in the language in use."""

from collections.abc import Mapping

from sqlalchemy import Connection

from kushen_desktop.domain.folding import fold
from kushen_desktop.domain.ids import Id, new_id
from kushen_desktop.domain.ledger import Category, Flow, UnknownCategoryError
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.starter import SEEDS, TITLES, Seed, category_id, title
from kushen_desktop.i18n import N_, _
from kushen_desktop.store.log import Value
from kushen_desktop.store.tables import CATEGORY
from kushen_desktop.store.vault import Vault
from kushen_desktop.store.work import Work

_COLUMNS = "category.id, category.name, category.seed, parent.id AS parent, category.flow, category.color"


class Categories:
    """The categories of a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def list(self) -> tuple[Category, ...]:
        """Return all categories, each after its parent, in the order of the tree."""
        with self._vault.read() as connection:
            return tuple(_in_tree_order(categories_in(connection)))

    def named(self, name: str) -> Category:
        """Return the category with this title or path ("Dining/Coffee and tea"), in any language in use."""
        found = self.list()
        wanted = fold(name.rpartition("/")[2].strip())
        for category in found:
            if wanted in names_of(category):
                return category
        titles = [title(category) for category in found]
        from rapidfuzz import process  # noqa: PLC0415  only for a name that is not there

        near = process.extract(name, titles, limit=3, score_cutoff=30)
        raise UnknownCategoryError(name=name, near=", ".join(match[0] for match in near) or "–")

    def add(self, name: str, flow: Flow, parent: Id | None = None, color: int = 0) -> Id:
        """Add a category; return its id."""
        made = new_id()
        with self._vault.work(Sentence.of(N_("Category “{name}” added"), name=name)) as work:
            place = len(categories_in(work.connection))
            work.add(CATEGORY, [_row(made, Seed("", "", "", flow, color), name.strip(), parent, place)])
        return made

    def rename(self, id_: Id, name: str) -> None:
        """Give a category another name; "" brings a seeded one's own back."""
        with self._vault.work(Sentence.of(N_("Category renamed to “{name}”"), name=name)) as work:
            work.set(CATEGORY, id_, name=name.strip())

    def move(self, id_: Id, parent: Id | None) -> None:
        """Put a category under another, or at the top."""
        with self._vault.work(Sentence.of(N_("Category moved"))) as work:
            work.set(CATEGORY, id_, parent=parent)


def categories_in(connection: Connection) -> dict[Id, Category]:
    """Return the living categories by id."""
    rows = connection.exec_driver_sql(
        f"SELECT {_COLUMNS}, category.position FROM category"
        " LEFT JOIN category AS parent ON parent.rid=category.parent WHERE category.state=0"
    )
    return {
        Id(bytes(row.id)): Category(
            id=Id(bytes(row.id)),
            name=row.name,
            seed=row.seed,
            parent=None if row.parent is None else Id(bytes(row.parent)),
            flow=Flow(row.flow),
            color=row.color,
            position=row.position,
        )
        for row in rows
    }


def add_starter(work: Work) -> None:
    """Add the starter set within a unit of work."""
    for level in (False, True):
        work.add(
            CATEGORY,
            [
                _row(
                    category_id(seed.seed),
                    seed,
                    "",
                    category_id(seed.parent) if seed.parent else None,
                    place,
                )
                for place, seed in enumerate(SEEDS)
                if bool(seed.parent) is level
            ],
        )  # fmt: skip


def names_of(category: Category) -> set[str]:
    """Return what a category may be called, folded: its name, its title here, its English title."""
    return {fold(text) for text in (category.name, title(category), TITLES.get(category.seed, ""))} - {""}


def under(categories: Mapping[Id, Category], tops: set[Id]) -> set[Id]:
    """Return these categories and everything below them; a circle of parents ends where it began."""
    found = set(tops)
    while True:
        more = {one.id for one in categories.values() if one.parent in found} - found
        if not more:
            return found
        found |= more


def _in_tree_order(categories: Mapping[Id, Category]) -> list[Category]:
    ordered: dict[Id, Category] = {}
    by_parent: dict[Id | None, list[Category]] = {}
    placed = sorted(categories.values(), key=lambda one: one.position)
    for category in placed:
        parent = category.parent if category.parent in categories else None
        by_parent.setdefault(parent, []).append(category)
    # A circle of parents has no top: whatever of it comes first is taken for one.
    for top in (*by_parent.get(None, []), *placed):
        waiting = [top]
        while waiting:
            category = waiting.pop()
            if category.id not in ordered:
                ordered[category.id] = category
                waiting += reversed(by_parent.get(category.id, []))
    return list(ordered.values())


def _row(id_: Id, seed: Seed, name: str, parent: Id | None, position: int) -> dict[str, Value]:
    return {
        "id": id_, "name": name, "seed": seed.seed, "parent": parent, "flow": str(seed.flow),
        "color": seed.color, "position": position,
    }  # fmt: skip


def path(categories: Mapping[Id, Category], category: Category) -> str:
    """Return the titles from the top down to a category, parted by ›."""
    titles = [title(category)]
    seen = {category.id}
    above = category.parent
    while above is not None and above in categories and above not in seen:
        seen.add(above)
        titles.append(title(categories[above]))
        above = categories[above].parent
    return _(" › ").join(reversed(titles))
