"""What the clusters of the tests work on; a module of its own, so that workers can import it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from sim.messages import BadInput


def work(task: tuple[str, int]) -> int:
    """Squares a number, or fails in the way that the number asks for. The folder remembers across processes."""
    folder, number = Path(task[0]), task[1]
    if number == 13:
        raise ValueError("unlucky")
    if number == 17 and not (folder / "killed").exists():
        (folder / "killed").write_text("once")
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 19:
        raise BadInput("policies.triage.name: no such policy")
    if number == 23:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            pass
    return number * number


def unfit() -> str:
    """A worker that may not work."""
    return "node7 has other code: numpy was 1, is 2"
