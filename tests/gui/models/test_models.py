from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from kushen_desktop.gui.models.columns import LOADING, Column
from kushen_desktop.gui.models.paged import PAGE, PAGES_KEPT, PagedTable
from kushen_desktop.gui.models.records import RecordTable
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.gui.widgets.table_view import TableView

NUMBER = Column[int]("number", "Number", str, sample="1,000,000", order=lambda record: record)
AMOUNT = Column[int]("amount", "Amount", lambda record: f"−{record}.00", sample="−1,000,000.00", money=True)
NAME = Column[int]("name", "Name", lambda record: f"name {record}")


def test_a_list_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = RecordTable((NUMBER, AMOUNT), (3, 1, 2))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.records == (3, 2, 1)
    model.show((5, 9, 7))
    assert model.records == (9, 7, 5)


def test_hidden_amounts_leave_no_digit_in_any_role() -> None:
    model = RecordTable((AMOUNT,), (1234,))
    index = model.index(0, 0)
    assert "1234" in index.data()
    theme().hidden_amounts = True
    assert index.data() == MASK
    roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.DisplayRole)
    assert not any("1234" in str(index.data(role)) for role in roles)


def test_ticks_go_to_the_column() -> None:
    ticked: set[int] = set()

    def toggle(record: int, on: bool) -> None:  # noqa: FBT001  the column's signature
        ticked.add(record) if on else ticked.discard(record)

    tick = Column[int]("tick", "", str, check=ticked.__contains__, toggle=toggle)
    model = RecordTable((tick,), (7,))
    assert model.setData(model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert ticked == {7}
    assert model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked


class Asked:
    def __init__(self, count: int) -> None:
        self.count = count
        self.starts: list[int] = []

    def counted(self) -> int:
        return self.count

    def rows(self, start: int, limit: int) -> Sequence[int]:
        self.starts.append(start)
        return range(start, min(start + limit, self.count))


def test_a_million_rows_are_fetched_by_the_page_that_is_seen(
    qtbot: QtBot, tasks: Tasks, settled: Callable[[], None]
) -> None:
    model, asked = PagedTable((NUMBER, NAME), tasks), Asked(1_000_000)
    with qtbot.waitSignal(model.counted):
        model.show(asked.counted, asked.rows)
    assert (model.rowCount(), asked.starts) == (1_000_000, [0])
    assert model.index(5, 0).data() == "5"
    cell = model.index(900_000, 0)
    assert cell.data() == LOADING
    with qtbot.waitSignal(model.arrived):
        pass
    assert cell.data() == "900000"
    settled()
    assert asked.starts == [0, 900_000 // PAGE * PAGE]


def test_pages_out_of_sight_are_let_go(qtbot: QtBot, tasks: Tasks) -> None:
    model, asked = PagedTable((NUMBER,), tasks), Asked(PAGE * (PAGES_KEPT + 10))
    with qtbot.waitSignal(model.counted):
        model.show(asked.counted, asked.rows)
    for page in range(1, PAGES_KEPT + 5):
        with qtbot.waitSignal(model.arrived):
            model.record(page * PAGE)
    assert model.record(0) is None


def test_an_older_query_never_overwrites_a_newer_one(
    qtbot: QtBot, tasks: Tasks, settled: Callable[[], None]
) -> None:
    model = PagedTable((NUMBER,), tasks)
    for count in (10, 20, 30):
        asked = Asked(count)
        model.show(asked.counted, asked.rows)
    settled()
    assert model.rowCount() == 30


def test_the_amount_stays_in_view_at_any_width(qtbot: QtBot) -> None:
    table: TableView[int] = TableView(RecordTable((NUMBER, NAME, AMOUNT), range(50)), "Numbers")
    qtbot.addWidget(table)
    table.show()
    for width in (420, 700, 1400):
        table.resize(width, 400)
        assert table.columnViewportPosition(2) + table.columnWidth(2) <= table.viewport().width()


def test_the_arrangement_of_columns_comes_back_and_resets(qtbot: QtBot) -> None:
    model = RecordTable((NUMBER, NAME, AMOUNT), range(3))
    table: TableView[int] = TableView(model, "Numbers")
    other: TableView[int] = TableView(model, "Numbers")
    for one in (table, other):
        qtbot.addWidget(one)
    table.horizontalHeader().moveSection(0, 1)
    table.setColumnHidden(1, True)  # noqa: FBT003  Qt's signature
    table.setColumnHidden(2, True)  # noqa: FBT003  Qt's signature
    other.restore_columns(table.columns_state())
    assert other.horizontalHeader().visualIndex(0) == 1
    assert (other.isColumnHidden(1), other.isColumnHidden(2)) == (True, False)
    other.reset_columns()
    assert other.horizontalHeader().visualIndex(0) == 0
    assert not other.isColumnHidden(1)


def test_enter_opens_the_row_and_a_header_sorts(qtbot: QtBot) -> None:
    table: TableView[int] = TableView(RecordTable((NUMBER, AMOUNT), (2, 1, 3)), "Numbers")
    qtbot.addWidget(table)
    opened: list[int] = []
    table.opened.connect(opened.append)
    table.horizontalHeader().sectionClicked.emit(0)
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
    assert opened == [1]
    assert table.selected_records() == (1,)
