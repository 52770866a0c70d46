"""The servers of a station and their work in hand: who is free, who starts, what is pre-empted, what is booked.

When work is done the server is released and offered to the queue first, and only then does the case go on: a case that
asks again at the same instant joins behind those who wait. Nobody does two things at once. Work in hand at closing time is
suspended, finished in overtime, or never started that late: an option.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from simpy.events import Event

from sim.calendars import ALWAYS, Calendar
from sim.clock import Clock
from sim.instant import COMPLETION, STATION, content_key
from sim.journal import Journal
from sim.records import MISSING
from sim.server import Server
from sim.task import Task

Rank = Callable[[Task], tuple]
"""What a queue policy says of a task: smaller is served first."""


@dataclass(frozen=True)
class Rules:
    """How a station works: what happens at closing, and whether major cases are worked outside its hours."""

    shift_end: str = "suspend"
    on_call: bool = False


PLAIN = Rules()
"""Work is suspended at closing; nobody comes outside the hours."""


class Bench:
    """Servers by lane; `lanes[i]` are the servers that serve lane i. A station adds the lines in which tasks wait."""

    def __init__(
        self, env: Clock, name: str, number: int, lanes: Sequence[Sequence[Server]], calendar: Calendar,
        rank: Rank, journal: Journal, rules: Rules,
    ) -> None:  # fmt: skip
        self.env, self.name, self.number = env, name, number
        self.lanes = [list(lane) for lane in lanes]
        self.calendar, self.rank = calendar, rank
        self.journal, self.rules = journal, rules
        self._code = journal.code(name)
        for server in (server for lane in lanes for server in lane):
            server.code = journal.code(server.name)
        self._completion_key = content_key(COMPLETION, STATION, number)
        self._overtime, self._must_fit = rules.shift_end == "finish", rules.shift_end == "not_started"
        self.chooses: Callable[[Task, list[Server]], Server] | None = None
        """who of several free servers gets a task; None: who has worked least so far"""
        self._one_calendar = all(
            type(server) is Server and server.calendar is calendar for lane in lanes for server in lane
        )

    def offer(self, server: Server) -> None:
        """Give a free server its next task, if there is one that it may start now."""
        raise NotImplementedError

    def _free_server(self, task: Task, now: int) -> Server | None:
        if self.chooses is not None:
            return self._chosen_server(task, now)
        least: Server | None = None
        there = task.on_call
        if self._one_calendar and not there:  # one look at the calendar answers for all
            there = self.calendar.is_open(now)
            if not there:
                return None
        for server in self.lanes[task.lane]:
            if server.task is not None or (least is not None and server.served >= least.served):
                continue
            here = self._on_call(server, now) if task.on_call else there or server.available(now, task.urgent)
            if here and self._fits(server, task, now):
                least = server
        return least

    def _chosen_server(self, task: Task, now: int) -> Server | None:
        free = [server for server in self.lanes[task.lane] if server.task is None
                and (self._on_call(server, now) if task.on_call else server.available(now, task.urgent))
                and self._fits(server, task, now)]  # fmt: skip
        return self.chooses(task, free) if free and self.chooses is not None else None

    @staticmethod
    def _on_call(server: Server, now: int) -> bool:
        """Whether somebody holds the seat, who can be called outside the hours."""
        return server.held_until > now

    def _fits(self, server: Server, task: Task, now: int) -> bool:
        """Under `not_started`, whether the estimate fits into what is left of the shift (emergency, longer than any shift: always)."""
        if not self._must_fit or task.urgent or task.estimate > server.calendar.longest_shift:
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

    def interrupt(self, server: Server) -> None:
        """What a server has in hand is laid down now and stays bound to it."""
        if server.task is not None:
            self._pre_empt(server, self.env.now)

    def _pre_empt(self, server: Server, now: int, outcome: str = "pre-empted") -> None:
        old = server.task
        assert old is not None
        done = self.clock_of(server, old).work_between(old.started_at, now)
        old.left = max(0, old.left - done)
        self._book(old, now, done, outcome)
        rest = old.rest()
        rest.queued_at = now
        server.held.append(rest)
        server.task = None
        server.lays_down(now)

    def clock_of(self, server: Server, task: Task) -> Calendar:
        """The calendar on which the seconds of a task run: everybody's clock if it is finished in overtime."""
        return ALWAYS if task.on_call or self._overtime else server.calendar

    def _start(self, server: Server, task: Task, now: int) -> None:
        server.takes_up(task, now)
        server.task, task.server, task.started_at = task, server, now
        if task.case is not None:
            if task.queued_at != now:
                self._book_wait(task, now)
            task.case.server = server.name
        task.ends_at = ends_at = self.clock_of(server, task).add_work(now, task.left)
        self.env.schedule(task, self._completion_key + server.number, ends_at - now)

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
            travel = task.travel if task.travel < work else work
            case.travel_s += travel
            case.work_s += work - travel
            case.wait_closed_s += now - task.started_at - work
            if outcome == "done":
                case.touches += 1
        self.journal.service(task, self._code, server.code, task.started_at, now, work, outcome)

    def _cut_work(self, now: int) -> None:
        """The run ends: write what is in hand."""
        for server in {id(s): s for lane in self.lanes for s in lane}.values():
            if server.task is not None:
                clock = self.clock_of(server, server.task)
                self._book(server.task, now, clock.work_between(server.task.started_at, now), "cut")
            for task in server.held:
                self._book_unserved(task, now, "cut")

    def _book_unserved(self, task: Task, now: int, outcome: str) -> None:
        """Write that a task left its queue, or what was left of it, without being worked on."""
        self._book_wait(task, now)
        self.journal.service(task, self._code, 0, MISSING, now, 0, outcome)
