"""What every page is, and what the window offers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kushen_desktop.domain.changes import Topic
from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.preferences import Preferences
from kushen_desktop.gui.shortcuts import Command
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import Theme, theme
from kushen_desktop.gui.widgets.table_view import TableView

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen


class Shell(Protocol):
    """What the window does for its pages."""

    @property
    def tasks(self) -> Tasks:
        """The lanes of background work."""

    @property
    def theme(self) -> Theme:
        """The look in use."""

    @property
    def language(self) -> str:
        """The language in use, a key of i18n.LANGUAGES."""

    @property
    def hidden_amounts(self) -> bool:
        """Whether amounts are covered."""

    def toast(self, text: str, *, undo: bool = False) -> None:
        """Say for eight seconds what was done; undo=True offers to undo the latest change."""

    def fail(self, error: BaseException) -> None:
        """Show what went wrong: a sentence for a KushenError, a report for a bug."""

    def go(self, page: str, **context: Any) -> None:
        """Show a page by its name and tell it the context."""

    def ask(
        self, question: str, detail: str, action: str, then: Callable[[], None], *, danger: bool = False
    ) -> None:
        """Ask before something that can't be taken back; `then` runs when the user presses `action`."""

    def choose_files(self, title: str, patterns: str, then: Callable[[list[Path]], None]) -> None:
        """Let the user choose files; patterns as Qt writes them: "Statements (*.csv *.zip)"."""

    def choose_target(self, title: str, name: str, then: Callable[[Path], None]) -> None:
        """Let the user choose where a new file goes, offering a name."""

    def choose_folder(self, title: str, then: Callable[[Path], None]) -> None:
        """Let the user choose a folder."""

    def keep_columns(self, table: TableView[Any], name: str) -> None:
        """Arrange a table as the user last did, and remember what is changed from now on."""

    @property
    def preferences(self) -> Preferences:
        """The user's choices that hold before unlocking."""

    @property
    def commands(self) -> Mapping[str, Command]:
        """The commands of the window by their names."""


class Page(QWidget):
    """A page of the window.

    A subclass names itself in the class attributes and lays itself out in build(). It is built when first
    seen, built anew when language or zoom change (state() and restore() carry over what the user was at),
    and refreshed when it is seen and one of its topics has changed.
    """

    name: ClassVar[str]
    title: ClassVar[str]  # marked with N_
    icon: ClassVar[str]
    topics: ClassVar[Topic] = Topic(0)

    def __init__(self, app: Kushen, shell: Shell) -> None:
        super().__init__()
        self.app = app
        self.shell = shell
        self._stale = True
        self.setProperty("kind", "page")
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._body: QWidget | None = None
        self._rebuild()

    def build(self, box: QVBoxLayout) -> None:
        """Lay the page out in the box; it has the page's margins and is empty."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Fetch what is shown, through shell.tasks; called when the page is seen and its data is stale."""

    def opened(self, **context: Any) -> None:
        """React to shell.go(name, **context)."""

    def state(self) -> dict[str, Any]:
        """Return what must outlive a rebuild: filter, selection, drafts."""
        return {}

    def restore(self, state: dict[str, Any]) -> None:
        """Take over what state() gave."""

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done here, for the palette and the overlay of shortcuts."""
        return ()

    def focus_filter(self) -> None:
        """Put the cursor into the page's filter; Ctrl+F."""

    def save_drafts(self) -> None:
        """Keep half-typed work before the vault is locked."""

    def retranslate(self) -> None:
        """Build the page anew in the language and at the zoom in use, keeping state and focus."""
        state, place = self.state(), self._focus_place()
        self._rebuild()
        self.restore(state)
        self._focus(place)
        self.invalidate()

    def on_changed(self, topics: Topic) -> None:
        """Note a change of the vault; pages out of sight cost nothing."""
        if topics & self.topics:
            self.invalidate()

    def invalidate(self) -> None:
        """Refresh now, or when the page is next seen."""
        self._stale = True
        if self.isVisible():
            self._refresh_stale()

    def showEvent(self, event: QShowEvent) -> None:
        """Refresh what became stale out of sight."""
        super().showEvent(event)
        self._refresh_stale()

    def _refresh_stale(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()

    def _rebuild(self) -> None:
        if self._body is not None:
            self._body.hide()
            self._outer.removeWidget(self._body)
            self._body.deleteLater()
        self._body = QWidget(self)
        box = QVBoxLayout(self._body)
        margin = theme().px(t.PAGE_MARGIN)
        box.setContentsMargins(margin, 0, margin, theme().px(t.TINY))
        box.setSpacing(theme().px(t.LARGE))
        self.build(box)
        self._outer.addWidget(self._body)

    def _focus_place(self) -> int:
        focused = self.focusWidget()
        widgets = self._body.findChildren(QWidget) if self._body else []
        return widgets.index(focused) if focused in widgets else -1

    def _focus(self, place: int) -> None:
        widgets = self._body.findChildren(QWidget) if self._body else []
        if 0 <= place < len(widgets):
            widgets[place].setFocus()
