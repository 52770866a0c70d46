"""Emergencies act on hops, people, jobs and stores; without one nothing is touched."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scenarios.reading import read_scenario
from scenarios.stacking import option_path
from sim.clock import Clock
from sim.hazards import draw_emergencies, surge_codes
from sim.invariants import check_records
from sim.mechanisms.emergencies.drills import Drilling
from sim.mechanisms.emergencies.mode import EmergencyMode
from sim.mechanisms.emergencies.relay import heard
from sim.mechanisms.emergencies.roads import Roads
from sim.mechanisms.emergencies.site import Job, Site
from sim.mechanisms.emergencies.stores import Store
from sim.mechanisms.emergencies.volunteers import VolunteersInEmergencies
from sim.metrics.table import measure
from sim.model import GovernanceModel
from sim.places import build_city
from sim.records import RunRecords
from sim.scenario import Scenario
from sim.simulate import simulate
from sim.units import HOUR
from sim.world import draw_world
from tests.small_town import SMALL, altered, fingerprint, lived

MINUTE, DAY = 60, 86_400
STRIKES = 10 * DAY + 10 * HOUR
SHORT = (*SMALL, "time.horizon=16 d")
AT_TEN = "emergencies.hazards.storm.dates=[250 h]"
SURE = (
    AT_TEN, "emergencies.command.knows=1", "emergencies.command.reached=1", "emergencies.command.plan_used=1",
    "emergencies.command.relay_down={family: fixed, value: 1 h}", "emergencies.command.relay_up={family: fixed, value: 2 h}",
    "emergencies.command.call_in={family: fixed, value: 40 min}", "emergencies.evacuation.ready={family: fixed, value: 15 min}",
)  # fmt: skip
"""No luck in the chain: the community hears of it after two hours, and everybody knows what to do."""
OPTIONS = (
    "parallel_command", "reserve_norm", "three_tier_stores", "resource_map", "drills", "emergency_mode", "reserve_pool",
    "emergency_volunteers", "post_event_learning", "drainage_works", "neighbours_warn",
)  # fmt: skip
HAZARDS = ("storm", "fire", "water_cut", "epidemic", "crowd", "gas_leak")


def scenario(*settings: str, overlays: tuple[str, ...] = ("storm",)) -> Scenario:
    return read_scenario("baseline", [*SHORT, *settings], [option_path(name) for name in overlays]).scenario


@cache
def struck(*settings: str, overlays: tuple[str, ...] = ("storm",)) -> RunRecords:
    return simulate(scenario(*settings, overlays=overlays), 1)


def rows(records: RunRecords, event: str) -> pd.DataFrame:
    book = records["emergencies"]
    return book[book["event"] == event]


def when(records: RunRecords, event: str) -> int:
    """Seconds from the beginning of the first emergency to the first event of this name."""
    return int(rows(records, event)["at"].min()) - int(rows(records, "strikes")["at"].min())


# -- worlds -----------------------------------------------------------------------------------------------------------


@cache
def usual() -> RunRecords:
    return simulate(read_scenario("baseline", list(SHORT)).scenario, 1)


def test_options_without_an_emergency_change_nothing() -> None:
    quiet = ("storm", "parallel_command", "reserve_norm", "three_tier_stores", "emergency_volunteers", "post_event_learning",
             "drainage_works", "neighbours_warn")  # fmt: skip
    calm = struck("emergencies.hazards.storm.dates=[390 d]", overlays=quiet)
    left, right = fingerprint(usual()), fingerprint(calm)
    assert {name for name in left if left[name] != right[name]} <= {"emergencies"}


def test_an_emergency_adds_issues_and_moves_none() -> None:
    before, stormy = usual()["issues"], struck(AT_TEN)["issues"]
    columns = ["x", "y", "onset", "severity"]
    merged = before[columns].merge(stormy[columns], how="left", indicator=True)
    assert (merged["_merge"] == "both").all()
    assert len(stormy) - len(before) == len(rows(struck(AT_TEN), "surge_issue")) > 10


def test_chance_draws_as_many_as_the_rate_says_and_a_longer_run_only_adds() -> None:
    often = "emergencies.hazards.fire.rate=36"
    city, year = build_city(scenario().places), scenario(often, "time.horizon=365 d", overlays=("fire",))
    years = [draw_emergencies(year, city, seed) for seed in range(40)]
    assert 33 < np.mean([len(each) for each in years]) < 39
    short = draw_emergencies(scenario(often, "time.horizon=100 d", overlays=("fire",)), city, 0)
    assert years[0][: len(short)] == short
    assert {each.name for each in surge_codes(scenario(AT_TEN), city, 1).values()} == {"storm-1"}


# -- the chain of command ---------------------------------------------------------------------------------------------


def test_a_message_goes_level_by_level_or_to_all_at_once() -> None:
    plan = scenario(*SURE).emergencies
    assert plan is not None
    assert plan.command is not None
    down, up = plan.hazards["storm"], plan.hazards["storm"].model_copy(update={"first_seen": "below"})
    assert heard(plan.command, down, lambda _: 0.5) == {
        "district": 0, "subdistrict": HOUR, "community": 2 * HOUR, "force": 2 * HOUR}  # fmt: skip
    assert heard(plan.command, up, lambda _: 0.5) == {
        "community": 2 * HOUR, "subdistrict": 4 * HOUR, "district": 6 * HOUR, "force": 8 * HOUR}  # fmt: skip
    called = up.model_copy(update={"direct": up.duty})
    assert heard(plan.command, called, lambda _: 0.5)["force"] == up.duty.seconds == 4 * HOUR
    at_once = plan.command.model_copy(update={"parallel": True})
    assert set(heard(at_once, up, lambda _: 0.5).values()) == {1}


def test_parallel_command_takes_the_hops_away() -> None:
    by_level, at_once = struck(*SURE), struck(*SURE, overlays=("storm", "parallel_command"))
    assert (when(by_level, "community_informed"), when(at_once, "community_informed")) == (2 * HOUR, 1)
    assert when(by_level, "worker_on_site") - when(at_once, "worker_on_site") > 2 * HOUR - 20 * MINUTE
    assert measure(by_level, ["emergency_warning_hours"]) == {"emergency_warning_hours": 2.0}
    assert check_records(by_level) == []


# -- people -----------------------------------------------------------------------------------------------------------


def test_workers_leave_their_routine_and_those_off_duty_are_called_in() -> None:
    by_day = struck(*SURE, "emergencies.hazards.storm.workers=3", overlays=("storm", "parallel_command"))
    assert when(by_day, "first_response") == 1
    spells = by_day["services"][by_day["services"]["activity"] == "emergency"]
    workers = spells[(spells["station"] == "grid_workers_c001") & (spells["started_at"] == STRIKES + 1)]
    assert workers["server"].nunique() == len(workers) == 3
    assert int(by_day["staff"]["emergency_s"].sum()) >= 3 * 4 * HOUR
    by_night = ("emergencies.hazards.storm.dates=[242 h]", "emergencies.hazards.storm.force=null",
                "emergencies.hazards.storm.force_work=null")  # fmt: skip
    at_night = struck(*SURE[1:], *by_night, overlays=("storm", "parallel_command"))
    assert when(at_night, "first_response") == 1 + 40 * MINUTE


def test_who_does_not_know_the_procedure_sets_out_later() -> None:
    one, both = "emergencies.hazards.storm.workers=1", ("storm", "parallel_command")
    lost = struck(*SURE, "emergencies.command.knows=0", "emergencies.command.asks={family: fixed, value: 20 min}", one,
                  overlays=both)  # fmt: skip
    known = struck(*SURE, one, overlays=both)
    assert when(lost, "worker_on_site") - when(known, "worker_on_site") == 20 * MINUTE


def test_an_emergency_without_a_length_ends_when_the_force_has_done_its_work() -> None:
    fires = struck("emergencies.hazards.fire.rate=100", "emergencies.hazards.fire.force_work={family: fixed, value: 2 h}",
                   "emergencies.hazards.fire.blocked=90 min", "issues.categories.parking.rate=180", overlays=("fire",))  # fmt: skip
    over, done = rows(fires, "over"), rows(fires, "force_done")
    assert len(over) > 1
    assert over["at"].tolist() == done["at"].tolist()
    on_site = rows(fires, "force_on_site").set_index("emergency")["at"]
    assert (done.set_index("emergency")["at"] - on_site).dropna().eq(2 * HOUR).all()
    blocked = set(rows(fires, "lane_blocked")["emergency"])
    way = on_site - rows(fires, "force_called").set_index("emergency")["at"]
    assert blocked
    assert way[way.index.isin(blocked)].min() >= 90 * MINUTE
    assert way[~way.index.isin(blocked)].min() < 90 * MINUTE


# -- jobs on site -----------------------------------------------------------------------------------------------------


def test_helpers_share_the_jobs_and_start_none_that_would_outlast_their_stay() -> None:
    built = scenario(AT_TEN)
    city = build_city(built.places)
    emergency, env = draw_emergencies(built, city, 1)[0], Clock(initial_time=0)
    site = Site(env, 10 * HOUR, 0, emergency, built.emergencies.hazards["storm"], city.communities[0])  # type: ignore[union-attr]
    done: list[int] = []
    calls: list[int] = []
    site.informed_at = 0
    site.wants([Job(600, done.append) for _ in range(6)])
    site.short_of_hands = lambda: calls.append(env.now)
    site.opens(300)
    site.at(0, lambda: site.joins(1600))
    site.at(0, lambda: site.joins(1000))
    env.run(until=9000)
    assert (done, len(site.jobs), calls) == ([900, 900, 1500], 3, [1600])


def test_those_who_know_go_at_once_and_others_wait_for_a_knock() -> None:
    nobody_helped = ("emergencies.evacuation.helped={age_60_plus: 0}", "emergencies.hazards.storm.workers=1")
    knowing = struck(*SURE, *nobody_helped, "emergencies.evacuation.knows=1")
    assert 15 * MINUTE < when(knowing, "evacuated") - when(knowing, "community_informed") < 35 * MINUTE
    asking = struck(*SURE, *nobody_helped, "emergencies.evacuation.knows=0")
    knocks = round(0.1 * 1200) * 6 * MINUTE
    assert when(asking, "evacuated") > when(asking, "worker_on_site") + knocks
    assert rows(knowing, "evacuated")["amount"].tolist() == rows(asking, "must_leave")["amount"].tolist()


def test_neighbours_and_drills_warn_without_a_knock() -> None:
    slow = (*SURE, "emergencies.evacuation.knows=0", "emergencies.evacuation.helped={age_60_plus: 0}",
            "emergencies.hazards.storm.workers=0")  # fmt: skip
    told = struck(*slow, "emergencies.neighbours.coverage=1", "emergencies.neighbours.active=1",
                  overlays=("storm", "neighbours_warn"))  # fmt: skip
    assert HOUR / 2 < when(told, "evacuated") - when(told, "community_informed") < 4 * HOUR
    drilled = struck(*slow, "emergencies.drills.every=5 d", "emergencies.drills.residents=1", "emergencies.drills.learns=1",
                     "emergencies.drills.kept={family: fixed, value: 30 d}", overlays=("storm", "drills"))  # fmt: skip
    assert when(drilled, "evacuated") - when(drilled, "community_informed") < HOUR
    assert len(rows(struck(*slow), "evacuated")) == 0


def model_of(*settings: str, overlays: tuple[str, ...]) -> GovernanceModel:
    built = scenario(*settings, overlays=overlays)
    return GovernanceModel(built, draw_world(built, 1))


def part_of(model: GovernanceModel, kind: type) -> Any:
    return next(part for part in model.governance.mechanisms if isinstance(part, kind))


def test_what_was_learnt_in_a_drill_is_forgotten_and_costs_hours() -> None:
    model = model_of(
        "emergencies.drills.every=5 d", "emergencies.drills.workers=1", "emergencies.drills.learns=1",
        "emergencies.drills.kept={family: fixed, value: 3 d}", "emergencies.hazards.storm.dates=[390 d]",
        overlays=("storm", "drills"),
    )  # fmt: skip
    drilling: Drilling = part_of(model, Drilling)
    known: list[bool] = []
    for day in (4, 6, 9):
        drilling.at(day * DAY, lambda: known.append(drilling.trained(model.teams.workers[0])))
    model.run()
    assert known == [False, True, False]
    done = pd.DataFrame(model.journal.rows()["services"])
    drills = done[done["activity"] == model.journal.code("drill")]
    assert drills["work_s"].sum() == 3 * len(model.teams.workers) * 2 * HOUR


def test_volunteers_come_by_trust_and_gravity() -> None:
    def willing(trust: float, alarm: int) -> set[int]:
        model = model_of(AT_TEN, f"residents.trust={trust}", f"emergencies.hazards.storm.alarm={alarm}",
                         overlays=("storm", "emergency_volunteers"))  # fmt: skip
        part: VolunteersInEmergencies = part_of(model, VolunteersInEmergencies)
        emergency = draw_emergencies(model.scenario, model.city, 1)[0]
        hazard = model.scenario.emergencies.hazards["storm"]  # type: ignore[union-attr]
        return set(part.willing(Site(model.env, 0, 0, emergency, hazard, model.city.communities[0])).tolist())

    little, middling, much = willing(0.2, 4), willing(0.8, 3), willing(0.8, 4)
    assert little < much
    assert middling < much
    assert len(much) == pytest.approx(0.1 * 0.8 * 0.629 * 1200 * 2.6, rel=0.25)
    assert willing(0.0, 4) == set()


def test_volunteers_hand_out_faster() -> None:
    alone, helped = struck(*SURE), struck(*SURE, overlays=("storm", "emergency_volunteers"))
    rate = "goods_handed_out_per_hour"
    assert measure(helped, [rate])[rate] > measure(alone, [rate])[rate]
    assert set(rows(helped, "mobilised")["detail"]) == {"worker", "volunteer"}


def test_the_reserve_pool_sits_on_seats_that_are_empty_before_and_after() -> None:
    pool = struck(*SURE, "emergencies.pool.call_in={family: fixed, value: 1 h}", "emergencies.pool.stays=2 d",
                  overlays=("storm", "reserve_pool"))  # fmt: skip
    assert len(rows(pool, "pool_called")) == 2
    staff = pool["staff"]
    spare = staff[staff["worker"].astype(str).str.contains("reserve") & (staff["shift_s"] > 0)]
    assert {10, 11} <= set(spare["day"]) <= {10, 11, 12, 13}
    assert check_records(pool) == []


# -- plans, mode, works -----------------------------------------------------------------------------------------------


def test_what_was_found_out_once_is_known_the_next_time() -> None:
    twice = (*SURE, "emergencies.hazards.storm.dates=[5 d, 12 d]", "emergencies.command.plan_used=0")
    learning = ("emergencies.learning.review=2 d", "emergencies.learning.kept=1")
    forgetful = rows(struck(*twice), "plan_ready")["amount"].tolist()
    learnt = rows(struck(*twice, *learning, overlays=("storm", "post_event_learning")), "plan_ready")["amount"].tolist()
    assert (forgetful, learnt) == ([4.0, 4.0], [4.0, 0.0])


def test_where_there_are_works_a_storm_breaks_nothing() -> None:
    half = struck(*SURE, "emergencies.works.share=0.5", overlays=("storm", "drainage_works"))
    whole = struck(*SURE, "emergencies.works.share=1", overlays=("storm", "drainage_works"))
    assert 0 < len(rows(half, "prevented")) < len(rows(half, "surge_issue")) == len(rows(whole, "prevented"))
    assert (len(rows(half, "must_leave")), len(rows(whole, "must_leave"))) == (1, 0)
    assert measure(whole, ["emergency_issues"]) == {"emergency_issues": 0.0}


def test_emergency_mode_lets_its_cases_pass_and_paperwork_rest() -> None:
    both, at_five = ("epidemic", "emergency_mode"), "emergencies.hazards.epidemic.dates=[5 d]"
    model = model_of(at_five, "emergencies.hazards.epidemic.length=3 d", overlays=both)
    shares = part_of(model, EmergencyMode).paperwork(model.scenario.staffing.teams[0], [0.4] * 16)
    assert shares == [0.4] * 6 + [0.0] * 2 + [0.4] * 8
    records = struck(at_five, overlays=both)
    assert when(records, "mode_on") == when(records, "community_informed") + 2 * HOUR
    first = records["cases"][records["cases"]["priority"] == 0]
    assert len(first) > 5
    assert set(first["issue_id"]) <= {int(detail) for detail in rows(records, "surge_issue")["detail"]}


# -- goods ------------------------------------------------------------------------------------------------------------


def test_a_store_gives_what_is_in_date_oldest_first() -> None:
    store = Store("c001", "community", {"water": [(50, 5.0), (0, 3.0), (200, 4.0)]}, {"water": 10.0}, 2)
    assert (store.nominal("water"), store.usable("water", 10), store.usable("water", 60)) == (12.0, 9.0, 4.0)
    assert (store.take("water", 6.0, 10), store.batches["water"]) == (6.0, [(0, 3.0), (200, 3.0)])
    assert store.written == {"water": 12.0}
    assert (store.shown("water", 5), store.shown("water", 20)) == (9.0, 3.0)
    assert (store.check(20), store.written) == (3.0, {"water": 3.0})
    assert store.refill(20, {"water": 100}) == 7.0
    assert store.batches["water"] == [(120, 7.0), (200, 3.0)]
    assert (store.take("food", 1.0, 0), store.van(7)) == (0.0, (0, 7))


def test_vans_take_the_shortest_way_between_communities() -> None:
    places = read_scenario("baseline", [*SMALL, "places.communities_per_subdistrict=4"]).scenario.places
    city = build_city(places)
    roads, side = Roads(city), city.communities[0].side
    across = roads.metres("c001", "c004", roads.places["c004"])
    assert across == pytest.approx(2 * side * places.street_factor)
    assert roads.metres("district", "c004", roads.places["c004"]) <= across + side
    assert roads.metres("c002", "c002", (roads.places["c002"][0] + 100, roads.places["c002"][1])) == pytest.approx(130)


def test_what_no_store_holds_stays_unmet_until_a_tier_or_the_norm_holds_it() -> None:
    bare, tiers = struck(*SURE), struck(*SURE, overlays=("storm", "three_tier_stores"))
    norm = struck(*SURE, overlays=("storm", "reserve_norm"))
    assert rows(bare, "unmet")["detail"].tolist() == ["blankets"]
    assert measure(bare, ["goods_unmet_share"]) == {"goods_unmet_share": 0.25}
    assert len(rows(tiers, "unmet")) == len(rows(norm, "unmet")) == 0
    blankets = rows(tiers, "material_delivered")
    assert float(blankets[blankets["detail"] == "blankets"]["amount"].sum()) == pytest.approx(0.3 * 3120)
    assert set(rows(bare, "delivery")["detail"]) == {"c001"} < set(rows(tiers, "delivery")["detail"])
    assert float(rows(norm, "material_delivered")["amount"].sum()) == pytest.approx(4 * 0.3 * 3120)


def test_a_map_sends_no_van_in_vain() -> None:
    empty, tiers = (*SURE, "emergencies.stock.expired=1"), ("storm", "epidemic", "three_tier_stores")
    blind, seen = struck(*empty, overlays=tiers), struck(*empty, overlays=(*tiers, "resource_map"))
    assert measure(blind, ["goods_wrong_store_share"]) == {"goods_wrong_store_share": 1.0}
    assert len(rows(seen, "wrong_store")) == 0
    assert float(rows(seen, "unmet")["amount"].sum()) == float(rows(blind, "unmet")["amount"].sum()) > 0


# -- overlays and rules -----------------------------------------------------------------------------------------------


def test_all_emergencies_and_options_run_together() -> None:
    often = [f"emergencies.hazards.{name}.rate=100" for name in ("fire", "water_cut", "crowd", "gas_leak")]
    records = struck(AT_TEN, "emergencies.hazards.epidemic.dates=[5 d]", *often, overlays=(*HAZARDS, *OPTIONS))
    kinds = {"natural_disaster", "accident", "public_health", "utility_cut", "public_security", "facility_failure"}
    assert set(rows(records, "strikes")["kind"]) == kinds
    assert check_records(records) == []


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (lambda s: s["emergencies"]["hazards"]["storm"].update(rate=2), "either dates or a rate"),
        (lambda s: s["emergencies"]["hazards"]["storm"].update(force=None), "both force and force_work"),
        (lambda s: s["emergencies"]["hazards"]["storm"].update(blocked="1 h"), "both blocked_by and blocked"),
        (lambda s: s["emergencies"]["hazards"]["storm"].update(length=None, force=None, force_work=None), "without a length"),
        (lambda s: s["emergencies"]["command"].update(levels=["community", "district"]), "highest down to community"),
        (lambda s: s["emergencies"].update(command=None), "needs a chain of command"),
        (lambda s: s["emergencies"].update(stock=None, reserve=None), "are about stores"),
        (lambda s: s["emergencies"]["stock"].update(held=["tea"]), "stock.held: tea is not among"),
        (lambda s: s["emergencies"]["evacuation"]["speed"].pop("under_18"), "under_18 has no walking speed"),
        (lambda s: s["emergencies"]["volunteers"].update(bands=["old"]), "'old' is not a declared age band"),
        (lambda s: s["emergencies"]["hazards"]["storm"].update(force="navy"), "'navy' is not a declared department"),
        (lambda s: s["emergencies"]["hazards"]["storm"]["surge"][0].update(category="sand"), "'sand' is not a declared cat"),
        (lambda s: s["staffing"].update(teams=[]), "needs streets and grid workers"),
    ],
)
def test_what_contradicts_itself_is_refused(change: Callable[[dict[str, Any]], None], answer: str) -> None:
    whole = scenario(overlays=("storm", "emergency_volunteers", "three_tier_stores"))
    with pytest.raises(ValueError, match=answer):
        altered(whole, change)


def test_the_small_town_has_no_emergency() -> None:
    assert len(lived()["emergencies"]) == 0
