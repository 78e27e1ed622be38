"""The sample book: what the statements that come with the program make of an empty vault."""

from pathlib import Path

from kushen_desktop import paths
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.progress import SILENT, Progress
from kushen_desktop.i18n import N_
from kushen_desktop.services.imports import Imports
from kushen_desktop.services.settings import Settings


class NoSampleError(KushenError):
    """The sample statements did not come with this copy of the program."""

    code = "no_sample"
    message = N_("This copy of Kushen came without the sample statements. Start a new vault instead.")


def files() -> tuple[Path, ...]:
    """Return the sample statements; raises NoSampleError."""
    folder = paths.resources() / "sample"
    found = (
        tuple(sorted(path for path in folder.glob("*") if path.suffix != ".md")) if folder.is_dir() else ()
    )
    if not found:
        raise NoSampleError
    return found


def fill(imports: Imports, settings: Settings, progress: Progress = SILENT) -> None:
    """Import the sample statements, all or none, and mark the vault as the sample; raises NoSampleError."""
    previews = [
        imports.preview(statement, path.name, progress=progress)
        for path in files()
        for statement in imports.read(path, progress=progress)
    ]
    imports.confirm(previews, progress)
    settings.change(sample=True)
