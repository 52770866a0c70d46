"""Scores are read off the cases; what they weigh makes agents game them; without weight, or with certain checks, nobody does."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false, reportOperatorIssue=false
# pyright: reportIndexIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from functools import cache
from math import sqrt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from scenarios.reading import read_scenario
from scenarios.stacking import option_path
from sim.mechanisms.adaptation.rewards import DutyShares
from sim.mechanisms.scoring.appraisal import Score
from sim.mechanisms.scoring.unit import Unit
from sim.mechanisms.scoring.weights import entropy_weights
from sim.messages import BadInput
from sim.model import GovernanceModel
from sim.records import MISSING, RunRecords
from sim.scenario.pairwise import ahp_weights
from sim.simulate import simulate
from sim.world import draw_world
from tests.small_town import SMALL, fingerprint, lived

DAY = 86_400
ONE_PART = "scoring.appraisal.parts=[{name: it, measure: %s, weight: 1.0%s}]"
RESPONSE = ONE_PART % ("response", "")
BUSY = ("staffing.level_teams.community.crews=1", "workflow.check.share=0.3")
CERTAIN = ("found=1", "found_loss=1000")


@cache
def run(*options: str, settings: tuple[str, ...] = (), seed: int = 1) -> RunRecords:
    """The small town over 40 days with options stacked on it."""
    paths = [option_path(name) for name in options]
    return simulate(read_scenario("baseline", [*SMALL, "time.horizon=40 d", *settings], paths).scenario, seed)


def rows(records: RunRecords, mechanism: str, *events: str) -> pd.DataFrame:
    """What a mechanism has written."""
    table = records["governance"]
    return table[(table["mechanism"] == mechanism) & table["event"].isin(events)]


def scores(records: RunRecords, event: str, kind: str = "community") -> pd.Series:
    """Scores by unit and period."""
    found = rows(records, "Appraisal", event)
    return found[found["unit"] == kind].set_index(["at", "subject"])["amount"]


# -- scores -----------------------------------------------------------------------------------------------------------


def test_the_response_rate_is_of_what_was_due() -> None:
    settings = (RESPONSE, "workflow.check.share=0", "workflow.handling.extension=0")
    records, at = run("three_rates", settings=settings), 30 * DAY
    cases = records["cases"]
    done = cases[(cases["closed_at"] != MISSING) & (cases["closed_at"] <= at) & (cases["handling_due"] != MISSING)]
    not_back = (cases["fed_back_at"] == MISSING) | (cases["fed_back_at"] > at)
    waits = (cases["established_at"] != MISSING) & (cases["established_at"] <= at) & not_back & (cases["handling_due"] < at)
    waits &= cases["handling_due"] != MISSING
    kept = int((~done["overdue_assessed"]).sum())
    assert scores(records, "reported_score")[at, "c001"] == pytest.approx(kept / (len(done) + int(waits.sum())))
    truly = int((~done["overdue_raw"] & done["truly_fixed"]).sum())
    assert scores(records, "true_score")[at, "c001"] == pytest.approx(truly / (len(done) + int(waits.sum())))


def test_being_scored_changes_nothing_where_nothing_can_be_won() -> None:
    assert fingerprint(run()) == fingerprint(lived("time.horizon=40 d"))
    scored, plain = fingerprint(run("three_rates")), fingerprint(run())
    assert scored.pop("governance") != plain.pop("governance")
    assert scored == plain


def test_a_limit_counts_whole_or_not_at_all() -> None:
    records = run("basic_kpis", settings=("scoring.appraisal.every=10 d",))
    sums = {0.0, 0.34, 0.33, 0.66, 0.67, 1.0}
    found = {round(value, 6) for value in scores(records, "reported_score")}
    assert len(found) >= 1
    assert all(min(abs(value - each) for each in sums) < 0.01 for value in found)
    missed = rows(records, "Appraisal", "red_line").query("unit == 'c001'")
    left = 1 - missed["subject"].map({"satisfaction": 0.34, "complaints": 0.33, "channels": 0.33}).groupby(missed["at"]).sum()
    assert scores(records, "reported_score").xs("c001", level="subject")[left.index].to_numpy() == pytest.approx(left.to_numpy())


def test_kinds_of_communities_are_judged_by_their_own_time() -> None:
    kinds = "scoring.appraisal.kinds=[{name: old, share: 0.5, within: 1000 d}, {name: new, share: 0.5, within: 1 s}]"
    settings = (ONE_PART % ("quick", ", within: 1 d"), kinds, "scoring.appraisal.every=20 d", "places.communities_per_subdistrict=2")
    told = scores(run("community_types", settings=(*settings, "workflow.handling.extension=0")), "reported_score")[20 * DAY]
    assert told["c001"] > 0.8
    assert told["c002"] < 0.05


def test_workers_and_departments_are_scored_too() -> None:
    records = run("responsibility_matrix", settings=("scoring.appraisal.every=20 d",))
    assert "team_c001" in scores(records, "reported_score", "department")[20 * DAY].index
    assert len(scores(records, "reported_score", "worker")) >= 3


def test_duties_move_to_who_scores_better() -> None:
    scenario = read_scenario("baseline", list(SMALL), [option_path("responsibility_matrix")]).scenario
    model = GovernanceModel(scenario, draw_world(scenario, 1))
    duties = next(each for each in model.governance.mechanisms if isinstance(each, DutyShares))
    cases = [SimpleNamespace(issue=SimpleNamespace(code=code, community=0, category=0), opening=1) for code in range(2000)]
    assert [duties.claimant(case, 0) for case in cases[:20]] == [0] * 20  # type: ignore[arg-type]  # nobody is scored yet
    for name, score in (("housing", 0.2), ("urban_management", 0.6)):
        duties.appraisal.last[Unit("department", name)] = Score(score, score, score, {}, 1)
    second = sum(duties.claimant(case, 0) for case in cases) / len(cases)  # type: ignore[arg-type]
    assert abs(second - 0.75) < 4 * sqrt(0.75 * 0.25 / len(cases))


# -- weights ----------------------------------------------------------------------------------------------------------


def test_weights_of_consistent_judgements_are_their_ratios() -> None:
    weights, ratio = ahp_weights(((1, 2, 6), (1 / 2, 1, 3), (1 / 6, 1 / 3, 1)))
    assert weights == pytest.approx([0.6, 0.3, 0.1])
    assert ratio == pytest.approx(0, abs=1e-9)


def test_saatys_index_of_a_contradiction() -> None:
    _, ratio = ahp_weights(((1, 3, 1 / 3), (1 / 3, 1, 3), (3, 1 / 3, 1)))
    largest = 1 + 3 + 1 / 3  # a circulant: every row sums to its principal eigenvalue
    assert ratio == pytest.approx((largest - 3) / 2 / 0.58)
    with pytest.raises(BadInput, match="contradict"):
        read_scenario("baseline", [*SMALL, "scoring.appraisal.method.judgements=" + _judgements()], [option_path("index_ahp_entropy")])


def _judgements() -> str:
    """Five things, of which the first three are each three times as important as the next in a circle."""
    matrix = np.ones((5, 5))
    for i, j in ((0, 1), (1, 2), (2, 0)):
        matrix[i, j], matrix[j, i] = 9, 1 / 9
    return str(matrix.round(12).tolist())


def test_entropy_gives_weight_to_what_tells_units_apart() -> None:
    weights = entropy_weights(np.array([[0.5, 0.0, 0.2], [0.5, 1.0, 0.4]]))
    assert weights[0] == pytest.approx(0)
    assert weights[1] > weights[2] > 0
    assert weights.sum() == pytest.approx(1)
    third = 1 + (1 / 3 * np.log(1 / 3) + 2 / 3 * np.log(2 / 3)) / np.log(2)
    assert weights[2] / weights[1] == pytest.approx(third)


def test_weights_are_corrected_each_period() -> None:
    records = run("index_ahp_entropy", settings=("scoring.appraisal.every=15 d", "places.communities_per_subdistrict=2"))
    weights = rows(records, "Appraisal", "weight")
    assert weights.groupby("at")["amount"].sum().to_numpy() == pytest.approx([1.0] * weights["at"].nunique())
    assert weights["amount"].nunique() > 5


# -- what agents do about it ------------------------------------------------------------------------------------------


def early(records: RunRecords) -> int:
    """Cases reported done that nobody has worked on."""
    cases = records["cases"]
    return int(((cases["outcome"] == "closed") & (cases["handling_started_at"] == MISSING) & (cases["fed_back_at"] != MISSING)).sum())


def test_closing_early_pays_where_lateness_weighs_and_checks_are_rare() -> None:
    assert early(run("three_rates", settings=BUSY)) >= 3
    assert early(run("three_rates", settings=(*BUSY, "scoring.appraisal.stake=0"))) == 0
    certain = ("workflow.check.share=1", "workflow.check.detection=1")
    assert early(run("three_rates", settings=(BUSY[0], *certain))) == 0


def test_the_resident_who_may_be_asked_keeps_some_from_closing_early() -> None:
    asked = ("evaluation.call_back={coverage: 1.0, answer: 1.0, delay: {family: fixed, value: 2 d}}", "evaluation.score.unsolved=100")
    rare = (*BUSY, "workflow.check.share=0.1")
    assert early(run("three_rates", settings=(*rare, *asked))) < early(run("three_rates", settings=rare))


BAD = tuple(f"issues.categories.{code}.fix_quality=0.4" for code in ("environment", "noise", "property_service", "parking"))
"""Much must be handled again."""
TRICKS = {
    "forced_closing": ("ForcedClosing", "forces", ("workflow.check.share=1", "workflow.check.detection=1", *BAD)),
    "bouncing": ("Bouncing", "bounces", ("escalation.levels=[grid, community, district]", "staffing.level_teams.community.crews=2")),
    "cherry_picking": ("CherryPicking", "picks", ()),
}


def tricked(trick: str, *more: str) -> tuple[RunRecords, pd.DataFrame]:
    """A busy town in which everybody would do it, judged by the response rate alone; and what was done."""
    mechanism, event, special = TRICKS[trick]
    settings = (RESPONSE, *BUSY, *special, f"scoring.{trick}.willing=1", "workflow.handling.extension=0",
                "evaluation.pressure.caught_loss=1000", *more)  # fmt: skip
    records = run("three_rates", "score_gaming", settings=settings)
    return records, rows(records, mechanism, event)


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_vanishes_without_weight_and_with_certain_checks(trick: str) -> None:
    assert len(tricked(trick)[1]) >= 1
    assert len(tricked(trick, "scoring.appraisal.stake=0")[1]) == 0
    assert len(tricked(trick, *(f"scoring.{trick}.{setting}" for setting in CERTAIN))[1]) == 0
    assert len(tricked(trick, f"scoring.{trick}.willing=0")[1]) == 0


def test_forced_cases_are_closed_unfixed_before_their_last_handling() -> None:
    records, forced = tricked("forced_closing")
    mine = records["cases"].set_index("case_id").loc[[int(number) for number in forced["subject"]]]
    assert mine["forced_close"].all()
    assert (mine["reworks"] < 3).all()
    assert not mine["overdue_assessed"].any()
    assert not mine["truly_fixed"].any()


def test_bounced_cases_were_refused_at_that_moment() -> None:
    records, bounced = tricked("bouncing")
    refused = records["events"].query("event == 'refer'")
    assert {int(number) for number in bounced["subject"]} <= set(refused["case_id"])
    assert len(refused) > len(tricked("bouncing", "scoring.appraisal.stake=0")[0]["events"].query("event == 'refer'"))


def test_who_picks_lets_long_cases_wait() -> None:
    def easy_wait(records: RunRecords) -> float:
        done = records["services"].query("activity == 'handle' and outcome == 'done' and station == 'team_c001'")
        short = done["work_s"] <= done["work_s"].quantile(0.4)
        wait = done["started_at"] - done["queued_at"]
        return float(wait[short].mean() / wait[~short].mean())

    assert easy_wait(tricked("cherry_picking")[0]) < 0.8 * easy_wait(tricked("cherry_picking", "scoring.appraisal.stake=0")[0])


def test_what_is_found_is_taken_off_the_score() -> None:
    always = ("scoring.cherry_picking.found=1", "scoring.cherry_picking.found_loss=1")
    records, _ = tricked("cherry_picking", *always)
    unfined, _ = tricked("cherry_picking", "scoring.cherry_picking.found=0")
    found = rows(records, "CherryPicking", "found").query("unit == 'team_c001' and at <= 30 * @DAY")
    mine, theirs = (scores(each, event, "department")[30 * DAY, "team_c001"]
                    for each, event in ((records, "score_after_fines"), (unfined, "reported_score")))  # fmt: skip
    assert "score_after_fines" not in set(unfined["governance"]["event"])
    assert 0 < theirs - mine <= len(found) / 20


# -- reported figures -------------------------------------------------------------------------------------------------

BEAUTIFUL = ("three_rates", "data_beautification")
ALL_OF_THEM = (ONE_PART % ("passed", ""), "scoring.beautifying.willing=1", "scoring.appraisal.every=10 d", "scoring.appraisal.stake=200",
               "scoring.beautifying.found=0", "workflow.check.detection=1")  # fmt: skip


def gap(*more: str, options: tuple[str, ...] = BEAUTIFUL) -> pd.Series:
    """Reported less true score of the community by period."""
    records = run(*options, settings=(*ALL_OF_THEM, *more))
    return scores(records, "reported_score") - scores(records, "true_score")


def test_a_beautified_figure_is_truth_and_a_share_of_it() -> None:
    records = run(*BEAUTIFUL, settings=(*ALL_OF_THEM, "scoring.beautifying.by=0.02"))
    told, true = scores(records, "reported_score"), scores(records, "true_score")
    assert len(told) == 3
    assert told.to_numpy() == pytest.approx(np.minimum(1, true.to_numpy() * 1.02))
    assert (told > true).any()


@pytest.mark.parametrize(
    "why",
    ["scoring.appraisal.stake=0", "scoring.beautifying.willing=0", "scoring.beautifying={willing: 1, by: 0.3, found: 1, found_loss: 1000}"],
)
def test_nobody_beautifies_without_weight_or_with_certain_checks(why: str) -> None:
    assert gap().max() > 0.01
    assert gap(why).to_numpy() == pytest.approx([0.0] * 3)


def test_what_stands_on_fixed_records_cannot_be_beautified() -> None:
    fixed = (*BEAUTIFUL, "chained_records")
    assert gap("scoring.fixed_records.measures=[passed]", options=fixed).to_numpy() == pytest.approx([0.0] * 3)
    assert gap("scoring.fixed_records.measures=[satisfied]", options=fixed).max() > 0.01


OUTSIDE = (*BEAUTIFUL, "third_party")


def test_without_error_the_outside_score_is_the_true_one_and_corrects() -> None:
    settings = (*ALL_OF_THEM, "scoring.third_party={every: 10 d, share: 1, noise: 0, tolerance: 0.001, found_loss: 0}")
    records = run(*OUTSIDE, settings=settings)
    measured = rows(records, "ThirdParty", "measured_score").set_index(["at", "unit", "subject"])["amount"]
    true = rows(records, "Appraisal", "true_score").set_index(["at", "unit", "subject"])["amount"]
    assert len(measured) > 5
    assert (measured == true.loc[measured.index]).all()
    corrected = rows(records, "Appraisal", "corrected_score").set_index(["at", "unit", "subject"])["amount"]
    assert len(corrected) > 0
    assert (corrected == true.loc[corrected.index]).all()


def test_the_outside_error_is_as_large_as_stated() -> None:
    settings = (RESPONSE, "scoring.appraisal.every=1 d", "scoring.beautifying.willing=0", *BUSY[:1],
                "scoring.third_party={every: 1 d, share: 1, noise: 0.01, tolerance: 1, found_loss: 0}")  # fmt: skip
    records = run(*OUTSIDE, settings=settings)
    both = [rows(records, *names).set_index(["at", "unit", "subject"])["amount"]
            for names in (("ThirdParty", "measured_score"), ("Appraisal", "true_score"))]  # fmt: skip
    true = both[1].loc[both[0].index]
    error = (both[0] - true)[(true > 0.05) & (true < 0.95)]
    assert len(error) > 30
    assert abs(error.mean()) < 4 * 0.01 / sqrt(len(error))
    assert 0.006 < error.std() < 0.014


def test_a_loss_from_outside_keeps_units_honest() -> None:
    rule = "scoring.third_party={every: 10 d, share: 1, noise: 0.05, tolerance: 0.05, found_loss: %s}"
    assert gap(rule % "1000", options=OUTSIDE).max() == pytest.approx(0)
    assert gap(rule % "1", options=OUTSIDE).max() > 0.01


def test_units_judged_by_completion_alone_do_not_ask_residents() -> None:
    parts = "scoring.appraisal.parts=[{name: a, measure: passed, weight: 0.5}, {name: b, measure: satisfied, weight: 0.5}]"
    settings = (parts, "scoring.appraisal.every=10 d", "scoring.beautifying.willing=0", "scoring.appraisal.completion_only=")
    alone, both = (scores(run(*BEAUTIFUL, settings=(*settings[:3], settings[3] + share)), "reported_score") for share in "10")
    assert (alone > both).any()
    only = run(*BEAUTIFUL, settings=(ONE_PART % ("passed", ""), *settings[1:3], "scoring.appraisal.completion_only=0"))
    assert alone.to_numpy() == pytest.approx(scores(only, "reported_score").to_numpy())


# -- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("scoring.appraisal.parts=[{name: a, measure: response, weight: 0.5}]", "add up"),
        ("scoring.appraisal.parts=[{name: a, measure: quick, weight: 1}]", "within"),
        ("scoring.appraisal.parts=[{name: a, measure: passed, weight: 0.5}, {name: a, measure: response, weight: 0.5}]", "twice"),
        ("scoring.appraisal.parts=[{name: a, measure: passed, weight: 1, categories: [nois]}]", "noise"),
    ],
)
def test_impossible_scores_are_refused(setting: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_scenario("baseline", [*SMALL, setting], [option_path("three_rates")])


@pytest.mark.parametrize("name", ["data_beautification", "pdca", "score_gaming"])
def test_what_needs_scores_says_so(name: str) -> None:
    with pytest.raises(BadInput, match=r"three_rates|appraisal"):
        read_scenario("baseline", list(SMALL), [option_path(name)])
