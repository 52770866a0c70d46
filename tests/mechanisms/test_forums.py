"""Forums act on who settles a matter, money on what waits for it; not in force they change nothing."""

from __future__ import annotations

from functools import cache
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from simpy import Environment

from scenarios.reading import read_scenario
from scenarios.stacking import option_path
from sim.invariants import check_records
from sim.mechanisms.forums.lists import Need, _best, _in_turn
from sim.mechanisms.money.account import Account
from sim.messages import BadInput
from sim.metrics.table import measure
from sim.records import MISSING, RunRecords
from sim.scenario import Scenario
from sim.scenario.forums.services import Resource
from sim.simulate import simulate
from sim.units import DAY, HOUR
from tests.small_town import SMALL, altered, fingerprint, fingerprint_of, lived

HORIZON = "time.horizon=60 d"
SHORT = (*SMALL, HORIZON)
CASES = (
    "three_way_split", "third_party_mediation", "ai_mediation", "legal_station", "service_purchase", "dual_list",
    "resource_register", "facility_sharing", "approval_by_levels", "delegated_approval", "repair_contract",
    "audit_published", "funding_norm", "prices",
)  # fmt: skip
PROJECTS = (
    "micro_projects", "urgent_track", "planners", "order_loop", "plan_cycle", "community_fund", "operating_assets",
    "private_partners",
)  # fmt: skip
OTHERS = ("mediation_1_3_n", "approval_by_levels", "community_budget_gap")


def fixed(text: str) -> str:
    return f"{{family: fixed, value: {text}}}"


def scenario(options: tuple[str, ...], settings: tuple[str, ...] = ()) -> Scenario:
    return read_scenario("baseline", [*SHORT, *settings], [option_path(name) for name in options]).scenario


@cache
def run(options: tuple[str, ...], *settings: str) -> RunRecords:
    return simulate(scenario(options, settings), 1)


def rows(records: RunRecords, event: str) -> pd.DataFrame:
    table = records["governance"]
    return table[table["event"] == event]


def named(records: RunRecords, event: str, unit: str = "") -> list[int]:
    """Numbers of the cases of an event, in a unit."""
    table = rows(records, event)
    return [int(number) for number in table[table["unit"].isin([unit] if unit else table["unit"].unique())]["subject"]]


def cases_of(records: RunRecords, numbers: list[int]) -> pd.DataFrame:
    return records["cases"].set_index("case_id").loc[numbers]


def spells(records: RunRecords, activity: str) -> pd.DataFrame:
    return records["services"][records["services"]["activity"] == activity]


# -- off, late, and all at once -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [CASES, PROJECTS, OTHERS], ids=["cases", "projects", "others"])
def test_options_that_have_not_begun_change_no_table(options: tuple[str, ...]) -> None:
    def late(plain: dict[str, Any]) -> None:
        for chapter in ("forums", "costs"):
            for plan in (plain[chapter] or {}).values():
                if isinstance(plan, dict):
                    plan["starts"] = "4000 d"

    assert fingerprint(simulate(altered(scenario(options), late), 1)) == fingerprint(lived(HORIZON))


@pytest.mark.parametrize("options", [CASES, PROJECTS, OTHERS], ids=["cases", "projects", "others"])
def test_all_of_them_keep_the_rules_and_the_world(options: tuple[str, ...]) -> None:
    records = run(options)
    assert check_records(records) == []
    assert len(records["governance"])
    born = ["issue_id", "x", "y", "severity", "onset"]
    usual = lived(HORIZON)["issues"]
    assert fingerprint_of(records["issues"][born]) == fingerprint_of(usual[usual["issue_id"].isin(records["issues"]["issue_id"])][born])


# -- three-way split -------------------------------------------------------------------------------------------------------

ALL_PRIVATE = ("forums.three_way.private.noise=1", "forums.three_way.talks=" + fixed("10 h"))


def test_what_residents_settle_never_comes_to_dispatch() -> None:
    records = run(("three_way_split",), *ALL_PRIVATE, "forums.three_way.settles=1")
    mine = cases_of(records, named(records, "settled outside"))
    assert len(mine) >= 5
    assert (mine["closed_at"] - mine["established_at"] == 10 * HOUR).all()
    assert (mine["dispatched_at"] == MISSING).all()
    assert set(mine["department"]) == {"residents"}
    assert not set(mine.index) & set(spells(records, "dispatch")["case_id"])


def test_what_they_do_not_settle_comes_back_after_three_days() -> None:
    records = run(("three_way_split",), *ALL_PRIVATE, "forums.three_way.settles=0")
    mine = cases_of(records, named(records, "came back"))
    assert len(mine) >= 5
    assert (mine["wait_other_s"] >= 72 * HOUR).all()
    sent = mine[mine["dispatched_at"] != MISSING]
    assert len(sent)
    assert (sent["dispatched_at"] - sent["established_at"] >= 72 * HOUR).all()


def test_a_small_matter_is_decided_in_the_community() -> None:
    small = run(("three_way_split",), "forums.three_way.small.facilities=1")["cases"]
    usual = lived(HORIZON)["cases"]
    asked = [(each["category"] == "facilities") & (each["severity_seen"] == 2) & (each["escalations"] == 0)
             & (each["dispatched_at"] != MISSING) for each in (small, usual)]  # fmt: skip
    assert set(small[asked[0]]["level"]) == {"community"}
    assert set(usual[asked[1]]["level"]) == {"subdistrict"}


# -- mediation -------------------------------------------------------------------------------------------------------------

THIRD = "forums.third_party.hearings"
HEARINGS = ("forums.third_party.shares.neighbour_dispute=1", f"{THIRD}.until=" + fixed("2 d"),
            f"{THIRD}.preparation=" + fixed("90 min"), f"{THIRD}.hearing=" + fixed("1 h"))  # fmt: skip


def hearings_of(records: RunRecords, numbers: list[int]) -> pd.Series:
    done = spells(records, "mediate")
    return done[done["outcome"] == "done"].groupby("case_id").size().reindex(numbers, fill_value=0)


def test_mediators_settle_at_the_first_hearing_or_give_up_after_the_last() -> None:
    settled = run(("third_party_mediation",), *HEARINGS, f"{THIRD}.agree=1")
    numbers = named(settled, "settled outside")
    assert len(numbers) >= 5
    assert (hearings_of(settled, numbers) == 1).all()
    assert (rows(settled, "settled outside")["amount"] >= 2).all()
    failed = run(("third_party_mediation",), *HEARINGS, f"{THIRD}.agree=0", f"{THIRD}.most=2")
    numbers = named(failed, "came back")
    assert len(numbers) >= 5
    assert (hearings_of(failed, numbers) == 2).all()
    assert not named(failed, "settled outside")


@pytest.mark.parametrize(("accurate", "minutes"), [("1", 70), ("0", 160)])
def test_a_proposal_that_can_be_used_saves_the_preparation(accurate: str, minutes: int) -> None:
    records = run(("third_party_mediation", "ai_mediation"), *HEARINGS, f"forums.mediation_aid.accurate={accurate}")
    work = spells(records, "mediate").query("outcome in ['done', 'suspended']").groupby("case_id")["work_s"].sum()
    heard = hearings_of(records, list(work.index))
    assert len(work) >= 5
    assert (work >= heard * minutes * 60).all()
    done = cases_of(records, named(records, "settled outside"))
    assert len(done)
    assert (work[done.index] == heard[done.index] * minutes * 60).all()


def test_the_legal_station_hears_where_it_stands() -> None:
    legal = ("forums.legal_station.shares.neighbour_dispute=1", "forums.legal_station.hearings.agree=1")
    records = run(("legal_station",), *legal)
    mine = cases_of(records, named(records, "settled outside", "legal_station"))
    assert len(mine) >= 5
    assert set(mine["department"]) == {"legal_station"}
    assert not set(mine.index) & set(spells(records, "dispatch")["case_id"])
    nowhere = run(("legal_station",), *legal, "forums.legal_station.rollout=[{at: 0 d, share: 0.4}]")
    assert not named(nowhere, "settled outside")  # the only community is not among the first two fifths


def test_where_a_body_fails_all_bodies_sit_down() -> None:
    settings = tuple(f"forums.team_1_3_n.bodies.{n}.hearings.{name}" for n in range(3) for name in ("agree=0", "most=1"))
    records = run(("mediation_1_3_n",), *settings, "forums.team_1_3_n.joint=1")
    numbers = named(records, "settled outside", "team_1_3_n")
    assert len(numbers) >= 5
    assert (hearings_of(records, numbers) == 1 + 3).all()
    assert set(spells(records, "mediate")["station"]) == {"residents_committee", "owners_committee", "property_firm"}


# -- purchase and lists ----------------------------------------------------------------------------------------------------

BOUGHT = ("forums.purchase.shares.environment=1", "forums.purchase.overlap=0")


def test_the_organisation_handles_its_share_and_nobody_checks() -> None:
    records = run(("service_purchase",), *BOUGHT, "forums.purchase.right=0")
    mine = cases_of(records, named(records, "settled outside"))
    assert len(mine) >= 10
    assert set(mine["department"]) == {"purchased_services"}
    assert (mine["checked_at"] == MISSING).all()
    repaired = records["issues"].set_index("issue_id").loc[mine["issue_id"]]["resolved_itself_at"].to_numpy()
    assert not mine["truly_fixed"][(repaired == MISSING) | (repaired > mine["closed_at"])].any()
    money = records["money"].query("kind == 'purchase'")
    assert money["amount"].sum() == pytest.approx(150_000 * 60 / 365)


def test_overlap_is_work_of_two_on_one_case() -> None:
    records = run(("service_purchase",), *BOUGHT, "forums.purchase.overlap=1", "forums.purchase.right=1")
    twice = named(records, "overlap")
    assert len(twice) >= 10
    work = spells(records, "handle")
    own = work[work["station"] != "purchased_services"]
    assert set(twice) & set(own["case_id"]) & set(work[work["station"] == "purchased_services"]["case_id"])
    assert not named(records, "settled outside")


def test_the_matching_has_the_best_sum_of_fits() -> None:
    rng = np.random.default_rng(5)
    codes = ["a", "b", "c", "d"]
    needs = [Need(None, 0, code, None) for code in codes]  # type: ignore[arg-type]
    for _ in range(20):
        slots = [Resource(name=f"r{n}", slots=1, fits=dict(zip(codes, rng.random(4), strict=True))) for n in range(4)]
        best = max(sum(slots[s].fits[codes[n]] for n, s in enumerate(way)) for way in permutations(range(4)))
        found = _best(needs, slots)
        assert sum(slots[s].fits[codes[n]] for n, s in found) == pytest.approx(best)
        assert sum(slots[s].fits[codes[n]] for n, s in _in_turn(needs, slots)) <= best + 1e-12
    nothing = [Resource(name="r", slots=1, fits={"z": 1.0})]
    assert _best(needs, nothing) == _in_turn(needs, nothing) == []


def test_register_and_sharing_put_more_slots_on_the_list() -> None:
    counts = []
    for more in ((), ("resource_register",), ("resource_register", "facility_sharing")):
        records = run(("dual_list", *more))
        slots = set(rows(records, "slots")["amount"])
        assert len(slots) == 1  # the same ones every week
        counts.append(slots.pop())
        assert (rows(records, "matched")["amount"].to_numpy() <= rows(records, "slots")["amount"].to_numpy()).all()
    assert counts[0] < counts[1] < counts[2]
    assert run(("dual_list",), "forums.dual_list.listed=1") is not None
    assert set(rows(run(("dual_list",), "forums.dual_list.listed=1"), "slots")["amount"]) == {18.0}


# -- spending --------------------------------------------------------------------------------------------------------------

MONEY = ("forums.spending.shares.facilities=1", "forums.spending.ladder.0.lies=" + fixed("2 d"),
         "forums.spending.ladder.1.lies=" + fixed("3 d"), "forums.spending.ladder.2.lies=" + fixed("7 d"),
         "forums.spending.misuse=0", "forums.spending.ladder.1.limit=8000")  # fmt: skip
"""Approval takes 5 days up to 8000 yuan and 12 beyond, besides the desks."""


def approved(records: RunRecords) -> pd.DataFrame:
    """Days, yuan and number of levels that examined each request."""
    days = rows(records, "approved").set_index("subject")["amount"].rename("days")
    yuan = rows(records, "paid").set_index("subject")["amount"].rename("yuan")
    desks = spells(records, "approve").groupby("case_id")["station"].nunique()
    desks.index = desks.index.astype(str)
    return pd.concat([days, yuan], axis=1).join(desks.rename("levels")).fillna({"levels": 0})


def test_a_request_climbs_as_far_as_its_sum_asks() -> None:
    found = approved(run(("approval_by_levels",), *MONEY))
    low, high = found[found["yuan"] <= 8000], found[found["yuan"] > 8000]
    assert len(low) >= 3
    assert len(high) >= 1
    assert (low["days"] >= 5).all()
    assert (high["days"] >= 12).all()
    assert set(low["levels"]) == {2}
    assert set(high["levels"]) == {3}


def test_a_delegated_sum_is_approved_by_one_level_and_a_contract_asks_nobody() -> None:
    delegated = approved(run(("approval_by_levels", "delegated_approval"), *MONEY, "forums.delegation.limit=4000",
                             "forums.delegation.drift=0", "forums.delegation.most_severe=3",
                             "forums.spending.shares.fire_safety=0"))  # fmt: skip
    low = delegated[delegated["yuan"] <= 4000]
    assert len(low) >= 3
    assert (low["days"] >= 3).all()
    assert set(low["levels"]) == {1}
    assert delegated[delegated["yuan"] > 4000]["levels"].min() == 2
    paid = approved(run(("approval_by_levels", "repair_contract"), *MONEY, "forums.repair_contract.limit=4000",
                        "forums.spending.shares.fire_safety=0"))  # fmt: skip
    assert (paid[paid["yuan"] <= 4000]["days"] == 300 / DAY).all()
    assert set(paid[paid["yuan"] <= 4000]["levels"]) == {0}
    assert (paid[paid["yuan"] > 4000]["days"] >= 5).all()


def test_a_delegated_matter_is_closed_by_the_community() -> None:
    cases = run(("approval_by_levels", "delegated_approval"))["cases"]
    mine = cases[(cases["category"] == "facilities") & (cases["severity_seen"] == 2) & (cases["dispatched_at"] != MISSING)
                 & (cases["escalations"] == 0)]  # fmt: skip
    assert len(mine)
    assert set(mine["level"]) == {"community"}


def test_misused_money_mends_nothing_at_first_and_publication_prevents_it() -> None:
    settings = (*MONEY, "forums.spending.misuse=1", "workflow.check.detection=1")
    records = run(("approval_by_levels",), *settings)
    mine = cases_of(records, named(records, "misused"))
    closed = mine[mine["outcome"] == "closed"]
    assert len(closed) >= 3
    issues = records["issues"].set_index("issue_id").loc[closed["issue_id"]]
    alone = ((issues["resolved_itself_at"] == MISSING) & (issues["case_ids"] == 1)).to_numpy()  # nothing else mended it
    assert alone.sum() >= 3
    assert (closed["reworks"] >= 1)[alone].all()
    assert not named(run(("approval_by_levels", "audit_published"), *settings, "forums.audit.objection=1"), "misused")


def test_where_an_audit_found_something_nothing_more_is_misused() -> None:
    records = run(("approval_by_levels", "audit_published"), *MONEY, "forums.spending.misuse=1", "forums.audit.objection=0",
                  "forums.audit.detection=1", "forums.audit.every=20 d")  # fmt: skip
    audits = rows(records, "audit")
    first = audits[audits["amount"] > 0]["at"].min()
    assert (rows(records, "misused")["at"] < first).all()
    assert (rows(records, "paid")["at"] > first).any()


# -- budget ----------------------------------------------------------------------------------------------------------------


def test_an_account_pays_in_the_order_of_asking() -> None:
    env = Environment()
    account = Account(env, 10.0)
    big, small = account.asks(25.0), account.asks(5.0)
    assert not big.triggered
    assert not small.triggered  # nobody overtakes
    account.receives(15.0)
    assert big.triggered
    assert not small.triggered
    account.receives(7.0)
    assert small.triggered
    assert (account.balance, account.waiting) == (2.0, 0)


def test_seats_that_the_budget_cannot_pay_stay_empty() -> None:
    records = run(("approval_by_levels", "community_budget_gap"), "costs.budget.workers=336000")
    usual = lived(HORIZON)["staff"]
    team = [each[each["station"].str.startswith("grid_workers")]["worker"].nunique() for each in (records["staff"], usual)]
    assert team == [4, 6]
    pay = records["money"].query("kind == 'pay' and unit.str.startswith('grid_workers')")["amount"].sum()
    assert pay == pytest.approx(4 * 84_000 * 60 / 365)


def test_approved_work_waits_until_there_is_money() -> None:
    gap = ("approval_by_levels", "community_budget_gap")
    none = run(gap, *MONEY, "costs.budget.running=0")
    assert len(rows(none, "approved")) >= 5
    assert not len(rows(none, "paid"))
    waiting = cases_of(none, named(none, "approved"))
    assert (waiting["handled_at"] == MISSING).all()
    some = run(gap, *MONEY, "costs.budget.running=600000")
    assert 0 < rows(some, "paid")["amount"].sum() <= 2 * 600_000 * 30 / 365
    assert check_records(none) == check_records(some) == []


def test_hearings_have_a_price() -> None:
    records = run(("third_party_mediation", "prices"), *HEARINGS)
    held = hearings_of(records, list(spells(records, "mediate")["case_id"].unique())).sum()
    assert held >= 5
    assert records["money"].query("kind == 'meetings'")["amount"].sum() == pytest.approx(200 * held)


def test_training_has_a_price() -> None:
    records = run(("know_how", "training", "prices"), "staffing.training.coverage=1", "staffing.training.every=30 d",
                  "staffing.training.hours=3 h")  # fmt: skip
    assert records["money"].query("kind == 'training'")["amount"].sum() == pytest.approx(6 * 2 * 3 * 60)


# -- projects --------------------------------------------------------------------------------------------------------------

QUICK = ("forums.projects.every=15 d", "forums.projects.history=15 d", "forums.projects.least=2", "forums.projects.design=" + fixed("2 d"),
         "forums.projects.approval=" + fixed("3 d"), "forums.projects.accepts=" + fixed("1 d"), "forums.projects.build=" + fixed("8 h"),
         "forums.projects.by_need=1", "forums.projects.works=1", "forums.projects.public=20000000")  # fmt: skip
RIGHT = tuple(f"forums.projects.suppliers.{number}.right=1" for number in range(2))


def built(records: RunRecords) -> dict[int, int]:
    """When each project was built, by its number."""
    return {int(row.subject): int(row.at) for row in rows(records, "built").itertuples()}  # type: ignore[arg-type]


def test_a_right_project_prevents_and_a_wrong_one_does_not() -> None:
    right = run(("micro_projects",), *QUICK, *RIGHT)
    done = built(right)
    assert len(done) >= 3
    assert len(rows(right, "prevented")) >= 5
    assert rows(right, "prevented")["at"].min() >= min(done.values())
    issues = right["issues"].merge(rows(right, "prevented"), left_on=["onset", "category"], right_on=["at", "subject"])
    assert len(issues) == len(rows(right, "prevented"))
    assert issues["case_ids"].sum() == issues["reports"].sum() == 0
    wrong = run(("micro_projects",), *QUICK, *(each.replace("right=1", "right=0") for each in RIGHT))
    assert len(built(wrong)) >= 3
    assert not len(rows(wrong, "prevented"))


def test_a_plan_from_need_chooses_the_worst_places() -> None:
    blind = ("forums.projects.by_need=0",)
    chosen = [rows(run(("micro_projects", *more), *QUICK, *RIGHT, *blind), "ordered")["amount"].mean() for more in ((), ("plan_cycle",))]
    assert chosen[1] > chosen[0]


def test_inspection_has_what_is_wrong_built_again() -> None:
    wrong = (*QUICK, *(each.replace("right=1", "right=0") for each in RIGHT), "forums.plan_cycle.inspected=1")
    records = run(("micro_projects", "plan_cycle"), *wrong)
    assert len(rows(records, "right")) >= 3
    assert not len(rows(records, "not right"))
    assert (spells(records, "project")["outcome"] == "done").sum() >= 2 * len(rows(records, "right"))


def test_planners_design_and_delegation_approves() -> None:
    planned = run(("micro_projects", "planners"), *QUICK, "forums.planners.work=" + fixed("4 h"))
    assert len(spells(planned, "design")) == len(rows(planned, "ordered"))
    slow = (*QUICK, "forums.projects.approval=" + fixed("20 d"))
    days = [measure(run(("micro_projects", *more), *slow, "time.horizon=60 d"), ["project_days_mean"])["project_days_mean"]
            for more in ((), ("approval_by_levels", "delegated_approval"))]  # fmt: skip
    assert days[0] >= 23
    assert days[1] < days[0] - 14


def test_residents_bar_a_supplier_that_builds_badly() -> None:
    bad_and_good = ("forums.projects.suppliers.0.right=0", "forums.projects.suppliers.1.right=1", "forums.order_loop.lenient=0",
                    "forums.order_loop.content=1")  # fmt: skip
    plain, rated = (run(("micro_projects", *more), *QUICK, *bad_and_good[: 2 + 2 * len(more)]) for more in ((), ("order_loop",)))
    assert not len(rows(plain, "right"))
    barred = rows(rated, "barred")
    assert set(barred["unit"]) == {"builder_cheap"}
    assert len(rows(rated, "right"))
    assert set(rows(rated, "right")["unit"]) == {"builder_good"}


def test_the_urgent_track_orders_between_the_dates_of_the_plan() -> None:
    late = (*QUICK, "forums.projects.every=50 d")
    urgent = run(("micro_projects", "urgent_track"), *late, "forums.urgent_track.least=2", "forums.urgent_track.every=10 d")
    assert rows(urgent, "ordered")["at"].min() == 10 * DAY
    assert rows(run(("micro_projects",), *late), "ordered")["at"].min() == 50 * DAY


POOR = (*QUICK, "forums.projects.public=0")
PARTNER = ("costs.partners.interested=1", "costs.partners.pays=1")


@pytest.mark.parametrize(
    ("options", "settings", "pays"),
    [
        ((), (), False),
        (("community_fund",), ("costs.fund.donors=9000000",), True),
        (("community_fund",), ("costs.fund.donors=0", "costs.fund.crowd=1000", "costs.fund.supporters=1"), True),
        (("operating_assets",), ("costs.assets.income=20000000",), True),
        (("private_partners",), (*PARTNER, "costs.partners.withdraws=0"), True),
        (("private_partners",), (*PARTNER, "costs.partners.withdraws=1"), False),
    ],
    ids=["nobody", "donors", "crowd", "assets", "partner", "partner gone"],
)
def test_somebody_must_pay_for_a_project(options: tuple[str, ...], settings: tuple[str, ...], pays: bool) -> None:
    records = run(("micro_projects", *options), *POOR, *settings)
    assert len(rows(records, "ordered")) >= 3
    assert bool(built(records)) == pays
    spent = records["money"].query("kind == 'projects'")["amount"].sum()
    assert spent >= 80_000 * len(built(records))
    assert bool(spent) == pays


# -- what cannot be --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "settings", "says"),
    [
        (("community_fund",), (), "micro_projects"),
        (("third_party_mediation", "mediation_1_3_n"), (), "mediation_1_3_n"),
        (("approval_by_levels",), ("forums.spending.ladder.2.limit=5",), "no limit"),
        (("three_way_split",), ("forums.three_way.private.noise=2",), "noise"),
        (("micro_projects",), ("forums.projects.categories=[facilities, stars]",), "stars"),
    ],
)
def test_contradictions_are_named(options: tuple[str, ...], settings: tuple[str, ...], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        scenario(options, settings)


def test_the_cost_of_a_fixed_issue_leaves_out_what_never_began() -> None:
    records = run(("micro_projects",), *QUICK, *RIGHT)
    right = (records["issues"]["fixed_at"] != MISSING).sum() - len(rows(records, "prevented"))
    cost = measure(records, ["cost_per_fixed_issue"])["cost_per_fixed_issue"]
    assert cost == pytest.approx(records["money"]["amount"].sum() / right)


# -- wishes ----------------------------------------------------------------------------------------------------------------

WISHES = ("layers", "residents_council", "micro_projects", "wishes")
LOUD = tuple(f"participation.turnout.{each}" for each in ("comes=[0.3,0.5,0.8]", "hears=1", "fades=0"))


def test_a_plan_of_wishes_follows_the_age_of_those_who_come() -> None:
    only_old = "participation.turnout.bands={under_18: 0, age_18_35: 0, age_36_45: 0, age_46_59: 0, age_60_plus: 1}"
    only_young = "participation.turnout.bands={under_18: 0, age_18_35: 1, age_36_45: 0, age_46_59: 0, age_60_plus: 0}"
    apart = "forums.wishes.concerns={age_18_35: {parking: 1, facilities: 0, property_service: 0, environment: 0}, age_60_plus: {parking: 0}}"
    wished = {}
    for name, bands in (("old", only_old), ("young", only_young)):
        wished[name] = rows(run(WISHES, *QUICK, *LOUD, bands, apart), "wished")["subject"].value_counts()
    assert wished["old"].sum() > 20
    assert wished["young"].sum() > 20
    assert set(wished["young"].index[wished["young"] > 0]) == {"parking"}
    assert "parking" not in set(wished["old"].index[wished["old"] > 0])


def test_the_place_chosen_is_held_against_what_all_need() -> None:
    records = run(WISHES, *QUICK, *LOUD)
    sited = rows(records, "sited")["amount"]
    assert len(sited) == len(rows(records, "ordered")) > 0
    assert sited.between(0, 1).all()
    assert measure(records, ["project_sited_share"])["project_sited_share"] > 0.3
    assert not len(rows(run(("micro_projects",), *QUICK, *RIGHT), "sited"))


def test_wishes_need_meetings() -> None:
    with pytest.raises(BadInput, match=r"participation\.councils"):
        scenario(("micro_projects", "wishes"))
