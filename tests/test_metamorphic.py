"""What must follow when a scenario is changed in a known way: scaled, split, staffed better, a mechanism turned up."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.agents.teams import blocks_of
from sim.invariants import check_records
from sim.records import MISSING, RunRecords
from sim.simulate import simulate
from sim.units import DAY, Duration, parse_duration
from tests.small_town import altered, lived, town
from tests.station_bench import Bench, Job, Plan, Spell

# -- scaled -----------------------------------------------------------------------------------------------------------


def jobs_of(seed: int, number: int = 60, visits: int = 3) -> list[Job]:
    rng = random.Random(seed)
    return [
        Job(
            rng.randrange(200),
            tuple(rng.randint(1, 12) for _ in range(rng.randint(1, visits))),
            rng.randint(1, 3),
            rng.random() < 0.1,
            rng.randrange(300) if rng.random() < 0.3 else None,
        )
        for _ in range(number)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_all_times_of_a_station_scaled_scale_its_spells(seed: int) -> None:
    plan = Plan(((0, 60), (80, 150), (190, 400)), ((0, 1), (1, 2)), until=420)
    slow = Plan(tuple((3 * a, 3 * b) for a, b in plan.hours), plan.lanes, until=3 * plan.until)
    jobs = jobs_of(seed)
    tripled = [
        job._replace(
            at=3 * job.at, work=tuple(3 * w for w in job.work), limit=None if job.limit is None else 3 * job.limit
        )
        for job in jobs
    ]

    def times_3(spell: Spell) -> Spell:
        started = MISSING if spell.started == MISSING else 3 * spell.started
        return spell._replace(queued=3 * spell.queued, started=started, ended=3 * spell.ended, work=3 * spell.work)

    assert Bench(slow, tripled).run() == [times_3(spell) for spell in Bench(plan, jobs).run()]


def timeless(plain: dict[str, Any]) -> None:
    """No nights, no rhythm, no daily quotas: nothing in it knows what a day is."""
    plain["time"]["limit_calendar"] = "always"
    plain["issues"] |= {"daily_cv": 0}
    plain["issues"]["rhythm"] = {"hour": [1] * 24, "weekday": [1] * 7, "month": [1] * 12}
    for unit in [
        *plain["staffing"]["departments"],
        *plain["staffing"]["desks"].values(),
        *plain["staffing"]["level_teams"].values(),
    ]:
        unit["calendar"] = "always"
    for channel in plain["residents"]["channels"]:
        channel["calendar"] = "always"
    for team in plain["staffing"]["teams"]:
        team |= {"shift": "always", "patrol_floor": "0 s", "paperwork": 0, "absence_days": 0}


def twice_as_fast(plain: dict[str, Any]) -> None:
    """Every rate x 2, every speed x 2, every duration / 2 (the window of the run stays)."""
    for chapter in ("residents", "issues", "sensing", "staffing", "workflow", "escalation", "evaluation"):
        plain[chapter] = halved(plain[chapter])
    for category in plain["issues"]["categories"]:
        category["rate"] *= 2
    for device in plain["sensing"]["devices"]:
        device["false_alarms"] *= 2
    for team in plain["staffing"]["teams"]:
        team["patrol_speed"] *= 2
    plain["places"]["walking_speed"] *= 2


def halved(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: halved(value) for key, value in node.items()}
    if isinstance(node, list):
        return [halved(value) for value in node]
    if not isinstance(node, str):
        return node
    try:
        duration = parse_duration(node)
    except ValueError:
        return node
    return Duration(round(duration.seconds / 2), duration.clock).text()


def test_twice_as_fast_a_world_halves_every_time() -> None:
    usual = altered(town("places.households_per_community=3000", "time.horizon=110 d"), timeless)
    fast = altered(usual, twice_as_fast)
    runs = [[simulate(usual, seed) for seed in (1, 2, 3)], [simulate(fast, seed) for seed in (4, 5)]]
    means = [averages(records) for records in runs]
    for name, value in means[0].items():
        assert means[1][name] == pytest.approx(value / 2, rel=0.1), name
    issues = [sum(len(each["issues"]) for each in arm) for arm in runs]
    assert issues[1] == pytest.approx(issues[0] * 2 * 2 / 3, rel=0.05)


def averages(runs: list[RunRecords]) -> dict[str, float]:
    """Mean seconds from report to closure, and of its parts, over the cases of the first 80 of 110 days."""
    found: dict[str, list[float]] = {}
    for records in runs:
        cases = records["cases"]
        cases = cases[(cases["closed_at"] != MISSING) & (cases["reported_at"] < 80 * DAY)]
        for name in ("wait_other_s", "work_s", "travel_s"):
            found.setdefault(name, []).extend(cases[name])
        found.setdefault("closure", []).extend(cases["closed_at"] - cases["reported_at"])
        issues = records["issues"].query("found_at > 0 and onset < 80 * 86400")
        found.setdefault("discovery", []).extend(issues["found_at"] - issues["onset"])
    return {name: float(np.mean(values)) for name, values in found.items()}


# -- split ------------------------------------------------------------------------------------------------------------


def test_totals_agree_over_any_partition() -> None:
    records = lived("places.communities_per_subdistrict=2", "places.subdistricts=2")
    cases, issues, reports = records["cases"], records["issues"], records["reports"]
    for column in ("community", "grid", "category", "channel", "outcome", "department"):
        parts = cases.groupby(column, observed=True)[["work_s", "travel_s", "wait_other_s", "cost"]].sum()
        assert parts.sum().to_numpy() == pytest.approx(cases[parts.columns].sum().to_numpy()), column
    assert issues["case_ids"].sum() == (cases["issue_id"] >= 0).sum()
    assert issues["reports"].sum() == (reports["issue_id"] >= 0).sum()
    spells = records["services"]
    assert spells.query("case_id >= 0")["work_s"].sum() == cases["work_s"].sum() + cases["travel_s"].sum()
    assert spells.query("activity == 'intake' and outcome == 'done'")["work_s"].sum() <= reports["effort_s"].sum()
    assert {len(issues[issues["community"] == name]) > 40 for name in issues["community"].unique()} == {True}


@pytest.mark.parametrize(("workers", "grids"), [(w, g) for w in (1, 3, 5, 8, 12, 20) for g in (1, 2, 7, 8, 20)])
def test_every_grid_is_served_and_every_worker_stands_somewhere(workers: int, grids: int) -> None:
    blocks = blocks_of(workers, grids)
    assert sum(seats for *_, seats in blocks) == workers
    assert all(any(first <= grid < last for first, last, _ in blocks) for grid in range(grids))


# -- staffed better ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shift_end", ["suspend", "finish"])
@pytest.mark.parametrize("seed", range(10))
def test_more_crews_serve_nobody_later_at_one_first_come_station(seed: int, shift_end: str) -> None:
    jobs = [Job(job.at, job.work[:1]) for job in jobs_of(seed, 80, 1)]
    ends = []
    for crews in (1, 2, 3):
        plan = Plan(((0, 90), (120, 230), (260, 2000)), (tuple(range(crews)),), shift_end, until=2000)
        ends.append({spell.job: spell.ended for spell in Bench(plan, jobs).run()})
    for few, more in pairwise(ends):
        assert len(few) == len(more) == len(jobs)
        assert all(more[job] <= few[job] for job in few)
        assert sum(more.values()) < sum(few.values())


# -- a mechanism turned up --------------------------------------------------------------------------------------------

BUSY = ("places.households_per_community=2000", "time.horizon=35 d")
Measure = Callable[[RunRecords], float]


def share(condition: str, among: str = "issue_id >= 0") -> Measure:
    return lambda records: float(records["cases"].query(among).eval(condition).mean())


def total(column: str, table: str = "cases") -> Measure:
    return lambda records: float(records[table][column].sum())


def count(condition: str, table: str) -> Measure:
    return lambda records: float(len(records[table].query(condition)))


def hours_to(end: str, among: str = "issue_id >= 0") -> Measure:
    """Mean hours from report, what is open counted up to the end of the run."""

    def measured(records: RunRecords) -> float:
        cases = records["cases"].query(among)
        until = cases[end].where(cases[end] != MISSING, records.frame.horizon_s)
        return float((until - cases["reported_at"]).mean()) / 3600

    return measured


CLOSED = "outcome == 'closed' and issue_id >= 0"
NEVER = "-9223372036854775808"
NO_REFUSAL = "escalation.referral.refusal=0.0"
"""Waiting for the monthly meeting would swallow any delay before it."""
TEAM = "staffing.teams.grid_workers"
MECHANISMS: dict[str, tuple[tuple[str, ...], tuple[str, ...], dict[str, tuple[Measure, int]]]] = {
    "detection of checks": (
        ("workflow.check.detection=0.1",),
        ("workflow.check.detection=1.0",),
        {"reworks": (total("reworks"), 1), "fixed": (share("truly_fixed", CLOSED), 1)},
    ),
    "share of checks": (
        ("workflow.check.share=0.0",),
        ("workflow.check.share=1.0",),
        {"checks": (count("activity == 'check'", "services"), 1), "hours": (hours_to("closed_at", CLOSED), 1)},
    ),
    "misrouting": (
        ("workflow.dispatch.accuracy=1.0", NO_REFUSAL),
        ("workflow.dispatch.accuracy=0.3", NO_REFUSAL),
        {"returns": (total("returns"), 1), "hours": (hours_to("handled_at", "level == 'district'"), 1)},
    ),
    "contested cases": (
        ("escalation.referral.refusal=0.0",),
        ("escalation.referral.refusal=1.0",),
        {"referrals": (total("referrals"), 1), "hours": (hours_to("handled_at", "level == 'district'"), 1)},
    ),
    "external waits": (
        ("issues.categories.property_service.external.share=0.0",),
        ("issues.categories.property_service.external.share=1.0",),
        {
            "waits": (count("event == 'defer'", "events"), 1),
            "hours": (hours_to("handled_at", "category == 'property_service'"), 1),
        },
    ),
    "paused clocks": (
        ("workflow.handling.pause_external=false",),
        ("workflow.handling.pause_external=true",),
        {"deferred": (total("deferred_s"), 1), "overdue": (share("overdue_raw"), -1)},
    ),
    "reviews on the way": (
        ("policies.dispatch.name=direct",),
        ("policies.dispatch.name=layered",),
        {"reviews": (count("event == 'review'", "events"), 1), "hours": (hours_to("dispatched_at", CLOSED), 1)},
    ),
    "extensions": (
        ("workflow.handling.extension=0.0",),
        ("workflow.handling.extension=1.0",),
        {"extensions": (total("extensions"), 1), "assessed": (share("overdue_assessed"), -1)},
    ),
    "pressure of scores": (
        ("evaluation.pressure.late_loss=0",),
        ("evaluation.pressure.late_loss=1000",),
        {"fixed": (share("truly_fixed", CLOSED), -1)},
    ),
    "verification": (
        ("workflow.verification.share=0.0",),
        ("workflow.verification.share=1.0",),
        {"verified": (share(f"verified_at != {NEVER}"), 1), "not found": (share("outcome == 'not_found'"), 1)},
    ),
    "recognition": (
        ("workflow.establishment.recognition=0.0",),
        ("workflow.establishment.recognition=1.0",),
        {"cases": (count("issue_id >= 0", "cases"), -1), "merged": (count("merged", "reports"), 1)},
    ),
    "propensity": (
        ("issues.categories.noise.propensity=0.0",),
        ("issues.categories.noise.propensity=1.0",),
        {"reports": (count(f"category == 'noise' and resident_at != {NEVER}", "issues"), 1)},
    ),
    "visibility": (
        ("issues.categories.environment.visibility=0.0",),
        ("issues.categories.environment.visibility=0.5",),
        {"met": (count(f"category == 'environment' and patrol_at != {NEVER}", "issues"), 1)},
    ),
    "coverage": (
        ("sensing.devices.camera.coverage=0.0",),
        ("sensing.devices.camera.coverage=1.0",),
        {"seen": (count(f"sensor_at != {NEVER}", "issues"), 1)},
    ),
    "readers of alarms": (
        ("sensing.devices.camera.read=0.0",),
        ("sensing.devices.camera.read=1.0",),
        {"seen": (count(f"sensor_at != {NEVER}", "issues"), 1), "false": (count("issue_id < 0", "cases"), 1)},
    ),
    "repeat contacts": (
        ("residents.repeats.probability=0.0",),
        ("residents.repeats.probability=1.0",),
        {"contacts": (total("contacts", "residents"), 1)},
    ),
    "absences": (
        (f"{TEAM}.absence_days=0",),
        (f"{TEAM}.absence_days=100",),
        {"shifts": (total("shift_s", "staff"), -1), "walked": (total("patrol_s", "staff"), -1)},
    ),
    "paperwork": (
        (f"{TEAM}.paperwork=0.0",),
        (f"{TEAM}.paperwork=0.5",),
        {"walked": (total("patrol_s", "staff"), -1), "papers": (total("paperwork_s", "staff"), 1)},
    ),
    "patrol floor": (
        (f"{TEAM}.patrol_floor=0 h", f"{TEAM}.paperwork=0.8"),
        (f"{TEAM}.patrol_floor=6 h", f"{TEAM}.paperwork=0.8"),
        {"walked": (total("patrol_s", "staff"), 1), "papers": (total("paperwork_s", "staff"), -1)},
    ),
    "patrol speed": (
        (f"{TEAM}.patrol_speed=0.5",),
        (f"{TEAM}.patrol_speed=8",),
        {"met": (count(f"patrol_at != {NEVER}", "issues"), 1)},
    ),
    "strange households": (
        (f"{TEAM}.unfamiliar_extra=0", f"{TEAM}.known_households=1"),
        (f"{TEAM}.unfamiliar_extra=2", f"{TEAM}.known_households=1"),
        {"seconds a visit": (lambda r: r["services"].query("activity == 'verify'")["work_s"].mean(), 1)},
    ),
    "self-handling": (
        ("issues.categories.environment.self_handle=0.0",),
        ("issues.categories.environment.self_handle=1.0",),
        {"self-handled": (share("outcome == 'self_handled'"), 1)},
    ),
    "supervision": (
        ("policies.escalation.name=none",),
        ("policies.escalation.name=supervise",),
        {"supervised": (total("supervised"), 1)},
    ),
    "ladder": (
        ("policies.escalation.name=none",),
        ("policies.escalation.name=ladder",),
        {"escalations": (total("escalations"), 1)},
    ),
    "worsening": (
        ("issues.categories.property_service.worsens=null",),
        ("issues.categories.property_service.worsens.mean=1 d",),
        {"worse": (count(f"worsened_at != {NEVER}", "issues"), 1)},
    ),
    "call-backs": (
        ("evaluation.call_back.coverage=0.0",),
        ("evaluation.call_back.coverage=1.0",),
        {"scored": (share("satisfaction == satisfaction"), 1)},
    ),
}


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_mechanism_acts_in_its_direction(mechanism: str) -> None:
    less, more, effects = MECHANISMS[mechanism]
    arms = [lived(*BUSY, *settings) for settings in (less, more)]
    for records in arms:
        assert check_records(records) == []
    for name, (measure, direction) in effects.items():
        low, high = (measure(records) for records in arms)
        assert (high - low) * direction > 0, f"{name}: {low} -> {high}"
