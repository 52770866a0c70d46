"""A task: one piece of work that a case (or a duty) asks of a station. It is the event that the case waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simpy.events import Event

from sim.clock import Clock

if TYPE_CHECKING:
    from sim.case import Case
    from sim.server import Server

DONE = "done"
OVERDUE = "overdue"


class Task(Event):
    """Queueing and service in one event. It triggers with DONE when the work is done, OVERDUE if its limit passes while it waits."""

    __slots__ = (
        "activity", "attempt", "case", "content", "ends_at", "entry", "estimate", "head", "lane", "left", "limit",
        "on_call", "queued_at", "server", "started_at", "travel", "urgent",
    )  # fmt: skip

    def __init__(self, env: Clock, case: Case | None, activity: str, content: int, lane: int) -> None:
        self.env = env
        self.callbacks: list[Any] = []
        self._ok = True
        self._value = DONE
        self.case = case
        self.activity = activity
        self.content = content
        self.left = content
        self.lane = lane
        self.travel = 0
        self.limit: int | None = None
        self.estimate = content
        self.urgent = False
        self.on_call = False
        self.head = False
        self.attempt = case.attempt if case is not None else 1
        self.entry: int | None = None
        self.server: Server | None = None
        self.queued_at = self.started_at = self.ends_at = 0

    def rest(self) -> Task:
        """A new task for what is left, which takes over whoever waits for this one; this one is emptied."""
        rest = Task(self.env, self.case, self.activity, self.left, self.lane)
        rest.callbacks, self.callbacks = self.callbacks, []
        rest.travel = max(0, self.travel - (self.content - self.left))
        rest.server = self.server
        rest.urgent, rest.attempt, rest.estimate, rest.head, rest.on_call = (
            self.urgent,
            self.attempt,
            self.estimate,
            self.head,
            self.on_call,
        )
        return rest
