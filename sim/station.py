"""A station: servers, a calendar and a line for each lane. A case asks it for work and waits for the task, never for a server.

No server idles beside work that it may do. A limit that passes while a task waits takes it out of the line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from simpy.events import Event

from sim.bench import PLAIN, Rank, Rules
from sim.calendars import Calendar
from sim.clock import Clock
from sim.instant import LIMIT, MOST_SERVERS, SHIFT_CHANGE, STATION, content_key
from sim.journal import Journal
from sim.line import Entry, Line
from sim.moment import Moment
from sim.records import MISSING
from sim.seats import Seats
from sim.server import Server
from sim.task import OVERDUE, Task

if TYPE_CHECKING:
    from sim.case import Case

__all__ = ["Rules", "Server", "Station"]

ALWAYS_END = 2**58
"""A moment that never comes: beyond any calendar."""


class Station(Seats):
    """Servers with a line for each lane."""

    def __init__(
        self, env: Clock, name: str, number: int, lanes: Sequence[Sequence[Server]], calendar: Calendar,
        rank: Rank, journal: Journal, rules: Rules = PLAIN,
    ) -> None:  # fmt: skip
        super().__init__(env, name, number, lanes, calendar, rank, journal, rules)
        self.lines = [Line() for _ in lanes]
        self.lanes_of: dict[int, list[int]] = {}
        for lane, servers in enumerate(lanes):
            for server in servers:
                self.lanes_of.setdefault(server.number, []).append(lane)
        self._joined = 0
        self._calls: set[int] = set()
        self._left: dict[int, tuple[int, int]] = {}
        self.waiting = 0

    def work(
        self, case: Case | None, activity: str, content: int, lane: int = 0, *, travel: int = 0,
        limit: int | None = None, estimate: int | None = None, urgent: bool = False, head: bool = False,
    ) -> Task:  # fmt: skip
        """Ask for work: `content` seconds of it plus `travel`, in a lane. The task triggers when done (or at its limit)."""
        task = Task(self.env, case, activity, content + travel, lane)
        task.callbacks.append(self._completed)
        task.travel, task.limit, task.urgent, task.head = travel, limit, urgent, head
        task.on_call = urgent and self.rules.on_call
        task.estimate = task.content if estimate is None else estimate
        self.join(task)
        return task

    def join(self, task: Task) -> None:
        """Start the task at once if a server may, else put it into its queue."""
        now = self.env.now
        task.queued_at = now
        server = self._free_server(task, now)
        if server is None and task.urgent:
            server = self._make_room(task, now)
        if server is not None:
            self._start(server, task, now)
        else:
            self._queue(task, now)

    def begin(self, server: Server, task: Task) -> None:
        """Start work on a given server that is free now (a worker who meets an issue on the round)."""
        task.callbacks.append(self._completed)
        task.queued_at = self.env.now
        self._start(server, task, self.env.now)

    def alarm(self, task: Task) -> None:
        """Somebody wants a waiting task looked at now: it leaves the queue as at its limit. Nothing if it waits no more."""
        if task.entry is not None:
            self._limit_passed(task, task.entry)

    def withdraw(self, task: Task) -> None:
        """Take a waiting task out of its queue; it will not trigger."""
        if task.entry is not None:
            task.entry = None
            self.waiting -= 1

    def _queue(self, task: Task, now: int) -> None:
        self._joined += 1
        self.waiting += 1
        rank = (not task.urgent, not task.head, *self.rank(task), self._place(task, now))
        self.lines[task.lane].join(rank, self._joined, task)
        if task.limit is not None:
            self._set_alarm(task, now)
        for server in self.lanes[task.lane]:
            if server.task is None:
                self._wake(server, now)
        if task.urgent:
            self._call_at_opening(task.lane, now)

    def _place(self, task: Task, now: int) -> int:
        """Order of joining; a case that left at its limit and comes back in the same second keeps its old place."""
        if not self._left or task.case is None:
            return self._joined
        place, left_at = self._left.pop(task.case.case_id, (0, MISSING))
        return place if left_at == now else self._joined

    def _call_at_opening(self, lane: int, now: int) -> None:
        """Emergencies that wait take a server when one comes on duty, though all are bound to suspended work."""
        at = min(s.calendar.next_open(s.calendar.next_close(now)) for s in self.lanes[lane])
        if at < ALWAYS_END and at not in self._calls:
            self._calls.add(at)
            self._later(at, content_key(SHIFT_CHANGE, STATION, self.number, MOST_SERVERS), lambda _: self._called())

    def _called(self) -> None:
        now = self.env.now
        self._calls.discard(now)
        emergencies = sorted(entry for line in self.lines for entry in line.waiting() if entry[2].urgent)
        for _, _, task in emergencies:
            server = self._free_server(task, now) or self._make_room(task, now)
            if server is not None:
                self.withdraw(task)
                self._start(server, task, now)
        for lane in {task.lane for _, _, task in emergencies if task.entry is not None}:
            self._call_at_opening(lane, now)

    def _later(self, at: int, key: int, then: Callable[[Event], None]) -> None:
        Moment(self.env, at - self.env.now, key, then)

    def _set_alarm(self, task: Task, now: int) -> None:
        assert task.limit is not None
        owner = task.case.case_id % (1 << 34) if task.case is not None else 0
        entry = task.entry
        self._later(max(now, task.limit), content_key(LIMIT, STATION, owner), lambda _: self._limit_passed(task, entry))

    def _limit_passed(self, task: Task, entry: int | None) -> None:
        if task.entry != entry:
            return
        now = self.env.now
        if task.case is not None and entry is not None:
            self._left[task.case.case_id] = entry, now
        self.withdraw(task)
        self._book_unserved(task, now, OVERDUE)
        task.callbacks.remove(self._completed)
        task._value = OVERDUE
        self.env.schedule(task, 1)

    def _wake(self, server: Server, now: int) -> None:
        """See to it that a server that is off duty looks at the queue when it comes back."""
        at = server.next_available(now)
        if at <= now and self.rules.shift_end == "not_started":
            at = server.calendar.next_open(server.calendar.next_close(now))
        if at == server.wakes_at or at >= ALWAYS_END or at <= now:
            return
        server.wakes_at = at
        self._later(
            at, content_key(SHIFT_CHANGE, STATION, self.number, server.number), lambda _: self._woken(server, at)
        )

    def _woken(self, server: Server, at: int) -> None:
        if server.wakes_at == at:
            server.wakes_at = -1
            if server.task is None:
                self.offer(server)
            if server.task is None:
                server.rests(at)

    def offer(self, server: Server) -> None:
        """Give a free server its next task, if there is one that it may start now."""
        now = self.env.now
        if server.held:
            urgent = self._first(server, now, only_urgent=True) if self.waiting else None
            self._start(server, server.held.pop() if urgent is None else urgent, now)
            return
        if not self.waiting:
            return
        if not server.available(now, False):
            urgent = self._first(server, now, only_urgent=True)
            if urgent is not None:
                self._start(server, urgent, now)
            elif any(self.lines[lane] for lane in self.lanes_of[server.number]):
                self._wake(server, now)
            return
        task = self._first(server, now)
        if task is not None:
            self._start(server, task, now)
        elif self.rules.shift_end == "not_started":
            self._wake(server, now)

    def _first(self, server: Server, now: int, only_urgent: bool = False) -> Task | None:
        """Take the first task, by rank, that this server may start now out of its lanes' queues."""
        best: Entry | None = None
        for lane in self.lanes_of[server.number]:
            entry = self.lines[lane].front()
            if entry is None:
                continue
            if only_urgent and not (entry[2].urgent and (entry[2].on_call or server.available(now, True))):
                continue
            if not only_urgent and self.rules.shift_end == "not_started":
                entry = self.lines[lane].first(lambda task: self._fits(server, task, now))
            if entry is not None and (best is None or entry < best):
                best = entry
        if best is None:
            return None
        self.waiting -= 1
        return self.lines[best[2].lane].take(best)

    def cut(self) -> None:
        """The run ends: write what is in hand, and the waiting of what is queued."""
        now = self.env.now
        self._cut_work(now)
        for line in self.lines:
            for _, _, task in line.waiting():
                self._book_unserved(task, now, "cut")
