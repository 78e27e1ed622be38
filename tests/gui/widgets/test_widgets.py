from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from kushen_desktop import i18n, paths
from kushen_desktop.domain.money import Money
from kushen_desktop.gui import icons
from kushen_desktop.gui.theme import MASK, theme
from kushen_desktop.gui.tokens import MoneyColors
from kushen_desktop.gui.widgets import dialogs
from kushen_desktop.gui.widgets.bars import Bar, BarChart, nice_top, tick_text
from kushen_desktop.gui.widgets.buttons import primary
from kushen_desktop.gui.widgets.fields import Choice, SearchField, secret_field, taken
from kushen_desktop.gui.widgets.labels import MoneyLabel
from kushen_desktop.gui.widgets.strips import Strip


def test_every_icon_can_be_drawn() -> None:
    names = [path.stem for path in (paths.resources() / "icons").glob("*.svg")]
    assert len(names) >= 35
    for name in names:
        picture = icons.pixmap(name, theme().color("text"), 24).toImage()
        assert any(picture.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), name


def test_money_is_covered_for_eyes_and_ears(qtbot: QtBot) -> None:
    label = MoneyLabel("hero", signed=True, colored=True)
    qtbot.addWidget(label)
    label.show_money(Money(-1234567, "CNY"), "Net worth")
    assert label.text() == "−¥12,345.67"
    assert theme().money_out in label.styleSheet()
    theme().hidden_amounts = True
    assert (label.text(), label.accessibleName()) == (MASK, "Net worth hidden amount")
    label.show_money("—  needs HKD rate")
    assert label.text() == "—  needs HKD rate"


def test_the_sign_stays_when_colours_are_off(qtbot: QtBot) -> None:
    label = MoneyLabel(signed=True, colored=True)
    qtbot.addWidget(label)
    label.show_money(Money(500, "JPY"))
    theme().set_money_colors(MoneyColors.NONE)
    assert label.text() == "+JP¥500"
    assert theme().tokens.text in label.styleSheet()
    theme().set_money_colors(MoneyColors.BLUE_ORANGE)


def test_the_chart_says_its_data(qtbot: QtBot) -> None:
    chart = BarChart("In and out")
    qtbot.addWidget(chart)
    chart.show_bars([Bar("Jun", 2_160_000, 1_340_050)], "CNY")
    assert chart.accessibleDescription() == "Jun: Income ¥21,600.00, Spending ¥13,400.50"
    chart.resize(400, 300)
    assert not chart.grab().isNull()
    theme().hidden_amounts = True
    assert not any(sign.isdigit() for sign in chart.data_text())
    chart.show_bars([], "CNY")
    assert not chart.grab().isNull()


def test_the_axis_is_round_and_short() -> None:
    assert [nice_top(value) for value in (0, 1, 99, 2_170_000, 2_400_001)] == [
        0,
        10,
        100,
        2_400_000,
        2_800_000,
    ]
    i18n.use("zh_CN")
    assert [tick_text(minor, "CNY") for minor in (0, 60_000, 1_500_000, 2_000_000)] == [
        "0",
        "600",
        "1.5万",
        "2万",
    ]
    i18n.use("en")
    assert [tick_text(minor, "CNY") for minor in (0, 1_500_000, 200_000_000)] == ["0", "15k", "2M"]


def test_a_search_rests_before_it_tells(qtbot: QtBot) -> None:
    field, told = SearchField("Search", "Search"), list[str]()
    qtbot.addWidget(field)
    field.searched.connect(told.append)
    event = QInputMethodEvent()
    event.setCommitString("星巴克")
    QApplication.sendEvent(field, event)
    field.insert(" x")
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["星巴克 x"]
    field.setText("y")
    field.search_now()
    assert told[-1] == "y"


def test_a_choice_completes_any_part_of_a_word(qtbot: QtBot) -> None:
    choice = Choice("Category", free=True)
    qtbot.addWidget(choice)
    choice.offer([("餐饮 Dining", 1), ("交通 Transport", 2)], 2)
    assert choice.value() == 2
    completer = choice.completer()
    assert completer is not None
    completer.setCompletionPrefix("din")
    assert completer.currentCompletion() == "餐饮 Dining"
    choice.setCurrentText("something new")
    assert choice.value() is None


def test_a_secret_that_was_taken_does_not_come_back_by_undo(qtbot: QtBot) -> None:
    field = secret_field("Passphrase")
    qtbot.addWidget(field)
    field.insert("open sesame")
    assert taken(field) == "open sesame"
    field.undo()
    assert field.text() == ""


def test_the_strip_keeps_its_height_whatever_it_shows(qtbot: QtBot) -> None:
    undone: list[int] = []
    strip = Strip(lambda: undone.append(1))
    qtbot.addWidget(strip)
    strip.show()
    tall = strip.height()
    strip.toast("Category changed · 3 rows", undo=True)
    assert (strip.height(), strip.shown_text()) == (tall, "Category changed · 3 rows")
    strip._toast.undo.click()
    assert (undone, strip.shown_text()) == ([1], "")


@pytest.fixture
def dialog_done(qtbot: QtBot) -> Callable[[QFileDialog, Path], None]:
    def done(dialog: QFileDialog, path: Path) -> None:
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(str(path))
        gone: list[int] = []
        dialog.destroyed.connect(lambda: gone.append(1))
        dialog.accept()
        qtbot.waitUntil(lambda: bool(gone))

    return done


def test_choosing_a_statement_leaves_no_trace_of_its_folder(
    qtbot: QtBot, tmp_path: Path, dialog_done: Callable[[QFileDialog, Path], None]
) -> None:
    folder = tmp_path / "secret-folder"
    folder.mkdir()
    (folder / "statement.csv").write_text("x")
    parent, got = QWidget(), list[list[Path]]()
    qtbot.addWidget(parent)
    dialog = dialogs.choose_files(parent, "Statements", "All (*)", got.append)
    dialog_done(dialog, folder / "statement.csv")
    assert got == [[folder / "statement.csv"]]
    written = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert not any("secret-folder" in path.read_text("utf-8", "replace") for path in written)


def test_a_question_acts_only_when_its_button_is_pressed(qtbot: QtBot) -> None:
    parent, done = QWidget(), list[int]()
    qtbot.addWidget(parent)
    for button in ("keep", "act"):
        question = dialogs.Question(
            parent, "Delete?", "3 rows", "Delete", lambda: done.append(1), danger=True
        )
        question.open()
        getattr(question, button).click()
    assert done == [1]


def test_enter_presses_a_button(qtbot: QtBot) -> None:
    pressed: list[int] = []
    button = primary("Go", lambda: pressed.append(1))
    qtbot.addWidget(button)
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(button, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none))
    assert pressed == [1]
