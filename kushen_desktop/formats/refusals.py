"""Why a file is refused: errors that every reader of files shares."""

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.i18n import N_


class UnreadableStatementError(KushenError):
    """A file is no statement that can be read, with the reason."""

    code = "unreadable"
    message = N_("{file} can't be read: {reason}")

    def __init__(self, reason: Sentence, **params: object) -> None:
        super().__init__(file=params.pop("file", "?"), reason=reason.shown(), **params)
        self.reason = reason


class UnknownFormatError(KushenError):
    """No importer knows the file."""

    code = "unknown_format"
    message = N_(
        "{file} is no statement that this program knows. Supported: Alipay, WeChat Pay, OFX, QFX, "
        "and tables as CSV, TSV, XLSX or XLS."
    )


class PasswordNeededError(KushenError):
    """The archive is locked; the wallet gave its password in the app or in a service message."""

    code = "password_needed"
    message = N_("{file} is locked. Enter the password that came with it.")


class WrongPasswordError(KushenError):
    """The password does not open the archive."""

    code = "wrong_password"
    message = N_("That password does not open {file}.")
