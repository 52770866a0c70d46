"""The closed-form patrol clock against a life second by second: floor, paperwork, patrol, cases, absences.

Then a whole worker (clock, round, station) against a naive replay: every issue met at the right second, or not at all.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st
from simpy.events import Event

from scenarios.reading import read_scenario
from sim.agents.grid_workers import GridWorker
from sim.agents.mesa_agents import Model
from sim.agents.patrol_clock import DayPlan, PatrolClock
from sim.agents.teams import Teams
from sim.calendars import FAR, Calendar
from sim.instant import ARRIVAL, ISSUE, MEETING, content_key
from sim.issue import Issue
from sim.journal import Journal
from sim.policies.patrol import Opposed, Spread, Together
from sim.policies.view import RoundView
from sim.records import MISSING
from sim.station import Rules, Station
from sim.task import Task

DAY, DAYS = 40, 5
HORIZON = DAY * DAYS
Spans = tuple[tuple[int, int], ...]
SPLIT: Spans = tuple((day * DAY + a, day * DAY + b) for day in range(-2, DAYS + 2) for a, b in ((5, 15), (20, 30)))
"""Every day, also before the start and after the end, on duty in its seconds 5 to 14 and 20 to 29."""


def day_plan(floor: int, paperwork: float, carry: bool, hours: Spans = SPLIT) -> DayPlan:
    calendar = Calendar(hours, -DAY * 2, HORIZON + DAY * 2)
    return DayPlan(calendar, days_of(calendar), DAYS, [floor] * DAYS, [paperwork] * DAYS, carry)


def days_of(calendar: Calendar) -> np.ndarray:
    return calendar.intervals[:, 0] // DAY


def clock_of(plan: DayPlan, hours: Spans = SPLIT) -> PatrolClock:
    calendar = Calendar(hours, -DAY * 2, HORIZON + DAY * 2)
    return PatrolClock(plan, calendar, days_of(calendar))


@dataclass
class Naive:
    """One worker's day lived second by second."""

    plan: DayPlan
    duty: set[int]
    walked: int = 0
    floor: int = 0
    paper: int = 0
    day: int = -1
    patrol_days: list[int] = field(default_factory=lambda: [0] * DAYS)
    paper_days: list[int] = field(default_factory=lambda: [0] * DAYS)

    def begins(self, t: int) -> None:
        """Second t begins: the first second on duty of a day brings its floor and its paperwork."""
        if t in self.duty and t // DAY != self.day and 0 <= t // DAY < DAYS:
            self.day, self.floor = t // DAY, self.plan.floor[t // DAY]
            self.paper = self.plan.paperwork[self.day] + (self.paper if self.plan.carry else 0)

    def lives(self, t: int) -> None:
        """Second t passes without a case."""
        if t not in self.duty:
            return
        if self.floor == 0 and self.paper > 0:
            self.paper -= 1
            self.paper_days[min(t // DAY, DAYS - 1)] += 1
            return
        self.floor = max(0, self.floor - 1)
        self.walked += 1
        if t < HORIZON:
            self.patrol_days[t // DAY] += 1


def seconds_of(hours: Spans) -> set[int]:
    return {t for a, b in hours for t in range(a, b)}


def replay(plan: DayPlan, hours: Spans, busy: set[int]) -> Naive:
    naive = Naive(plan, {t for t in seconds_of(hours) if t >= 0})
    for t in range(HORIZON):
        naive.begins(t)
        if t not in busy:
            naive.lives(t)
    return naive


def test_one_day_by_hand() -> None:
    # Shift 5-15, 20-30; floor 8 s, paperwork 6 s (30 % of 20 s). Walk 5-13, paperwork 13-15 and 20-24, further patrol
    # 24-30.
    clock = clock_of(day_plan(8, 0.3, False))
    for now, walked, floor, paper in [
        (5, 0, 8, 6),
        (13, 8, 0, 6),
        (15, 8, 0, 4),
        (20, 8, 0, 4),
        (24, 8, 0, 0),
        (30, 14, 0, 0),
    ]:
        clock.settle(now)
        assert (clock.walked, clock.owed_floor, clock.owed_paper) == (walked, floor, paper), now
    assert (clock.patrol_days[0], clock.paper_days[0]) == (14, 6)


def test_reach_by_hand() -> None:
    # Readings 8 and 9 of the day above: 8 is shown at 13, 9 only after the paperwork, at 25. 15 comes on the next day,
    # at 46.
    clock = clock_of(day_plan(8, 0.3, False))
    assert [clock.reach(reading) for reading in (1, 8, 9, 14, 15)] == [6, 13, 25, 30, 46]
    assert clock.reach(10**6) == FAR


def test_a_case_only_delays() -> None:
    # A case from 7 to 22 takes 8 s of walking until 15 and 2 s after 20: 6 s of floor are left at 22, done at 28; then
    # paperwork.
    clock = clock_of(day_plan(8, 0.3, False))
    clock.settle(7)
    clock.skip(22)
    assert (clock.walked, clock.owed_floor, clock.reach(8)) == (2, 6, 28)


@pytest.mark.parametrize(("carry", "papers"), [(False, [0, 6]), (True, [0, 12])])
def test_displaced_paperwork_is_forgiven_or_carried_over(carry: bool, papers: list[int]) -> None:
    # A case takes the whole first day; on the second day 8 s of floor, then 6 s or 12 s of paperwork, all inside its 20
    # s.
    clock = clock_of(day_plan(8, 0.3, carry))
    clock.skip(DAY)
    clock.settle(2 * DAY)
    assert list(clock.paper_days[:2]) == papers
    assert list(clock.patrol_days[:2]) == [0, 20 - papers[1]]


def test_duty_before_the_start_is_not_walked() -> None:
    clock = clock_of(day_plan(8, 0.3, True))
    clock.settle(6)
    assert (clock.walked, clock.owed_paper) == (1, 6)


def test_reading_that_is_reached_off_duty_is_shown_when_duty_begins() -> None:
    clock = clock_of(day_plan(0, 0.0, False))
    clock.settle(12)  # 7 s walked
    clock.skip(16)  # a case into the break
    assert clock.reach(7) == 20


def test_floor_is_owed_from_the_first_second_of_the_shift() -> None:
    clock = clock_of(day_plan(8, 0.3, False))
    clock.settle(35)
    assert not clock.owes_floor()
    clock.settle(45)
    assert clock.owes_floor()
    assert clock.floor_done_at() == 53


busy_spans = st.lists(st.tuples(st.integers(0, HORIZON), st.integers(1, 60)), max_size=6)
plan_kinds = st.tuples(st.integers(0, 25), st.sampled_from([0.0, 0.25, 0.6, 1.0]), st.booleans())
absent_days = st.sets(st.integers(0, DAYS - 1), max_size=2)


def hours_without(absent: set[int]) -> Spans:
    return tuple(span for span in SPLIT if span[0] // DAY not in absent)


@settings(max_examples=150, deadline=None)
@given(plan_kinds, absent_days, busy_spans, st.lists(st.integers(0, HORIZON), max_size=5))
def test_days_against_every_second(
    kind: tuple[int, float, bool], absent: set[int], spans: list[tuple[int, int]], looks: list[int]
) -> None:
    plan, hours = day_plan(*kind), hours_without(absent)
    busy = {t for at, length in spans for t in range(at, at + length)}
    clock, edges = clock_of(plan, hours), [t for t in range(1, HORIZON) if (t in busy) != (t - 1 in busy)]
    for now in sorted({*edges, *looks, HORIZON}):  # further looks must change nothing
        (clock.skip if now - 1 in busy else clock.settle)(now)
    naive = replay(plan, hours, busy)
    assert (clock.walked, clock.owed_floor, clock.owed_paper) == (naive.walked, naive.floor, naive.paper)
    assert (list(clock.patrol_days), list(clock.paper_days)) == (naive.patrol_days, naive.paper_days)


floors_by_day = st.lists(st.integers(0, 25), min_size=DAYS, max_size=DAYS)
papers_by_day = st.lists(st.sampled_from([0.0, 0.25, 0.6, 1.0]), min_size=DAYS, max_size=DAYS)


@settings(max_examples=100, deadline=None)
@given(floors_by_day, papers_by_day, st.booleans(), busy_spans)
def test_days_that_owe_different_times_against_every_second(
    floors: list[int], papers: list[float], carry: bool, spans: list[tuple[int, int]]
) -> None:
    calendar = Calendar(SPLIT, -DAY * 2, HORIZON + DAY * 2)
    same = DayPlan(calendar, days_of(calendar), DAYS, floors, [0.5] * DAYS, carry)
    plan = same.with_paperwork(papers)
    assert same.paperwork == [10] * DAYS  # the one that it was made from stays
    busy = {t for at, length in spans for t in range(at, at + length)}
    clock = clock_of(plan)
    for now in sorted({*(t for t in range(1, HORIZON) if (t in busy) != (t - 1 in busy)), HORIZON}):
        (clock.skip if now - 1 in busy else clock.settle)(now)
    naive = replay(plan, SPLIT, busy)
    assert (clock.walked, list(clock.paper_days)) == (naive.walked, naive.paper_days)
    assert list(clock.patrol_days) == naive.patrol_days


@settings(max_examples=100, deadline=None)
@given(plan_kinds, absent_days, busy_spans, st.integers(0, HORIZON), st.integers(1, 60))
def test_reach_against_every_second(
    kind: tuple[int, float, bool], absent: set[int], spans: list[tuple[int, int]], now: int, ahead: int
) -> None:
    plan, hours = day_plan(*kind), hours_without(absent)
    busy = {t for at, length in spans for t in range(at, at + length) if t < now}
    clock, naive = clock_of(plan, hours), Naive(plan, {t for t in seconds_of(hours) if t >= 0})
    for t in range(HORIZON + DAY):
        if t == now:
            wanted = naive.walked + ahead
        if t >= now and naive.walked == wanted:
            break
        naive.begins(t)
        if t < now:
            (clock.skip if t in busy else clock.settle)(t + 1)
        if t not in busy:
            naive.lives(t)
    if t < HORIZON:
        assert clock.reach(wanted) == t
    else:
        assert clock.reach(wanted) >= HORIZON


# -- a whole worker ---------------------------------------------------------------------------------------------------


class Passed(NamedTuple):
    """An issue beside the round: it begins, is seen on the n-th pass of its spot, and may go away."""

    onset: int
    spot: int
    passes: int
    gone: int
    report: int


class Call(NamedTuple):
    """Work from the queue that interrupts the round."""

    at: int
    work: int
    urgent: bool


@dataclass(frozen=True)
class Life:
    """What one worker meets."""

    round_seconds: int
    start: int
    floor: int
    paperwork: float
    carry: bool
    protect: bool
    finish: bool
    issues: tuple[Passed, ...]
    calls: tuple[Call, ...]
    leave: tuple[int, int] | None = None
    """when the seat falls empty, and until when"""

    @property
    def plan(self) -> DayPlan:
        return day_plan(self.floor, self.paperwork, self.carry)


BASE_TEAM = read_scenario("baseline").scenario.staffing.teams[0]


class OneTeam(Teams):
    """The team of a beat: it lets its worker leave as the teams of a town do."""

    def __init__(self, beat: Beat) -> None:
        hours = SimpleNamespace(shifts=lambda calendar: (calendar, days_of(calendar)))
        self.model = SimpleNamespace(env=beat.env, hours=hours, city=SimpleNamespace(grids=[SimpleNamespace(community=0)]))  # type: ignore[assignment]
        self.stations = [(beat.worker.team, {0: beat.station})]
        beat.worker.grids = (0,)


class Beat(Model):
    """A model with one worker and nothing else."""

    def __init__(self, life: Life) -> None:
        super().__init__(rng=0)
        self.env, self.horizon, self.life = simpy.Environment(), HORIZON, life
        self.met: list[tuple[int, int]] = []
        calendar = Calendar(SPLIT, -DAY * 2, HORIZON + DAY * 2)
        ends = "finish" if life.finish else "suspend"
        team = BASE_TEAM.model_copy(update={"protect_floor": life.protect, "shift_end": ends})
        self.worker = GridWorker(self, "w", 0, team, calendar, clock_of(life.plan))  # type: ignore[arg-type]
        self.worker.grid_begins, self.worker.grid_share = {0: 0.0}, {0: 1.0}
        self.worker.round_seconds, self.worker.start = life.round_seconds, life.start
        self.worker.finds = self._finds
        rules = Rules("finish" if life.finish else "suspend")
        self.station = Station(self.env, "s", 0, [[self.worker]], calendar, lambda task: (1,), Journal(), rules)
        self.teams = OneTeam(self)
        if life.leave is not None:
            at, until = life.leave
            leaves = Event(self.env)
            leaves._ok, leaves._value, leaves.callbacks = True, None, [lambda _: self.teams.leaves(self.worker, until)]
            self.env.schedule(leaves, content_key(ARRIVAL, MEETING, 0), at)
        for number, issue in enumerate(life.issues):
            self._later(issue.onset, number, lambda _, n=number: self._begins(n))
        for number, call in enumerate(life.calls):
            self._later(
                call.at,
                len(life.issues) + number,
                lambda _, c=call: self.station.work(None, "check", c.work, urgent=c.urgent),
            )

    def _later(self, at: int, number: int, then: object) -> None:
        event = Event(self.env)
        event._ok, event._value, event.callbacks = True, None, [then]  # type: ignore[list-item]
        self.env.schedule(event, content_key(ARRIVAL, ISSUE, number), at)

    def _begins(self, number: int) -> None:
        passed = self.life.issues[number]
        issue = Issue(number, number, passed.onset, 0, 0, 0)
        issue.resolves = passed.gone
        self.worker.watches(issue, (passed.spot + 0.5) / self.life.round_seconds, passed.passes)

    def _finds(self, worker: GridWorker, issue: Issue) -> bool:
        self.met.append((int(self.env.now), issue.number))
        task = Task(self.env, None, "report", self.life.issues[issue.number].report, 0)
        self.station.begin(worker, task)
        return True

    def run(self) -> list[tuple[int, int]]:
        self.env.run(until=HORIZON)
        return self.met


def lived(life: Life) -> list[tuple[int, int]]:
    """(second, issue) of each meeting, found by living every second."""
    naive = Naive(life.plan, {t for t in seconds_of(SPLIT) if t >= 0})
    met: list[tuple[int, int]] = []
    due: list[list[int]] = []  # passes to go, issue, second of the last pass
    hand, bound, queue = [], [], []  # seconds left and kind: one in hand, one interrupted, those who wait

    def position() -> int:
        return (life.start + naive.walked) % life.round_seconds

    def may(urgent: bool, t: int) -> bool:
        return t in naive.duty and (urgent or not life.protect or naive.floor == 0)

    def take_next(t: int) -> None:
        first = next((call for call in sorted(queue, key=lambda call: not call[1]) if may(call[1], t)), None)
        if bound and not (first and first[1]):
            hand.append(bound.pop())
        elif first:
            queue.remove(first)
            hand.append(first)

    for t in range(HORIZON):
        naive.begins(t)
        if hand and hand[0][0] == 0:
            hand.clear()
            take_next(t)
        if not hand:
            take_next(t)
        elif not hand[0][1] and t in naive.duty and t - 1 not in naive.duty and any(call[1] for call in queue):
            bound.append(hand.pop())  # a waiting emergency takes the worker at the opening
            take_next(t)
        leaves_now = life.leave is not None and t == life.leave[0]  # leaving comes before a meeting of that second
        if life.leave is not None and leaves_now:
            begins = t + hand[0][0] if hand and life.finish else t
            naive.duty -= set(range(begins, life.leave[1]))
            back = bound + ([] if life.finish else hand)  # what cannot be finished goes to the queue's head
            bound.clear()
            if not life.finish:
                hand.clear()
            queue[:0] = back
        for call in life.calls:
            if call.at == t:
                queue.append([call.work, call.urgent])
                if hand and call.urgent and not hand[0][1] and may(True, t):
                    bound.append(hand.pop())
                if not hand:
                    take_next(t)
        for number, issue in enumerate(life.issues):
            if issue.onset == t and issue.passes:
                due.append([issue.passes - (issue.spot == position()), number, -1])
        if not hand:
            for item in list(due):
                if item[0] <= 0 and (t in naive.duty or (item[2] == t and not leaves_now)):
                    due.remove(item)
                    issue = life.issues[item[1]]
                    if issue.gone == MISSING or t < issue.gone:
                        met.append((t, item[1]))
                        hand.append([issue.report, False])
                        break
        if hand:
            hand[0][0] -= t in naive.duty or life.finish
        else:
            before = naive.walked
            naive.lives(t)
            for item in due:
                if naive.walked > before and life.issues[item[1]].spot == position():
                    item[0], item[2] = item[0] - 1, t + 1
            due.sort(key=lambda item: item[0] > 0)
    return met


def life_by(rng: random.Random) -> Life:
    """A random life: crowded enough that cases, breaks and meetings fall together."""
    length = rng.choice([7, 13, 30])
    issues = tuple(
        Passed(
            rng.randrange(HORIZON),
            rng.randrange(length),
            rng.choice([0, 1, 1, 1, 2, 3]),
            MISSING if rng.random() < 0.6 else rng.randrange(HORIZON),
            rng.randint(1, 9),
        )
        for _ in range(rng.randint(0, 12))
    )
    calls = tuple(
        Call(rng.randrange(HORIZON), rng.randint(1, 15), rng.random() < 0.2) for _ in range(rng.randint(0, 10))
    )
    return Life(
        length,
        rng.randrange(length),
        rng.choice([0, 6, 12]),
        rng.choice([0.0, 0.3, 0.5]),
        rng.random() < 0.5,
        rng.random() < 0.3,
        rng.random() < 0.5,
        issues,
        calls,
    )


def quiet(issues: tuple[Passed, ...], calls: tuple[Call, ...] = (), start: int = 0, round_seconds: int = 30) -> Life:
    return Life(round_seconds, start, 0, 0.0, False, False, True, issues, calls)


def met_by(life: Life) -> list[tuple[int, int]]:
    met = Beat(life).run()
    assert met == lived(life)
    return met


def test_met_where_the_round_passes_it() -> None:
    # Round of 30 s from spot 0, on duty from 5: spot 7 is passed when 7 s are walked, at 12.
    assert met_by(quiet((Passed(0, 7, 1, MISSING, 2),))) == [(12, 0)]


def test_met_after_the_break() -> None:
    # Spot 14: 10 s by the break at 15, the other 4 s from 20: met at 24. Gone at 24: never met.
    assert met_by(quiet((Passed(0, 14, 1, MISSING, 2),))) == [(24, 0)]
    assert met_by(quiet((Passed(0, 14, 1, 24, 2),))) == []


def test_seen_on_the_second_pass() -> None:
    # One pass at reading 7; the second at 37 = 20 s of day 0 + 17 s of day 1 (45-55, 60-67): at 67.
    assert met_by(quiet((Passed(0, 7, 2, MISSING, 2),))) == [(67, 0)]


def test_a_call_delays_the_meeting() -> None:
    # Called at 8 (3 s walked) for 6 s: walks on at 14; 1 s to the break, the last 3 s from 20: met at 23.
    assert met_by(quiet((Passed(0, 7, 1, MISSING, 2),), (Call(8, 6, False),))) == [(23, 0)]


def test_met_at_the_second_of_a_call_is_met_after_it() -> None:
    # The call of 12 comes first (arrivals before meetings): 2 s of work, then the issue at 14.
    assert met_by(quiet((Passed(0, 7, 1, MISSING, 2),), (Call(12, 2, False),))) == [(14, 0)]


def test_two_at_one_spot_are_met_one_after_the_other() -> None:
    assert met_by(quiet((Passed(0, 7, 1, MISSING, 2), Passed(1, 7, 1, MISSING, 2)))) == [(12, 0), (14, 1)]


def test_nearer_issue_that_appears_during_a_call_comes_first() -> None:
    # Called at 7 (2 s walked) for 4 s. Spot 9 is known; spot 4 begins at 8, while busy: met at 13 (2 s after 11),
    # reported for 1 s, then spot 9: 5 s of walking from 14, of which 1 s before the break: 20 + 4 = 24.
    assert met_by(quiet((Passed(0, 9, 1, MISSING, 1), Passed(8, 4, 1, MISSING, 1)), (Call(7, 4, False),))) == [
        (13, 1),
        (24, 0),
    ]


def test_nobody_is_met_off_duty() -> None:
    # The worker stops at spot 20 at 30, for the night; an issue begins there at 33: met when the shift begins, at 45.
    assert met_by(quiet((Passed(33, 20, 1, MISSING, 2),))) == [(45, 0)]


def test_issue_noted_anew_is_met_by_the_new_note_alone() -> None:
    # Spot 7, first noted for the first pass (12), then, as after a case that did not help, for the second pass: at 67.
    beat, issue = Beat(quiet((Passed(HORIZON, 7, 1, MISSING, 2),))), Issue(0, 0, 0, 0, 0, 0)
    for note, passes in ((1, 1), (2, 2)):
        issue.watch = note
        beat.worker.watches(issue, 7.5 / 30, passes)
    assert beat.run() == [(67, 0)]


def test_protected_floor_yields_to_emergencies_only() -> None:
    # Floor 12 s: 10 by the break, 2 more until 22. The call of 6 waits for that; spot 14 is met after it, at 22 + 3 + 2
    # = 27.
    life = Life(30, 0, 12, 0.0, False, True, True, (Passed(0, 14, 1, MISSING, 1),), (Call(6, 3, False),))
    assert met_by(life) == [(27, 0)]
    # The same as an emergency is served at 6 for 3 s: 3 s less walked by the break, spot 14 at 27 as well; the floor is
    # done later.
    assert met_by(Life(30, 0, 12, 0.0, False, True, True, life.issues, (Call(6, 3, True),))) == [(27, 0)]


def test_protected_floor_of_a_new_day_comes_before_what_waited_over_night() -> None:
    # A call of 35 waits for the morning and for the floor: 45-55, 60-62. Spot 2 (reading 32) is passed at 62, when the
    # floor is done: the waiting call has the worker from 62 to 65, and the issue is met then.
    life = Life(30, 0, 12, 0.0, False, True, True, (Passed(0, 2, 2, MISSING, 1),), (Call(35, 3, False),))
    assert met_by(life) == [(65, 0)]


@pytest.mark.parametrize("seed", range(120))
def test_any_life_against_every_second(seed: int) -> None:
    life = life_by(random.Random(seed))
    assert Beat(life).run() == lived(life)


@pytest.mark.parametrize("seed", range(120))
def test_any_life_with_an_empty_seat_against_every_second(seed: int) -> None:
    rng = random.Random(1000 + seed)
    at = rng.randrange(1, HORIZON - 1)
    life = replace(life_by(rng), leave=(at, at + rng.choice([3, 17, 45, 90])))
    assert Beat(life).run() == lived(life)


def test_nobody_is_met_from_an_empty_seat() -> None:
    # Spot 14 would be met at 24; the seat is empty from 22 (12 s walked) until 47: the last 2 s end at 49.
    assert met_by(replace(quiet((Passed(0, 14, 1, MISSING, 2),)), leave=(22, 47))) == [(49, 0)]


def test_work_in_hand_goes_back_to_the_queue_when_the_seat_falls_empty() -> None:
    # Called at 8 for 10 s; the seat is empty from 11 until 45. Under `suspend` 7 s are left and are done from 45 to 52
    # before the worker walks on from reading 3: spot 7 after 4 s, of which 3 s by the break at 55 and 1 s from 60.
    life = replace(quiet((Passed(0, 7, 1, MISSING, 2),), (Call(8, 10, False),)), leave=(11, 45))
    assert met_by(replace(life, finish=False)) == [(61, 0)]
    # Under `finish` it is done by 18, and the worker walks on at 45.
    assert met_by(life) == [(49, 0)]


def test_two_workers_half_a_loop_apart_meet_twice_as_soon() -> None:
    # Round of 20 s, starts at 0 and 10: whatever the spot, one of the two passes it within 10 s of walking, the other
    # 10 s later.
    spread = [Spread().plan(RoundView(seat, 2, ("g",))) for seat in range(2)]
    assert [plan.start for plan in spread] == [0.0, 0.5]
    for spot in range(1, 20):
        life = [
            quiet((Passed(0, spot, 1, MISSING, 1),), start=int(plan.start * 20), round_seconds=20) for plan in spread
        ]
        readings = sorted(walked_until(met_by(each)[0][0]) for each in life)
        assert readings[0] <= 10
        assert readings[1] == readings[0] + 10 or spot == 10


def walked_until(t: int) -> int:
    return len([second for second in seconds_of(SPLIT) if 0 <= second < t])


def test_rounds_spread_stand_together_or_turn() -> None:
    views = [RoundView(seat, 3, ("g",)) for seat in range(3)]
    assert [Spread().plan(view).start for view in views] == [0.0, 1 / 3, 2 / 3]
    assert {Together().plan(view).start for view in views} == {0.0}
    assert [Opposed().plan(view).backwards for view in views] == [False, True, False]
