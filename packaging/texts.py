"""Keeps the catalogues of texts beside the sources.

`texts.py update` adds what is new, `texts.py check` refuses gaps.
Both read the sources themselves; no template is stored that could fall behind.
"""

import argparse
import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
# How many texts a call holds. The syntax tree is read, as Babel's own search misses calls within f-strings.
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}


def template() -> Catalog:
    """Return every text of the sources, without places, so that moved lines change nothing."""
    texts = Catalog(project="Kushen Desktop", charset="utf-8")
    for file in sorted((ROOT / "kushen_desktop").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_bytes(), file)):
            found = marked(node)
            if found:
                texts.add(found if len(found) > 1 else found[0])
    return texts


def marked(node: ast.AST) -> tuple[str, ...]:
    """Return the texts that a call marks, none for anything else and for a text chosen elsewhere."""
    if not isinstance(node, ast.Call):
        return ()
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    values = [getattr(part, "value", "") for part in node.args[: KEYWORDS.get(name, 0)]]
    return tuple(value for value in values if isinstance(value, str) and value)


def catalogues() -> list[Path]:
    """Return the catalogue of each language that has a folder; the file itself may not be there yet."""
    return sorted(folder / "kushen.po" for folder in LOCALE.glob("*/LC_MESSAGES"))


def read(path: Path) -> Catalog:
    """Return the catalogue in the file, an empty one when there is none."""
    language = path.parent.parent.name
    if not path.exists():
        return Catalog(locale=language, project="Kushen Desktop", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="kushen")


def gaps(source: Catalog, translated: Catalog) -> Iterator[str]:
    """Yield a sentence for each text that is missing, unsure, left over or has other {fields}."""
    for message in source:
        if not message.id:
            continue
        found = translated.get(message.id)
        if found is None or not all(strings(found.string)):
            yield f"not translated: {shown(message)}"
        elif found.fuzzy:
            yield f"marked as unsure (fuzzy): {shown(message)}"
        elif fields(message.id) != fields(found.string):
            yield f"other {{fields}} than in the original: {shown(message)}"
    known = {shown(message) for message in source}
    yield from (f"in no source any more: {shown(m)}" for m in translated if m.id and shown(m) not in known)


def strings(text: object) -> tuple[str, ...]:
    """Return one text, or the forms of a plural, as a tuple."""
    return tuple(str(part) for part in text) if isinstance(text, (tuple, list)) else (str(text or ""),)


def shown(message: Message) -> str:
    """Return the text a developer looks for."""
    return strings(message.id)[0]


def fields(text: object) -> set[str]:
    """Return the names in {braces} of a text or of all forms of a plural."""
    return {name for part in strings(text) for _, name, _, _ in Formatter().parse(part) if name is not None}


def update(path: Path, source: Catalog) -> None:
    """Write the catalogue anew: new texts empty, old ones dropped, translations kept."""
    catalogue = read(path)
    created = catalogue.creation_date
    catalogue.update(source, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.creation_date = created
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, no_location=True, sort_output=True, ignore_obsolete=True)


def main() -> int:
    """Check or update every catalogue; 1 when the check finds a gap."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("check", "update"))
    what = parser.parse_args().what
    source, found = template(), 0
    for path in catalogues():
        if what == "update":
            update(path, source)
            continue
        for gap in gaps(source, read(path)):
            print(f"{path.relative_to(ROOT)}: {gap}", file=sys.stderr)
            found += 1
    if what == "check" and not found:
        print(f"texts-check: ok ({len(source)} texts, {len(catalogues())} catalogue)")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
