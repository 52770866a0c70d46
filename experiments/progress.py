"""How far a plan has come, on standard error: a bar with the time left on a terminal, else plain lines."""

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


class Progress:
    """Use it in a `with`; call `step` for each task that is done."""

    def __init__(self, what: str, tasks: int, expected_s: float, stream: TextIO | None = None) -> None:
        self._what, self._tasks, self._expected_s = what, tasks, expected_s
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
            left = (self._spoke - self._begun) / self._done * (self._tasks - self._done)
            self._say(say("{what}: {done} of {tasks} done, about {time} left",
                          what=self._what, done=self._done, tasks=self._tasks, time=spoken_time(left)))  # fmt: skip

    def _is_due(self) -> bool:
        now = time.monotonic()
        return now - self._begun > SHORT_S and now - self._spoke >= LINE_EVERY_S and self._done < self._tasks

    def _say(self, line: str) -> None:
        print(line, file=self._stream, flush=True)


def _bar(stream: TextIO):
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(compact=True))
    return Bar(*columns, console=Console(file=stream), transient=True)
