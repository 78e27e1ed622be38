"""Files kept with a transaction: a receipt, a photo, a contract – inside the vault, byte for byte."""

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.ids import Id, new_id
from kushen_desktop.domain.ledger import State
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.i18n import N_
from kushen_desktop.store.tables import ATTACHMENT
from kushen_desktop.store.vault import Vault
from kushen_desktop.system import folders

LARGEST = 25 * 1024 * 1024
_CHUNK = 1024 * 1024


class AttachmentError(KushenError):
    """A file can't be attached."""

    code = "attachment"
    message = N_("“{file}” can't be attached: {reason}")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a transaction; size in bytes."""

    id: Id
    name: str
    mime: str
    size: int


class Attachments:
    """The attachments of a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def of(self, transaction: Id) -> tuple[Attachment, ...]:
        """Return the attachments of a transaction, oldest first."""
        with self._vault.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT attachment.id, attachment.name, mime, size FROM attachment"
                " JOIN tx ON tx.rid=attachment.tx WHERE tx.id=? AND attachment.state=0"
                " ORDER BY attachment.rid",
                (transaction,),
            )
            return tuple(Attachment(Id(bytes(row.id)), row.name, row.mime, row.size) for row in rows)

    def add(self, transaction: Id, path: Path) -> Id:
        """Copy a file into the vault; return its id; raises AttachmentError."""
        content = _read(path)
        digest = hashlib.sha256(content).digest()
        id_ = new_id()
        with self._vault.work(Sentence.of(N_("“{file}” attached"), file=path.name)) as work:
            work.keep_blob(digest, [content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK)])
            work.add(
                ATTACHMENT,
                [
                    {
                        "id": id_,
                        "tx": transaction,
                        "name": path.name,
                        "mime": mimetypes.guess_type(path.name)[0] or "application/octet-stream",
                        "size": len(content),
                        "sha256": digest,
                    }
                ],
            )
        return id_

    def remove(self, attachment: Id) -> None:
        """Take an attachment off its transaction; undo brings it back."""
        with self._vault.work(Sentence.of(N_("Attachment removed"))) as work:
            work.set(ATTACHMENT, attachment, state=int(State.DELETED))

    def content(self, attachment: Id) -> bytes:
        """Return the bytes of an attachment, as they were attached."""
        with self._vault.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT blob.body FROM blob JOIN attachment ON attachment.sha256=blob.sha256"
                " WHERE attachment.id=? ORDER BY blob.chunk",
                (attachment,),
            )
            return b"".join(bytes(body) for body in rows.scalars())

    def save(self, attachment: Id, path: Path) -> None:
        """Write an attachment to a file outside the vault, unencrypted; raises AttachmentError."""
        try:
            folders.replace(path, self.content(attachment))
        except OSError as error:
            raise AttachmentError(file=path.name, reason=error.strerror) from error


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise AttachmentError(
                file=path.name, reason=Sentence.of(N_("larger than {limit} MB"), limit=25).shown()
            )
        content = path.read_bytes()
    except OSError as error:
        raise AttachmentError(file=path.name, reason=error.strerror) from error
    if not content:
        raise AttachmentError(file=path.name, reason=Sentence.of(N_("it is empty")).shown())
    return content
