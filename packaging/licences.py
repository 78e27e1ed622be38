"""Writes docs/licences.md: the packages that a user's program contains, each with its licence.

`collect()` is also what a test reads, so that no package under the GPL or AGPL alone gets in.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
INTRODUCTION = """# Licences of what the program contains

Kushen Desktop itself: Apache-2.0. Written by `make licences` from what the packages say of themselves; the
tools of the checks are not part of the program. Fonts: resources/fonts/LICENSE-*.txt.

| Package | Version | Licence |
|---|---|---|
"""
# Their metadata names no licence; their LICENSE files, and those of what the wheel contains, do.
UNSAID = {
    "sqlcipher3": "Zlib AND BSD-3-Clause (SQLCipher) AND Apache-2.0 (OpenSSL)",
    "zxcvbn-rs-py": "MIT",
}


def collect() -> dict[str, tuple[str, str]]:
    """Return version and licence of each package at run time, direct or not, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found: dict[str, tuple[str, str]] = {}
    waiting = [name_of(line) for line in project["dependencies"]]
    while waiting:
        name = waiting.pop()
        try:
            package = distribution(name)
        except PackageNotFoundError:  # needed on another platform only
            continue
        if name not in found:
            found[name] = (package.version, licence_of(name, package))
            waiting.extend(name_of(line) for line in package.requires or () if "extra ==" not in line)
    return dict(sorted(found.items()))


def name_of(requirement: str) -> str:
    """Return the name that a requirement line begins with, in its normal form (PEP 503)."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", name.group()).lower() if name else ""


def licence_of(name: str, package: Distribution) -> str:
    """Return the licence as the package states it: an SPDX expression, a short text, or its classifiers."""
    keys = [key for key in ("License-Expression", "License") if key in package.metadata]
    stated = package.metadata[keys[0]] if keys else ""
    if stated and "\n" not in stated and stated != "UNKNOWN":
        return stated
    return "; ".join(classifiers(package)) or UNSAID.get(name, "unknown")


def classifiers(package: Distribution) -> Iterator[str]:
    """Yield the last part of each licence classifier."""
    for line in package.metadata.get_all("Classifier") or ():
        if line.startswith("License ::") and line.count("::") > 1:
            yield line.rpartition(":: ")[2]


def page() -> str:
    """Return the text of docs/licences.md."""
    rows = (f"| {name} | {version} | {licence} |\n" for name, (version, licence) in collect().items())
    return INTRODUCTION + "".join(rows)


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
