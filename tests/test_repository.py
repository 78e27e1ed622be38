"""The rules that hold for the files of the repository themselves."""

import ast
import re
import runpy
import statistics
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

import kushen_desktop

ROOT = Path(__file__).resolve().parents[1]
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers", "base"}
# Written apart, so that this file does not find itself.
INDEX_WORDS = ("index" + "-url", "find" + "-links", "pypi" + ".org", "python" + "hosted.org", "/simp" + "le/")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|Users|work)/(?!alice/)[\w.-]+/|/tmp/[a-z]{3,}|[A-Z]:\\Users\\")
TEXT = {".py", ".md", ".toml", ".sh", ".in", ".lock", ".po", ".txt", ".json", ".qss", ".svg", ".yml", ""}


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files git knows, or will know once they are added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("git cannot list the files here")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        if path.suffix in TEXT and "data" not in path.parts and "sample" not in path.parts:
            yield path.relative_to(ROOT), path.read_text("utf-8")


def sources(folder: str = "kushen_desktop") -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def test_no_file_names_a_package_index() -> None:
    # The proof script passes on the caller's own settings, and therefore has to know what they are called.
    allowed = {Path("packaging/prove_fresh.sh"), Path("packaging/set_up.py"), Path("Makefile")}
    words = {path: [word for word in INDEX_WORDS if word in text] for path, text in texts()}
    assert {path: found for path, found in words.items() if found and path not in allowed} == {}
    for path in allowed:
        assert "://" not in (ROOT / path).read_text("utf-8")


def test_no_file_names_a_place_on_one_machine() -> None:
    found = {path: MACHINE_PATH.findall(text) for path, text in texts()}
    assert {path: places for path, places in found.items() if places} == {}


def test_every_locked_package_has_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in lock.splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) > 30
    assert [
        line for line in lines if not re.match(r"[a-z0-9-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", line)
    ] == []
    assert "://" not in lock


def test_the_lock_holds_every_package_the_program_asks_for() -> None:
    locked = set(
        re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    )
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {re.split(r"[<>=!~ ]", line)[0].lower().replace("_", "-") for line in project["dependencies"]}
    assert asked <= locked
    chosen = (ROOT / "packaging" / "requirements.in").read_text("utf-8").lower()
    assert {name for name in asked if not re.search(rf"^{name}\b", chosen, re.MULTILINE)} == set()


def test_the_lock_of_another_tool_stays_out() -> None:
    assert "uv.lock" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert not [path for path in tracked() if path.name in {"uv.lock", "pylock.toml"}]


def test_the_newest_entry_of_the_changelog_is_this_version() -> None:
    newest = re.search(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert newest is not None
    assert newest[1] == project["version"] == kushen_desktop.__version__


def test_modules_are_short() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in sources()}
    assert {path.name: lines for path, lines in lengths.items() if lines > 400} == {}
    assert statistics.median(lines for path, lines in lengths.items() if path.name != "__init__.py") <= 120


def test_nine_of_ten_functions_fit_in_25_lines() -> None:
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert lengths[int(len(lengths) * 0.9)] <= 25


def test_no_module_has_a_name_that_says_nothing() -> None:
    everything = [*sources(), *sources("tests"), *sources("packaging"), *sources("benchmarks")]
    parts = {part for path in everything for part in path.relative_to(ROOT).with_suffix("").parts}
    assert parts & FORBIDDEN_NAMES == set()


def test_no_pattern_needs_a_newer_python_than_debian_12_has() -> None:
    # Python 3.11.0 to 3.11.4 match possessive and atomic groups wrongly (CPython issue 106052).
    found = {
        f"{path.name}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.search(r"\)[*+?]\+|\)\{[\d,]+\}\+|\(\?>", node.value)
    }
    assert found == set()


def test_our_folder_packaging_does_not_hide_the_package_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "packaging/RELEASE.md"])
def test_the_commands_of_a_page_exist(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)) <= targets
    scripts = re.findall(r"\b(?:packaging|benchmarks)/[\w/]+\.(?:py|sh)\b", text)
    assert [script for script in scripts if not (ROOT / script).exists()] == []


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_the_links_of_a_page_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text("utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_page_of_licences_is_current_and_has_none_that_would_bind_the_program() -> None:
    packages = runpy.run_path(str(ROOT / "packaging" / "licences.py"))["collect"]()
    page = (ROOT / "docs" / "licences.md").read_text("utf-8")
    assert [name for name, (version, _) in packages.items() if f"| {name} | {version} | " not in page] == []
    assert {name: licence for name, (_, licence) in packages.items() if binds(licence)} == {}


def binds(licence: str) -> bool:
    """Tell whether every choice the licence leaves is GPL or AGPL, or not known."""
    choices = re.split(r"\bOR\b|;|,", licence)
    return all(re.search(r"(?<!L)GPL|General Public|unknown", choice, re.IGNORECASE) for choice in choices)


def test_the_check_of_licences_bites() -> None:
    assert all(
        binds(licence) for licence in ("GPL-2.0-only", "AGPL-3.0", "GPL-2.0-only OR GPL-3.0-only", "unknown")
    )
    assert not any(binds(licence) for licence in ("MIT", "LGPL-3.0-only", "GPL-2.0-only OR LGPL-3.0-only"))


def test_every_text_is_translated() -> None:
    tools = runpy.run_path(str(ROOT / "packaging" / "texts.py"))
    catalogues = tools["catalogues"]()
    assert [path.parent.parent.name for path in catalogues] == ["zh_CN"]
    assert [
        gap for path in catalogues for gap in tools["gaps"](tools["template"](), tools["read"](path))
    ] == []


def test_texts_are_found_wherever_they_stand() -> None:
    marked = runpy.run_path(str(ROOT / "packaging" / "texts.py"))["marked"]
    source = """
f"{_('Undo')}  {i18n.ngettext('{n} row', '{n} rows', n)}"
N_("One " "two"), _(title), len("x")
"""
    found = [texts for node in ast.walk(ast.parse(source)) if (texts := marked(node))]
    assert sorted(found) == [("One two",), ("Undo",), ("{n} row", "{n} rows")]


def test_the_check_of_translations_bites() -> None:
    gaps = runpy.run_path(str(ROOT / "packaging" / "texts.py"))["gaps"]
    source, translated = Catalog(locale="zh_CN"), Catalog(locale="zh_CN")
    source.add("{count} files in {folder}")
    assert [gap[:14] for gap in gaps(source, translated)] == ["not translated"]
    translated.add("{count} files in {folder}", "{folder} 里有 {number} 个文件")
    assert [gap[:14] for gap in gaps(source, translated)] == ["other {fields}"]
    translated = Catalog(locale="zh_CN")
    translated.add("{count} files in {folder}", "{folder} 里有 {count} 个文件")
    assert list(gaps(source, translated)) == []
    translated.add("Gone", "没了")
    assert [gap[:12] for gap in gaps(source, translated)] == ["in no source"]
    source.add(("{count} file", "{count} files"))
    translated.add(("{count} file", "{count} files"), ("{count} 个文件",))
    assert [gap[:12] for gap in gaps(source, translated)] == ["in no source"]
