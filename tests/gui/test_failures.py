from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kushen_desktop.domain.money import AmountError, parse
from kushen_desktop.gui.failures import Failures, report


def _bug(amount: str, path: Path) -> None:
    raise ValueError(f"{amount} of Alice in {path}")


def _caught() -> ValueError:
    with pytest.raises(ValueError, match="Alice") as caught:
        _bug("1234.56", Path("/home/alice/x.csv"))
    return caught.value


def test_an_expected_failure_is_a_sentence(qtbot: QtBot) -> None:
    window, said = QWidget(), list[str]()
    qtbot.addWidget(window)
    with pytest.raises(AmountError) as caught:
        parse("twelve", "CNY")
    Failures(window, said.append).show(caught.value)
    assert said == ["“twelve” is no amount in CNY."]


def test_a_bug_is_reported_without_amounts_names_or_paths() -> None:
    text = report(_caught())
    assert "ValueError" in text
    assert "_bug" in text
    for secret in ("1234", "Alice", "alice", "/home", str(Path.home())):
        assert secret not in text


def test_the_same_bug_is_shown_once(qtbot: QtBot) -> None:
    window, said = QWidget(), list[str]()
    qtbot.addWidget(window)
    failures = Failures(window, said.append)
    error = _caught()
    failures.show(error)
    first = failures.dialog
    failures.show(error)
    assert failures.dialog is first
    assert first is not None
    shown = first.findChild(QPlainTextEdit)
    assert shown is not None
    assert shown.toPlainText() == report(error)
    assert said == []
    first.close()
