"""How a refusal is told: a sentence for people, an object in English for programs; both on standard error."""

import json
import sys

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.i18n import N_, said


class FileTroubleError(KushenError):
    """A file or folder that the user named can't be read or written."""

    code = "file"
    message = N_(
        "“{path}” can't be used: {problem}. Check the name, and whether you may read and write there."
    )


def tell(error: KushenError, *, as_object: bool) -> None:
    """Tell an expected failure."""
    if as_object:
        object_(error.code, str(error))
    else:
        print(said(error.message, error.params), file=sys.stderr)


def object_(code: str, message: str) -> None:
    """Tell programs why not."""
    print(json.dumps({"error": code, "message": message}, ensure_ascii=False), file=sys.stderr)
