"""Passphrases, codes and passwords: typed unseen, or the next line of a file. Never an argument."""

import sys
from pathlib import Path

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.i18n import N_, _
from kushen_desktop.system import terminal

STDIN = "-"
_LONGEST = 4096


class NoSecretError(KushenError):
    """Nobody can be asked here, and no file was named."""

    code = "no_passphrase"
    message = N_("Nobody can be asked here. Name a file with {option} (“-” reads standard input).")


class SecretFileError(KushenError):
    """The file that should hold a passphrase does not."""

    code = "passphrase_file"
    message = N_("“{path}” holds no passphrase in its first line. It has to be a text file in UTF-8.")


class NotTheSameError(KushenError):
    """A new passphrase was typed differently the second time."""

    code = "not_the_same"
    message = N_("The two passphrases are not the same. Nothing was changed; try again.")


def asked(prompt: str, file: str | None, option: str) -> str:
    """Return a secret from a file, or typed at the terminal; each "-" reads the next line of standard input.

    Raises NoSecretError, naming the option, where there is neither; SecretFileError.
    """
    if file is not None:
        return _line(file)
    if not terminal.interactive():
        raise NoSecretError(option=option)
    try:
        return terminal.ask_unseen(f"{prompt}: ")
    except EOFError as error:
        raise NoSecretError(option=option) from error


def chosen(prompt: str, file: str | None, option: str) -> str:
    """Return a new secret; at the terminal it has to be typed twice. Raises NotTheSameError, and as asked."""
    secret = asked(prompt, file, option)
    if file is None and asked(_("Once more"), None, option) != secret:
        raise NotTheSameError
    return secret


def _line(file: str) -> str:
    try:
        if file == STDIN:
            untrusted = sys.stdin.readline(_LONGEST)
        else:
            with Path(file).open(encoding="utf-8-sig") as stream:
                untrusted = stream.readline(_LONGEST)
    except (OSError, UnicodeDecodeError) as error:
        raise SecretFileError(path=file) from error
    secret = untrusted.rstrip("\r\n")
    if not secret or len(untrusted) == _LONGEST:
        raise SecretFileError(path=file)
    return secret
