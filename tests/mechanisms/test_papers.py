"""Papers: each option acts on its own queue, minute, hop or threshold; without it nothing is touched."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false, reportReturnType=false

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scenarios.faults import Faults
from scenarios.reading import read_scenario
from scenarios.stacking import option_path, read_overlay
from sim.calendars import ALWAYS
from sim.clock import Clock
from sim.invariants import check_records
from sim.journal import Journal
from sim.mechanisms.papers.whistle import sends_out
from sim.messages import BadInput, speak
from sim.metrics.table import measure
from sim.policies.dispatch import Whistle
from sim.policies.queueing import LeastSlack
from sim.policies.view import QueueView, RouteView
from sim.records import MISSING, RunRecords
from sim.server import Server
from sim.simulate import simulate
from sim.station import Station
from sim.units import DAY, HOUR
from tests.small_town import SMALL, altered, fingerprint, lived, town

CONTEXT = ("multi_entry", "household_data", "enquiries", "applications", "planning", "several_departments")
OPTIONS = (
    "one_tap", "nlp", "data_pool", "household_pool", "digital_desk", "service_centre", "tiers", "three_limits", "merge_list",
    "responsibility_list", "first_receiver", "whistle", "act_on_complaint", "one_network", "least_slack", "strategy_library",
    "plan_graph", "subdistrict_hub", "joint_cases", "joint_meeting", "leadership", "answers_48h", "coordination_credit",
    "two_centres",
)  # fmt: skip
MECHANISMS = (
    *CONTEXT, "one_tap", "nlp", "data_pool", "digital_desk", "service_centre", "tiers", "merge_list", "responsibility_list",
    "first_receiver", "whistle", "act_on_complaint", "one_network", "strategy_library", "joint_cases", "joint_meeting",
    "leadership", "answers_48h", "coordination_credit", "two_centres",
)  # fmt: skip
"""All that can stand beside each other."""
DEPARTMENTS = tuple(
    f"issues.categories.{code}.authority=[district, district, district]"
    for code in ("property_service", "environment", "street_order", "noise", "parking", "facilities", "neighbour_dispute", "fire_safety")
)
"""Every case belongs to a department."""
REFUSED = (*DEPARTMENTS, "escalation.referral.refusal=1", "escalation.referral.review={family: fixed, value: 1 h}")


@cache
def run(*words: str) -> RunRecords:
    """The small town with options (bare names) and settings (`path=value`)."""
    options = [option_path(word) for word in words if "=" not in word]
    settings = [word for word in words if "=" in word]
    return simulate(read_scenario("baseline", [*SMALL, *settings], options).scenario, 1)


def spells(records: RunRecords, activity: str) -> pd.DataFrame:
    services = records["services"]
    return services[(services["activity"] == activity) & (services["started_at"] != MISSING)]


def book(records: RunRecords, event: str) -> pd.DataFrame:
    rows = records["governance"]
    return rows[rows["event"] == event]


def events(records: RunRecords, event: str) -> pd.DataFrame:
    """Lines of this name with the time of the line before in their case."""
    lines = records["events"].sort_values(["case_id", "seq"])
    return lines.assign(before=lines["at"].shift())[lines["event"] == event]


# -- all of them ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*CONTEXT, *OPTIONS])
def test_every_overlay_stacks_with_what_it_needs(name: str) -> None:
    overlay = read_overlay(option_path(name), Faults())
    stacked = read_scenario("baseline", overlay.settings, [option_path(each) for each in (*overlay.needs, name)]).scenario
    assert stacked != read_scenario("baseline", overlay.settings, [option_path(each) for each in overlay.needs]).scenario
    assert overlay.title_zh


STAFFED = ("two_centres", "applications", "service_centre")
"""Their people are there, and paid, from the beginning."""


def not_yet(plain: dict[str, Any]) -> None:
    options = [option_path(name) for name in MECHANISMS if name not in STAFFED]
    stacked = read_scenario("baseline", [*SMALL], options).scenario.model_dump(mode="json")
    for chapter in ("centres", "knowledge"):
        plain[chapter] = {name: option and {**option, "starts": "999 d"} for name, option in stacked[chapter].items()}


def test_before_they_start_the_tables_are_those_of_the_baseline() -> None:
    off, waiting = fingerprint(lived()), fingerprint(simulate(altered(town(), not_yet), 1))
    assert {name for name in off if off[name] != waiting[name]} <= {"governance"}


def test_all_together_keep_the_world_and_the_invariants() -> None:
    together, alone = run(*MECHANISMS), lived()
    for column in ("x", "y", "onset", "severity"):
        assert together["issues"][column].equals(alone["issues"][column])
    assert check_records(together) == []
    assert len(together["governance"]) > 20


# -- the desk -------------------------------------------------------------------------------------------------------------


def test_one_tap_takes_the_desk_out_of_the_way_of_a_finding() -> None:
    fast = run("one_tap", "centres.one_tap.report={family: fixed, value: 2 min}", "centres.one_tap.accuracy=1", *DEPARTMENTS)
    found = fast["cases"][fast["cases"]["channel"].isin(["patrol", "app"])]
    for step in ("establish", "dispatch"):
        assert not set(spells(fast, step)["case_id"]) & set(found["case_id"])
        assert len(spells(fast, step)) > 0
    assert set(spells(fast, "report")["work_s"]) == {120}
    assert found["returns"].sum() == 0


def test_what_a_machine_classifies_wrongly_comes_back_to_people() -> None:
    wrong = run("nlp", "centres.classifier.accuracy=0", "centres.first_receiver=null", *DEPARTMENTS)
    cases = wrong["cases"]
    back = cases[cases["channel"].isin(["hotline", "app", "box"]) & (cases["returns"] > 0)]
    reached = cases[cases["channel"].isin(["hotline", "app", "box"]) & (cases["handled_at"] != MISSING)]
    by_people = spells(wrong, "dispatch")
    assert set(reached["case_id"]) <= set(back["case_id"])
    assert set(by_people[by_people["case_id"].isin(reached["case_id"])].groupby("case_id").size()) == {1}


def test_each_further_system_costs_one_more_entry_until_the_pool_feeds_it() -> None:
    fixed = ("staffing.teams.grid_workers.report_work={family: fixed, value: 8 min}", "knowledge.reentry.parallel=0",
             "knowledge.reentry.entry={family: fixed, value: 4 min}")  # fmt: skip
    alone = run("multi_entry", *fixed)
    pooled = run("multi_entry", "data_pool", *fixed, "knowledge.data_pool.sharing=0.6")
    assert set(spells(alone, "report")["work_s"]) == {480 + 5 * 240}
    assert set(spells(pooled, "report")["work_s"]) == {480 + 2 * 240}
    assert measure(pooled, ["report_minutes_mean"])["report_minutes_mean"] == 16


def test_who_reports_to_several_departments_hands_in_twice() -> None:
    once, twice = (run("multi_entry", f"knowledge.reentry.parallel={share}")["reports"] for share in (0, 1))
    again = [int(((reports["channel"] == "patrol") & reports["merged"]).sum()) for reports in (once, twice)]
    assert again[0] == 0
    assert again[1] > 10


def test_supervision_establishes_and_command_dispatches() -> None:
    two = run("two_centres")
    assert set(spells(two, "establish")["station"].astype(str).str.split("_").str[0]) == {"supervision"}
    assert set(spells(two, "dispatch")["station"].astype(str).str.split("_").str[0]) == {"command"}
    assert spells(two, "dispatch")["work_s"].mean() > spells(lived(), "dispatch")["work_s"].mean()


def test_the_hub_does_all_papers_of_its_subdistrict() -> None:
    hub = run("subdistrict_hub")
    assert set(spells(hub, "establish")["station"].astype(str)) == set(spells(hub, "dispatch")["station"].astype(str))
    assert spells(hub, "establish")["server"].nunique() == 6
    assert len(spells(hub, "review")) == 0


# -- counters -------------------------------------------------------------------------------------------------------------


def test_the_digital_person_answers_whoever_can_use_it() -> None:
    nobody = run("enquiries", "digital_desk", "centres.digital_desk.knows=0", "centres.enquiries.routine=1")
    everybody = run("enquiries", "digital_desk", "centres.digital_desk.knows=1", "centres.enquiries.routine=1")
    asked, left = float(book(everybody, "asked")["amount"].iloc[0]), float(book(everybody, "left to people")["amount"].iloc[0])
    skilled = sum(band.share * band.digital_skill for band in town().residents.age_bands)
    assert book(nobody, "left to people")["amount"].iloc[0] == asked == book(nobody, "asked")["amount"].iloc[0]
    assert left / asked == pytest.approx(1 - skilled, abs=0.1)
    assert spells(everybody, "enquiry")["work_s"].sum() < spells(nobody, "enquiry")["work_s"].sum()


def test_one_counter_instead_of_three() -> None:
    fixed = ("staffing.desks.district.calendar=hotline", "centres.applications.counters=20",
             "centres.applications.work={family: fixed, value: 10 min}", "centres.applications.errand={family: fixed, value: 5 h}",
             "centres.applications.back_office={family: fixed, value: 10 h}")  # fmt: skip
    three = book(run("applications", *fixed), "application")
    centre = ("centres.service_centre.counters=20", "centres.service_centre.work={family: fixed, value: 20 min}")
    one = book(run("applications", "service_centre", *fixed, *centre), "application")
    assert np.allclose(three["amount"], 3 * (1 / 6 + 10) + 2 * 5)
    assert np.allclose(one["amount"], 1 / 3 + 10)
    assert (set(three["subject"]), set(one["subject"])) == ({"visits 3"}, {"visits 1"})


# -- limits and answers ---------------------------------------------------------------------------------------------------


def test_three_limits_set_the_clock_by_class() -> None:
    plain = ("at_once=1 h", "same_day=2 h", "limited=3 h", "involved=4 h")
    cases = run("three_limits", *(f"centres.three_limits.{each}" for each in plain), *DEPARTMENTS)["cases"]
    known = cases[cases["handling_due"] != MISSING]
    hours = (known["handling_due"] - known["established_at"]) / HOUR
    assert set(hours) == {1.0, 2.0, 3.0, 4.0}
    assert set(hours[known["priority"] == 1]) == {1.0}


def test_urgent_matters_come_first_and_small_ones_wait_for_the_plan() -> None:
    cases = run("tiers", "centres.tiers.planned=1", "centres.tiers.plan_every=7 d", "centres.tiers.urgent=47 h")["cases"]
    urgent = cases[(cases["handling_due"] - cases["established_at"] == 47 * HOUR) & (cases["established_at"] != MISSING)]
    assert set(urgent["priority"]) == {1}
    small = cases[(cases["priority"] == 3) & (cases["handling_started_at"] != MISSING) & ~cases["level"].isin(["", "grid"])]
    assert len(small) > 5
    assert (small["handling_started_at"] // (7 * DAY) > small["established_at"] // (7 * DAY)).all()


def test_unsolved_complaints_are_opened_again_and_the_lower_part_hurries() -> None:
    heard = run("act_on_complaint", "centres.complaints.reopens=1", "centres.complaints.ranked_every=10 d",
                "centres.complaints.lower=1", "workflow.check.share=0", "evaluation.call_back.answer=1",
                *(f"issues.categories.{n}.fix_quality=0.2" for n in range(8)))  # fmt: skip
    again, cases = book(heard, "opened again"), heard["cases"].set_index("case_id")
    assert len(again) > 3
    reopened = set(cases["repeat_of"])
    assert sum(int(case) in reopened for case in again["subject"]) >= len(again) - 2  # unless another report came first
    ranked = set(book(heard, "ranked")["unit"])
    late = cases[(cases["established_at"] > 11 * DAY) & ~cases["channel"].isin(["patrol", "sensor"])]
    assert {"housing", "sanitation"} <= ranked
    assert not (late["priority"][late["category"] == "property_service"] == 3).any()
    assert (lived()["cases"]["priority"] == 3).any()


def test_who_is_answered_within_the_limit_feels_told() -> None:
    silent = ("evaluation.score.told=0", "evaluation.call_back.coverage=1", "evaluation.call_back.answer=1")
    none = run(*silent)
    answered = run("answers_48h", *silent, "centres.answers.ahead=48 h", "centres.answers.seen=1")
    rows = book(answered, "answered")
    assert len(rows) > 20
    assert len(rows) == (spells(answered, "answer")["outcome"] == "done").sum()
    means = [measure(records, ["satisfaction_mean"])["satisfaction_mean"] for records in (none, answered)]
    assert 10 < means[1] - means[0] < 16  # 15 points are what untold costs


# -- ownership ------------------------------------------------------------------------------------------------------------


def referred(records: RunRecords) -> set[str]:
    return set(records["cases"][records["cases"]["referrals"] > 0]["category"])


def test_a_listed_category_is_not_passed_on() -> None:
    assert {"facilities", "property_service"} < referred(run(*REFUSED))
    listed = "centres.merge_list.categories=[facilities, property_service]"
    with_list = referred(run("merge_list", listed, "centres.merge_list.residual=0", *REFUSED))
    assert with_list
    assert not with_list & {"facilities", "property_service"}


def test_what_the_list_describes_is_not_contested() -> None:
    with_list = referred(run("responsibility_list", "centres.responsibility_list.categories=[facilities, property_service]",
                             "centres.responsibility_list.described=1", *REFUSED))  # fmt: skip
    assert with_list
    assert not with_list & {"facilities", "property_service"}


def test_the_first_receiver_keeps_the_case_and_asks_for_help() -> None:
    alone, kept = run(*REFUSED), run("first_receiver", "centres.first_receiver.unresolved=1", *REFUSED)
    cases = kept["cases"]
    assert cases["returns"].sum() == cases["referrals"].sum() == 0
    assert alone["cases"]["returns"].sum() > 0
    settled = set(events(kept, "meeting")["case_id"])
    helped = set(spells(kept, "help")["case_id"])
    assert helped
    refusers = alone["cases"][alone["cases"]["referrals"] > 0]["case_id"]
    assert settled <= set(cases["case_id"])
    assert len(helped & set(refusers)) > 0


def test_credit_pays_for_work_up_to_its_worth() -> None:
    assert referred(run("coordination_credit", "centres.credit.credit=1000 h", *REFUSED)) == set()
    nothing = run("coordination_credit", "centres.credit.credit=0 s", *REFUSED)
    assert fingerprint(nothing)["cases"] == fingerprint(run(*REFUSED))["cases"]


# -- the joint meeting ----------------------------------------------------------------------------------------------------


def test_an_agenda_with_room_for_one_settles_one_a_meeting() -> None:
    agenda = ("centres.joint_meeting.every=7 d", "centres.joint_meeting.capacity=1", "centres.joint_meeting.settled=1",
              "centres.joint_meeting.special=null", "centres.joint_meeting.notice=null")  # fmt: skip
    records = run("joint_meeting", *agenda, *REFUSED)
    settled = events(records, "meeting")
    assert len(settled) == len(book(records, "meeting")) > 1
    assert set(settled["at"] % (7 * DAY)) == {9 * HOUR}
    assert settled["at"].is_unique
    assert book(records, "left on the agenda")["amount"].iloc[0] > 0
    assert check_records(records) == []


def test_a_special_meeting_comes_after_its_notice() -> None:
    called = ("centres.joint_meeting.every=300 d", "centres.joint_meeting.settled=1", "centres.joint_meeting.special=1",
              "centres.joint_meeting.notice=1 d", "centres.joint_meeting.capacity=1000")  # fmt: skip
    records = run("joint_meeting", *called, *REFUSED)
    settled = events(records, "meeting")
    waits = settled["at"] - settled["before"]
    assert waits.max() == DAY
    assert len(book(records, "special meeting called")) == len(book(records, "meeting")) > 1


def test_the_leader_puts_grave_cases_first() -> None:
    agenda = ("centres.joint_meeting.every=7 d", "centres.joint_meeting.capacity=1", "centres.joint_meeting.settled=1",
              "centres.joint_meeting.special=null", "centres.joint_meeting.notice=null")  # fmt: skip
    led = run("joint_meeting", "leadership", *agenda, *REFUSED)
    taken = events(led, "meeting").merge(led["cases"], on="case_id")
    waiting = led["cases"][led["cases"]["referrals"] >= 2]
    assert taken["severity_seen"].mean() > waiting["severity_seen"].mean()
    joint = run("joint_meeting", "leadership", "several_departments", *DEPARTMENTS,
                *(f"centres.several_departments.shares.{code}=1" for code in ("noise", "parking")))  # fmt: skip
    noise = joint["cases"][joint["cases"]["category"].isin(["noise", "parking"]) & (joint["cases"]["established_at"] != MISSING)]
    assert set(noise["priority"]) == {1, 3}


# -- together -------------------------------------------------------------------------------------------------------------

TWO = ("several_departments", *DEPARTMENTS, "centres.several_departments.pass_on={family: fixed, value: 10 h}",
       *(f"centres.several_departments.shares.{code}=1" for code in ("noise", "parking")))  # fmt: skip


def begun(records: RunRecords, activity: str) -> pd.Series:
    """When each case first asked for an activity."""
    rows = records["services"]
    return rows[(rows["activity"] == activity) & (rows["attempt"] == 1)].groupby("case_id")["queued_at"].min()


def ended(records: RunRecords, activity: str) -> pd.Series:
    rows = records["services"]
    done = rows[(rows["activity"] == activity) & (rows["attempt"] == 1) & (rows["outcome"] == "done")]
    return done.groupby("case_id")["ended_at"].max()


def test_the_second_department_works_after_the_first_unless_they_are_joined() -> None:
    serial = run(*TWO)
    after = (begun(serial, "second") - ended(serial, "handle")).dropna()
    assert len(after) > 5
    assert (after == 10 * HOUR).all()
    joined = run(*TWO, "joint_cases", "centres.joint_cases.share=1", "centres.joint_cases.join={family: fixed, value: 1 h}")
    together = (begun(joined, "handle") - begun(joined, "second")).dropna()
    assert len(together) > 5
    assert (together >= 0).all()
    handled = joined["cases"].set_index("case_id")["handled_at"]
    both = pd.concat([ended(joined, "second"), ended(joined, "handle")], axis=1).dropna().max(axis=1)
    assert (handled.reindex(both.index) == both).all()
    assert check_records(joined) == []


def test_the_platform_passes_cases_on_without_papers() -> None:
    fast = run("one_network", *TWO, *REFUSED, "centres.platform.pass_on={family: fixed, value: 1 min}")
    for event in ("return", "refer"):
        passed = events(fast, event)
        assert len(passed) > 0
        assert set(passed["at"] - passed["before"]) == {60}
    assert (begun(fast, "second") - ended(fast, "handle")).dropna().eq(60).all()


def test_whistled_cases_are_not_refused_and_come_first_while_whistles_last() -> None:
    called = run("whistle", *TWO, *REFUSED, "centres.whistle.per_week=3")
    whistles = book(called, "whistle")
    weeks = whistles["at"] // (7 * DAY)
    assert weeks.value_counts().max() == 3
    cases = called["cases"]
    first = cases[cases["priority"] == 0]
    assert 0 < len(first) <= len(whistles)
    assert first["referrals"].sum() == 0
    assert cases["referrals"].sum() > 0
    assert (begun(called, "second") - begun(called, "handle")).reindex(first["case_id"]).dropna().le(0).all()


class Folder:
    """Papers of a case, as far as a station reads them."""

    def __init__(self, case_id: int) -> None:
        self.case_id, self.server, self.touches, self.attempt = case_id, "", 0, 1
        self.wait_capacity_s = self.wait_closed_s = self.work_s = self.travel_s = 0


def test_who_has_not_come_by_the_limit_lays_down_ordinary_work() -> None:
    env = Clock(initial_time=0)
    crew = Server("crew-1", 0, ALWAYS)
    station = Station(env, "police", 0, [[crew]], ALWAYS, lambda task: (0,), Journal())
    folders: Any = [Folder(1), Folder(2)]
    ordinary, whistled = (station.work(folder, "handle", 100) for folder in folders)
    env.run(until=30)
    sends_out(station, 2)
    assert crew.task is whistled
    assert folders[1].wait_capacity_s == 30
    env.run(until=300)
    assert whistled.ends_at == 130
    assert folders[0].work_s == 100
    assert station.waiting == 0
    assert ordinary.case is folders[0]


# -- knowledge ------------------------------------------------------------------------------------------------------------


def test_a_fact_is_asked_for_unless_it_is_shared_and_fresh() -> None:
    known = "knowledge.households.share=1", "knowledge.households.ask={family: fixed, value: 5 h}"
    asked = run("household_data", *known, "knowledge.households.sharing=0", "knowledge.households.sensitive_sharing=0")["cases"]
    worked = asked[(asked["handling_started_at"] != MISSING) & (asked["level"] != "")]
    assert (worked["wait_other_s"] >= 5 * HOUR).all()
    fresh = run("household_data", "household_pool", *known, "knowledge.data_pool.sharing=1",
                "knowledge.data_pool.sensitive_sharing=1", "knowledge.data_pool.stale=0")  # fmt: skip
    assert fingerprint(fresh)["cases"] == fingerprint(lived())["cases"]
    stale = run("household_data", "household_pool", *known, "knowledge.data_pool.sharing=1",
                "knowledge.data_pool.sensitive_sharing=1", "knowledge.data_pool.stale=1")  # fmt: skip
    handled = stale["cases"][stale["cases"]["handling_started_at"] != MISSING]["case_id"]
    assert set(handled) <= set(spells(stale, "visit")["case_id"])


def test_a_plan_that_is_kept_is_found() -> None:
    fixed = ("knowledge.planning.share=1", "knowledge.planning.work={family: fixed, value: 4 h}",
             "knowledge.library.find={family: fixed, value: 1 h}", *DEPARTMENTS)  # fmt: skip
    full = run("planning", "strategy_library", *fixed, "knowledge.library.kept=400")
    assert measure(full, ["plan_minutes_mean"])["plan_minutes_mean"] == pytest.approx(60, abs=3)  # a spell may be cut
    empty = run("planning", "strategy_library", *fixed, "knowledge.library.kept=0", "knowledge.library.situations=1")
    assert book(empty, "not found")["amount"].iloc[0] == 1
    assert book(empty, "found")["amount"].iloc[0] > 10
    never = run("planning", "strategy_library", *fixed, "knowledge.library.kept=0", "knowledge.library.adds=false")
    assert book(never, "found")["amount"].iloc[0] == 0


# -- decisions and refusals -----------------------------------------------------------------------------------------------


def test_policies_of_the_room() -> None:
    levels = ("grid", "community", "subdistrict", "district")
    assert Whistle().route(RouteView(2, "district", levels)).through == ("community", "subdistrict")
    assert Whistle().route(RouteView(2, "community", levels)).through == ("community",)
    long, short = QueueView(3, 1000, 0, 1, 900, False), QueueView(1, 500, 0, 2, 10, False)
    assert LeastSlack().rank(long) < LeastSlack().rank(short)


@pytest.mark.parametrize(
    ("setting", "english", "chinese"),
    [
        ("centres={joint_cases: {share: 1, join: {family: none}}}", "joint_cases does nothing without several_departments", "离开"),
        ("knowledge={data_pool: {sharing: 1, sensitive_sharing: 1, stale: 0}}", "data_pool does nothing", "离开"),
        ("centres={merge_list: {categories: [nois], residual: 0}}", "did you mean 'noise'", "noise"),
        ("centres={joint_meeting: {every: 7 d, capacity: 1, settled: 1, special: 2}}", "give both special and notice", "要么都写"),
    ],
)
def test_contradictory_options_are_named(setting: str, english: str, chinese: str) -> None:
    try:
        for tongue, words in (("zh", chinese), ("en", english)):
            speak(tongue)
            with pytest.raises(BadInput, match=words):
                read_scenario("baseline", [setting])
    finally:
        speak("en")
