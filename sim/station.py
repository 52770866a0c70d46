"""A station: servers, a calendar and a queue. A case asks it for work and waits for the task, never for a server.

When work is done the server is released and offered to the queue first, and only then does the case go on: a case that
asks again at the same instant joins behind those who wait. No server idles beside work that it may do, none does two
things at once. Work in hand at closing time is suspended, finished in overtime, or never started that late: an option.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from simpy.events import Event

from sim.calendars import ALWAYS, Calendar
from sim.clock import Clock
from sim.instant import COMPLETION, LIMIT, SHIFT_CHANGE, STATION, content_key
from sim.journal import Journal
from sim.moment import Moment
from sim.records import MISSING
from sim.task import OVERDUE, Task

if TYPE_CHECKING:
    from sim.case import Case

ALWAYS_END = 2**58
"""A moment that never comes: beyond any calendar."""

Rank = Callable[[Task], tuple]
"""What a queue policy says of a task: smaller is served first."""


class Server:
    """A crew or a person at a desk. A grid worker is one too, with a round of its own between cases."""

    def __init__(self, name: str, number: int, calendar: Calendar) -> None:
        self.name = name
        self.number = number
        self.calendar = calendar
        self.task: Task | None = None
        self.held: list[Task] = []
        self.served = 0
        self.wakes_at = -1
        self._code = -1

    def code(self, journal: Journal) -> int:
        """Its number in the journal."""
        if self._code < 0:
            self._code = journal.code(self.name)
        return self._code

    def available(self, now: int, urgent: bool) -> bool:
        """Free and at work at this moment."""
        return self.task is None and self.calendar.is_open(now)

    def next_available(self, now: int) -> int:
        """Earliest moment at which it is at work."""
        return self.calendar.next_open(now)

    def takes_up(self, now: int) -> None:
        """Called when it starts work on a task."""

    def lays_down(self, now: int) -> None:
        """Called when its task is done, before it is offered to the queue."""

    def rests(self, now: int) -> None:
        """Called when the queue has nothing for it."""


@dataclass(frozen=True)
class Rules:
    """How a station works: what happens at closing, and whether major cases are worked outside its hours."""

    shift_end: str = "suspend"
    on_call: bool = False


class Station:
    """Servers with a queue for each lane; `lanes[i]` are the servers that serve lane i."""

    def __init__(
        self, env: Clock, name: str, number: int, lanes: Sequence[Sequence[Server]], calendar: Calendar,
        rank: Rank, journal: Journal, rules: Rules = Rules(),
    ) -> None:  # fmt: skip
        self.env, self.name, self.number = env, name, number
        self.lanes, self.calendar, self.rank = lanes, calendar, rank
        self.journal, self.rules = journal, rules
        self._code = journal.code(name)
        self._completion_key = content_key(COMPLETION, STATION, number)
        self.queues: list[list[tuple[tuple, int, Task]]] = [[] for _ in lanes]
        self.lanes_of: dict[int, list[int]] = {}
        for lane, servers in enumerate(lanes):
            for server in servers:
                self.lanes_of.setdefault(server.number, []).append(lane)
        self._joined = 0
        self._left: dict[int, tuple[int, int]] = {}
        self.waiting = 0

    # -- asking ------------------------------------------------------------------------------------------------------

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

    def withdraw(self, task: Task) -> None:
        """Take a waiting task out of its queue; it will not trigger."""
        if task.entry is not None:
            task.entry = None
            self.waiting -= 1

    # -- serving -----------------------------------------------------------------------------------------------------

    def _free_server(self, task: Task, now: int) -> Server | None:
        least: Server | None = None
        for server in self.lanes[task.lane]:
            if server.available(now, task.urgent) or (task.on_call and server.task is None):
                if (least is None or server.served < least.served) and self._fits(server, task, now):
                    least = server
        return least

    def _fits(self, server: Server, task: Task, now: int) -> bool:
        """Under `not_started`, whether the estimate fits into what is left of the shift (emergency, longer than any shift: always)."""
        if self.rules.shift_end != "not_started" or task.urgent or task.estimate > server.calendar.longest_shift:
            return True
        return task.estimate <= server.calendar.next_close(now) - now

    def _make_room(self, task: Task, now: int) -> Server | None:
        """An emergency takes the server of the lowest-priority, latest-started task that is no emergency."""
        at_work = [s for s in self.lanes[task.lane] if s.task is not None and (task.on_call or s.calendar.is_open(now))]
        busy = [s for s in at_work if not s.task.urgent]  # type: ignore[union-attr]
        if not busy or any(s.task.ends_at <= now for s in at_work):  # type: ignore[union-attr]  # one is free in this very second
            return None
        server = max(busy, key=lambda s: (self.rank(s.task), s.task.started_at, s.number))  # type: ignore[union-attr, arg-type]
        self._pre_empt(server, now)
        return server

    def _pre_empt(self, server: Server, now: int) -> None:
        old = server.task
        assert old is not None
        done = self._clock(server, old).work_between(old.started_at, now)
        old.left = max(0, old.left - done)
        self._book(old, now, done, "pre-empted")
        rest = old.rest()
        rest.queued_at = now
        server.held.append(rest)
        server.task = None
        server.lays_down(now)
        server.lays_down(now)

    def _clock(self, server: Server, task: Task) -> Calendar:
        """The calendar on which the seconds of a task run: everybody's clock if it is finished in overtime."""
        return ALWAYS if task.on_call or self.rules.shift_end == "finish" else server.calendar

    def _start(self, server: Server, task: Task, now: int) -> None:
        server.takes_up(now)
        server.task, task.server, task.started_at = task, server, now
        case = task.case
        self._book_wait(task, now)
        if case is not None:
            case.server = server.name
        task.ends_at = self._clock(server, task).add_work(now, task.left)
        self.env.schedule(task, self._completion_key + server.number, task.ends_at - now)

    def _book_wait(self, task: Task, now: int) -> None:
        waited = now - task.queued_at
        if waited and task.case is not None:
            open_wait = self.calendar.work_between(task.queued_at, now)
            task.case.wait_capacity_s += open_wait
            task.case.wait_closed_s += waited - open_wait

    def _completed(self, event: Event) -> None:
        """Release the server, offer it to the queue; the case goes on after this (it is the next callback)."""
        task: Task = event  # type: ignore[assignment]
        server, now = task.server, self.env.now
        assert server is not None
        self._book(task, now, task.left, "done")
        task.left = 0
        server.task = None
        server.lays_down(now)
        self.offer(server)
        if server.task is None:
            server.rests(now)

    def _book(self, task: Task, now: int, work: int, outcome: str) -> None:
        server, case = task.server, task.case
        assert server is not None
        server.served += work
        if case is not None:
            travel = min(task.travel, work)
            case.travel_s += travel
            case.work_s += work - travel
            case.wait_closed_s += now - task.started_at - work
            if outcome == "done":
                case.touches += 1
        self.journal.service(task, self._code, server.code(self.journal), task.started_at, now, work, outcome)

    # -- queueing ----------------------------------------------------------------------------------------------------

    def _queue(self, task: Task, now: int) -> None:
        self._joined += 1
        task.entry = self._joined
        self.waiting += 1
        rank = (not task.urgent, not task.head, *self.rank(task), self._place(task, now))
        heappush(self.queues[task.lane], (rank, self._joined, task))
        if task.limit is not None:
            self._set_alarm(task, now)
        for server in self.lanes[task.lane]:
            if server.task is None:
                self._wake(server, now)
        if task.urgent:
            self._call_at_opening(task.lane, now)

    def _place(self, task: Task, now: int) -> int:
        """Order of joining; a case that left at its limit and comes back in the same second keeps its old place."""
        place, left_at = self._left.pop(task.case.case_id, (0, MISSING)) if task.case is not None else (0, MISSING)
        return place if left_at == now else self._joined

    def _call_at_opening(self, lane: int, now: int) -> None:
        """Emergencies that wait take a server when one comes on duty, though all are bound to suspended work."""
        at = min(s.calendar.next_open(s.calendar.next_close(now)) for s in self.lanes[lane])
        if at < ALWAYS_END:
            self._later(at, content_key(SHIFT_CHANGE, STATION, self.number, 1023), lambda _: self._called())

    def _called(self) -> None:
        now = self.env.now
        emergencies = sorted(entry for queue in self.queues for entry in queue if entry[2].entry == entry[1] and entry[2].urgent)
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
        self._book_wait(task, now)
        self.journal.service(task, self._code, 0, MISSING, now, 0, OVERDUE)
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
        self._later(at, content_key(SHIFT_CHANGE, STATION, self.number, server.number), lambda _: self._woken(server, at))

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
            elif any(self.queues[lane] for lane in self.lanes_of[server.number]):
                self._wake(server, now)
            return
        task = self._first(server, now)
        if task is not None:
            self._start(server, task, now)
        elif self.rules.shift_end == "not_started":
            self._wake(server, now)

    def _first(self, server: Server, now: int, only_urgent: bool = False) -> Task | None:
        """Take the first task, by rank, that this server may start now out of its lanes' queues."""
        best: tuple[tuple, int, Task] | None = None
        for lane in self.lanes_of[server.number]:
            queue = self.queues[lane]
            while queue and queue[0][2].entry != queue[0][1]:
                heappop(queue)
            if not queue:
                continue
            entry = queue[0]
            if only_urgent and not (entry[2].urgent and (entry[2].on_call or server.available(now, True))):
                continue
            if not only_urgent and self.rules.shift_end == "not_started":
                entry = self._first_fitting(queue, server, now)
            if entry is not None and (best is None or entry < best):
                best = entry
        if best is None:
            return None
        task = best[2]
        queue = self.queues[task.lane]
        if queue[0] is best:
            heappop(queue)
        task.entry = None
        self.waiting -= 1
        return task

    def _first_fitting(self, queue: list[tuple[tuple, int, Task]], server: Server, now: int) -> tuple | None:
        for entry in sorted(queue):
            if entry[2].entry == entry[1] and self._fits(server, entry[2], now):
                return entry
        return None

    def cut(self) -> None:
        """The run ends: write what is in hand, and the waiting of what is queued."""
        now = self.env.now
        for server in {id(s): s for lane in self.lanes for s in lane}.values():
            if server.task is not None:
                self._book(server.task, now, self._clock(server, server.task).work_between(server.task.started_at, now), "cut")
            for task in server.held:
                self._book_wait(task, now)
                self.journal.service(task, self._code, 0, MISSING, now, 0, "cut")
        for queue in self.queues:
            for _, entry, task in queue:
                if task.entry == entry:
                    self._book_wait(task, now)
                    self.journal.service(task, self._code, 0, MISSING, now, 0, "cut")
