"""A bench for one station: jobs in, spells out; by the engine, and by a naive reference that lives second by second.

The reference is written from first principles (the order at one instant), not from the engine: at every second it ends
work, lets people come on duty, takes arrivals, looks at limits, and then everybody at work does a second of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import simpy
from simpy.events import Event

from sim.calendars import Calendar
from sim.case import Case
from sim.instant import ARRIVAL, ISSUE, content_key
from sim.issue import Issue
from sim.journal import Journal
from sim.records import MISSING
from sim.station import Rules, Server, Station
from sim.task import OVERDUE, Task


class Job(NamedTuple):
    """A case that comes once and asks for work as often as `work` has entries, each time the second it is free."""

    at: int
    work: tuple[int, ...]
    priority: int = 2
    urgent: bool = False
    limit: int | None = None
    estimate: int | None = None
    head: bool = False
    lane: int = 0


class Spell(NamedTuple):
    """One row of the journal. `started` is MISSING and `server` -1 where a task left the queue unserved."""

    job: int
    visit: int
    server: int
    queued: int
    started: int
    ended: int
    work: int
    outcome: str


@dataclass(frozen=True)
class Plan:
    """Who serves which lane, when, and by which rules. Server n is away (absent) in its own intervals."""

    hours: tuple[tuple[int, int], ...] = ((0, 10_000),)
    lanes: tuple[tuple[int, ...], ...] = ((0,),)
    shift_end: str = "suspend"
    on_call: bool = False
    absent: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    until: int = 200

    @property
    def servers(self) -> list[int]:
        """All server numbers."""
        return sorted({server for lane in self.lanes for server in lane})


# -- the engine -------------------------------------------------------------------------------------------------------


class Bench:
    """The engine's station in a bare SimPy environment."""

    def __init__(self, plan: Plan, jobs: Sequence[Job]) -> None:
        self.plan, self.jobs = plan, jobs
        self.env = simpy.Environment()
        self.journal = Journal()
        calendar = Calendar(plan.hours, -100, 20_000)
        self.servers = {n: Server(f"{n}", n, calendar.minus(plan.absent.get(n, ()))) for n in plan.servers}
        lanes = [[self.servers[n] for n in lane] for lane in plan.lanes]
        rules = Rules(plan.shift_end, plan.on_call)
        self.station = Station(
            self.env, "s", 0, lanes, calendar, lambda task: (task.case.priority,), self.journal, rules
        )
        self.cases = [self._case(number, job) for number, job in enumerate(jobs)]
        self.done = 0
        for number in reversed(
            range(len(jobs))
        ):  # scheduled backwards: the order at one instant must not come from here
            self._arrives(number, jobs[number])

    def _case(self, number: int, job: Job) -> Case:
        case = Case(number, Issue(number, number, job.at, 0, 0, 0), 1, "log", job.at)
        case.priority = job.priority
        return case

    def _arrives(self, number: int, job: Job) -> None:
        event = Event(self.env)
        event._ok, event._value = True, None
        event.callbacks = [lambda _: self.env.process(self._life(number, job))]
        self.env.schedule(event, content_key(ARRIVAL, ISSUE, number), job.at)

    def _life(self, number: int, job: Job) -> Iterator[Event]:
        case = self.cases[number]
        for visit, work in enumerate(job.work, 1):
            case.attempt, limit = visit, job.limit
            while True:
                outcome = yield self._ask(case, job, work, limit)
                if outcome != OVERDUE:
                    break
                limit = None
        self.done += 1

    def _ask(self, case: Case, job: Job, work: int, limit: int | None) -> Task:
        limit = limit if limit is not None and limit >= self.env.now else None
        return self.station.work(
            case,
            "handle",
            work,
            job.lane,
            limit=limit,
            estimate=job.estimate,
            urgent=job.urgent,
            head=job.head and case.attempt > 1,
        )

    def run(self, watch: Callable[[Bench], None] = lambda bench: None) -> list[Spell]:
        """Run to the end; `watch` looks after the last event of each instant."""
        while self.env.peek() < self.plan.until:
            now = self.env.peek()
            while self.env.peek() == now:
                self.env.step()
            watch(self)
        self.env.run(until=self.plan.until)
        self.station.cut()
        return self.spells()

    def spells(self) -> list[Spell]:
        """The rows of the journal, sorted."""
        rows = self.journal.rows()["services"]
        server, outcome = self.journal.texts(rows["server"]), self.journal.texts(rows["outcome"])
        return sorted(
            Spell(
                int(r["case_id"]),
                int(r["attempt"]),
                int(server[i] or -1),
                int(r["queued_at"]),
                int(r["started_at"]),
                int(r["ended_at"]),
                int(r["work_s"]),
                str(outcome[i]),
            )
            for i, r in enumerate(rows)
        )


# -- the reference ----------------------------------------------------------------------------------------------------


class Piece:
    """Work of one visit that is not done yet."""

    def __init__(self, number: int, visit: int, job: Job, work: int, now: int, limit: int | None) -> None:
        self.number, self.visit, self.job, self.left = number, visit, job, work
        self.estimate = work if job.estimate is None else job.estimate
        self.queued, self.limit, self.place = now, limit, 0
        self.started, self.worked = MISSING, 0

    def order(self) -> tuple[Any, ...]:
        """Emergencies, then rework that goes to the head, then classes, then who came first."""
        return (not self.job.urgent, not (self.job.head and self.visit > 1), self.job.priority, self.place)


class Reference:
    """A station that lives second by second."""

    def __init__(self, plan: Plan, jobs: Sequence[Job]) -> None:
        self.plan, self.jobs, self.now, self.places = plan, jobs, 0, 0
        self.hand: dict[int, Piece | None] = dict.fromkeys(plan.servers)
        self.bound: dict[int, list[Piece]] = {n: [] for n in plan.servers}
        self.served = dict.fromkeys(plan.servers, 0)
        self.queue: list[Piece] = []
        self.spells: list[Spell] = []
        self.open = {n: self._open_seconds(n) for n in plan.servers}

    def _open_seconds(self, server: int) -> set[int]:
        away = {t for a, b in self.plan.absent.get(server, ()) for t in range(a, b)}
        return {t for a, b in self.plan.hours for t in range(a, b)} - away

    def run(self) -> list[Spell]:
        for now in range(self.plan.until):
            self.now = now
            self._ends()
            self._come_on_duty()
            for number, job in enumerate(self.jobs):
                if job.at == self.now:
                    self._ask(number, 1, job.limit)
            self._limits()
            self._work()
        self.now = self.plan.until
        self._cut()
        return sorted(self.spells)

    def _ends(self) -> None:
        for server in self.plan.servers:
            piece = self.hand[server]
            if piece is not None and piece.left == 0:
                self._book(server, piece, "done")
                self.hand[server] = None
                self._offer(server)
                if piece.visit < len(piece.job.work):
                    self._ask(piece.number, piece.visit + 1, piece.job.limit)

    def _come_on_duty(self) -> None:
        for server in self.plan.servers:
            if self._came(server) and self.hand[server] is None:
                self._offer(server)
        for piece in sorted(self.queue, key=Piece.order):
            if piece.job.urgent and any(self._came(server) for server in self.plan.servers):
                self._place(piece, waiting=True)

    def _came(self, server: int) -> bool:
        return self.now in self.open[server] and self.now - 1 not in self.open[server]

    def _ask(self, number: int, visit: int, limit: int | None, place: int = 0) -> None:
        job = self.jobs[number]
        limit = limit if limit is not None and limit >= self.now else None
        piece = Piece(number, visit, job, job.work[visit - 1], self.now, limit)
        piece.place = place
        self._place(piece)

    def _limits(self) -> None:
        for piece in sorted(self.queue, key=lambda piece: piece.number):
            if piece.limit == self.now and piece in self.queue:
                self.queue.remove(piece)
                self.spells.append(Spell(piece.number, piece.visit, -1, piece.queued, MISSING, self.now, 0, "overdue"))
                self._ask(piece.number, piece.visit, None, piece.place)  # it stays in line where it stood

    def _work(self) -> None:
        for server, piece in self.hand.items():
            if piece is not None and (self._at_work(server, piece) or self.plan.shift_end == "finish"):
                piece.left -= 1
                piece.worked += 1

    def _at_work(self, server: int, piece: Piece) -> bool:
        return self.now in self.open[server] or (piece.job.urgent and self.plan.on_call)

    def _may(self, server: int, piece: Piece) -> bool:
        """Whether a free server may start this now."""
        return self._at_work(server, piece) and self._fits(server, piece)

    def _fits(self, server: int, piece: Piece) -> bool:
        if self.plan.shift_end != "not_started" or piece.job.urgent:
            return True
        if all(not set(range(t, t + piece.estimate)) <= self.open[server] for t in self.open[server]):
            return True  # longer than the longest shift
        return set(range(self.now, self.now + piece.estimate)) <= self.open[server]

    def _place(self, piece: Piece, waiting: bool = False) -> None:
        lane = self.plan.lanes[piece.job.lane]
        free = [server for server in lane if self.hand[server] is None and self._may(server, piece)]
        server = min(free, key=lambda s: (self.served[s], lane.index(s)), default=None)
        if server is None and piece.job.urgent:
            server = self._make_room(piece, lane)
        if server is not None:
            if waiting:
                self.queue.remove(piece)
            self._start(server, piece)
        elif not waiting:
            self.places += 1
            piece.place = piece.place or self.places
            self.queue.append(piece)

    def _make_room(self, piece: Piece, lane: tuple[int, ...]) -> int | None:
        busy = [server for server in lane if self.hand[server] is not None and self._at_work(server, piece)]
        if any(self.hand[server].left == 0 for server in busy):  # type: ignore[union-attr]
            return None
        ordinary = [server for server in busy if not self.hand[server].job.urgent]  # type: ignore[union-attr]
        if not ordinary:
            return None
        server = max(ordinary, key=lambda s: (self.hand[s].order()[2], self.hand[s].started, s))  # type: ignore[union-attr]
        old = self.hand[server]
        assert old is not None
        self._book(server, old, "pre-empted")
        old.queued = self.now
        self.bound[server].append(old)
        self.hand[server] = None
        return server

    def _offer(self, server: int) -> None:
        may = [p for p in self.queue if server in self.plan.lanes[p.job.lane] and self._may(server, p)]
        best = min(may, key=Piece.order, default=None)
        if self.bound[server] and not (best is not None and best.job.urgent):
            self._start(server, self.bound[server].pop())
        elif best is not None:
            self.queue.remove(best)
            self._start(server, best)

    def _start(self, server: int, piece: Piece) -> None:
        piece.started, piece.worked = self.now, 0
        self.hand[server] = piece

    def _book(self, server: int, piece: Piece, outcome: str) -> None:
        self.served[server] += piece.worked
        self.spells.append(
            Spell(piece.number, piece.visit, server, piece.queued, piece.started, self.now, piece.worked, outcome)
        )

    def _cut(self) -> None:
        for server, piece in self.hand.items():
            if piece is not None and piece.started < self.now:
                self._book(server, piece, "cut")
        for piece in [*self.queue, *(piece for pieces in self.bound.values() for piece in pieces)]:
            self.spells.append(Spell(piece.number, piece.visit, -1, piece.queued, MISSING, self.now, 0, "cut"))
