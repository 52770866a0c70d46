"""Folders that a run left behind because it was killed: those of dead processes of this machine are removed.

A folder that is being filled is called `.tmp-<host>-<pid>-<random>`. A process of this host that is gone cannot come
back for its folder; one of another host may be alive, so its folder is only reported. A pid that was given out again
keeps a dead folder alive, never the other way round.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import tempfile
import time
from pathlib import Path

from sim.messages import say

_NAME = re.compile(r"\.tmp-(?P<host>[\w.]+)-(?P<pid>\d+)-\w+")
_OLD_S = 24 * 3600
"""Folders of other hosts are reported from this age on: before, they are most likely being filled."""


def partial_folder(out: Path) -> Path:
    """A new folder in `out` whose name tells who fills it. Raises OSError."""
    return Path(tempfile.mkdtemp(prefix=f".tmp-{_host()}-{os.getpid()}-", dir=out))


def clear_leftovers(out: Path) -> list[str]:
    """Remove what dead processes of this host left in `out`; one line for each that was removed or could not be told."""
    lines = []
    for path in sorted(out.glob(".tmp-*")):
        found = _NAME.fullmatch(path.name)
        if found is None or path.is_symlink() or not path.is_dir():
            continue
        host, pid = found["host"], int(found["pid"])
        if host != _host():
            lines += [_of_another(path, host, pid)] if _is_old(path) else []
        elif not _is_alive(pid):
            shutil.rmtree(path, ignore_errors=True)
            lines.append(say("{folder}: left behind by a run that was killed (process {pid}); removed",
                             folder=path, pid=pid))  # fmt: skip
    return lines


def _of_another(path: Path, host: str, pid: int) -> str:
    return say("{folder}: unfinished, of process {pid} on {host}; remove it if nothing runs there any more",
               folder=path, pid=pid, host=host)  # fmt: skip


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > _OLD_S
    except OSError:
        return False


def _host() -> str:
    return re.sub(r"[^\w.]", "_", platform.node()) or "unknown"


def _is_alive(pid: int) -> bool:
    """Whether a process of this host has this number; where that cannot be asked without harm, yes."""
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
