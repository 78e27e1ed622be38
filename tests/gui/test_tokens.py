"""Contrast and colour-blind distance over the token file, and that no colour is named elsewhere."""

import itertools
import re
from pathlib import Path

import pytest

import kushen_desktop.gui
from kushen_desktop.gui.tokens import DARK, LIGHT, MoneyColors, Tokens, money_pair
from tests.gui import colours

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
_TEXTS = ("text", "text2", "text3", "accent", "success", "danger", "warning", "blue", "orange")
_SOURCES = Path(kushen_desktop.gui.__file__).parent


@THEMES
@pytest.mark.parametrize("name", _TEXTS)
@pytest.mark.parametrize("ground", ["bg", "surface", "surface2"])
def test_text_is_readable_on_every_ground(tokens: Tokens, name: str, ground: str) -> None:
    assert colours.contrast(getattr(tokens, name), getattr(tokens, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize("name", ["text", "text2", "accent", "blue", "orange"])
def test_text_is_readable_on_a_selected_row(tokens: Tokens, name: str) -> None:
    assert colours.contrast(getattr(tokens, name), tokens.soft) >= 4.5


@THEMES
def test_text_is_readable_on_buttons_and_toasts(tokens: Tokens) -> None:
    assert colours.contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert colours.contrast(tokens.on_inverse, tokens.inverse) >= 4.5
    assert colours.contrast(tokens.inverse_accent, tokens.inverse) >= 4.5


@THEMES
def test_text_is_readable_on_chips(tokens: Tokens) -> None:
    for color in tokens.charts:
        ground = colours.over(color, tokens.surface, tokens.chip_tint / 255)
        assert colours.contrast(tokens.text, ground) >= 4.5


@THEMES
def test_outlines_rings_and_bars_stand_out(tokens: Tokens) -> None:
    for color in (tokens.outline, tokens.accent, *tokens.charts):
        assert colours.contrast(color, tokens.bg) >= 3.0


@THEMES
@pytest.mark.parametrize("sight", colours.SIGHTS)
def test_chart_colours_stay_apart(tokens: Tokens, sight: str) -> None:
    seen = [colours.seen(color, sight) for color in tokens.charts[1:]]
    assert min(colours.distance(one, two) for one, two in itertools.combinations(seen, 2)) >= 12


@THEMES
@pytest.mark.parametrize("sight", colours.SIGHTS)
def test_the_default_money_colours_stay_far_apart(tokens: Tokens, sight: str) -> None:
    one, two = (colours.seen(color, sight) for color in money_pair(tokens, MoneyColors.BLUE_ORANGE))
    assert colours.distance(one, two) >= 40


def test_no_colour_is_named_outside_the_tokens() -> None:
    for path in _SOURCES.rglob("*.py"):
        if path.name != "tokens.py":
            found = re.findall(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|rgba?\(", path.read_text("utf-8"))
            assert not found, (path, found)
