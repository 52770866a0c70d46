"""The room sensing: each mechanism acts on its own mediator, and does nothing at all where it is not in force."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scenarios.faults import Faults
from scenarios.reading import read_scenario
from scenarios.stacking import option_path, read_overlay
from sim.agents.sensors import NEVER
from sim.invariants import check_records
from sim.mechanisms.sensing.dependence import Dependence
from sim.mechanisms.sensing.dual_warning import DualWarning
from sim.mechanisms.sensing.repairs import Foresight, GuidedRepair
from sim.messages import BadInput
from sim.metrics.table import measure
from sim.model import GovernanceModel
from sim.records import MISSING, RunRecords
from sim.scenario import Scenario
from sim.simulate import simulate
from sim.world import draw_world
from tests.small_town import SMALL, altered, fingerprint, fingerprint_of, lived, town

DAY, MINUTE = 86_400, 60
MONTH = 30 * DAY
WATCHED = (
    "sensing.devices.smoke_detector.coverage=1", "sensing.devices.smoke_detector.read=1", "sensing.devices.camera.coverage=1",
    "sensing.devices.camera.read=1", "sensing.devices.camera.false_alarms=20",
)  # fmt: skip
LONG = "time.horizon=65 d"
WORLD = ["x", "y", "onset", "severity", "category"]
FAILURE = {"failures": [{"at": "10 d", "length": "5 d"}], "kept": 1}
OPTIONS: dict[str, dict[str, Any]] = {
    "platform": FAILURE,
    "dual_warning": {"devices": ["smoke_detector"], "reached": 1},
    "dependence": {"floor": "0 h", "screen": 0.3, "practice": "24 h", "fades": 0.5, "regains": 0.5},
    "fallback": {"manual_start": "24 h", "patrol": "4 h", "drills_every": "40 d", "drill": "4 h"},
    "build": {"takes": "20 d", "success": 0.8},
    "upkeep": {"funded": 0.5, "renewal": 0.1, "life": "1825 d"},
    "foresight": {"categories": ["facilities"], "lead": {"family": "fixed", "value": "12 d"}, "hit": 0.9, "decay": 0.05},
    "guided_repair": {"categories": ["facilities"], "share": 1, "search": {"family": "fixed", "value": "10 min"}, "least": "15 min"},
    "access_control": {"categories": ["street_order"], "coverage": 1, "used": 1, "through": 1},
}  # fmt: skip
SHIPPED: dict[str, tuple[str, ...]] = {
    "smart_sensing": (), "dual_warning": (), "smoke_detectors": (), "water_meters": (), "camera_analytics": (),
    "environment_sensors": (), "bins_and_bays": (), "access_control": (), "platform_stack": (), "edge": ("platform_stack",),
    "platform_failure": ("platform_stack",), "technology_dependence": (), "budget_gap": (), "build_path": (), "build_unordered": (),
    "fallback": ("platform_stack", "platform_failure", "technology_dependence"), "tech_for_show": (), "brain": (),
    "predictive_maintenance": (), "model_renewal": ("predictive_maintenance",),
}  # fmt: skip


def with_sensing(scenario: Scenario, *names: str, **changes: dict[str, Any]) -> Scenario:
    """The scenario with options of the room, as in OPTIONS but for some values."""

    def put(plain: dict[str, Any]) -> None:
        for name in names:
            plain["sensing"][name] = OPTIONS[name] | changes.get(name, {})

    return altered(scenario, put)


def model_with(*names: str, settings: tuple[str, ...] = (), **changes: dict[str, Any]) -> GovernanceModel:
    """A model of the small town that has not been run."""
    scenario = with_sensing(town(LONG, *settings), *names, **changes)
    return GovernanceModel(scenario, draw_world(scenario, 1))


def mechanism(model: GovernanceModel, kind: type) -> Any:
    return next(each for each in model.governance.mechanisms if isinstance(each, kind))


def run(*names: str, settings: tuple[str, ...] = WATCHED, **changes: dict[str, Any]) -> RunRecords:
    return simulate(with_sensing(town(*settings), *names, **changes), 1)


@cache
def plain() -> RunRecords:
    return lived(*WATCHED)


def alarms(records: RunRecords) -> pd.DataFrame:
    return records["reports"].query("channel == 'sensor'")


def events(records: RunRecords, event: str) -> pd.DataFrame:
    return records["governance"].query("event == @event")


# -- nothing where it is not in force -----------------------------------------------------------------------------------


def test_kinds_without_devices_and_categories_without_issues_change_nothing() -> None:
    def bare(whole: dict[str, Any]) -> None:
        whole["issues"]["categories"] = [each for each in whole["issues"]["categories"] if each["rate"] > 0]
        whole["sensing"]["devices"] = [each for each in whole["sensing"]["devices"] if each["coverage"] > 0]

    assert len(town().sensing.devices) == 6
    assert fingerprint(simulate(altered(town(), bare), 1)) == fingerprint(lived())


@pytest.mark.parametrize("name", [name for name in OPTIONS if name != "fallback"])
def test_an_option_that_has_not_started_changes_nothing(name: str) -> None:
    late = {"starts": "300 d"} | ({"failures": []} if name == "platform" else {})
    records = run(name, **{name: late})
    if name == "build":  # devices that are put up later are not there before
        assert alarms(records).empty
        return
    for table in ("issues", "reports", "cases", "services", "staff"):
        assert fingerprint_of(records[table]) == fingerprint_of(plain()[table]), table


def test_everything_at_once_keeps_the_world_and_the_invariants() -> None:
    records = run(*OPTIONS)
    assert not check_records(records)
    both = [each["issues"].set_index("issue_id")[WORLD].astype({"category": str}) for each in (records, plain())]
    pd.testing.assert_frame_equal(*both)


# -- the platform -------------------------------------------------------------------------------------------------------


def test_no_alarm_comes_while_the_platform_is_down_and_kept_ones_come_at_its_end() -> None:
    before, records = alarms(plain())["at"], run("platform")
    down, up = 10 * DAY, 15 * DAY
    at = alarms(records)["at"]
    assert before.between(down, up - 1).sum() >= 10
    assert not at.between(down, up - 1).any()
    assert list(at[at < down]) == list(before[before < down])
    assert (at == up).sum() >= 5
    assert list(events(records, "platform fails")["amount"]) == [120.0]


def test_a_lost_alarm_waits_for_a_later_sample_and_a_lost_false_alarm_never_comes() -> None:
    records = run("platform", platform={"kept": 0})
    at, down, up = alarms(records), 10 * DAY, 15 * DAY
    assert not at["at"].between(down, up).any()
    false = [table[(table["issue_id"] < 0)]["at"] for table in (alarms(plain()), at)]
    assert len(false[1]) == len(false[0]) - false[0].between(down, up - 1).sum() < len(false[0])
    late = set(alarms(run("platform"))["issue_id"]) & set(at[at["at"] > up]["issue_id"])
    assert late


def test_edge_devices_do_not_need_the_platform() -> None:
    records = run("platform", platform={"edge": 1})
    assert fingerprint_of(records["reports"]) == fingerprint_of(plain()["reports"])


def test_failures_come_as_often_and_last_as_long_as_the_option_says() -> None:
    spells = []
    for seed in range(1, 4):
        scenario = with_sensing(town("time.horizon=360 d"), "platform", platform={
            "failures": [], "up": "4 d", "down": {"family": "exponential", "mean": "1 d"}})  # fmt: skip
        spells.append(GovernanceModel(scenario, draw_world(town("time.horizon=5 d"), seed)).governance.mechanisms[0].outages)
    lengths = [up - down for each in spells for down, up in each]
    assert 0.15 < sum(lengths) / (3 * 360 * DAY) < 0.25  # one fifth of the time
    assert len({tuple(each) for each in spells}) == 3


# -- dual warning -------------------------------------------------------------------------------------------------------

UNREAD = ("sensing.devices.smoke_detector.coverage=1", "sensing.devices.smoke_detector.read=0", "sensing.devices.camera.coverage=0",
          "sensing.devices.smoke_detector.sensitivity=0.05", LONG)  # fmt: skip


@cache
def warned() -> RunRecords:
    return run("dual_warning", settings=UNREAD)


def test_an_alarm_that_nobody_reads_still_sends_a_worker_at_once() -> None:
    assert alarms(lived(*UNREAD)).empty
    records = warned()
    mine = records["cases"].query("channel == 'sensor'")
    assert len(mine) >= 15
    called = set(events(records, "worker called")["subject"])
    assert called == {str(number) for number in mine["case_id"]}
    visits = records["services"].query("activity == 'verify' and outcome == 'done'").set_index("case_id")
    visits = visits[visits.index.isin(mine["case_id"])]
    assert len(visits) == (mine["verified_at"] != MISSING).sum() >= len(mine) - 3
    hour = pd.Series(visits["queued_at"] % DAY // 3600)
    in_shift = visits[hour.isin([8, 9, 10, 14, 15, 16]) & (visits["queued_at"] // DAY % 7 != 6)]
    assert len(in_shift) >= 3
    assert ((in_shift["started_at"] - in_shift["queued_at"]) == 0).mean() > 0.7


def test_what_two_sources_say_goes_first() -> None:
    records = warned()
    confirmed = {int(number) for number in events(records, "confirmed")["subject"]}
    cases = records["cases"].set_index("case_id").loc[sorted(confirmed)]
    assert len(cases) >= 5
    assert (cases["priority"] == 1).all()
    seen = (cases["channel"] == "patrol") | (cases["verified_at"] != MISSING)
    assert seen.all()


def test_of_the_free_workers_the_nearest_is_called() -> None:
    model = model_with("dual_warning")
    dual: DualWarning = mechanism(model, DualWarning)
    dual.begins()
    sensor = next(each for each in model.sensors if each.device.kind == "smoke_detector")
    issue = SimpleNamespace(x=0.0, y=0.0, community=0)
    task: Any = SimpleNamespace(activity="verify", case=SimpleNamespace(channel="sensor", by=sensor.name, issue=issue))
    free: list[Any] = list(model.teams.workers)
    metres = {worker.name: dual._metres(worker, issue) for worker in free}  # type: ignore[arg-type]
    assert dual._who_goes(task, free).name == min(metres, key=lambda name: metres[name])
    task.case.channel = "hotline"
    free[-1].served = -1
    assert dual._who_goes(task, free) is free[-1]


# -- dependence, work by hand, drills -------------------------------------------------------------------------------------


def test_where_devices_cover_everything_patrols_shrink_and_papers_grow() -> None:
    records = run("dependence", dependence={"practice": "0 h"})
    assert (records["staff"]["floor_s"] == 0).all()
    assert records["staff"]["patrol_s"].sum() < 0.8 * plain()["staff"]["patrol_s"].sum()
    assert not check_records(records)


def test_the_floor_shrinks_with_the_share_of_devices_that_stand() -> None:
    model = model_with("dependence", settings=("sensing.devices.smoke_detector.coverage=0.5", "sensing.devices.camera.coverage=0"))
    assert mechanism(model, Dependence).coverage == 0.5
    assert set(model.teams.workers[0].clock.plan.floor) == {2 * 3600}
    assert model.teams.workers[0].clock.plan.shares[0] == pytest.approx(0.4 + 0.15)


def test_the_habit_of_looking_fades_month_by_month_and_comes_back_with_practice() -> None:
    records = run("dependence", settings=(*WATCHED, LONG))
    habit = events(records, "habit")
    assert set(habit["amount"][habit["at"] == MONTH]) == {0.5}
    assert set(habit["amount"][habit["at"] == 2 * MONTH]) == {0.25}
    again = run("dependence", settings=(*WATCHED, LONG), dependence={"practice": "1 min"})
    assert set(events(again, "habit")["amount"]) == {1.0}
    model = model_with("dependence")
    dependence = mechanism(model, Dependence)
    worker = model.teams.workers[0]
    dependence._habit[worker.name] = 0.5
    assert dependence.visibility(None, worker, 0.02) == 0.01
    dependence._remembers(worker, DAY)
    assert dependence.habit(worker) == 0.75


def test_a_day_after_the_failure_papers_rest_and_the_floor_is_back() -> None:
    records = run("platform", "dependence", "fallback", settings=(*WATCHED, LONG))
    staff = records["staff"][records["staff"]["worker"].astype(str).str.contains("grid_workers")]
    by_hand = staff[staff["day"].isin(range(11, 15))]
    assert (by_hand["paperwork_s"] == 0).all()
    assert (by_hand["floor_s"] == 4 * 3600).all()
    others = staff[~staff["day"].isin(range(11, 15))]
    assert (others["floor_s"] == 0).all()
    assert others["paperwork_s"].sum() > 0
    assert list(events(records, "work by hand")["at"]) == [11 * DAY]


def test_a_drill_takes_working_time_and_gives_the_habit_back() -> None:
    records = run("platform", "dependence", "fallback", settings=(*WATCHED, LONG))
    habit = events(records, "habit")
    assert list(events(records, "failure drill")["at"]) == [40 * DAY]
    assert set(habit["amount"][habit["at"] == 2 * MONTH]) == {0.5}  # 0.25 without the drill
    undrilled = run("platform", "dependence", "fallback", settings=(*WATCHED, LONG),
                    fallback={"drills_every": None, "drill": None})  # fmt: skip
    shifts = [each["staff"][each["staff"]["worker"].astype(str).str.contains("grid_workers")] for each in (records, undrilled)]
    lost = [each[each["day"] == 40]["shift_s"].sum() for each in shifts]
    assert lost[0] < lost[1]


# -- building, upkeep -----------------------------------------------------------------------------------------------------


def test_devices_come_into_use_one_after_the_other_and_some_never() -> None:
    model = model_with("build")
    model.governance.begins()
    stands = np.array([sensor.stands for sensor in model.sensors])
    used = stands < NEVER
    assert 0.6 < used.mean() < 0.95
    assert stands[used].max() < 20 * DAY
    assert np.ptp(stands[used]) > 15 * DAY
    never = next(sensor for sensor in model.sensors if sensor.stands == NEVER)
    assert never.detects(0, 1, NEVER) == MISSING
    assert never.false_alarms(65 * DAY) == []
    assert all(sensor.detects(0, 1, NEVER) >= sensor.stands for sensor in model.sensors if sensor.stands < NEVER)


FAILING = ("sensing.devices.smoke_detector.up=1 d", "sensing.devices.smoke_detector.down=1 h",
           "sensing.devices.smoke_detector.sensitivity=1", "sensing.devices.camera.coverage=0")  # fmt: skip


@pytest.mark.parametrize(("funded", "works"), [(1, True), (0, False)])
def test_a_failure_that_nobody_pays_for_stays(funded: float, works: bool) -> None:
    model = model_with("upkeep", settings=FAILING, upkeep={"funded": funded, "renewal": 0.2})
    model.governance.begins()
    found = [sensor.detects(40 * DAY, 1, 45 * DAY) for sensor in model.sensors]
    assert (np.array(found) != MISSING).mean() == (1.0 if works else pytest.approx(0.0, abs=0.05))


def test_who_is_not_renewed_is_worn_out_at_the_end_of_life() -> None:
    life = 60 * DAY
    model = model_with("upkeep", upkeep={"renewal": 0, "life": "60 d"})
    model.governance.begins()
    ends = np.array([sensor.ends for sensor in model.sensors])
    assert ends.max() < life
    assert abs(ends.mean() / life - 0.5) < 0.15
    assert all(sensor.detects(sensor.ends, 1, NEVER) == MISSING for sensor in model.sensors)
    model = model_with("upkeep", upkeep={"renewal": 1, "life": "365 d"})
    model.governance.begins()
    assert {sensor.ends for sensor in model.sensors} == {NEVER}


# -- foresight, guidance, doors ---------------------------------------------------------------------------------------------


@cache
def foreseen(lead: str = "12 d") -> RunRecords:
    scenario = with_sensing(town(LONG), "foresight", foresight={"hit": 1, "decay": 0, "lead": {"family": "fixed", "value": lead}})
    return simulate(scenario, 1)


def test_a_fault_that_is_foreseen_and_repaired_never_comes() -> None:
    records = foreseen()
    faults = records["issues"].query("category == 'facilities'").set_index("issue_id")
    kept = {int(number) for number in events(records, "prevented")["subject"]}
    known = {int(number) for number in events(records, "foreseen")["subject"]}
    assert len(kept) >= 5
    assert kept <= known == set(faults.index[faults["onset"] >= 12 * DAY])
    assert (faults.loc[sorted(kept), "exposure_s"] == 0).all()
    assert set(faults.loc[sorted(kept), "found_by"]) == {"prevented"}
    jobs = records["services"].query("activity == 'planned' and outcome == 'done'")
    assert len(jobs) >= len(kept)
    assert events(records, "needless").empty
    assert not check_records(records)


def test_a_fault_that_comes_before_the_job_is_known_at_once_and_its_parts_are_ordered() -> None:
    records = foreseen("1 min")
    faults = records["issues"].query("category == 'facilities'").set_index("issue_id")
    known = sorted({int(number) for number in events(records, "foreseen")["subject"]} - {
        int(number) for number in events(records, "prevented")["subject"]})  # fmt: skip
    mine = faults.loc[known]
    by = records["reports"].query("by == 'forecast'").set_index("issue_id")["at"]
    assert len(by) >= 10
    assert (by == mine.loc[by.index, "onset"]).all()
    assert set(mine.loc[by.index, "found_by"]) == {"sensor"}
    cases = records["cases"][records["cases"]["channel"] == "sensor"].set_index("case_id")
    assert (cases.loc[records["reports"].query("by == 'forecast'")["case_id"], "verified_at"] == MISSING).all()


def test_parts_that_have_come_are_not_waited_for() -> None:
    model = model_with("foresight")
    foresight: Foresight = mechanism(model, Foresight)
    case: Any = SimpleNamespace(issue=SimpleNamespace(number=7, real=True))
    assert foresight.wait(case, "external", 500) == 500
    foresight._parts_at[7] = 120
    assert foresight.wait(case, "external", 500) == 120
    assert foresight.wait(case, "return", 500) == 500
    foresight._parts_at[7] = -5
    assert foresight.wait(case, "external", 500) == 0


def test_the_forecast_fades_between_renewals() -> None:
    never: Foresight = mechanism(model_with("foresight"), Foresight)
    assert never.hit(0) == 0.9
    assert never.hit(2 * 91 * DAY) == pytest.approx(0.8)
    renewed: Foresight = mechanism(model_with("foresight", foresight={"renewal": "91 d"}), Foresight)
    assert renewed.hit(2 * 91 * DAY) == 0.9
    assert renewed.hit(91 * DAY - 1) == pytest.approx(0.85, abs=1e-6)
    wrong = simulate(with_sensing(town(LONG), "foresight", foresight={"hit": 0}), 1)
    assert events(wrong, "foreseen").empty
    assert len(events(wrong, "needless")) >= 5
    assert len(wrong["services"].query("activity == 'planned'")) >= 5


def test_guidance_saves_the_search() -> None:
    model = model_with("guided_repair")
    guided: GuidedRepair = mechanism(model, GuidedRepair)
    numbers = {code: model.category_number(code) for code in ("facilities", "noise")}
    case: Any = SimpleNamespace(issue=SimpleNamespace(category=numbers["facilities"], community=0, code=3), opening=1, attempt=1)
    crew: Any = SimpleNamespace(level="district")
    assert guided.work(case, crew, 60 * MINUTE) == 50 * MINUTE
    assert guided.work(case, crew, 20 * MINUTE) == 15 * MINUTE
    assert guided.work(case, crew, 5 * MINUTE) == 5 * MINUTE
    assert guided.work(case, SimpleNamespace(level="grid"), 60 * MINUTE) == 60 * MINUTE  # type: ignore[arg-type]
    case.issue.category = numbers["noise"]
    assert guided.work(case, crew, 60 * MINUTE) == 60 * MINUTE


@pytest.mark.parametrize(("used", "share"), [(1.0, 1.0), (0.4, 0.4), (0.0, 0.0)])
def test_doors_keep_out_where_they_are_used(used: float, share: float) -> None:
    records = run("access_control", settings=("issues.categories.break_in.rate=100",),
                  access_control={"categories": ["break_in"], "used": used})  # fmt: skip
    faults = records["issues"].query("category == 'break_in'")
    kept = faults["found_by"] == "prevented"
    assert len(faults) > 15
    assert kept.mean() == pytest.approx(share, abs=0.25 if 0 < share < 1 else 0)
    assert len(events(records, "kept out")) == kept.sum()
    assert not (records["issues"].query("category != 'break_in'")["found_by"] == "prevented").any()


# -- refusals -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (["sensing.fallback={manual_start: 24 h, patrol: 4 h}"], "platform"),
        (["sensing.dual_warning={devices: [smoke], reached: 1}"], "smoke_detector"),
        (["sensing.platform={up: 30 d, kept: 1}"], "down"),
        (["sensing.access_control={categories: [burglary], coverage: 1, used: 1, through: 1}"], "burglary"),
        (["sensing.dependence={floor: 1 h, screen: 0.2, practice: 1 h, fades: 0.1, regains: 0.1, rollout: [{at: 1 d, share: 0.5}]}"], "starts"),
    ],
)  # fmt: skip
def test_contradictions_are_refused_with_what_to_do(settings: list[str], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_scenario("baseline", settings)


# -- the overlays ---------------------------------------------------------------------------------------------------------


@cache
def stacked(*names: str, settings: tuple[str, ...] = ()) -> RunRecords:
    scenario = read_scenario("baseline", [*SMALL, *settings], [option_path(name) for name in names]).scenario
    return simulate(scenario, 1)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_overlay_can_be_stacked_on_the_baseline_with_what_it_needs(name: str) -> None:
    overlay = read_overlay(option_path(name), Faults())
    assert overlay.title_zh
    assert overlay.needs == SHIPPED[name]
    bare = read_scenario("baseline", overlay.settings, [option_path(each) for each in overlay.needs]).scenario
    there = read_scenario("baseline", overlay.settings, [option_path(each) for each in (*overlay.needs, name)]).scenario
    assert there.sensing != bare.sensing


@pytest.mark.parametrize(
    ("name", "kind"), [("smoke_detectors", "smoke_detector"), ("camera_analytics", "camera"), ("environment_sensors", "environment_sensor"),
                       ("bins_and_bays", "parking_bay"), ("bins_and_bays", "smart_bin"), ("water_meters", "water_meter")],
)  # fmt: skip
def test_more_devices_of_a_kind_raise_more_alarms_of_it(name: str, kind: str) -> None:
    settings = ("issues.categories.elder_welfare.rate=40",) if kind == "water_meter" else ()
    bare, there = (alarms(records)["by"].astype(str).str.startswith(kind).sum() for records in (
        stacked(settings=settings), stacked(name, settings=settings)))  # fmt: skip
    assert there >= bare + 2


def test_who_reads_more_alarms_hears_of_more() -> None:
    few, usual, many = (len(alarms(stacked(*names))) for names in (("tech_for_show",), ("smart_sensing",), ("smart_sensing", "brain")))
    assert few < usual < many
    assert len(alarms(stacked("build_unordered"))) < len(alarms(stacked("smart_sensing")))


def test_indicators_of_the_room_can_be_read() -> None:
    names = ["alarm_to_visit_minutes", "hazards_identified_share", "unwatched_exposure_hours", "facility_fault_hours",
             "facility_faults_per_1000", "noise_found_hours"]  # fmt: skip
    values = measure(plain(), names)
    assert all(np.isfinite(values[name]) for name in names)
    assert np.isnan(measure(plain(), ["elder_found_hours"])["elder_found_hours"])
    cases = plain()["cases"].query("channel == 'sensor' and established_at >= 3 * 86400 and verified_at >= 0")
    assert values["alarm_to_visit_minutes"] == pytest.approx((cases["verified_at"] - cases["reported_at"]).mean() / 60, rel=0.1)
    assert 0 <= values["hazards_identified_share"] <= 1
