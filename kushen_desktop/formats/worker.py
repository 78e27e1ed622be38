"""The worker process: reads one file at a time, tells how far it is, never touches the vault."""

import contextlib
import hashlib
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.progress import Progress
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Statement
from kushen_desktop.formats import archives, sniff, transport
from kushen_desktop.formats.refusals import UnreadableStatementError
from kushen_desktop.formats.statements import identify
from kushen_desktop.formats.statements.importer import Source
from kushen_desktop.formats.worker_messages import Refusal, Request, Step
from kushen_desktop.i18n import N_
from kushen_desktop.system import memory
from kushen_desktop.system.collector import paused

MEMORY_LIMIT = 1_500 * 1024 * 1024
_STEP_S = 0.1


def serve(pipe: Connection) -> None:
    """Answer requests until the other side hangs up."""
    memory.limit(MEMORY_LIMIT)
    with contextlib.suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        while True:
            request: Request = pipe.recv()
            with paused():
                answer = _answered(request, _teller(pipe))
                if isinstance(answer, Refusal):
                    pipe.send(answer)
                else:
                    pipe.send(tuple(map(transport.packed, answer)))


def _answered(request: Request, progress: Progress) -> tuple[Statement, ...] | Refusal:
    name = request.path.name
    try:
        return read(request, progress)
    except KushenError as error:
        return Refusal(type(error), error.params, getattr(error, "reason", None))
    except OSError as error:
        reason = Sentence.of(N_("the system says: {problem}"), problem=error.strerror or "")
        return Refusal(UnreadableStatementError, {"file": name}, reason)
    except (MemoryError, RecursionError):
        reason = Sentence.of(N_("reading it took more memory than a statement may"))
        return Refusal(UnreadableStatementError, {"file": name}, reason)


def read(request: Request, progress: Progress) -> tuple[Statement, ...]:
    """Return the statements of a file or, from an archive, of each file in it that is one."""
    content = _content(request.path)
    digest = hashlib.sha256(content).digest()
    kind = sniff.refuse_hopeless(content, request.path.name)
    if kind is not sniff.FileKind.ZIP:
        return (_read(request.path.name, content, request.options, progress, digest),)
    found, refused = [], None
    for name, member in archives.members(content, request.path.name, request.password):
        try:
            sniff.refuse_hopeless(member, name)
            digest = hashlib.sha256(member).digest()
            found.append(_read(name, member, request.options, progress, digest))
        except KushenError as error:
            refused = error
    if not found:
        raise refused or UnreadableStatementError(
            Sentence.of(N_("the archive is empty")), file=request.path.name
        )
    return tuple(found)


def _read(name: str, content: bytes, options: dict[str, str], progress: Progress, digest: bytes) -> Statement:
    source = Source(name, content, options, progress)
    return replace(identify(source).read(source), sha256=digest)


def _content(path: Path) -> bytes:
    size = path.stat().st_size
    if size > sniff.MAX_BYTES:
        reason = Sentence.of(N_("it is larger than {limit} MB"), limit=sniff.MAX_BYTES // 1024**2)
        raise UnreadableStatementError(reason, file=path.name)
    return path.read_bytes()


def _teller(pipe: Connection) -> Progress:
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _STEP_S:
            last = now
            pipe.send(Step(done, total))

    return tell
