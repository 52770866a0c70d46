"""One process a study folder: a lock that the system lets go of when its holder dies, however it dies."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import IO

from scenarios.reasons import reason_of
from sim.messages import BadInput, say

try:
    import fcntl
except ImportError:  # a system without it: msvcrt locks the same byte
    fcntl = None


class Lock:
    """Use it in a `with`. `shared`: others that share it may come in, but none that wants it alone.

    Raises BadInput where somebody holds it, or the file cannot be written.
    """

    def __init__(self, path: Path, shared: bool = False) -> None:
        self._path, self._shared = path, shared
        self._stream: IO[str] | None = None

    def __enter__(self) -> Lock:
        try:
            self._stream = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise BadInput(say("{folder}: cannot be written: {why}", folder=self._path, why=reason_of(error))) from error
        try:
            _take(self._stream, self._shared)
        except OSError:
            raise self._held() from None
        if not self._shared:
            self._sign()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _sign(self) -> None:
        assert self._stream is not None
        try:
            self._stream.truncate(0)
            self._stream.write(f"{os.getpid()}\n")
            self._stream.flush()
        except OSError as error:
            raise BadInput(say("{folder}: cannot be written: {why}", folder=self._path, why=reason_of(error))) from error

    def _held(self) -> BadInput:
        assert self._stream is not None
        self._stream.seek(0)
        holder = self._stream.read().strip() or "?"
        self._stream.close()
        return BadInput(
            say("{folder}: another process ({process}) works on this study; wait for it, or name another folder with --out",
                folder=self._path.parent, process=holder)
        )  # fmt: skip


def _take(stream: IO[str], shared: bool) -> None:
    if fcntl is not None:
        fcntl.flock(stream, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        return
    import msvcrt

    stream.seek(0)
    msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
