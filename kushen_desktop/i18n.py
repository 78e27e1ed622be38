"""Texts in the user's language: gettext, one catalogue, msgids in English."""

import gettext
from collections.abc import Mapping

from kushen_desktop import paths

LANGUAGES = {"zh_CN": "中文（简体）", "en": "English"}


class _Catalogue:
    """The translations in use; changed as a whole by use()."""

    def __init__(self) -> None:
        self.language = "en"
        self.texts: gettext.NullTranslations = gettext.NullTranslations()


_current = _Catalogue()


def use(language: str) -> None:
    """Show every text from now on in this language: one of LANGUAGES, anything else means English."""
    _current.language = language if language in LANGUAGES else "en"
    _current.texts = gettext.translation(
        "kushen", paths.resources() / "locale", [_current.language], fallback=True
    )


def language() -> str:
    """Return the language in use: a key of LANGUAGES."""
    return _current.language


def _(text: str) -> str:
    """Return the text in the language in use."""
    return _current.texts.gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the text for this count in the language in use, its {count} still to be filled in."""
    return _current.texts.ngettext(one, many, count)


def N_(text: str) -> str:  # noqa: N802  the name every gettext tool looks for
    """Mark a text for translation at module level; it is translated where it is shown."""
    return text


def said(text: str, params: Mapping[str, str] | None = None) -> str:
    """Return a marked text in the language in use with its {fields} filled in."""
    return _(text).format(**params) if params else _(text)
