"""A line: the tasks that wait in one lane of a station, in the order of the queue policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import heappop, heappush

from sim.task import Task

Entry = tuple[tuple, int, Task]
"""Rank, number of joining, task. A task that left and joined again has another number, so an old entry is known as stale."""


class Line:
    """A heap of entries; what has left is skipped when it comes to the front."""

    __slots__ = ("_heap",)

    def __init__(self) -> None:
        self._heap: list[Entry] = []

    def join(self, rank: tuple, number: int, task: Task) -> None:
        """Add a task; `number` is larger than any before."""
        task.entry = number
        heappush(self._heap, (rank, number, task))

    def front(self) -> Entry | None:
        """The first entry that still waits."""
        heap = self._heap
        while heap and heap[0][2].entry != heap[0][1]:
            heappop(heap)
        return heap[0] if heap else None

    def first(self, suits: Callable[[Task], bool]) -> Entry | None:
        """The first waiting entry whose task suits."""
        return next((entry for entry in sorted(self._heap) if entry[2].entry == entry[1] and suits(entry[2])), None)

    def waiting(self) -> Iterator[Entry]:
        """All entries that still wait, in no order."""
        return (entry for entry in self._heap if entry[2].entry == entry[1])

    def take(self, entry: Entry) -> Task:
        """Take an entry's task out."""
        if self._heap[0] is entry:
            heappop(self._heap)
        entry[2].entry = None
        return entry[2]

    def __bool__(self) -> bool:
        return self.front() is not None
