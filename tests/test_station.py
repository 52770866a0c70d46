"""The order at one instant, by hand: every expected second below was worked out on paper, none was copied from a run.

Then the same station against a naive reference that lives second by second, on workloads that hypothesis makes up.
"""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.calendars import Calendar
from sim.records import MISSING
from sim.task import DONE
from sim.working_hours import WorkingHours
from tests.small_town import lived, town
from tests.station_bench import Bench, Job, Plan, Reference, Spell

SPLIT = ((0, 10), (20, 30), (40, 50))
"""Open in the seconds 0 to 9, 20 to 29 and 40 to 49."""
Row = tuple[int, int, int, int, str]


def rows(plan: Plan, *jobs: Job) -> list[Row]:
    """(job, server, started, ended, outcome) of each spell in order of its end; the reference must say the same."""
    spells = Bench(plan, jobs).run()
    assert spells == Reference(plan, jobs).run()
    return [
        (s.job, s.server, s.started, s.ended, s.outcome) for s in sorted(spells, key=lambda s: (s.ended, s.started))
    ]


def test_simultaneous_arrivals_go_by_number() -> None:
    # One server; 0 and 1 arrive at 5 with 3 s and 4 s of work, though 1 was scheduled first: 0 in [5,8), 1 in [8,12).
    assert rows(Plan(), Job(5, (3,)), Job(5, (4,))) == [(0, 0, 5, 8, "done"), (1, 0, 8, 12, "done")]


def test_simultaneous_arrivals_at_a_busy_server_go_by_rank() -> None:
    # 0 holds the server in [0,6). 1 (class 3) and 2 (class 1) arrive at 4: at 6 class 1 is served first.
    assert rows(Plan(), Job(0, (6,)), Job(4, (5,), priority=3), Job(4, (2,), priority=1)) == [
        (0, 0, 0, 6, "done"),
        (2, 0, 6, 8, "done"),
        (1, 0, 8, 13, "done"),
    ]


def test_a_case_that_asks_again_joins_behind_those_who_wait() -> None:
    # 0 works in [0,10) and asks again (2 s) at 10. 1 has waited since 3: it gets the server at 10, 0 comes after it.
    # In the textbook `with resource.request()` the case that asks again overtakes: 0 in [10,12), 1 in [12,17).
    # 2 arrives at 10 too, after the completion and what follows from it: behind 0.
    assert rows(Plan(), Job(0, (10, 2)), Job(3, (5,)), Job(10, (3,))) == [
        (0, 0, 0, 10, "done"),
        (1, 0, 10, 15, "done"),
        (0, 0, 15, 17, "done"),
        (2, 0, 17, 20, "done"),
    ]


def test_release_and_arrival_together_need_no_queue() -> None:
    # 0 ends at 10; 1 arrives at 10 and finds the server free: it does not wait and no row says that it did.
    assert rows(Plan(), Job(0, (10,)), Job(10, (4,))) == [(0, 0, 0, 10, "done"), (1, 0, 10, 14, "done")]


def test_two_releases_and_one_arrival_together() -> None:
    # Servers 0 and 1 both end at 8 (0 worked 8 s, 1 worked 4 s). 2, who comes at 8, goes to the one who has worked
    # less.
    assert rows(Plan(lanes=((0, 1),)), Job(0, (8,)), Job(4, (4,)), Job(8, (1,)))[-1] == (2, 1, 8, 9, "done")


def test_shift_end_and_finish_together_is_finished() -> None:
    # 10 s of work begun at 0 end at the closing, 10: done, not suspended. 1 waits for the opening at 20.
    assert rows(Plan(SPLIT), Job(0, (10,)), Job(4, (3,))) == [(0, 0, 0, 10, "done"), (1, 0, 20, 23, "done")]


def test_one_second_too_much_is_suspended() -> None:
    # 11 s begun at 0: 10 s before the closing, 1 s after the opening at 20. It stays bound: 1 waits although the queue
    # opens at 20.
    assert rows(Plan(SPLIT), Job(0, (11,)), Job(4, (3,), priority=1)) == [(0, 0, 0, 21, "done"), (1, 0, 21, 24, "done")]


def test_arrival_at_the_closing_waits_and_at_the_opening_does_not() -> None:
    # At 10 it is closed (intervals are half-open): 0 waits to 20. 1 arrives at 23 when 0 ends. 2 arrives at the opening
    # 40.
    assert rows(Plan(SPLIT), Job(10, (3,)), Job(23, (2,)), Job(40, (5,))) == [
        (0, 0, 20, 23, "done"),
        (1, 0, 23, 25, "done"),
        (2, 0, 40, 45, "done"),
    ]


def test_those_who_waited_for_the_opening_precede_an_arrival_at_it() -> None:
    # Shift changes come before arrivals: 0, waiting since 12, is served at 20 before the more urgent class 1 that
    # arrives at 20.
    assert rows(Plan(SPLIT), Job(12, (3,), priority=3), Job(20, (2,), priority=1)) == [
        (0, 0, 20, 23, "done"),
        (1, 0, 23, 25, "done"),
    ]


def test_limit_and_release_together_is_on_time() -> None:
    # 1 has the limit 10, when 0 leaves: it is served at 10 and never overdue. With the limit 9 it leaves the queue at 9
    # and joins again: still served at 10, but the queue has seen it go.
    assert rows(Plan(), Job(0, (10,)), Job(3, (4,), limit=10)) == [(0, 0, 0, 10, "done"), (1, 0, 10, 14, "done")]
    assert rows(Plan(), Job(0, (10,)), Job(3, (4,), limit=9)) == [
        (1, -1, MISSING, 9, "overdue"),
        (0, 0, 0, 10, "done"),
        (1, 0, 10, 14, "done"),
    ]


def test_limit_during_service_changes_nothing() -> None:
    # 0 starts at 0, its limit 3 passes in its hands, it ends at 5; so does a limit at its very end.
    assert rows(Plan(), Job(0, (5,), limit=3)) == rows(Plan(), Job(0, (5,), limit=5)) == [(0, 0, 0, 5, "done")]


def test_limit_and_opening_together_is_on_time() -> None:
    # 0 arrives at 12 while closed; limit and opening are both at 20: it starts. With the limit 19 it leaves first.
    assert rows(Plan(SPLIT), Job(12, (4,), limit=20)) == [(0, 0, 20, 24, "done")]
    assert rows(Plan(SPLIT), Job(12, (4,), limit=19))[0] == (0, -1, MISSING, 19, "overdue")


def test_limit_at_the_arrival_itself_passes_at_once_if_nobody_is_free() -> None:
    # 1 arrives at 4, its limit; the server is busy until 6: arrival, then limit, both at 4.
    assert rows(Plan(), Job(0, (6,)), Job(4, (2,), limit=4))[0] == (1, -1, MISSING, 4, "overdue")


def test_who_left_at_the_limit_and_comes_back_at_once_keeps_its_place() -> None:
    # 1 and 2 wait from 1 and 2. 1 leaves at its limit 5 and is back at 5 (nothing was decided for it): still before 2.
    assert rows(Plan(), Job(0, (8,)), Job(1, (1,), limit=5), Job(2, (1,))) == [
        (1, -1, MISSING, 5, "overdue"),
        (0, 0, 0, 8, "done"),
        (1, 0, 8, 9, "done"),
        (2, 0, 9, 10, "done"),
    ]


def test_withdrawn_task_is_never_served_and_may_join_again() -> None:
    bench = Bench(Plan(), (Job(0, (10,)),))
    bench.env.run(until=2)
    first = bench.station.work(bench.cases[0], "handle", 3)
    second = bench.station.work(bench.cases[0], "handle", 4)
    assert bench.station.waiting == 2
    bench.station.withdraw(first)
    bench.station.withdraw(first)
    assert bench.station.waiting == 1
    bench.station.join(
        first
    )  # its old entry lies in the heap still: it must not be served twice, nor tie with the new one
    bench.env.run(until=100)
    # The server is free at 10: the second (4 s) goes first now, then the first (3 s).
    assert (second.started_at, second.ends_at, first.started_at, first.ends_at) == (10, 14, 14, 17)
    assert bench.station.waiting == 0


def test_pre_emption_across_a_closing() -> None:
    # 0 (15 s) works [0,10), is suspended, goes on at 20. The emergency 1 comes at 22: 12 s are done, 3 s left.
    # 1 in [22,25), then 0 again in [25,28).
    plan, jobs = Plan(SPLIT), (Job(0, (15,)), Job(22, (3,), urgent=True))
    assert rows(plan, *jobs) == [(0, 0, 0, 22, "pre-empted"), (1, 0, 22, 25, "done"), (0, 0, 25, 28, "done")]
    worked = {(s.job, s.started): s.work for s in Bench(plan, jobs).run()}
    assert worked == {(0, 0): 12, (1, 22): 3, (0, 25): 3}


def test_emergency_suspended_over_a_closing_holds_what_it_took() -> None:
    # 0 (6 s) in [5,8): 3 s done. Emergency 1 (4 s) in [8,10) and, suspended, in [20,22). Then 0 for 3 s: [22,25).
    assert rows(Plan(SPLIT), Job(5, (6,)), Job(8, (4,), urgent=True)) == [
        (0, 0, 5, 8, "pre-empted"),
        (1, 0, 8, 22, "done"),
        (0, 0, 22, 25, "done"),
    ]


def test_two_pre_emptions_of_one_task() -> None:
    # 0 (10 s) from 0. Emergency 1 at 2 for 3 s, 0 again from 5, emergency 2 at 7 for 1 s, 0 again from 8: 2 + 2 + 6 =
    # 10 s, ends at 14.
    assert rows(Plan(), Job(0, (10,)), Job(2, (3,), urgent=True), Job(7, (1,), urgent=True)) == [
        (0, 0, 0, 2, "pre-empted"),
        (1, 0, 2, 5, "done"),
        (0, 0, 5, 7, "pre-empted"),
        (2, 0, 7, 8, "done"),
        (0, 0, 8, 14, "done"),
    ]


def test_waiting_emergency_comes_before_the_task_that_another_interrupted() -> None:
    # 0 (10 s) is interrupted at 2 by emergency 1 (5 s). Emergency 2 (1 s) comes at 4 and waits for 1, not for 0: [7,8).
    # 0 in [8,16).
    assert rows(Plan(), Job(0, (10,)), Job(2, (5,), urgent=True), Job(4, (1,), urgent=True)) == [
        (0, 0, 0, 2, "pre-empted"),
        (1, 0, 2, 7, "done"),
        (2, 0, 7, 8, "done"),
        (0, 0, 8, 16, "done"),
    ]


def test_waiting_emergency_comes_before_any_class() -> None:
    # Emergency 0 holds the server to 6. 1 (class 1) waits from 1, emergency 2 (class 3) from 2: 2 is served first.
    assert rows(Plan(), Job(0, (6,), urgent=True), Job(1, (3,), priority=1), Job(2, (2,), priority=3, urgent=True)) == [
        (0, 0, 0, 6, "done"),
        (2, 0, 6, 8, "done"),
        (1, 0, 8, 11, "done"),
    ]


def test_emergency_takes_the_lowest_class_then_the_latest_started() -> None:
    # Three servers: 0 (class 1) from 0, 1 (class 3) from 1, 2 (class 3) from 2. The emergency at 5 takes server 2.
    busy = Job(0, (20,), priority=1), Job(1, (20,), priority=3), Job(2, (20,), priority=3)
    assert rows(Plan(lanes=((0, 1, 2),)), *busy, Job(5, (1,), urgent=True))[:2] == [
        (2, 2, 2, 5, "pre-empted"),
        (3, 2, 5, 6, "done"),
    ]


def test_emergency_takes_a_free_server_first() -> None:
    assert rows(Plan(lanes=((0, 1),)), Job(0, (20,)), Job(5, (1,), urgent=True))[0] == (1, 1, 5, 6, "done")


def test_emergency_at_the_end_of_another_task_waits_for_that_end() -> None:
    # Two servers end at 6: 0 asks again at once, as an emergency. Server 0 went to the waiting 2; server 1 ends in this
    # very second: nobody is interrupted, server 1 takes it. (1 has all its 6 s: it may not come back for 0 s more.)
    jobs = Job(0, (6, 2), urgent=True), Job(0, (6,)), Job(3, (9,))
    assert rows(Plan(lanes=((0, 1),)), *jobs) == [
        (0, 0, 0, 6, "done"),
        (1, 1, 0, 6, "done"),
        (0, 1, 6, 8, "done"),
        (2, 0, 6, 15, "done"),
    ]


def test_emergency_in_closed_time_waits_without_on_call() -> None:
    # It comes at 12 and starts at the opening, 20, before the class 1 that came at 11.
    assert rows(Plan(SPLIT), Job(11, (2,), priority=1), Job(12, (3,), priority=3, urgent=True)) == [
        (1, 0, 20, 23, "done"),
        (0, 0, 23, 25, "done"),
    ]


def test_emergency_in_closed_time_is_worked_at_once_on_call() -> None:
    # On call: 12 to 15 in closed time. The ordinary 0 still waits for 20.
    assert rows(Plan(SPLIT, on_call=True), Job(11, (2,)), Job(12, (3,), urgent=True)) == [
        (1, 0, 12, 15, "done"),
        (0, 0, 20, 22, "done"),
    ]


def test_emergency_on_call_interrupts_suspended_work() -> None:
    # 0 (12 s): 10 s done at the closing. Emergency 1 (5 s) at 14 takes the bound server: [14,19). 0 is bound again from
    # 19, its last 2 s run in [20,22).
    assert rows(Plan(SPLIT, on_call=True), Job(0, (12,)), Job(14, (5,), urgent=True)) == [
        (0, 0, 0, 14, "pre-empted"),
        (1, 0, 14, 19, "done"),
        (0, 0, 19, 22, "done"),
    ]


def test_emergency_on_call_runs_through_an_opening() -> None:
    # Begun at 18, 6 s on everybody's clock: ends at 24, not at 26.
    assert rows(Plan(SPLIT, on_call=True), Job(18, (6,), urgent=True)) == [(0, 0, 18, 24, "done")]


def test_all_crews_bound_at_the_opening_with_an_emergency_waiting() -> None:
    # Both crews are bound to suspended work (15 s begun at 0 and 1). The emergency of 12 takes the one that started
    # later, at the opening: server 1 has done 9 s by then. It gets its last 6 s after the emergency: [23,29). 0 ends at
    # 25.
    assert rows(Plan(SPLIT, lanes=((0, 1),)), Job(0, (15,)), Job(1, (15,)), Job(12, (3,), urgent=True)) == [
        (1, 1, 1, 20, "pre-empted"),
        (2, 1, 20, 23, "done"),
        (0, 0, 0, 25, "done"),
        (1, 1, 23, 29, "done"),
    ]


def test_emergencies_at_the_opening_go_by_rank_not_by_arrival() -> None:
    # One crew, bound. Emergency 1 (class 2) came at 12, emergency 2 (class 1) at 13: at 20 class 1 is first, then 1,
    # then the rest of 0.
    assert rows(
        Plan(SPLIT), Job(0, (12,)), Job(12, (2,), priority=2, urgent=True), Job(13, (3,), priority=1, urgent=True)
    ) == [
        (0, 0, 0, 20, "pre-empted"),
        (2, 0, 20, 23, "done"),
        (1, 0, 23, 25, "done"),
        (0, 0, 25, 27, "done"),
    ]


def test_emergency_in_open_time_while_the_only_crew_is_away() -> None:
    # The crew has 0 in hand (12 s, 10 done) and is away in [20,30). The emergency comes at 25, when the station is open
    # but nobody is there: it takes the crew when it is back, at 40, before the bound rest of 0.
    plan = Plan(SPLIT, absent={0: ((20, 30),)})
    assert rows(plan, Job(0, (12,)), Job(25, (4,), urgent=True)) == [
        (0, 0, 0, 40, "pre-empted"),
        (1, 0, 40, 44, "done"),
        (0, 0, 44, 46, "done"),
    ]


def test_finish_works_overtime() -> None:
    # 15 s begun at 0 end at 15, in closed time. 1, waiting since 3, is not begun at 15 but at the opening.
    assert rows(Plan(SPLIT, shift_end="finish"), Job(0, (15,)), Job(3, (2,))) == [
        (0, 0, 0, 15, "done"),
        (1, 0, 20, 22, "done"),
    ]


def test_overtime_that_runs_into_the_next_shift() -> None:
    # 25 s begun at 0 run through the closed time: they end at 25; 1 waits for that end, not for the opening.
    assert rows(Plan(SPLIT, shift_end="finish"), Job(0, (25,)), Job(3, (2,))) == [
        (0, 0, 0, 25, "done"),
        (1, 0, 25, 27, "done"),
    ]


def test_not_started_if_the_estimate_does_not_fit() -> None:
    # At 6 four seconds are left. 1 (estimate 5) is not begun; 2 (estimate 4) comes later and is: [7,10) (3 s of real
    # work). 1 starts at the opening.
    jobs = Job(0, (6,)), Job(2, (5,), estimate=5), Job(7, (3,), estimate=3)
    assert rows(Plan(SPLIT, shift_end="not_started"), *jobs) == [
        (0, 0, 0, 6, "done"),
        (2, 0, 7, 10, "done"),
        (1, 0, 20, 25, "done"),
    ]


def test_not_started_decides_on_the_estimate_and_suspends_what_was_underestimated() -> None:
    # At 6 an estimate of 4 s fits exactly; the work takes 7 s: 4 before the closing, 3 after the opening.
    assert rows(Plan(SPLIT, shift_end="not_started"), Job(6, (7,), estimate=4)) == [(0, 0, 6, 23, "done")]


def test_not_started_falls_back_to_suspend_when_longer_than_any_shift() -> None:
    # An estimate of 11 s fits no shift of 10 s: it is begun at once, at 6, and suspended: 4 s + 7 s, ends at 27.
    assert rows(Plan(SPLIT, shift_end="not_started"), Job(6, (11,), estimate=11)) == [(0, 0, 6, 27, "done")]


def test_not_started_serves_a_lower_class_that_fits() -> None:
    # At 7 three seconds are left: class 1 (estimate 5) does not fit, class 3 (estimate 3) does. No server idles beside
    # work it may do.
    jobs = Job(0, (7,)), Job(1, (5,), priority=1, estimate=5), Job(2, (3,), priority=3, estimate=3)
    assert rows(Plan(SPLIT, shift_end="not_started"), *jobs)[1] == (2, 0, 7, 10, "done")


def test_not_started_does_not_keep_an_emergency_waiting() -> None:
    # Server 1 is free at 8, two seconds before the closing. The emergency (estimate 5) takes it and interrupts nobody.
    jobs = Job(0, (10,)), Job(8, (5,), urgent=True, estimate=5)
    assert rows(Plan(SPLIT, lanes=((0, 1),), shift_end="not_started"), *jobs) == [
        (0, 0, 0, 10, "done"),
        (1, 1, 8, 23, "done"),
    ]


@pytest.mark.parametrize(("head", "order"), [(False, [0, 1, 0]), (True, [0, 0, 1])])
def test_rework_joins_the_tail_or_the_head(head: bool, order: list[int]) -> None:
    # 0 ends at 6, is checked elsewhere for no time, and asks again at 6, when server 0 has gone to 2 (waiting since 1).
    # 1 waits too: at 9 the head is the rework, the tail is behind 1.
    jobs = Job(0, (6, 3), head=head, priority=3), Job(2, (3,), priority=3), Job(1, (3,), priority=1)
    assert [job for job, *_ in rows(Plan(), *jobs) if job != 2] == order


def test_shared_worker_takes_the_best_rank_over_its_lanes() -> None:
    # Worker 0 stands in lane 0, worker 2 in lane 1, worker 1 in both. All are busy to 10. Lane 0 has class 2 (since 1),
    # lane 1 class 1 (since 2) and class 2 (since 3). At 10 worker 0 can only take lane 0's; worker 1 takes lane 1's
    # class 1; worker 2 the last.
    plan = Plan(lanes=((0, 1), (1, 2)))
    busy = Job(0, (10,)), Job(0, (10,)), Job(0, (10,), lane=1)
    waiting = Job(1, (5,), lane=0), Job(2, (5,), priority=1, lane=1), Job(3, (5,), lane=1)
    assert rows(plan, *busy, *waiting)[3:] == [(3, 0, 10, 15, "done"), (4, 1, 10, 15, "done"), (5, 2, 10, 15, "done")]


def test_shared_worker_prefers_rank_to_lane() -> None:
    # Only worker 1 (both lanes) is free at 4: lane 1's class 1 goes before lane 0's class 2, which came first.
    plan = Plan(lanes=((0, 1), (1,)))
    jobs = Job(0, (20,)), Job(0, (4,)), Job(1, (2,)), Job(2, (2,), priority=1, lane=1)
    assert [row[:3] for row in rows(plan, *jobs) if row[0] in (2, 3)] == [(3, 1, 4), (2, 1, 6)]


def test_lane_without_its_own_free_worker_waits_although_another_lane_idles() -> None:
    # Worker 1 serves lane 1 only: lane 0's second job waits for worker 0.
    assert rows(Plan(lanes=((0,), (1,))), Job(0, (5,)), Job(1, (5,)))[1] == (1, 0, 5, 10, "done")


def test_waiting_is_split_into_nobody_free_and_closed() -> None:
    # 1 waits [4,23): 4 to 10 and 20 to 23 open, 10 to 20 closed. 0 (13 s) is suspended for 10 s.
    bench = Bench(Plan(SPLIT), (Job(0, (13,)), Job(4, (2,))))
    bench.run()
    assert [(c.wait_capacity_s, c.wait_closed_s, c.work_s) for c in bench.cases] == [(0, 10, 13), (9, 10, 2)]


def test_way_is_booked_apart_and_survives_a_pre_emption() -> None:
    # 4 s of way and 6 s of work from 0; an emergency at 3 takes 2 s. One second of the way is left for [5,12).
    bench = Bench(Plan(), (Job(3, (2,), urgent=True), Job(50, (1,))))
    task = bench.station.work(bench.cases[1], "handle", 6, travel=4)
    assert (task.content, bench.run()[-1].outcome) == (10, "done")
    assert (bench.cases[1].travel_s, bench.cases[1].work_s) == (4, 6 + 1)


def test_cut_writes_what_is_in_hand_what_waits_and_what_was_interrupted() -> None:
    # At the end (8): emergency 1 in hand since 3; 0 interrupted at 3; 2 waiting since 5.
    assert rows(Plan(until=8), Job(0, (9,)), Job(3, (9,), urgent=True), Job(5, (1,))) == [
        (0, 0, 0, 3, "pre-empted"),
        (0, -1, MISSING, 8, "cut"),
        (2, -1, MISSING, 8, "cut"),
        (1, 0, 3, 8, "cut"),
    ]


# -- against the reference --------------------------------------------------------------------------------------------


def watched(bench: Bench) -> None:
    """After each instant: nobody works beyond one task, nobody idles beside work that it may do."""
    station, now = bench.station, bench.env.now
    waiting = [task for line in station.lines for _, _, task in line.waiting()]
    assert station.waiting == len(waiting)
    for lane, servers in enumerate(station.lanes):
        for server in servers:
            assert not (server.held and server.task is None)
            if server.task is not None:
                assert server.task.server is server
                continue
            for task in waiting:
                there = server.calendar.is_open(now) or (task.urgent and bench.plan.on_call)
                assert not (
                    task.lane == lane and there and (task.urgent or fits(bench, server.calendar, task.estimate, now))
                )


def fits(bench: Bench, calendar: Calendar, estimate: int, now: int) -> bool:
    """Whether the shift-end rule lets a task of this estimate start."""
    spells = calendar.intervals
    left = next((close - now for opening, close in spells if opening <= now < close), 0)
    return bench.plan.shift_end != "not_started" or estimate > (spells[:, 1] - spells[:, 0]).max() or estimate <= left


def agrees(plan: Plan, jobs: tuple[Job, ...]) -> list[Spell]:
    """Engine and reference tell the same story; work is conserved, and the hours of each case add up."""
    bench = Bench(plan, jobs)
    spells = bench.run(watched)
    assert spells == Reference(plan, jobs).run()
    for number, job in enumerate(jobs):
        mine = [spell for spell in spells if spell.job == number]
        ended = {spell.visit for spell in mine if spell.outcome == "done"}
        assert all(sum(s.work for s in mine if s.visit == visit) == job.work[visit - 1] for visit in ended)
        case = bench.cases[number]
        end = plan.until if len(ended) < len(job.work) else max(spell.ended for spell in mine)
        assert case.wait_capacity_s + case.wait_closed_s + case.work_s == max(0, end - job.at)
    assert bench.done == sum(
        len({s.visit for s in spells if s.job == n and s.outcome == "done"}) == len(job.work)
        for n, job in enumerate(jobs)
    )
    return spells


spans = st.lists(st.tuples(st.integers(0, 8), st.integers(3, 25)), min_size=1, max_size=6)
servers_of_lanes = st.lists(
    st.sets(st.integers(0, 2), min_size=1).map(lambda s: tuple(sorted(s))), min_size=1, max_size=3
)


def openings(pairs: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Gaps and lengths as open intervals one after the other."""
    found, at = [], 0
    for gap, length in pairs:
        found.append((at + gap, at + gap + length))
        at += gap + length
    return tuple(found)


plans = st.builds(
    Plan,
    hours=spans.map(openings),
    lanes=servers_of_lanes.map(tuple),
    shift_end=st.sampled_from(["suspend", "finish", "not_started"]),
    on_call=st.booleans(),
    absent=st.dictionaries(st.integers(0, 2), st.tuples(st.tuples(st.just(12), st.integers(12, 60))), max_size=1),
    until=st.just(180),
)


def job_in(lanes: int) -> st.SearchStrategy[Job]:
    return st.builds(
        Job,
        at=st.integers(0, 90),
        work=st.lists(st.integers(1, 15), min_size=1, max_size=3).map(tuple),
        priority=st.integers(1, 3),
        urgent=st.sampled_from([False, False, False, True]),
        limit=st.none() | st.integers(0, 120),
        estimate=st.none() | st.integers(1, 15),
        head=st.booleans(),
        lane=st.integers(0, lanes - 1),
    )


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_workload_against_the_reference(data: st.DataObject) -> None:
    plan = data.draw(plans)
    agrees(plan, tuple(data.draw(st.lists(job_in(len(plan.lanes)), min_size=1, max_size=12))))


@pytest.mark.parametrize("shift_end", ["suspend", "finish", "not_started"])
@pytest.mark.parametrize("seed", range(4))
def test_crowded_station_against_the_reference(seed: int, shift_end: str) -> None:
    rng = random.Random(seed)
    plan = Plan(
        openings([(rng.randint(0, 12), rng.randint(10, 30)) for _ in range(12)]),
        ((0, 1), (1, 2), (3,)),
        shift_end,
        seed % 2 == 1,
        until=320,
    )
    jobs = []
    for _ in range(60):
        at, work = rng.randint(0, 200), tuple(rng.randint(1, 12) for _ in range(rng.randint(1, 3)))
        limit = at + rng.randint(0, 20) if rng.random() < 0.4 else None
        jobs.append(
            Job(
                at,
                work,
                rng.randint(1, 3),
                rng.random() < 0.15,
                limit,
                rng.randint(1, 12),
                rng.random() < 0.3,
                rng.randrange(3),
            )
        )
    spells = agrees(plan, tuple(jobs))
    assert {"done", "pre-empted", "overdue"} <= {spell.outcome for spell in spells}


def test_task_reports_that_it_is_done() -> None:
    bench = Bench(Plan(), (Job(0, (4,)),))
    task = bench.station.work(None, "intake", 3)
    bench.env.run(until=3.5)  # type: ignore[arg-type]
    assert (task.value, task.ends_at, task.processed) == (DONE, 3, True)


# -- through the whole model ------------------------------------------------------------------------------------------

TOWN = ("places.households_per_community=2000", "time.horizon=35 d")


def served(station: str) -> pd.DataFrame:
    """Spells of a station in a small town, those that were served."""
    spells = lived(*TOWN)["services"]
    return spells[spells["station"].astype(str).str.startswith(station) & (spells["started_at"] != MISSING)]


def hours(name: str) -> Calendar:
    return WorkingHours(town(*TOWN)).calendars[name]


def test_desks_begin_in_office_hours_and_suspend_at_closing() -> None:
    office, spells = hours("office"), served("desk_")
    starts, ends, work = (spells[name].to_numpy() for name in ("started_at", "ended_at", "work_s"))
    assert all(office.is_open(int(start)) for start in starts)
    assert (office.work_between_many(starts, ends) == work).all()
    assert (ends - starts > work).any()  # some were suspended over a break or a night


def test_grid_workers_begin_on_shift_and_finish_in_overtime() -> None:
    shift, spells = hours("grid_shift"), served("grid_workers")
    queued = spells[spells["activity"] != "report"]  # a report begins where the issue is met, if need be at the closing
    starts, ends = (spells[name].to_numpy() for name in ("started_at", "ended_at"))
    assert all(shift.is_open(int(start)) for start in queued["started_at"])
    assert (ends - starts == spells["work_s"]).all()
    assert (shift.work_between_many(starts, ends) < spells["work_s"]).any()


def test_what_waits_over_night_is_served_at_the_very_opening() -> None:
    office, spells = hours("office"), served("desk_c001")
    waiting = spells[[not office.is_open(int(at)) for at in spells["queued_at"]]]
    firsts = waiting.groupby([office.next_open(int(at)) for at in waiting["queued_at"]])["started_at"].min()
    assert len(firsts) > 15
    late = [start for opening, start in firsts.items() if start != opening]
    # later only where both seats were bound to work of the day before
    assert len(late) < len(firsts) / 4
    for start in late:
        assert ((spells["ended_at"] == start) & (spells["started_at"] < office.work_before(start, 1))).any()
