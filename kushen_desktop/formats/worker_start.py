"""Where the worker process begins. Apart from the worker: the program itself never loads the importers."""

from multiprocessing.connection import Connection


def serve(pipe: Connection) -> None:
    """Answer requests until the other side hangs up."""
    from kushen_desktop.formats import worker  # noqa: PLC0415  all importers and their libraries: a second

    worker.serve(pipe)
