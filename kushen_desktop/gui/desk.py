"""The desk: an open vault in the window, with sidebar, top bar, pages and the strip below them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kushen_desktop.domain.changes import ChangeSet, Topic
from kushen_desktop.gui import commands, finder, tokens as t
from kushen_desktop.gui.bridge import Bridge
from kushen_desktop.gui.overlay import Overlay
from kushen_desktop.gui.pages.page import Page
from kushen_desktop.gui.palette import Palette
from kushen_desktop.gui.preferences import Preferences
from kushen_desktop.gui.sidebar import Sidebar
from kushen_desktop.gui.tasks import Job, Tasks
from kushen_desktop.gui.theme import Theme, theme
from kushen_desktop.gui.topbar import TopBar
from kushen_desktop.gui.widgets import dialogs
from kushen_desktop.gui.widgets.strips import MessageBar, Strip
from kushen_desktop.gui.widgets.table_view import TableView
from kushen_desktop.i18n import _, language

if TYPE_CHECKING:
    from kushen_desktop.app import Kushen

_NARROW_BELOW = 900


class Desk(QWidget):
    """Shows the pages of an open vault; it is the Shell of its pages.

    lock: locks the vault. fail: shows what went wrong.
    """

    def __init__(
        self,
        app: Kushen,
        pages: Sequence[type[Page]],
        *,
        preferences: Preferences,
        tasks: Tasks,
        lock: Callable[[], None],
        fail: Callable[[BaseException], None],
        badge: str = "",
    ) -> None:
        super().__init__()
        self.app, self.preferences, self._tasks = app, preferences, tasks
        self._kinds, self._lock, self._fail, self._badge = tuple(pages), lock, fail, badge
        self._pages: dict[str, Page] = {}
        self._outdated: set[str] = set()
        self.current = ""
        self.setAcceptDrops(True)
        self._bridge = Bridge(self)
        self._bridge.changed.connect(self._changed)
        self._unsubscribe = app.subscribe(self._bridge.post)
        tasks.slow.connect(self._slow)
        self.commands = commands.of(self, self._kinds)
        self._shortcuts()
        self.stack = QStackedWidget()
        self._outer = QHBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._chrome: QWidget | None = None
        self._lay_out()
        preferences.spoken.connect(self.rebuild)
        theme().rescaled.connect(self.rebuild)
        self.go(self._kinds[0].name)

    @property
    def tasks(self) -> Tasks:
        """The lanes of background work."""
        return self._tasks

    @property
    def theme(self) -> Theme:
        """The look in use."""
        return theme()

    @property
    def language(self) -> str:
        """The language in use."""
        return language()

    @property
    def hidden_amounts(self) -> bool:
        """Whether amounts are covered."""
        return theme().hidden_amounts

    def page(self, name: str) -> Page:
        """Return a page by its name, made when it is first wanted; raises KeyError."""
        if name not in self._pages:
            kind = {kind.name: kind for kind in self._kinds}[name]
            self._pages[name] = kind(self.app, self)
            self.stack.addWidget(self._pages[name])
        return self._pages[name]

    def go(self, page: str, **context: Any) -> None:
        """Show a page by its name and tell it the context."""
        shown = self.page(page)
        if page in self._outdated:
            self._outdated.discard(page)
            shown.retranslate()
        self.current = page
        self.stack.setCurrentWidget(shown)
        self._name_page()
        if context:
            shown.opened(**context)

    def toast(self, text: str, *, undo: bool = False) -> None:
        """Say for eight seconds what was done."""
        self.strip.toast(text, undo=undo)

    def say(self, sentence: str) -> None:
        """Show a sentence about what went wrong."""
        self.messages.say(sentence)

    def fail(self, error: BaseException) -> None:
        """Show what went wrong."""
        self._fail(error)

    def ask(
        self, question: str, detail: str, action: str, then: Callable[[], None], *, danger: bool = False
    ) -> None:
        """Ask before something that can't be taken back."""
        dialogs.Question(self, question, detail, action, then, danger=danger).open()

    def choose_files(self, title: str, patterns: str, then: Callable[[list[Path]], None]) -> None:
        """Let the user choose files."""
        dialogs.choose_files(self, title, patterns, then)

    def choose_target(self, title: str, name: str, then: Callable[[Path], None]) -> None:
        """Let the user choose where a new file goes."""
        dialogs.choose_target(self, title, name, then)

    def choose_folder(self, title: str, then: Callable[[Path], None]) -> None:
        """Let the user choose a folder."""
        dialogs.choose_folder(self, title, then)

    def keep_columns(self, table: TableView[Any], name: str) -> None:
        """Arrange a table as the user last did, and remember what is changed from now on."""
        state = self.preferences.columns(name)
        if state:
            table.restore_columns(base64.b64decode(state))
        table.arranged.connect(
            lambda: self.preferences.keep_columns(name, base64.b64encode(table.columns_state()).decode())
        )

    def undo(self) -> None:
        """Take back the newest change."""
        self._tasks.run(lambda _progress: self.app.history.undo(), done=self._undone, lane="writer")

    def redo(self) -> None:
        """Bring back what was undone last."""
        self._tasks.run(lambda _progress: self.app.history.redo(), done=self._redone, lane="writer")

    def lock(self) -> None:
        """Lock the vault."""
        self._lock()

    def save_drafts(self) -> None:
        """Have every page keep half-typed work."""
        for page in self._pages.values():
            page.save_drafts()

    def open_palette(self) -> None:
        """Open the field that finds everything."""

        def search(query: str) -> None:
            self.go("transactions", query=query)

        here = self.page(self.current).commands()
        every = [*here, *self.commands.values()]
        Palette(self, every, self._tasks, lambda part: finder.find(self.app, part, search)).open_over(self)

    def open_overlay(self) -> None:
        """Show every shortcut."""
        Overlay(self, [*self.commands.values(), *self.page(self.current).commands()]).open()

    def focus_filter(self) -> None:
        """Put the cursor into the filter of the page."""
        self.page(self.current).focus_filter()

    def rebuild(self) -> None:
        """Lay everything out anew in the language and at the zoom in use."""
        self._outdated = set(self._pages)
        self._lay_out()
        self.go(self.current)

    def leave(self) -> None:
        """Let go of the vault; its close() can follow."""
        self._unsubscribe()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files from anywhere."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand dropped files to the import page."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.go("import", files=files)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the page where there is little."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        narrow = self.width() < theme().px(_NARROW_BELOW)
        self.sidebar.narrow(narrow=narrow)
        self.topbar.narrow(narrow=narrow)

    def _lay_out(self) -> None:
        chrome = QWidget()
        self.sidebar = Sidebar(self._kinds, self.lock, _(self._badge))
        self.sidebar.chosen.connect(lambda number: self.go(self._kinds[number].name))
        self.topbar = TopBar(self.commands)
        self.messages = MessageBar()
        self.strip = Strip(self.undo)
        margin = theme().px(t.PAGE_MARGIN)
        framed = QVBoxLayout()
        framed.setContentsMargins(margin, 0, margin, theme().px(t.SMALL))
        framed.addWidget(self.messages)
        below = QVBoxLayout()
        below.setContentsMargins(margin, 0, margin, 0)
        below.addWidget(self.strip)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.topbar)
        right.addLayout(framed)
        right.addWidget(self.stack, 1)
        right.addLayout(below)
        box = QHBoxLayout(chrome)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.sidebar)
        box.addLayout(right, 1)
        self.setFocusProxy(self.sidebar.list)
        inside = any(part.hasFocus() for part in self.stack.findChildren(QWidget))
        if self._chrome is not None:
            self._outer.removeWidget(self._chrome)
            self._chrome.hide()
            self._chrome.deleteLater()
        self._chrome = chrome
        self._outer.addWidget(chrome)
        self._share_room()
        if not inside:
            self.sidebar.list.setFocus()

    def _name_page(self) -> None:
        numbers = {kind.name: number for number, kind in enumerate(self._kinds)}
        title = _(self._pages[self.current].title)
        self.sidebar.show_chosen(numbers[self.current])
        self.topbar.title.setText(title)
        self.window().setWindowTitle(f"{title} – {_('Kushen Wallet')}")

    def _shortcuts(self) -> None:
        for command in self.commands.values():
            if command.keys:
                made = QShortcut(QKeySequence(command.keys), self)
                made.activated.connect(command.run)

    def _changed(self, topics: Topic) -> None:
        for page in self._pages.values():
            page.on_changed(topics)

    def _slow(self, job: Job) -> None:
        self.strip.progress(job)

    def _undone(self, change: ChangeSet) -> None:
        self.toast(_("Undone: {title}").format(title=change.title.shown()))

    def _redone(self, change: ChangeSet) -> None:
        self.toast(_("Redone: {title}").format(title=change.title.shown()), undo=True)
