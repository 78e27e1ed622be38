"""Expected failures: each a sentence the user can act on."""

from kushen_desktop.i18n import N_


class KushenError(Exception):
    """Something that can happen without a fault of the program; shown as one sentence.

    The message is a text for gettext with {fields}; params fill them in.
    """

    code = "refused"
    message = N_("This could not be done.")

    def __init__(self, **params: object) -> None:
        super().__init__()
        self.params = {name: str(value) for name, value in params.items()}

    def __str__(self) -> str:
        """Return the sentence in English; a skin translates message and fills in params itself."""
        return self.message.format(**self.params)


class CancelledError(KushenError):
    """The user pressed cancel."""

    code = "cancelled"
    message = N_("Cancelled. Nothing was changed.")
