"""The shape of the program: who may import whom, and that nothing is missing in its list."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kushen_desktop import cli
from kushen_desktop.formats import statements
from kushen_desktop.gui import pages
from kushen_desktop.gui.pages.page import Page
from kushen_desktop.store import slots

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "kushen_desktop"
# The three places where a bug ends, shown to the user instead of ending the program.
BOUNDARIES = {"gui/failures.py", "gui/tasks.py", "cli/__init__.py"}
WRITING_SQL = re.compile(
    r"\s*(INSERT\s+(OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|(CREATE|DROP|ALTER)\s+TABLE)\b"
)


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8"))


def classes(package: object, *methods: str) -> set[type]:
    """Return every class of the package's modules that can do all this, protocols apart."""
    prefix, folders = package.__name__, package.__path__  # type: ignore[attr-defined]  # a package has both
    found = set()
    for entry in pkgutil.iter_modules(folders, f"{prefix}."):
        for _, one in inspect.getmembers(importlib.import_module(entry.name), inspect.isclass):
            if one.__module__ == entry.name and all(callable(getattr(one, name, None)) for name in methods):
                found.add(one)
    return {one for one in found if not getattr(one, "_is_protocol", False) and one is not Page}


def test_the_layers_and_the_other_contracts_hold() -> None:
    # In a process of its own: it sets up logging anew, and silences the loggers of whoever is there.
    script = "import sys, importlinter.cli as c; sys.exit(c.lint_imports(no_cache=True, no_logo=True))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_importer_is_listed() -> None:
    assert classes(statements, "identify", "read") == {type(one) for one in statements.IMPORTERS}


def test_every_way_to_unlock_is_listed() -> None:
    assert classes(slots, "enrol", "input_key") == {type(one) for one in slots.SLOTS}


def test_every_page_is_listed() -> None:
    written = {
        one for one in classes(pages, "build", "refresh") if issubclass(one, Page) and "name" in vars(one)
    }
    assert written == set(pages.PAGES)


def test_every_command_is_listed() -> None:
    modules = [
        importlib.import_module(entry.name)
        for entry in pkgutil.iter_modules(cli.__path__, f"{cli.__name__}.")
    ]
    written = {one.__name__ for one in modules if hasattr(one, "add") and hasattr(one, "run")}
    assert written == {one.__name__ for one in cli.COMMANDS}


def test_no_two_things_share_a_name() -> None:
    for names in (
        [one.name for one in statements.IMPORTERS],
        [one.kind for one in slots.SLOTS],
        [one.name for one in pages.PAGES],
    ):
        assert len(set(names)) == len(names) > 0


@pytest.mark.parametrize("module", ["cli", "services", "app", "formats.statements", "__main__"])
def test_only_the_window_loads_qt(module: str) -> None:
    code = (
        "import importlib, pkgutil, sys\n"
        f"package = importlib.import_module('kushen_desktop.{module}')\n"
        "for entry in pkgutil.iter_modules(getattr(package, '__path__', []), package.__name__ + '.'):\n"
        "    importlib.import_module(entry.name)\n"
        "sys.exit(' '.join(name for name in sys.modules if name.startswith('PySide6')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_bugs_are_caught_at_the_boundaries_only() -> None:
    caught = {
        f"{name}:{node.lineno}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and catches_all(node) and name not in BOUNDARIES
    }
    assert caught == set()


def catches_all(handler: ast.ExceptHandler) -> bool:
    """Tell whether bugs end here; a handler that cleans up, or looks, and raises again lets them through."""
    if any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler)):
        return False
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or ast.unparse(kind) in {"Exception", "BaseException"} for kind in kinds)


def test_only_the_store_writes_to_the_vault() -> None:
    writes = {
        f"{name}:{line}"
        for name, tree in trees()
        if not name.startswith("store/")
        for line in lines_that_write(tree)
    }
    assert writes == set()


def lines_that_write(tree: ast.Module) -> Iterator[int]:
    """Yield where a module makes an insert, update or delete of SQLAlchemy's, or has one as text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            if any(name.name in {"insert", "update", "delete"} for name in node.names):
                yield node.lineno
        elif isinstance(node, ast.Attribute) and node.attr in {"insert", "update", "delete"}:
            if re.match(r"(sa|sqlalchemy|tables(\.\w+)?)\.\w+$", ast.unparse(node)):
                yield node.lineno
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and WRITING_SQL.match(node.value):
            yield node.lineno


def test_the_check_for_writes_finds_them() -> None:
    for text in (
        "from sqlalchemy import insert, select",
        "sa.update(tables.payee)",
        "tables.payee.delete()",
        "work.execute('delete from payee')".replace("delete from", "DELETE FROM"),
    ):
        assert list(lines_that_write(ast.parse(text))) == [1]
    assert list(lines_that_write(ast.parse("self.update(); found.update(more); work.delete(row)"))) == []
