"""The room staff: each mechanism acts on its own mediator, and does nothing at all where it is not in force."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.spatial import KDTree

from scenarios.faults import Faults
from scenarios.reading import read_scenario
from scenarios.stacking import option_path, read_overlay
from sim.agents.grid_workers import GridWorker, Stretch
from sim.governance import Governance
from sim.hot_spots import centres_of
from sim.instant import ARRIVAL, MEETING, content_key
from sim.invariants import check_records
from sim.ledger import tables
from sim.mechanisms.staff.rules import NewRule
from sim.mechanisms.staff.skills import Courses, LearningByDoing, SkillGrades, fewer_misses
from sim.mechanisms.staff.turnover import Quitting
from sim.mechanisms.staff.visits import RiskGroupVisits
from sim.mechanisms.staff.whereabouts import Whereabouts
from sim.messages import BadInput
from sim.metrics.table import measure
from sim.model import GovernanceModel
from sim.moment import Moment
from sim.records import MISSING, RunRecords
from sim.scenario import Scenario
from sim.simulate import frame_of, simulate
from sim.streams import Luck
from sim.world import draw_world
from tests.small_town import SMALL, altered, fingerprint, fingerprint_of, lived, town

DAY = 86_400
MONTH = 30 * DAY
LONG = "time.horizon=65 d"
FIXED: dict[str, Any] = {"family": "fixed", "value": "10 min"}
OPTIONS: dict[str, dict[str, Any]] = {
    "burden": {"paperwork": 0.2, "comes_back": 0.5, "form": 0.03},
    "negative_list": {"norm": 0.2, "every": "20 d", "detection": 1},
    "turnover": {"per_year": 6, "usual_pay": 0.68, "pay_power": 3, "usual_load": 0.6, "load_power": 0,
                 "vacancy": {"family": "fixed", "value": "6 d"}},
    "hiring": {"vacancy": {"family": "fixed", "value": "9 d"}, "experienced": 1, "head_start": 40},
    "pay_reform": {"pay": [0.7, 0.8, 1.2]},
    "learning": {"extra": 0.5, "halves": 40},
    "grades": {"shares": [0.3, 0.4, 0.3], "work": [2, 2, 2], "misses": [2, 1, 0.5]},
    "know_how": {"complete": {"untrained": 0, "trained": 1}, "asks_back": FIXED,
                 "procedure": {"untrained": 0, "trained": 1}, "looks_up": FIXED},
    "training": {"coverage": 1, "every": "20 d", "hours": "3 h"},
    "transition": {"looks_up": FIXED, "times": 2, "buffer": "20 d", "both": {"family": "fixed", "value": "1 min"}},
    "quotas": {"reports": 12, "fills_up": 0.5, "last": "5 d"},
    "terminal": {"share": 1, "report": {"family": "fixed", "value": "1 min"}},
    "guided_rounds": {"history": "30 d", "refresh": "5 d", "hot": 0.3, "accuracy": 1},
    "visits": {"hours": "office", "bands": ["age_60_plus"], "visit": {"family": "fixed", "value": "20 min"}, "near": 60,
               "lasts": "10 d", "heeds": 1, "categories": ["environment"]},
    "household_files": {"hours": "office", "bands": ["age_60_plus"], "visit": {"family": "fixed", "value": "5 min"}, "near": 60,
                        "lasts": "10 d", "heeds": 1, "categories": ["environment"], "coverage": 0.9, "accuracy": 1,
                        "revisit": {"high": "2 d", "middle": "10 d", "low": "60 d"}},
    "pooling": {"reach": 1},
    "nearest": {},
    "unit_knowledge": {"known_per_crew": 300, "unfamiliar_extra": 0.5},
}  # fmt: skip
NEEDS = {"hiring": "turnover", "pay_reform": "turnover", "training": "know_how"}
SHIPPED = (
    "burden_relief", "negative_list", "turnover", "pay_reform", "hiring_rule", "know_how", "training", "rule_change",
    "report_quotas", "terminal", "risk_weighted_rounds", "demand_heat_map", "hot_spot_patrol", "patrol_floor", "elder_visits",
    "household_file",
    "pooled_grids", "nearest_worker", "grid_norm", "unit_split", "workers_6_per_1000", "team_1_3_n", "part_timers", "no_overtime",
)  # fmt: skip


def with_staff(scenario: Scenario, *names: str, **changes: dict[str, Any]) -> Scenario:
    """The scenario with options of the room, as in OPTIONS but for some values."""

    def put(plain: dict[str, Any]) -> None:
        for name in names:
            plain["staffing"][name] = OPTIONS[name] | changes.get(name, {})

    return altered(scenario, put)


def model_with(*names: str, **changes: dict[str, Any]) -> GovernanceModel:
    """A model of the small town that has not been run."""
    scenario = with_staff(town(LONG), *names, **changes)
    return GovernanceModel(scenario, draw_world(scenario, 1))


def mechanism(model: GovernanceModel, kind: type) -> Any:
    return next(each for each in model.governance.mechanisms if isinstance(each, kind))


@cache
def run_with(*names: str) -> RunRecords:
    return simulate(with_staff(town(LONG), *names), 1)


def rows(records: RunRecords, event: str) -> pd.DataFrame:
    table = records["governance"]
    return table[table["event"] == event]


def work_on(records: RunRecords, activity: str) -> pd.Series:
    """Seconds of work without the way, of whole spells of an activity, by case and attempt."""
    services = records["services"]
    whole = ~services.duplicated(["case_id", "attempt", "activity"], keep=False)
    mine = services[whole & (services["activity"] == activity) & (services["outcome"] == "done")]
    return mine.set_index(["case_id", "attempt"])["work_s"].astype(int)


# -- not in force: nothing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_that_has_not_begun_changes_no_table(name: str) -> None:
    chosen = [name, *([NEEDS[name]] if name in NEEDS else [])]
    late = {each: {"starts": "4000 d"} for each in chosen}
    assert fingerprint(simulate(with_staff(town(), *chosen, **late), 1)) == fingerprint(lived())


def test_the_world_is_the_same_with_all_of_them() -> None:
    born = ["issue_id", "community", "x", "y", "category", "severity", "onset"]
    assert fingerprint_of(run_with(*OPTIONS)["issues"][born]) == fingerprint_of(lived(LONG)["issues"][born])


def test_all_of_them_together_break_no_rule_and_repeat_themselves() -> None:
    records = run_with(*OPTIONS)
    assert check_records(records) == []
    assert fingerprint(simulate(with_staff(town(LONG), *OPTIONS), 1)) == fingerprint(records)


# -- paperwork ---------------------------------------------------------------------------------------------------------


def shares_of(model: GovernanceModel) -> dict[str, list[float]]:
    return {worker.name: worker.clock.plan.shares for worker in model.teams.workers}


def test_relief_cuts_the_quota_on_its_day_and_forms_come_back_by_each_workers_own_luck() -> None:
    luck = Luck(1)
    shares = shares_of(model_with("burden", burden={"starts": "3 d"}))
    for name, days in shares.items():
        assert days[:3] == [0.4] * 3
        for day in range(3, 65):
            forms = sum(luck.uniform("BurdenRelief", "form", name, month) < 0.5 for month in range((day - 3) // 30))
            assert days[day] == pytest.approx(0.2 + 0.03 * forms)
    assert len({days[-1] for days in shares.values()}) > 1  # some have new forms, some have none


def test_relief_gives_the_minutes_to_the_round() -> None:
    before, after = measure(lived(LONG)), measure(simulate(with_staff(town(LONG), "burden", burden={"comes_back": 0}), 1))
    assert after["paperwork_share"] == pytest.approx(before["paperwork_share"] / 2, rel=0.1)
    assert after["patrol_hours_per_worker_day"] > before["patrol_hours_per_worker_day"] + 1
    assert (before["overburdened_share"], after["overburdened_share"]) == (1, 0)


def test_audits_withdraw_what_is_beyond_the_norm() -> None:
    alone, audited = shares_of(model_with("burden")), shares_of(model_with("burden", "negative_list"))
    for name, days in alone.items():
        assert audited[name][:40] == days[:40]  # the first form may come on day 30: the audit on day 20 sees nothing
        assert audited[name][40:60] == pytest.approx([0.2] * 20)  # the one on day 40 sees it
        assert audited[name][60:] == pytest.approx([days[60] - days[40] + 0.2] * 5)  # the second form, on day 60, stands
    blind = model_with("burden", "negative_list", negative_list={"detection": 0})
    assert shares_of(blind) == alone


# -- who stays ---------------------------------------------------------------------------------------------------------


def first_quits(scenario: Scenario) -> dict[str, int]:
    quits = rows(simulate(scenario, 1), "quits").drop_duplicates("subject")
    return dict(zip(quits["subject"], quits["at"].astype(int), strict=True))


def test_a_worker_quits_when_the_integral_of_the_hazard_passes_its_own_number() -> None:
    # Load and pay do not move the rate here: 6 a year, so the n-th holder's integral passes at -ln(u) / 6 years.
    quits, luck, rate = first_quits(with_staff(town(LONG), "turnover")), Luck(1), 6 / (365 * DAY)
    due = {f"c001-grid_workers-{seat}": -math.log(luck.uniform("Quitting", "stays", f"c001-grid_workers-{seat}", 0)) / rate
           for seat in range(1, 7)}  # fmt: skip
    assert quits
    assert quits == pytest.approx({name: at for name, at in due.items() if at < 65 * DAY}, abs=3)


def test_better_pay_delays_the_same_quits_by_the_ratio_of_the_rates() -> None:
    poor = first_quits(with_staff(town(LONG), "turnover"))
    better = first_quits(with_staff(town("time.horizon=120 d"), "turnover", "pay_reform"))
    ratio = (0.8 / 0.68) ** 3
    assert {name: at for name, at in better.items() if name in poor} == pytest.approx(
        {name: at * ratio for name, at in poor.items() if at * ratio < 120 * DAY}, abs=5)  # fmt: skip


def test_load_raises_the_hazard_by_its_power() -> None:
    model = model_with("turnover", turnover={"load_power": 2})
    quitting, worker = mechanism(model, Quitting), model.teams.workers[0]
    quitting.begins()
    assert quitting.hazard(worker, 1.2) == pytest.approx(4 * quitting.hazard(worker, 0.6))


@pytest.mark.parametrize(("names", "days"), [(("turnover",), 6), (("turnover", "hiring"), 9)])
def test_the_seat_is_empty_until_somebody_is_hired(names: tuple[str, ...], days: int) -> None:
    records = run_with(*names)
    services, staff = records["services"], records["staff"]
    quits = rows(records, "quits")
    assert len(quits)
    for at, seat in zip(quits["at"], quits["subject"], strict=True):
        begun = services[(services["server"] == seat) & (services["started_at"] > at) & (services["started_at"] < at + days * DAY)]
        assert begun.empty
        empty = staff[(staff["worker"] == seat) & (staff["day"] > at // DAY + 1) & (staff["day"] < at // DAY + days - 1)]
        assert empty["shift_s"].sum() == 0
        assert empty["patrol_s"].sum() == 0
    assert set(rows(records, "vacancy")["amount"]) == {float(days)}
    assert measure(records)["turnover_per_worker_year"] > 1


# -- what they can -----------------------------------------------------------------------------------------------------


def test_who_is_new_needs_longer_until_it_has_done_so_many_tasks() -> None:
    model = model_with("turnover", "learning")
    learning, worker, task = mechanism(model, LearningByDoing), model.teams.workers[0], SimpleNamespace()
    learning.begins()
    assert learning.effort(worker, task, 1000) == 1000  # the first staff knows its work
    worker.occupant = 1
    seconds = [learning.effort(worker, task, 1000) for _ in range(81)]
    assert (seconds[0], seconds[40], seconds[80]) == (1500, 1250, 1125)
    worker.occupant = 2  # the next one begins anew
    assert learning.effort(worker, task, 1000) == 1500


def test_who_has_done_such_work_before_begins_further_on() -> None:
    model = model_with("turnover", "hiring", "learning")
    learning, worker = mechanism(model, LearningByDoing), model.teams.workers[0]
    learning.begins()
    worker.occupant = 1
    assert learning.effort(worker, SimpleNamespace(), 1000) == 1250  # as after 40 tasks


def test_a_task_is_as_much_work_as_the_grade_of_who_begins_it_says() -> None:
    usual, slow = work_on(lived(LONG), "report"), work_on(run_with("grades"), "report")
    both = usual.index.intersection(slow.index)
    assert len(both) > 20
    assert (slow[both] == 2 * usual[both]).all()


def test_grades_are_held_by_their_shares_and_risen_to_by_serving() -> None:
    model = model_with("turnover", "grades", grades={"shares": [0, 1, 0], "serves": "20 d"})
    grades, worker = mechanism(model, SkillGrades), model.teams.workers[0]
    assert grades.grade(worker) == 1
    model.env._now = 21 * DAY  # type: ignore[attr-defined]
    assert grades.grade(worker) == 2
    worker.occupant, worker.joined = 1, 5 * DAY  # hired on day 5 as a junior
    assert grades.grade(worker) == 0
    model.env._now = 26 * DAY  # type: ignore[attr-defined]
    assert grades.grade(worker) == 1


def test_a_grade_misses_so_many_times_as_often() -> None:
    assert [fewer_misses(0.9, misses) for misses in (2, 1, 0.5)] == pytest.approx([0.8, 0.9, 0.95])
    assert fewer_misses(0.2, 2) == 0


def test_a_course_takes_its_hours_out_of_the_shift_and_teaches() -> None:
    model = model_with("know_how", "training")
    courses, worker = mechanism(model, Courses), model.teams.workers[0]
    plain = GovernanceModel(town(LONG), draw_world(town(LONG), 1)).teams.workers[0]
    spells = worker.away
    assert 3 <= len(spells) <= 4  # one each 20 days of 65
    lost = plain.calendar.work_between(0, 65 * DAY) - worker.calendar.work_between(0, 65 * DAY)
    at_work = sum(plain.calendar.work_between(begin, end) for begin, end in spells if end <= 65 * DAY)
    assert lost == at_work > 0
    assert not courses.trained(worker)
    model.env._now = spells[0][1]  # type: ignore[attr-defined]
    assert courses.trained(worker)
    worker.joined = model.now + 1  # somebody else sits there
    assert not courses.trained(worker)


def test_incomplete_reports_cost_the_desk_until_who_writes_them_is_trained() -> None:
    usual, asked = work_on(lived(LONG), "establish"), work_on(run_with("know_how"), "establish")
    cases = lived(LONG)["cases"].set_index("case_id")["channel"].astype(str)
    both = usual.index.intersection(asked.index)
    extra = (asked - usual)[both]
    patrol = cases.loc[both.get_level_values(0)].to_numpy() == "patrol"
    assert patrol.sum() > 20
    assert set(extra[patrol]) == {600}
    assert set(extra[~patrol]) == {0}
    taught = work_on(run_with("know_how", "training"), "establish")
    saved = (asked - taught)[both.intersection(taught.index)]
    assert 600 in set(saved)
    assert set(saved) <= {0, 600}


def test_a_new_rule_is_looked_up_twice_and_the_desk_sees_which_one_holds() -> None:
    model = model_with("transition")
    rule, worker = mechanism(model, NewRule), model.teams.workers[0]
    case: Any = SimpleNamespace(issue=SimpleNamespace(code=5, community=0), occasion=lambda attempt: 0, opening=1)
    task = SimpleNamespace(case=case, activity="handle", attempt=1)
    assert [rule.effort(worker, task, 100) for _ in range(4)] == [700, 700, 100, 100]
    assert [rule.desk_work(case, "establish", 100) for _ in range(4)] == [760, 760, 160, 160]
    model.env._now = 20 * DAY  # type: ignore[attr-defined]
    assert rule.desk_work(case, "establish", 100) == 100


# -- reports -----------------------------------------------------------------------------------------------------------


def test_quotas_are_filled_with_reports_on_nothing_by_some_at_the_end_of_a_month() -> None:
    records, luck = run_with("quotas"), Luck(1)
    invented = rows(records, "reports_nothing")
    assert len(invented) > 10
    for at, worker in zip(invented["at"], invented["subject"], strict=True):
        assert 25 * DAY <= at % MONTH < 30 * DAY
        assert luck.uniform("ReportQuotas", "fills up", worker, 0) < 0.5
    cases = records["cases"]
    nothing = cases[(cases["issue_id"] == -1) & (cases["channel"] == "patrol")]
    assert len(nothing) == len(invented)
    services = records["services"]
    written = services[services["case_id"].isin(nothing["case_id"]) & services["activity"].isin(["report", "handle"])]
    assert written["work_s"].sum() > 0  # it takes working time
    found = cases[cases["channel"] == "patrol"]["reported_at"] < MONTH
    by_quota = records["reports"][(records["reports"]["channel"] == "patrol") & (records["reports"]["at"] < MONTH)]
    assert found.sum() == len(by_quota)
    assert by_quota.groupby("by", observed=True).size()[invented["subject"].unique()].max() <= 12


def test_a_terminal_shortens_the_report() -> None:
    assert set(work_on(run_with("terminal"), "report")) == {60}
    half = simulate(with_staff(town(LONG), "terminal", terminal={"share": 0.5}), 1)
    cases, luck = half["cases"].set_index("case_id"), Luck(1)
    by = half["reports"][half["reports"]["channel"] == "patrol"].drop_duplicates("case_id").set_index("case_id")["by"]
    for (case, _), seconds in work_on(half, "report").items():  # type: ignore[misc]
        assert (seconds == 60) == (luck.uniform("ReportByTerminal", "has one", by[case]) < 0.5), cases.loc[case]


# -- where they go -----------------------------------------------------------------------------------------------------


def passes_by_hand(worker: GridWorker, place: float, seconds: int) -> list[int]:
    """Seconds of walking from now at which a place of the loop is passed, by walking the round second by second."""
    loop = worker.loop_seconds or worker.round_seconds
    second_of = {math.floor(place * loop)}
    second_of |= {s.begins + math.floor((place - s.first) * loop) for s in worker.again if s.first <= place < s.last}
    here = (worker.start + worker.clock.walked) % worker.round_seconds
    return [walked for walked in range(seconds) if (here + walked) % worker.round_seconds in second_of]


def test_stretches_walked_again_are_passed_twice_a_round_and_no_pass_is_lost_when_the_round_changes() -> None:
    model = model_with()
    worker = next(each for each in model.teams.workers if len(each.grids) == 1)
    grid, loop = worker.grids[0], worker.round_seconds
    issues = [SimpleNamespace(grid=grid, watch=1, code=n, live=lambda now: True) for n in range(3)]
    for spot, passes, issue in zip((0.1, 0.5, 0.9), (1, 3, 2), issues, strict=True):
        worker.watches(issue, spot, passes)  # type: ignore[arg-type]
    stretch = Stretch(0.4, 0.6, loop + 30)
    worker.walks_anew((stretch,), loop + 30 + round(0.2 * loop) + 10, loop)
    read = {meeting[2].code: meeting[0] - worker.clock.walked for meeting in worker.meetings}
    for spot, passes, issue in zip((0.1, 0.5, 0.9), (1, 3, 2), issues, strict=True):
        assert read[issue.code] == passes_by_hand(worker, spot, 4 * loop)[passes - 1]
    assert len(passes_by_hand(worker, 0.5, worker.round_seconds)) == 2
    assert len(passes_by_hand(worker, 0.9, worker.round_seconds)) == 1
    worker.walks_anew((), loop, loop)
    read = {meeting[2].code: meeting[0] - worker.clock.walked for meeting in worker.meetings}
    assert read[1] == passes_by_hand(worker, 0.5, 4 * loop)[2]


def test_the_map_leads_the_second_walk_to_where_the_cases_are() -> None:
    spots = {"per_community": 4, "share": 0.7, "radius": 20}
    scenario = with_staff(altered(town(LONG), lambda plain: plain["issues"].update(hot_spots=spots)), "guided_rounds")
    model = GovernanceModel(scenario, draw_world(scenario, 1))
    model.run()
    for worker in model.teams.workers:
        assert sum(last - first for first, last, _ in worker.again) <= 0.3
        assert worker.round_seconds >= worker.loop_seconds
    cases = [issue for issue in model.discovery.alive if issue.cases]
    walkers = [worker for worker in model.teams.workers if len(worker.grids) == 1 and worker.again]
    share = np.mean([led(worker, cases, model) for worker in walkers])
    covered = np.mean([sum(last - first for first, last, _ in worker.again) for worker in walkers])
    assert share > 1.3 * covered  # the hot part of the round holds more than its part of the cases


def led(worker: GridWorker, cases: Iterable[Any], model: GovernanceModel) -> float:
    """Share of the cases of a worker's grid that lie on what it walks twice."""
    places = [model.issue_places.spot_of(issue) for issue in cases if issue.grid == worker.grids[0]]
    return float(np.mean([any(first <= place < last for first, last, _ in worker.again) for place in places]))


def test_hot_spots_move_their_share_of_issues_and_nothing_else() -> None:
    plain, hot = town(), altered(town(), lambda p: p["issues"].update(hot_spots={"per_community": 2, "share": 0.5, "radius": 30}))
    before, after = draw_world(plain, 1), draw_world(hot, 1)
    moved = before.x != after.x
    assert 0.35 < moved.mean() < 0.65
    assert (before.onset == after.onset).all()
    assert (before.severity == after.severity).all()
    points = np.column_stack([after.x, after.y])[moved]
    near = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1)) <= 60
    assert len({tuple(row) for row in near.tolist()}) <= 2 or near.mean() > 0.4  # two discs


def test_visits_fall_into_their_hours_and_keep_things_from_happening_at_visited_homes() -> None:
    records, hours = run_with("visits"), GovernanceModel(town(LONG), draw_world(town(LONG), 1)).calendars["office"]
    visits = records["services"][(records["services"]["activity"] == "visit") & (records["services"]["started_at"] != MISSING)]
    assert len(visits) > 50
    assert all(hours.is_open(at) for at in visits["started_at"])
    prevented = records["issues"][records["issues"]["found_by"] == "prevented"]
    assert len(prevented) > 0
    assert set(prevented["category"].astype(str)) == {"environment"}
    assert not (lived(LONG)["issues"]["found_by"] == "prevented").any()


def test_files_send_visits_to_the_homes_at_hot_spots_as_far_as_they_are_right(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    ask = RiskGroupVisits._asks
    monkeypatch.setattr(RiskGroupVisits, "_asks", lambda self, worker, home, number: (asked.append(home), ask(self, worker, home, number)))
    at_risk = {}
    for name, changes in {"right": {}, "wrong": {"accuracy": 0}, "none": {"coverage": 0}}.items():
        scenario = with_staff(town(LONG, "issues.hot_spots={per_community: 2, share: 0.5, radius: 30}"), "household_files",
                              household_files=changes)  # fmt: skip
        model = GovernanceModel(scenario, draw_world(scenario, 1))
        asked.clear()
        model.run()
        homes = model.city.communities[0].homes
        near = KDTree(centres_of(homes, 0, 2)).query(homes)[0] <= 30
        here = np.array([home for home in asked if home < len(homes)], dtype=int)
        at_risk[name] = near[here].mean() / near.mean() if len(here) else 0.0
    assert at_risk["none"] == 0
    assert at_risk["right"] > 2 > 1 > at_risk["wrong"], at_risk


def test_neighbours_help_and_come_from_their_own_grids() -> None:
    scenario = with_staff(town(LONG), "pooling")
    model = GovernanceModel(scenario, draw_world(scenario, 1))
    model.run()
    workers = {worker.name: worker for worker in model.teams.workers}
    journal, places = model.journal, scenario.places
    services = journal.rows()["services"]
    helped = 0
    issues = {issue.number: issue for issue in model.discovery.alive}
    for row in services[services["outcome"] == journal.code("done")]:
        worker = next((each for name, each in workers.items() if journal.code(name) == row["server"]), None)
        issue = issues.get(int(row["case_id"]) // 100)
        if worker is None or issue is None or issue.grid in worker.grids or row["activity"] != journal.code("check"):
            continue
        helped += 1
        metres = places.street_factor * math.dist(worker.centre, (issue.x, issue.y))
        assert row["travel_s"] == round(metres / (places.walking_speed / 3.6))
    assert helped > 20


def test_without_pooling_everybody_stays_in_the_own_grids() -> None:
    model = model_with()
    for _, stations in model.teams.stations:
        for lane, servers in enumerate(stations[0].lanes):
            assert all(lane in worker.grids for worker in servers)  # type: ignore[attr-defined]


def test_a_worker_stands_where_its_clock_says() -> None:
    model = model_with()
    worker = next(each for each in model.teams.workers if len(each.grids) == 1)
    loop = model.city.grids[worker.grids[0]].loop
    for number, point in enumerate(loop.waypoints):
        worker.start = math.ceil(loop.reached[number] / loop.metres * worker.round_seconds)
        assert Whereabouts(model.city).of(worker) == pytest.approx(tuple(point), abs=2)


def test_work_is_pushed_to_the_nearest_free_worker() -> None:
    pooled = simulate(with_staff(town(LONG), "pooling", pooling={"reach": 9}), 1)
    pushed = simulate(with_staff(town(LONG), "pooling", "nearest", pooling={"reach": 9}), 1)
    assert way(pushed) < 0.8 * way(pooled)


def way(records: RunRecords) -> float:
    """Seconds of a grid worker on the way, for each spell of case work."""
    staff = records["staff"]
    workers = staff[staff["station"].astype(str).str.startswith("grid_workers_")]
    return float(workers["travel_s"].sum() / workers["cases"].sum())


def test_the_larger_the_community_the_less_its_people_know_of_it() -> None:
    # 1200 homes, 300 known: three of four cases come to a strange door and take half as long again.
    usual, strange = run_with("unit_knowledge"), lived(LONG)
    levels = strange["cases"].set_index("case_id")["level"].astype(str)
    after, before = work_on(usual, "handle"), work_on(strange, "handle")
    both = [key for key in before.index.intersection(after.index) if key[1] == 1 and levels[key[0]] == "community"]
    longer = [after[key] > before[key] for key in both]
    assert len(both) > 20
    assert 0.6 < np.mean(longer) < 0.9


# -- seats that fall empty and are filled ------------------------------------------------------------------------------


def test_a_reserve_is_at_work_exactly_while_called(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = altered(town(LONG), lambda plain: plain["staffing"]["teams"][0].update(workers_per_grid=0.25))
    monkeypatch.setattr(Governance, "reserves", lambda self, team: 1)
    model = GovernanceModel(scenario, draw_world(scenario, 1))
    team, spells = scenario.staffing.teams[0], [(8 * DAY + 36_000, 12 * DAY), (20 * DAY, 31 * DAY + 40_000)]
    for at, until in spells:
        Moment(model.env, at, content_key(ARRIVAL, MEETING, 99), lambda _, until=until: model.teams.call(team.name, 0, until))
    model.run()
    records = RunRecords(frame_of(scenario, model.world), 1, tables(model), dict(model.journal.notes))
    staff = records["staff"]
    reserve = staff[staff["worker"] == "c001-grid_workers-reserve-1"]
    hours = model.calendars[team.shift]
    assert reserve["shift_s"].sum() == sum(hours.work_between(at, until) for at, until in spells)
    services = records["services"]
    begun = services[services["server"] == "c001-grid_workers-reserve-1"]["started_at"]
    assert len(begun) > 10
    assert all(any(at <= start < until for at, until in spells) for start in begun)
    assert check_records(records) == []


def test_planned_absence_hands_suspended_work_back() -> None:
    # Under `suspend` a worker who is absent on the next day would keep a case in hand; the others take it over.
    settings = {"shift_end": "suspend", "absence_days": 120}
    scenario = altered(town(LONG), lambda plain: plain["staffing"]["teams"][0].update(settings))
    records = simulate(scenario, 1)
    services = records["services"]
    handed_back = services[services["outcome"] == "suspended"]
    assert len(handed_back) > 0
    keys = ["case_id", "attempt", "activity"]
    spells = services.merge(handed_back[keys].drop_duplicates(), on=keys)
    assert (spells.groupby(keys, observed=True)["server"].nunique() > 1).any()
    assert check_records(records) == []


# -- shipped options ---------------------------------------------------------------------------------------------------


@cache
def shipped(name: str, *settings: str) -> Scenario:
    overlay = read_overlay(option_path(name), Faults())
    stack: list[Path] = [option_path(each) for each in (*overlay.needs, name)]
    return read_scenario(overlay.base, [*settings, *overlay.settings], stack).scenario


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_option_reads_with_what_it_needs(name: str) -> None:
    assert shipped(name).digest() != read_scenario("baseline").scenario.digest()


@pytest.mark.parametrize("name", ["team_1_3_n", "part_timers"])
def test_helpers_walk_and_report_but_do_no_case(name: str) -> None:
    records = simulate(shipped(name, "time.horizon=40 d", "time.warm_up=5 d"), 1)
    services = records["services"]
    helpers = services["station"].astype(str).str.startswith(("volunteers_", "part_timers_"))
    assert set(services[helpers]["activity"]) <= {"report", "handle"}
    handled = services[helpers & (services["activity"] == "handle")]
    assert handled.empty  # what they meet they report
    assert helpers.sum() > 5


def test_nobody_works_overtime_where_it_is_forbidden() -> None:
    staff = simulate(shipped("no_overtime", *SMALL), 1)["staff"]
    workers = staff["station"].astype(str).str.startswith("grid_workers_")
    assert staff[workers]["overtime_s"].sum() == 0
    usual = lived()["staff"]
    assert usual[usual["station"].astype(str).str.startswith("grid_workers_")]["overtime_s"].sum() > 0


def test_the_floor_is_kept_where_it_yields_to_emergencies_only() -> None:
    settings = ("time.horizon=40 d", "time.warm_up=5 d", "staffing.teams.grid_workers.workers_per_grid=0.25")
    kept = measure(simulate(shipped("patrol_floor", *settings), 1))["patrol_floor_kept"]
    usual = measure(simulate(read_scenario("baseline", settings).scenario, 1))["patrol_floor_kept"]
    assert kept > usual
    assert kept > 0.95


def test_six_workers_per_thousand_stand_everywhere() -> None:
    usual, more = (GovernanceModel(each, draw_world(town(), 1)) for each in (town(), shipped("workers_6_per_1000", *SMALL)))
    assert len(more.teams.workers) / len(usual.teams.workers) == pytest.approx(6 / 4.2, abs=0.1)
    assert [len(m.offices.desks["community", "c001"].lanes[0]) for m in (usual, more)] == [2, 3]


def test_smaller_grids_mean_shorter_ways() -> None:
    settings = ["time.horizon=40 d", "time.warm_up=5 d"]
    large = simulate(read_scenario("grids_1000_same_staff", settings).scenario, 1)
    assert way(simulate(shipped("grid_norm", *settings), 1)) < 0.8 * way(large)


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("staffing.hiring={vacancy: {family: fixed, value: 3 d}, experienced: 0, head_start: 0}", "hiring does nothing without turnover"),
        ("staffing.training={coverage: 1, every: 1 d, hours: 2 d}", "must be shorter than the time between courses"),
        ("staffing.grades={shares: [0.5, 0.5, 0.5], work: [1, 1, 1], misses: [1, 1, 1]}", "shares of the grades"),
        ("staffing.visits={hours: nowhen, bands: [age_60_plus], visit: {family: fixed, value: 3 min}, "
         "near: 1, lasts: 1 d, heeds: 1, categories: [noise]}", "'nowhen' is not a declared calendar"),
    ],
)  # fmt: skip
def test_options_that_contradict_each_other_are_refused(setting: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_scenario("baseline", [setting])
