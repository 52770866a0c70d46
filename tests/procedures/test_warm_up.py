"""MSER-5 on an AR(1) series whose starting bias is known, and the check of the backlog at the start."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.procedures.initial_backlog import days_to_meet, starting_backlog
from experiments.procedures.warm_up import mser
from tests.procedures.trials import trials

PHI, START, LENGTH = 0.9, 50.0, 1000


def series(luck: np.random.Generator, start: float, length: int = LENGTH) -> np.ndarray:
    """AR(1) around 0, begun at `start`: its mean at step t is start x PHI^t."""
    values, value = np.empty(length), start
    for step, noise in enumerate(luck.standard_normal(length)):
        value = PHI * value + noise
        values[step] = value
    return values


def test_known_bias_is_cut_away() -> None:
    count = trials(40, 400)
    runs, settled = ([series(np.random.default_rng(t), start) for t in range(count)] for start in (START, 0.0))
    cuts = [mser(run) for run in runs]
    bias = START * PHI * (1 - PHI**LENGTH) / (1 - PHI) / LENGTH  # 0.45
    assert np.mean([run.mean() for run in runs]) == pytest.approx(bias, abs=0.15)
    left = [cut.mean - run[cut.cut :].mean() for cut, run in zip(cuts, settled, strict=True)]  # the same noise
    assert abs(np.mean(left)) < 0.1 * bias
    assert np.mean([cut.reliable for cut in cuts]) > 0.9
    middle = float(np.median([cut.cut for cut in cuts]))
    assert 10 <= middle <= 100
    assert START * PHI**middle < 2 * 2.3  # two standard deviations of the settled series, 1/sqrt(1 - PHI^2)


def test_a_settled_series_keeps_nearly_everything() -> None:
    luck = np.random.default_rng(2)
    cuts = [mser(series(luck, 0.0)).cut for _ in range(trials(40, 400))]
    assert np.median(cuts) <= 0.1 * LENGTH


def test_a_series_that_still_climbs_is_said_to_be_too_short() -> None:
    found = mser(np.arange(200.0))
    assert not found.reliable
    assert "too short" in found.text("days")
    assert mser(np.ones(200)).cut == 0
    assert mser(np.ones(200)).text("days") == "warm-up (MSER-5): leave out the first 0 days of 200"


def test_statistic_by_hand_and_large_numbers() -> None:
    values = np.concatenate([np.full(10, 100.0), np.tile([1.0, 2.0, 3.0, 2.0, 2.0], 20)])
    assert mser(values).cut == 10
    assert mser(values + 1e9).cut == 10
    assert mser(values, batch=1).cut == 11  # a mean of 2.01 without the first 1
    with pytest.raises(ValueError, match="50 observations"):
        mser(np.ones(49))
    with pytest.raises(ValueError, match="NaN"):
        mser(np.append(np.ones(60), np.nan))


def test_backlog_at_the_start_of_judged_time() -> None:
    luck, days = np.random.default_rng(3), np.arange(200)
    backlog = 100 - 80 * np.exp(-days / 20) + luck.normal(0, 3, (10, 200))
    short, long = starting_backlog(backlog, 5, 20), starting_backlog(backlog, 100, 20)
    assert short.matters
    assert short.change.high < 0
    assert "too short" in short.text()
    assert not long.matters
    assert "no sign" in long.text()
    with pytest.raises(ValueError, match="two windows"):
        starting_backlog(backlog, 190, 20)


def test_a_small_or_an_unsure_change_does_not_matter() -> None:
    worlds = np.array([[9.0, 9.0, 1.0, 3.0, 10.0, 10.0, 20.0, 20.0], [9.0, 9.0, 3.0, 5.0, 12.0, 12.0, 20.0, 20.0]])
    found = starting_backlog(worlds, 2, 2)
    assert (found.early, found.later) == (3.0, 15.5)  # of days 2 and 3, and of the four after them
    assert (found.change.mean, found.matters) == (-12.5, True)
    wobble = np.array([[0.0], [0.1], [-0.1]])
    small = np.hstack([np.full((3, 5), 98.0) + wobble, np.full((3, 5), 100.0)])
    found = starting_backlog(small, 0, 5)
    assert found.change.high < 0
    assert not found.matters, "certain, but less than a twentieth"
    unsure = np.hstack([np.array([[50.0], [120.0], [100.0]]) * np.ones(5), np.full((3, 5), 100.0)])
    found = starting_backlog(unsure, 0, 5)
    assert found.change.mean == pytest.approx(-10)
    assert not found.matters, "a tenth, but no world tells it from nothing"


def test_runs_started_empty_and_loaded_meet() -> None:
    days = np.arange(200)
    empty = np.array([100 - 80 * np.exp(-days / 20)] * 2)
    loaded = np.array([100 + 80 * np.exp(-days / 20)] * 2)
    met = days_to_meet(empty, loaded)
    assert met is not None
    assert 160 * np.exp(-met / 20) == pytest.approx(5.0, rel=0.06)  # 5 % of about 100
    assert days_to_meet(empty[:, :50], loaded[:, :50]) is None
    assert days_to_meet(empty, empty) == 0
