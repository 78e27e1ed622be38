"""The newest transactions, as the overview lists them."""

from kushen_desktop.domain import money
from kushen_desktop.domain.ledger import Row, Shape
from kushen_desktop.gui.models.columns import Chip, Column
from kushen_desktop.gui.models.directory import Directory
from kushen_desktop.i18n import N_, _

SPOKEN_SIGNS = {1: N_("income"), -1: N_("spending")}


class Recent:
    """Knows the names that belong to the ids of the rows."""

    def __init__(self) -> None:
        self.directory = Directory()
        self.base = "CNY"

    def columns(self) -> tuple[Column[Row], ...]:
        """Return day, payee, category and amount."""
        return (
            Column(
                "day", N_("Date"), lambda row: row.day.isoformat(), "2026-11-22", tone=_grey, sortable=False
            ),
            Column("payee", N_("Payee"), lambda row: row.payee or row.text or "–", sortable=False),
            Column(
                "use",
                N_("Category"),
                self._use,
                "餐饮美食餐饮美食餐饮",
                chip=self._chip,
                tone=_grey,
                sortable=False,
            ),
            Column(
                "amount",
                N_("Amount"),
                self._amount,
                "−¥1,234,567.89",
                money=True,
                tone=lambda row: "money_in" if row.amount > 0 and row.shape is not Shape.TRANSFER else "",
                spoken=self._spoken,
                sortable=False,
            ),
        )

    def _use(self, row: Row) -> str:
        return self.directory.use(row)

    def _chip(self, row: Row) -> Chip | None:
        return self.directory.chip(row.category) if row.shape is not Shape.TRANSFER else None

    def _amount(self, row: Row) -> str:
        """Return the amount with its sign; the mark of the currency only where it is not the usual one."""
        digits = money.written(row.amount, row.currency, sign=True)
        if row.currency == self.base:
            return digits
        return f"{digits[:1]}{money.symbol(row.currency)}{digits[1:]}" if row.amount else digits

    def _spoken(self, row: Row) -> str:
        word = SPOKEN_SIGNS.get((row.amount > 0) - (row.amount < 0), "")
        return f"{_(word)} {self._amount(row)} {row.currency}".strip()


def _grey(_row: Row) -> str:
    return "text2"
