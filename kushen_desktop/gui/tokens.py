"""Colours, sizes and spaces: the only file that names a colour.

Every text colour reaches 4.5:1 on bg, surface and surface2 of its theme, outlines 3:1; the chart colours
stay apart for colour-blind eyes (Machado 2009, CIEDE2000 >= 12). tests/gui/test_tokens.py computes both.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours, as #RRGGBB. charts: "other" first, then 1 to 6, as Category.color counts."""

    bg: str
    surface: str
    surface2: str
    border: str
    outline: str
    text: str
    text2: str
    text3: str
    accent: str
    on_accent: str
    soft: str
    success: str
    danger: str
    warning: str
    blue: str
    orange: str
    charts: tuple[str, ...]
    inverse: str
    on_inverse: str
    inverse_accent: str
    chip_tint: int


LIGHT = Tokens(
    bg="#F4F6F8",
    surface="#FFFFFF",
    surface2="#EEF1F5",
    border="#D5DAE2",
    outline="#7C8695",
    text="#1A1F29",
    text2="#566072",
    text3="#616B7B",
    accent="#2457C5",
    on_accent="#FFFFFF",
    soft="#E4ECFC",
    success="#17744A",
    danger="#B93227",
    warning="#8A5A00",
    blue="#1A69AE",
    orange="#A94C08",
    charts=("#7F8896", "#1060C1", "#863307", "#4D8C69", "#471888", "#A47A26", "#854F72"),
    inverse="#252B34",
    on_inverse="#DDE1E8",
    inverse_accent="#85A9FF",
    chip_tint=36,
)

DARK = Tokens(
    bg="#12151A",
    surface="#1B1F26",
    surface2="#252B34",
    border="#353D49",
    outline="#6A7483",
    text="#DDE1E8",
    text2="#A7B0BF",
    text3="#8C96A6",
    accent="#85A9FF",
    on_accent="#0D1526",
    soft="#22304F",
    success="#4FC48C",
    danger="#FF8379",
    warning="#E2B340",
    blue="#5FB0F2",
    orange="#F2994A",
    charts=("#8791A1", "#2F7CE3", "#DB8257", "#5BE3D3", "#CBB2F7", "#FBD162", "#C44F70"),
    inverse="#DDE1E8",
    on_inverse="#1A1F29",
    inverse_accent="#2457C5",
    chip_tint=56,
)


class MoneyColors(StrEnum):
    """Which colours income and spending wear; the sign is always there too."""

    BLUE_ORANGE = "blue_orange"
    GREEN_IN = "green_in"
    RED_IN = "red_in"
    NONE = "none"


def money_pair(tokens: Tokens, colors: MoneyColors) -> tuple[str, str]:
    """Return the colours of money in and money out."""
    return {
        MoneyColors.BLUE_ORANGE: (tokens.blue, tokens.orange),
        MoneyColors.GREEN_IN: (tokens.success, tokens.danger),
        MoneyColors.RED_IN: (tokens.danger, tokens.success),
        MoneyColors.NONE: (tokens.text, tokens.text),
    }[colors]


# Pixels at 100 % zoom; Theme.px scales them.
TINY, SMALL, MEDIUM, LARGE, HUGE = 4, 8, 12, 16, 24
PAGE_MARGIN, CARD_PADDING, CARD_RADIUS, CONTROL_RADIUS = 24, 16, 10, 6
SIDEBAR, ROW, ROW_COMPACT, CONTROL, RING = 200, 34, 28, 32, 2

# Weight of titles and main buttons. Chinese fonts have seldom more than two weights, and below 700 the plain
# one is taken; figures stay at the weight of TYPE in both.
STRONG = {"en": 600, "zh_CN": 700}
TITLES = ("card", "h1", "h2")

# Type sizes in pixels at 100 % and weights, by the `role` property of a label.
TYPE = {
    "caption": (12, 400),
    "body": (13, 400),
    "card": (14, 600),
    "kpi": (18, 600),
    "h1": (20, 600),
    "h2": (14, 600),
    "hero": (32, 600),
}
