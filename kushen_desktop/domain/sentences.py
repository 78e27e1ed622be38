"""Sentences that are made in the core and shown, translated, by a skin."""

from typing import NamedTuple

from kushen_desktop.i18n import said


class Sentence(NamedTuple):
    """A text for gettext and what fills in its {fields}."""

    text: str
    params: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, text: str, **params: object) -> "Sentence":
        """Return the sentence; the text must be marked with N_ where it is written."""
        return cls(text, tuple((name, str(value)) for name, value in params.items()))

    def english(self) -> str:
        """Return the sentence untranslated: for machines."""
        return self.text.format(**dict(self.params))

    def shown(self) -> str:
        """Return the sentence in the language in use."""
        return said(self.text, dict(self.params))
