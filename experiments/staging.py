"""A place where folders are filled under a temporary name, to appear under their own only when they are whole."""

from __future__ import annotations

import errno
import shutil
import sys
from pathlib import Path
from types import TracebackType

from experiments.leftovers import clear_leftovers, partial_folder
from scenarios.reasons import reason_of
from sim.messages import BadInput, say

MOST_NAMESAKES = 10_000


class Staging:
    """Use it in a `with`: fill `folder(name)`, then `publish(name)`. What is not published when it ends is gone.

    What killed processes left in `out` is removed first, and told on standard error. Raises BadInput if `out` cannot
    be written, or whatever fills the folder finds the disk full.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        try:
            out.mkdir(parents=True, exist_ok=True)
            for line in clear_leftovers(out):
                print(line, file=sys.stderr)
            self._partial = partial_folder(out)
        except OSError as error:
            raise BadInput(say("{folder}: cannot be written: {why}", folder=out, why=reason_of(error))) from error

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._partial, ignore_errors=True)
        if isinstance(error, Exception) and _is_want_of_room(error):
            why = reason_of(OSError(errno.ENOSPC, ""))
            raise BadInput(say("{folder}: cannot be written: {why}", folder=self._out, why=why)) from error

    def folder(self, name: str) -> Path:
        """The folder to fill that will become out/name; made if it is not there yet."""
        path = self._partial / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def publish(self, name: str) -> Path:
        """Rename a filled folder to out/name, or to name_2, name_3, ... if that exists. Returns where it lies."""
        path = self._partial / name
        path.chmod(0o755)
        for number in range(1, MOST_NAMESAKES):
            target = self._out / (name if number == 1 else f"{name}_{number}")
            if not target.exists() and _moved(path, target):
                return target
        raise BadInput(say("{folder}: too many folders of this name; remove some", folder=self._out / name))


def _is_want_of_room(error: Exception) -> bool:
    """Libraries that copy or write tables tell of it in their own errors."""
    return (isinstance(error, OSError) and error.errno == errno.ENOSPC) or "No space left on device" in str(error)


def _moved(path: Path, target: Path) -> bool:
    """Whether the rename succeeded; somebody else may have taken the name in the meantime."""
    try:
        path.rename(target)
    except OSError:
        if target.exists():
            return False
        raise
    return True
