"""One process at a time on an SQLite file: a lock held for life."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING, Self

from db.dialect import dialect_of, read_url, sqlite_file

if TYPE_CHECKING:
    from types import TracebackType


class AlreadyRunningError(RuntimeError):
    """Another process works with this SQLite file; nothing was changed."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"CaseLedger is already running with {file}. Nothing was changed. Stop it first, then try again."
        )


class ProcessLock:
    """Holds an SQLite database for this process until released; PostgreSQL needs none.

    Raises :class:`AlreadyRunningError` at once where another process holds it. The operating system frees
    the lock when the process ends, however it ends.
    """

    def __init__(self, url: str) -> None:
        self._handle: int | None = None
        read = read_url(url)
        if dialect_of(read) == "postgresql":
            return
        file = sqlite_file(read)
        handle = os.open(f"{file}.lock-file", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise AlreadyRunningError(str(file)) from error
        self._handle = handle

    def release(self) -> None:
        """Let another process in; harmless when repeated."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
