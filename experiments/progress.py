"""How far a plan has come, on standard error: a bar with the time left on a terminal, else plain lines.

What is told at the start is the estimate, from constants of another machine. From the first finished task on it is
measured: the time left is what the tasks so far took, over the tasks and the processes that are left.
"""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TextIO

from experiments.estimate import spoken_time
from sim.messages import say

SHORT_S = 2.0
"""What takes less says nothing."""
LINE_EVERY_S = 5.0
FAR_OFF = 1.5
"""An estimate that is wrong by this factor is set right as soon as the first task is done."""


class Progress:
    """Use it in a `with`; call `step` for each task that is done. `workers` tasks are done at a time."""

    def __init__(
        self, what: str, tasks: int, expected_s: float, stream: TextIO | None = None, workers: int = 1
    ) -> None:
        self._what, self._tasks, self._expected_s = what, tasks, expected_s
        self._workers = max(1, min(workers, tasks))
        self._stream = sys.stderr if stream is None else stream
        self._begun = self._spoke = time.monotonic()
        self._done = 0
        self._bar = _bar(self._stream) if self._stream.isatty() and expected_s > SHORT_S else None

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.start()
            self._row = self._bar.add_task(self._what, total=self._tasks)
        elif self._expected_s > SHORT_S:
            self._say(say("{what}: about {time}", what=self._what, time=spoken_time(self._expected_s)))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self) -> None:
        """One more task is done."""
        self._done += 1
        if self._bar is not None:
            self._bar.advance(self._row)
        elif self._is_due():
            self._spoke = time.monotonic()
            left = time_left(self._spoke - self._begun, self._done, self._tasks, self._workers)
            self._say(say("{what}: {done} of {tasks} done, about {time} left",
                          what=self._what, done=self._done, tasks=self._tasks, time=spoken_time(left)))  # fmt: skip

    def _is_due(self) -> bool:
        now = time.monotonic()
        gone = now - self._begun
        due = now - self._spoke >= LINE_EVERY_S or (self._done == 1 and self._was_wrong(gone))
        return gone > SHORT_S and due and self._done < self._tasks

    def _was_wrong(self, gone: float) -> bool:
        """Whether the first task shows that what was told at the start was far off."""
        total = gone + time_left(gone, self._done, self._tasks, self._workers)
        return not 1 / FAR_OFF <= total / max(self._expected_s, 1e-9) <= FAR_OFF

    def _say(self, line: str) -> None:
        print(line, file=self._stream, flush=True)


def time_left(gone_s: float, done: int, tasks: int, workers: int) -> float:
    """Seconds until all tasks are done, if those to come take as long as those so far: they are done `workers` at a
    time, so the first of a wave to finish tells how long a whole wave takes."""
    waves = -(-done // workers)
    return max(0.0, gone_s / waves * (-(-tasks // workers) - waves)) if done else gone_s


def _bar(stream: TextIO):
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(compact=True))
    return Bar(*columns, console=Console(file=stream), transient=True)
