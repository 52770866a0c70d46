"""What the institution does by its results acts on seats, crews, checks, trays and what is at stake."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false, reportOperatorIssue=false
# pyright: reportIndexIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

import pandas as pd
import pytest

from sim.invariants import check_records
from sim.messages import BadInput
from sim.records import MISSING, RunRecords
from tests.mechanisms.test_scoring import BUSY, DAY, early, rows, run, scores
from tests.small_town import fingerprint

HOUR = 3600
TWO = ("places.communities_per_subdistrict=2", "places.place_weight_cv=0.4")
SCORED = (*TWO, "scoring.appraisal.every=10 d")


def served(records: RunRecords, server: str, first: int = 0, last: int = 10**9) -> int:
    """Pieces of work that somebody began in a stretch of time."""
    done = records["services"]
    return int(((done["server"] == server) & (done["started_at"] >= first) & (done["started_at"] < last)).sum())


def reserve_work(records: RunRecords) -> pd.DataFrame:
    """Work of seats and crews that are empty unless somebody is called."""
    done = records["services"]
    return done[done["server"].astype(str).str.contains("reserve") & (done["started_at"] != MISSING)]


# -- alerts -----------------------------------------------------------------------------------------------------------

SHOCK = "issues.shocks=[{at: 23 d, length: 10 d, categories: [property_service, environment, noise, parking], factor: 6}]"


def test_red_calls_people_when_the_plan_is_ready() -> None:
    records = run("alerts", settings=(SHOCK, "adaptation.alerts.red=1"))
    red, plan = (rows(records, "Alerts", event)["at"].tolist() for event in ("red", "plan"))
    assert [at for at in red if 23 * DAY < at <= 35 * DAY]
    assert set(plan) <= {at + 48 * HOUR for at in red}
    called = rows(records, "Alerts", "called")
    assert set(called["at"]) == set(plan)
    costs = 84_000 + 200_000  # of a worker and a crew a year
    days = sum(min(28, 40 - at / DAY) for at in plan)
    assert records["money"].query("kind == 'support'")["amount"].sum() == pytest.approx(costs * days / 365)
    work = reserve_work(records)
    assert len(work) > 3
    assert work["started_at"].min() >= min(plan)
    assert not check_records(records)


def test_an_alert_without_as_many_more_issues_is_false() -> None:
    real = rows(run("alerts", settings=(SHOCK, "adaptation.alerts.red=1")), "Alerts", "red").query("at > 23 * @DAY")
    assert "real" in set(real["subject"])
    jumpy = ("adaptation.alerts.least=1", "adaptation.alerts.red=0.05", "adaptation.alerts.yellow=0.05")
    noise = rows(run("alerts", settings=(*jumpy, *TWO)), "Alerts", "red")
    assert "false" in set(noise["subject"])


def test_looking_every_hour_sees_a_shock_sooner() -> None:
    def first_red(option: str) -> int:
        at = rows(run(option, settings=(SHOCK, "adaptation.alerts.red=1")), "Alerts", "red")["at"]
        return int(at[at > 23 * DAY].min())

    assert 23 * DAY < first_red("real_time_evaluation") < first_red("alerts")


def test_nobody_is_called_if_nothing_is_red() -> None:
    quiet, plain = fingerprint(run("alerts", settings=("adaptation.alerts.least=100000",))), fingerprint(run())
    assert quiet == plain  # seats and crews that wait cost nothing either


# -- three colours, cycle, trials ----------------------------------------------------------------------------------------


def coloured(red: float) -> RunRecords:
    rule = ("adaptation.three_colours.every=10 d", f"adaptation.three_colours.red={red}", "adaptation.three_colours.yellow=1")
    return run("three_rates", "three_colours", settings=(*SCORED, *rule))


def test_red_communities_get_a_worker_and_a_crew_until_the_next_rating() -> None:
    records = coloured(0.999)
    rated = rows(records, "ThreeColours", "red", "yellow", "green")
    told = scores(records, "reported_score")
    for row in rated.itertuples():
        assert row.amount == told[row.at, row.unit]
        assert row.event == ("red" if row.amount < 0.999 else "yellow" if row.amount < 1 else "green")
    called = rows(records, "ThreeColours", "called")
    assert len(called) == 2 * int((rated["event"] == "red").sum())
    assert len(reserve_work(records)) > 3
    assert reserve_work(records)["started_at"].min() >= 10 * DAY
    assert len(rows(coloured(0), "ThreeColours", "called")) == 0


def test_the_worst_indicator_gets_its_remedy() -> None:
    rule = ("adaptation.cycle={every: 10 d, delay: 2 d, remedies: {response: check, resolved: check, satisfied: check}}",)
    records = run("three_rates", "pdca", settings=(*SCORED, *rule, "workflow.check.share=0", "scoring.appraisal.stake=0"))
    on = rows(records, "Cycle", "remedy")
    assert on["at"].min() == 12 * DAY
    cases = records["cases"].query("outcome == 'closed'")
    back, checked = cases["fed_back_at"], cases["checked_at"] != MISSING
    assert not checked[back < 12 * DAY].any()
    assert checked[back > 12 * DAY].all()
    assert int((back > 12 * DAY).sum()) > 20


@pytest.mark.parametrize(("remedy", "step"), [("trays", "trays"), ("crews", "crews"), ("seats", "seats")])
def test_a_remedy_acts_on_its_own_thing(remedy: str, step: str) -> None:
    remedies = f"{{response: {remedy}, resolved: {remedy}, satisfied: {remedy}}}"
    rule = f"adaptation.cycle={{every: 10 d, delay: 0 d, remedies: {remedies}}}"
    records = run("three_rates", "pdca", settings=(*SCORED, rule, *BUSY[:1]))
    if remedy != "trays":
        name = "team_c001-reserve" if remedy == "crews" else "grid_workers-reserve"
        assert reserve_work(records)["server"].astype(str).str.contains(name).sum() > 0
        return
    plain = run("three_rates", settings=(*SCORED, *BUSY[:1]))
    late = [each["cases"].query("dispatched_at > 11 * @DAY and level in ['community', 'subdistrict', 'district']") for each in (records, plain)]
    wait = [(cases["dispatched_at"] - cases["established_at"]).mean() for cases in late]
    assert wait[0] < 0.5 * wait[1]


TRIAL = "adaptation.trials={every: 10 d, ideas: [%s], penalty: %s, hoped: 0.05}"


def test_the_last_community_tries_and_nobody_tries_again_what_failed() -> None:
    records = run("three_rates", "reform_trials", settings=(*SCORED, TRIAL % ("trays, tell, crews, check, seats", 0)))
    tries, ended = (rows(records, "Trials", *events) for events in (("tries",), ("kept", "failed")))
    assert len(tries) == 3
    told = scores(records, "reported_score")
    for row in tries.itertuples():
        assert told[row.at, row.unit] == told[row.at].min()
    for row in ended.itertuples():
        assert row.event == ("kept" if row.amount > 0 else "failed")
        later = tries[tries["at"] >= row.at]
        assert row.event == "kept" or row.subject not in set(later["subject"])


def test_who_would_pay_for_failing_does_not_dare() -> None:
    records = run("three_rates", "reform_trials", settings=(*SCORED, TRIAL % ("trays, tell", 1)))  # 20 points x 0.05 hoped
    assert len(rows(records, "Trials", "tries")) == 0


# -- moving people -----------------------------------------------------------------------------------------------------

MOVE = "adaptation.adjustment={every: 10 d, lag: %s, by: complaints, gap: %s, most: 2, handover: %s, knows_after: 60 d}"


def test_a_moved_worker_leaves_one_seat_and_takes_another() -> None:
    records = run("quarterly_adjustment", settings=(*TWO, MOVE % ("2 d", "0", "8 h")))
    moves = rows(records, "Adjustment", "moves")
    assert len(moves) >= 1
    first = moves.iloc[0]
    assert first["at"] == 12 * DAY
    home = rows(records, "Adjustment", "goes_home").query("subject == @first.subject")["at"]
    back = int(home.min()) if len(home) else 10**9
    assert served(records, first["subject"], 0, 12 * DAY) > 0
    assert served(records, first["subject"], 12 * DAY + 4 * HOUR, back) == 0
    taken = reserve_work(records)
    assert taken["started_at"].min() >= 12 * DAY + 8 * HOUR
    assert set(taken["station"].astype(str)) == {f"grid_workers_{first['unit']}"}
    assert not check_records(records)


def test_by_score_they_go_where_the_index_is_lowest() -> None:
    rule = (MOVE % ("0 d", "0", "8 h")).replace("by: complaints", "by: score")
    records = run("resource_index", settings=(*SCORED, rule))
    told, moves = scores(records, "reported_score"), rows(records, "Adjustment", "moves")
    assert len(moves) >= 1
    for row in moves.itertuples():
        assert told[row.at, row.unit] == told[row.at].min()


def test_nobody_is_moved_where_need_is_alike() -> None:
    records = run("quarterly_adjustment", settings=(*TWO, MOVE % ("2 d", "1", "8 h")))
    assert fingerprint(records) == fingerprint(run(settings=TWO))


def test_each_move_costs_time_and_who_comes_knows_nobody() -> None:
    def seconds_there(knows: str) -> float:
        rule = (MOVE % ("0 d", "0", "0 h")).replace("knows_after: 60 d", f"knows_after: {knows}")
        many = ("staffing.teams.grid_workers.known_households=100000",)
        return float(reserve_work(run("quarterly_adjustment", settings=(*TWO, rule, *many)))["work_s"].iloc[:1].sum())

    strange, familiar = seconds_there("60 d"), seconds_there("0 d")
    assert familiar < strange <= familiar * 1.2 + 1


def test_the_best_get_people_and_the_last_lose_some() -> None:
    rule = "adaptation.results_money={every: 10 d, top: 0.5, bonus: 0.25, floor: 0.75}"
    records = run("three_rates", "results_money", settings=(*SCORED, rule))
    gets, loses = (rows(records, "ResultsMoney", event) for event in ("gets", "loses"))
    told = scores(records, "reported_score")
    people = 6  # 4 grids of 1.5 workers
    assert len(gets) == len(loses) == 3
    for row in gets.itertuples():
        assert told[row.at, row.unit] == told[row.at].max()
        assert row.amount == 0.25 * people
    for row in loses.itertuples():
        assert told[row.at, row.unit] == told[row.at].min()
        assert row.amount == pytest.approx(0.25 * people)
    called = rows(records, "ResultsMoney", "called")
    assert called.groupby("at").size().tolist() == [2, 2, 2]  # one for the period, one for half of it
    assert len(reserve_work(records)) > 0
    spent = records["money"].query("kind == 'support'")["amount"].sum()
    assert spent == pytest.approx(0, abs=1e-6)  # what some get others lose


def test_an_award_in_reach_raises_what_is_at_stake() -> None:
    rule = "adaptation.awards={every: 10 d, top: 0.5, money: 50000, worth: %s, reach: 1}"
    stakes = ("scoring.appraisal.stake=0", *BUSY, "workflow.check.share=0.1", *SCORED)
    awarded, worthless = (run("three_rates", "awards", settings=(*stakes, rule % worth)) for worth in (60, 0))
    given = rows(awarded, "Awards", "award")
    assert given["amount"].tolist() == [50000.0] * 3
    assert awarded["money"].query("kind == 'awards'")["amount"].sum() == 150_000
    assert early(awarded) > early(worthless) == 0


# -- too often and too rarely ---------------------------------------------------------------------------------------------


def hours_lost(records: RunRecords) -> float:
    """Working time that moves cost: hand-over there and back."""
    return 8.0 * len(rows(records, "Adjustment", "moves", "goes_home"))


def test_too_often_costs_continuity_and_too_rarely_misses_a_shock() -> None:
    def adjusted(every: str) -> RunRecords:
        rule = (MOVE % ("1 d", "0", "8 h")).replace("every: 10 d", f"every: {every}")
        return run("quarterly_adjustment", settings=(*TWO, "places.place_weight_cv=0", rule, SHOCK))

    often, normal, rarely = (adjusted(every) for every in ("1 d", "10 d", "365 d"))
    assert hours_lost(often) > 2 * hours_lost(normal) > 0
    moved = rows(normal, "Adjustment", "moves")["at"]
    assert (moved > 23 * DAY).any()
    assert len(rows(rarely, "Adjustment", "moves")) == 0


# -- roll-out and bad input ------------------------------------------------------------------------------------------------


def test_a_stage_plan_reaches_communities_one_after_the_other() -> None:
    stages = "escalation.direct_line.rollout=[{at: 5 d, share: 0.5}, {at: 25 d, share: 1.0}]"
    records = run("stage_plan", settings=("places.communities_per_subdistrict=2", stages))
    called = rows(records, "DirectLine", "call")
    community = records["cases"].set_index("case_id").loc[[int(number) for number in called["subject"]], "community"].astype(str)
    assert called["at"].min() >= 5 * DAY
    assert "c001" in set(community)
    assert (called["at"].to_numpy()[community.to_numpy() == "c002"] >= 25 * DAY).all()


@pytest.mark.parametrize(
    ("option", "setting"),
    [("alerts", "adaptation.alerts.yellow=0.5"), ("three_colours", "adaptation.three_colours.red=0.9"),
     ("alerts", "adaptation.alerts.support={seats: 0, crews: 0}"), ("awards", "scoring=null")],
)  # fmt: skip
def test_contradictions_are_refused(option: str, setting: str) -> None:
    with pytest.raises(BadInput, match=r"yellow|red|support|appraisal"):
        run("three_rates", option, settings=(setting,))
