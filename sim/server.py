"""A server: a crew or a person at a desk. A grid worker is one too, with a round of its own between cases."""

from __future__ import annotations

from sim.calendars import FAR, Calendar
from sim.task import Task


class Server:
    """Somebody who works on one task at a time, in the open hours of a calendar."""

    def __init__(self, name: str, number: int, calendar: Calendar) -> None:
        self.name = name
        self.number = number
        self.calendar = calendar
        self.task: Task | None = None
        self.held: list[Task] = []
        self.served = 0
        self.held_until = FAR
        """Until when somebody holds the seat; 0: it is empty until somebody is called to it."""
        self.wakes_at = -1
        self.code = -1
        """its number in the journal, given by the station that it stands in"""

    def available(self, now: int, urgent: bool) -> bool:
        """Free and at work at this moment."""
        return self.task is None and self.calendar.is_open(now)

    def next_available(self, now: int) -> int:
        """Earliest moment at which it is at work."""
        return self.calendar.next_open(now)

    def takes_up(self, task: Task, now: int) -> None:
        """Called when it starts work on a task; it may change how much work a fresh task is for it."""

    def lays_down(self, now: int) -> None:
        """Called when its task is done, before it is offered to the queue."""

    def rests(self, now: int) -> None:
        """Called when the queue has nothing for it."""
