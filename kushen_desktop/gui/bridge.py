"""From the vault to the views: what changed, told on any thread, heard on the main one."""

from PySide6.QtCore import QObject, Qt, Signal

from kushen_desktop.domain.changes import Topic


class Bridge(QObject):
    """Subscribes to an open vault; `changed` carries the topics, on the main thread."""

    changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self.changed, Qt.ConnectionType.QueuedConnection)

    def post(self, topics: Topic) -> None:
        """Pass on what a commit changed; may be called on any thread."""
        self._arrived.emit(topics)
