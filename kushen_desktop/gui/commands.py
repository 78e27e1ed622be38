"""The commands of the window, with their keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kushen_desktop.gui.pages.page import Page
from kushen_desktop.gui.shortcuts import Command
from kushen_desktop.gui.theme import ZOOMS, theme
from kushen_desktop.i18n import N_, language

if TYPE_CHECKING:
    from kushen_desktop.gui.desk import Desk
    from kushen_desktop.gui.preferences import Preferences


def of(desk: Desk, pages: Sequence[type[Page]]) -> dict[str, Command]:
    """Return the commands of a desk by their names: pages first, in the order of the sidebar."""
    every = [
        Command(kind.name, kind.title, lambda name=kind.name: desk.go(name), f"Ctrl+{number}", kind.icon)  # type: ignore[misc]
        for number, kind in enumerate(pages[:9], 1)
    ]
    every += [*_doing(desk), *_looking(desk)]
    return {command.name: command for command in every}


def _doing(desk: Desk) -> list[Command]:
    return [
        Command("new", N_("New transaction"), lambda: desk.go("transactions", new=True), "Ctrl+N", "plus"),
        Command("filter", N_("Filter this page"), desk.focus_filter, "Ctrl+F", "filter"),
        Command(
            "import_files",
            N_("Import statements"),
            lambda: desk.go("import", choose=True),
            "Ctrl+I",
            "import",
        ),
        Command("undo", N_("Undo"), desk.undo, "Ctrl+Z", "undo"),
        Command("redo", N_("Redo"), desk.redo, "Ctrl+Shift+Z", "redo"),
        Command("lock", N_("Lock"), desk.lock, "Ctrl+L", "lock"),
    ]


def _looking(desk: Desk) -> list[Command]:
    chosen = desk.preferences
    return [
        Command("palette", N_("Search or run a command"), desk.open_palette, "Ctrl+K", "search"),
        Command("hide", N_("Hide or show amounts"), _veil, "Ctrl+Shift+H", "eye"),
        Command("theme", N_("Light or dark"), lambda: _turn(chosen), "", "moon"),
        Command("language", N_("中文 / English"), lambda: _speak(chosen), "", "language"),
        Command("larger", N_("Larger"), lambda: _zoom(chosen, 1), "Ctrl++", "plus"),
        Command("smaller", N_("Smaller"), lambda: _zoom(chosen, -1), "Ctrl+-", "minus"),
        Command("full_size", N_("Normal size"), lambda: chosen.change(zoom=100), "Ctrl+0"),
        Command("shortcuts", N_("Keyboard shortcuts"), desk.open_overlay, "?", "keyboard"),
    ]


def _veil() -> None:
    theme().hidden_amounts = not theme().hidden_amounts


def _turn(chosen: Preferences) -> None:
    chosen.change(theme="light" if theme().dark else "dark")


def _speak(chosen: Preferences) -> None:
    chosen.change(language="en" if language() == "zh_CN" else "zh_CN")


def _zoom(chosen: Preferences, step: int) -> None:
    nearest = min(range(len(ZOOMS)), key=lambda place: abs(ZOOMS[place] - theme().zoom))
    chosen.change(zoom=ZOOMS[min(max(nearest + step, 0), len(ZOOMS) - 1)])
