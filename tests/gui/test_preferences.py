from collections.abc import Callable

from pytestqt.qtbot import QtBot

from kushen_desktop import config, i18n
from kushen_desktop.config import Config, KnownVault
from kushen_desktop.gui.preferences import Preferences
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.tokens import DARK, LIGHT


def test_choices_hold_at_once_and_are_kept(
    qtbot: QtBot, tasks: Tasks, preferences: Preferences, settled: Callable[[], None]
) -> None:
    with qtbot.waitSignals([preferences.spoken, theme().rescaled]):
        preferences.change(language="zh_CN", theme="dark", zoom=150, money_colors="red_in")
    assert (i18n.language(), theme().tokens, theme().px(10)) == ("zh_CN", DARK, 15)
    assert theme().money_in == DARK.danger
    settled()
    assert config.load() == preferences.config
    preferences.change(theme="light", zoom=100, money_colors="blue_orange")
    assert theme().tokens == LIGHT
    settled()


def test_vaults_and_columns_are_remembered_newest_first(
    tasks: Tasks, preferences: Preferences, settled: Callable[[], None]
) -> None:
    for number in range(14):
        preferences.opened(KnownVault(f"{number:02x}", f"v{number}", f"/v/{number}"))
    preferences.opened(KnownVault("05", "renamed", "/v/5"))
    preferences.forget("/v/13")
    preferences.keep_columns("list", "abc")
    settled()
    kept = config.load()
    assert [vault.label for vault in kept.vaults[:3]] == ["renamed", "v12", "v11"]
    assert len(kept.vaults) == 11
    assert Preferences(tasks, kept).columns("list") == "abc"
    settled()


def test_start_hidden_covers_amounts_from_the_beginning(tasks: Tasks, settled: Callable[[], None]) -> None:
    Preferences(tasks, Config(start_hidden=True))
    assert theme().hidden_amounts
