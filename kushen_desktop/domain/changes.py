"""What changed: topics for the views, change sets for history and undo."""

from dataclasses import dataclass
from datetime import datetime
from enum import Flag, auto

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.i18n import N_


class Topic(Flag):
    """Parts of the vault that views depend on."""

    LEDGER = auto()
    ACCOUNTS = auto()
    CATEGORIES = auto()
    IMPORTS = auto()
    RATES = auto()
    SETTINGS = auto()


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One action of the user, as the history lists it."""

    number: int
    title: Sentence
    at: datetime
    rows: int
    undone: bool
    is_undo: bool


class NothingToUndoError(KushenError):
    """The history holds no such step."""

    code = "nothing"
    message = N_("There is nothing left to undo.")


class NothingToRedoError(KushenError):
    """Nothing was undone last."""

    code = "nothing"
    message = N_("There is nothing to redo.")


class InTheWayError(KushenError):
    """Something later changed the same cells, so an earlier step can't be undone alone."""

    code = "in_the_way"
    message = N_("This can't be undone alone: {blockers} changed the same things later. Undo that first.")

    def __init__(self, blockers: tuple[ChangeSet, ...], **params: object) -> None:
        self.blockers = blockers
        shown = "; ".join(f"“{blocker.title.shown()}”" for blocker in blockers[:3])
        super().__init__(blockers=shown, **params)
