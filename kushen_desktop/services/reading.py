"""Reads foreign files in one worker process with limits, so that no file can hurt or freeze the program."""

import multiprocessing
from collections.abc import Mapping
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Lock

from kushen_desktop.domain.progress import SILENT, Progress
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Statement
from kushen_desktop.formats import transport, worker_start
from kushen_desktop.formats.refusals import UnreadableStatementError
from kushen_desktop.formats.worker_messages import Refusal, Request, Step
from kushen_desktop.i18n import N_
from kushen_desktop.system.collector import paused

# Refused when nothing was heard for so long; the hopeless is refused by the worker within two seconds.
SILENCE_S = 20.0


class Reading:
    """The worker process: started at the first file, used again, replaced when it had to be killed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def read(
        self,
        path: Path,
        *,
        password: str | None = None,
        options: Mapping[str, str] | None = None,
        progress: Progress = SILENT,
    ) -> tuple[Statement, ...]:
        """Return the statements of a file: several from an archive.

        Raises UnknownFormatError, UnreadableStatementError, PasswordNeededError, WrongPasswordError,
        CancelledError.
        """
        request = Request(path, password, dict(options or {}))
        with self._lock:
            pipe = self._started()
            try:
                pipe.send(request)
                return self._answer(pipe, path, progress)
            except (EOFError, BrokenPipeError, ConnectionResetError) as error:
                self._kill()
                reason = Sentence.of(N_("reading it took more memory than a statement may"))
                raise UnreadableStatementError(reason, file=path.name) from error
            except BaseException:
                if self._busy:
                    self._kill()
                raise

    def close(self) -> None:
        """End the worker."""
        with self._lock:
            self._kill()

    def _answer(self, pipe: Connection, path: Path, progress: Progress) -> tuple[Statement, ...]:
        self._busy = True
        while True:
            if not pipe.poll(SILENCE_S):
                raise UnreadableStatementError(
                    Sentence.of(N_("it could not be read within {seconds} s"), seconds=int(SILENCE_S)),
                    file=path.name,
                )
            with paused():
                answer = pipe.recv()
            if isinstance(answer, Step):
                progress(answer.done, answer.total)
                continue
            self._busy = False
            if isinstance(answer, Refusal):
                raise answer.error()
            with paused():
                return tuple(transport.unpacked(*packed) for packed in answer)

    def _started(self) -> Connection:
        if self._process is None or self._pipe is None or not self._process.is_alive():
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=worker_start.serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        self._busy = False
        return self._pipe

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None
        self._busy = False

    _busy = False
