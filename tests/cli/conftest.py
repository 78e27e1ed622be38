import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kushen_desktop import cli, i18n
from tests.books import CHEAP, PASSPHRASE, book

DATA = Path(__file__).resolve().parents[1] / "data" / "statements"


class Ran(NamedTuple):
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def refusal(self) -> dict[str, str]:
        refusal: dict[str, str] = json.loads(self.err)
        return refusal


Kushen = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Neither the settings nor the language of whoever runs the tests."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("LC_ALL", "C")
    yield
    i18n.use("en")


@pytest.fixture
def kushen(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Kushen:
    """Run a command on the vault of the test; its passphrase comes from a file."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", "utf-8")

    def run(*arguments: object, **options: Any) -> Ran:
        shared = ["--vault", str(tmp_path / "vault"), "--passphrase-file", str(secret)]
        code = cli.main([*shared, *map(str, arguments)], cost=CHEAP, **options)
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A new, empty vault, closed."""
    with book(tmp_path / "vault"):
        return tmp_path / "vault"
