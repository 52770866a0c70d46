"""What the pool of the tests works on; a module of its own, so that workers import nothing else."""

from __future__ import annotations

import os
import signal
import time

from sim.messages import BadInput


def work(number: int) -> int:
    """Squares a number, or fails in the way that the number asks for."""
    if number == 13:
        raise ValueError("unlucky")
    if number == 17:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 19:
        raise BadInput("policies.triage.name: no such policy")
    if number == 23:
        time.sleep(60)
    return number * number
