"""Runs that do nothing but take their time: what remains is what the study itself costs. A module for workers to import."""

from __future__ import annotations

import time

from experiments.study.single_run import Ended, Task

SECONDS = 0.5


def half_a_second(task: Task) -> Ended:
    """Sleeps, so that the machine's other work does not count."""
    time.sleep(SECONDS)
    return Ended(SECONDS, 1.0, 80, "w" * 64, {"indicators": [18_000, "s" * 64]})


def nothing(task: Task) -> Ended:
    """Is done at once."""
    return Ended(0.0, 1.0, 80, "w" * 64, {"indicators": [18_000, "s" * 64]})
