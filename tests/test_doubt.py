"""The doubt of a calibration: departments in closed form are the model's, weights tell what can be told, paces are drawn whole."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from calibration.closing_world import closing_world
from calibration.crew_candidates import Candidate
from calibration.crew_losses import Losses
from calibration.crew_posterior import Doubt, doubt_of, weights_of
from calibration.crew_trials import Crews, unserved
from calibration.doubtful_draws import drawn_rows
from calibration.doubtful_fit import Asked, DoubtfulFit
from calibration.intake import Intake, ingest
from calibration.mapping_file import read_mapping, with_window
from calibration.pace_fit import fit_paces, paces
from calibration.replay_fit import Training, demands_of, prepared, scenario_of
from calibration.staffing import Fitted
from sim.civil_time import CivilTime
from sim.paces import paces_of
from sim.records import MISSING
from sim.scenario.closing import Pace
from sim.simulate import simulate
from tests.test_replay import city_log


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> tuple[Intake, Training]:
    log = city_log(tmp_path_factory.mktemp("doubt") / "city.csv.gz")
    intake = ingest(log, with_window(read_mapping("boston311"), None, "2011-08-20 00:00"))
    return intake, prepared(intake, "city", "boston311", intake.sha256, 0.25, 50, rhythmic=True)


def test_a_department_in_closed_form_closes_as_the_model_does(training: tuple[Intake, Training]) -> None:
    """Few crews, so that cases queue; case by case to the second, but for a few that join the queue in the same second."""
    intake, start = training
    staff = {unit: Fitted(unit, 1, 5400.0, 0.5, calendar) for unit, calendar in start.hours.items()}
    demands = demands_of(start, staff, {}, dict.fromkeys(staff, 120.0))
    scenario = scenario_of({**start.tree, "time": start.tree["time"] | {"horizon": "50 d"}}, staff, demands)
    world = closing_world(scenario, intake, 3)
    cases = simulate(scenario, 3, world)["cases"]
    truly = cases.assign(code=world.code[cases["issue_id"].to_numpy()]).set_index("code")["closed_at"]
    waited = 0
    for unit in unserved(scenario, intake, 3).values():
        mine = unit.closed(Crews(1, 5400.0, 120.0), intake.records.frame.horizon_s)
        assert (mine == truly.loc[unit.code].to_numpy()).mean() > 0.99
        free = unit.closed(Crews(10_000, 5400.0, 120.0), intake.records.frame.horizon_s)
        waited += int(((mine != free) & (mine != MISSING)).sum())
    assert waited > 30


def test_crews_that_are_never_short_leave_every_closing_as_fitted(training: tuple[Intake, Training]) -> None:
    intake, start = training
    fit = DoubtfulFit(start, Asked((0.5,), 0.25))
    for name in fit.departments:
        doubt = fit.doubt(name, 1)
        unit = fit._world(0)[name]
        free = next(each for each in doubt.candidates if each.never_short)
        until = intake.records.frame.horizon_s
        ends = np.where(unit.ends < until, unit.ends, MISSING)
        assert np.abs(unit.closed(free.tried, until) - ends).max() <= 1


def _losses(loss: list[float], apart: float) -> Losses:
    draw = np.random.default_rng(1)
    common = draw.normal(0, 0.05, 400)
    return Losses(np.array(loss), np.array([value + common + draw.normal(0, apart, 400) for value in loss]))


def test_candidates_keep_weight_while_their_difference_is_noise() -> None:
    """What all share between weeks is no noise of a difference: a clear difference is seen through it."""
    weight = weights_of(_losses([0.10, 0.101, 0.12, 0.20], 0.01))
    assert weight[0] == 1
    assert weight[1] > 0.95
    assert 0 < weight[2] < weight[1]
    assert weight[3] == 0
    assert (weights_of(_losses([0.10, 0.101, 0.12, 0.20], 0.2)) > 0.8).all()


def test_a_department_with_hardly_a_case_keeps_every_candidate() -> None:
    candidates = [Candidate(crews, 600.0, 0.0, 0.5 / crews, 0.25) for crews in (1, 2, 4)]
    losses = _losses([0.1, 0.5, 0.9], 0.001)
    assert doubt_of("few", 12, candidates, losses).weight == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert doubt_of("many", 200, candidates, losses).weight == pytest.approx((1, 0, 0))
    assert doubt_of("few", 12, candidates, losses, only_best=True).weight == pytest.approx((1, 0, 0))


def test_draws_follow_the_weights_and_the_first_of_them_already_do() -> None:
    doubts = [Doubt(name, 100, tuple(Candidate(crews, 600.0, 0.0, 0.1, 0.25) for crews in (1, 5, 9)), (0.0,) * 3, (0.5, 0.25, 0.25))
              for name in ("a", "b")]  # fmt: skip
    rows = drawn_rows(doubts, [], 7)
    for name in ("a", "b"):
        crews = np.array([row["crews"] for row in rows if row["department"] == name])
        for count, near in ((8, 0.13), (128, 0.01)):
            assert np.bincount(crews[:count], minlength=10)[[1, 5, 9]] / count == pytest.approx([0.5, 0.25, 0.25], abs=near)
    assert {row["pace"] for row in rows} == {1.0}


def test_chance_of_single_cases_makes_no_pace_but_slow_and_fast_days_do() -> None:
    draw = np.random.default_rng(2)
    expected = np.full(70, 40.0)
    left = [paces(draw.poisson(expected).astype(float), expected).std() for _ in range(40)]
    assert np.mean(left) < 0.3 * np.sqrt(1 / 40)
    truth = np.where(np.arange(70) % 2, 0.5, 1.5)
    found = paces(draw.poisson(expected * truth).astype(float), expected)
    assert np.corrcoef(found, truth)[0, 1] > 0.9
    assert found.std() == pytest.approx(truth.std(), rel=0.15)


def test_paces_of_a_log_are_whole_weeks_about_one(training: tuple[Intake, Training]) -> None:
    intake, start = training
    frame = intake.records.frame
    civil = CivilTime(date.fromisoformat(frame.start), frame.zone)
    rows = fit_paces(intake.records["cases"], civil, frame.horizon_s, start.tree["replay"]["rhythms"], start.closings)
    assert {row["department"] for row in rows} == {"PWDx", "ISD"}
    for row in rows:
        assert len(row["days"]) == 35
        assert np.mean(row["days"]) == pytest.approx(1, abs=0.15)
    assert fit_paces(intake.records["cases"], civil, 30 * 86400, start.tree["replay"]["rhythms"], start.closings) == []


def test_a_civil_week_has_the_same_pace_whenever_the_run_begins() -> None:
    pace = Pace(department="a", level=2.0, days=tuple(float(n) for n in range(21)))
    first = paces_of((pace,), date(2011, 8, 1), 0, 60, 5)["a"]
    later = paces_of((pace,), date(2011, 8, 11), 3, 50, 5)["a"]
    assert (later[:3] == 1).all()
    assert (later[3:50] == first[13:60]).all()
    assert {tuple(week) for week in first[:56].reshape(-1, 7)} <= {tuple(2.0 * (7 * n + np.arange(7.0))) for n in range(3)}
    assert len({first[7 * n] for n in range(8)}) > 1
    assert (paces_of((pace,), date(2011, 8, 1), 0, 60, 6)["a"] != first).any()


def test_a_pace_must_hold_whole_weeks() -> None:
    with pytest.raises(ValueError, match=r"8 (days|天)"):
        Pace(department="a", days=(1.0,) * 8)


def test_what_is_not_inferred_is_fixed(training: tuple[Intake, Training]) -> None:
    asked = Asked((0.5, 0.9), 0.25, crews=False, work=False, pace=False)
    fit = DoubtfulFit(training[1], asked)
    assert fit.paces() == []
    doubt = fit.doubt("PWDx", 1)
    assert sorted(doubt.weight)[-2:] == [0, 1]
    assert {each.work_share for each in doubt.candidates} == {0.25}
    assert doubt.candidates[int(np.argmax(doubt.weight))] == doubt.centre
    assert {each.work_share for each in DoubtfulFit(training[1], Asked((0.5,), 0.25)).doubt("PWDx", 1).candidates} > {0.25}


def test_the_log_is_left_as_it_was(training: tuple[Intake, Training]) -> None:
    before = training[0].records["cases"].copy()
    fit = DoubtfulFit(training[1], Asked((0.5,), 0.25))
    fit.doubt("PWDx", 1)
    assert training[0].records["cases"].equals(before)
