"""docs/cli.md tells every command and every key that a program may rely on."""

import argparse
import re
from pathlib import Path

from kushen_desktop import cli
from tests.cli.conftest import Kushen
from tests.cli.test_inspect import ENTRY, KEYS, STATED

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text("utf-8")


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of every command, by its name."""
    found: dict[str, argparse.ArgumentParser] = {}

    def add(name: str, title: str) -> argparse.ArgumentParser:
        found[name] = argparse.ArgumentParser(name)
        return found[name]

    for module in cli.COMMANDS:
        module.add(add)
    return found


def options(parser: argparse.ArgumentParser) -> set[str]:
    found = set()
    for action in parser._actions:
        found |= {text for text in action.option_strings if text.startswith("--") and text != "--help"}
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                found |= options(inner)
    return found


def test_the_commands_of_the_page_are_those_that_there_are() -> None:
    written = re.findall(r"^### `([a-z]+)`$", PAGE, re.MULTILINE)
    assert sorted(written) == sorted(parsers())


def test_every_option_stands_on_the_page() -> None:
    missing = {
        f"{name} {option}"
        for name, parser in parsers().items()
        for option in options(parser)
        if option not in section(name) and option not in section("add")
    }
    assert missing - {f"{name} {option}" for name in parsers() for option in shared()} == set()


def shared() -> set[str]:
    return set(re.findall(r"`(--[a-z-]+)", PAGE.partition("## Answers")[0]))


def section(name: str) -> str:
    return PAGE.partition(f"### `{name}`\n")[2].partition("\n### ")[0]


def test_every_key_of_the_contract_stands_on_the_page() -> None:
    contract = PAGE.partition("## The contract of `inspect`")[2]
    assert [key for key in (*KEYS, *ENTRY, "fee") if f"`{key}`" not in contract] == []
    assert ", ".join(STATED) in contract


def test_the_exit_codes_of_the_page_are_those_of_the_program() -> None:
    codes = [int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)]
    assert codes == [cli.DONE, cli.REFUSED, cli.WRONG_USAGE, cli.CANCELLED]


def test_every_command_tells_what_it_takes(kushen: Kushen) -> None:
    for name in parsers():
        assert kushen(name, "--help").code == cli.DONE
