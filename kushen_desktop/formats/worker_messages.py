"""What the program and its worker process say to each other."""

from pathlib import Path
from typing import NamedTuple

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.formats.refusals import UnreadableStatementError


class Request(NamedTuple):
    """A file to be read; options are answers to questions and a saved column map."""

    path: Path
    password: str | None
    options: dict[str, str]


class Step(NamedTuple):
    """How far the worker is."""

    done: int
    total: int


class Refusal(NamedTuple):
    """An expected failure, on its way back."""

    kind: type[KushenError]
    params: dict[str, str]
    reason: Sentence | None

    def error(self) -> KushenError:
        """Return the failure as it was raised."""
        if issubclass(self.kind, UnreadableStatementError):
            return self.kind(self.reason or Sentence(""), file=self.params.get("file", ""))
        return self.kind(**self.params)
