"""Waiting for others as what crews leave over, weeks before a log, and runs that are taken for logs: parts of `infer`."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.department_history import longer
from calibration.department_queue import serve
from calibration.latent_prior import Prior
from calibration.synthetic_likelihood import Settings, first_wave, next_wave, no_runs, posterior
from calibration.wait_shares import quantiles, times_to_close, wait_shares
from sim.calendars import Calendar
from sim.records import MISSING
from sim.units import DAY, HOUR

AT = np.array([0.3, 0.5, 0.7, 0.9])
WEEKS = 6
OFFICE = Calendar([(day * DAY + 9 * HOUR, day * DAY + 17 * HOUR) for day in range(7 * WEEKS) if day % 7 < 5], 0, 7 * WEEKS * DAY)


# -- the spread of the waits ------------------------------------------------------------------------------------------


def lived(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Waits of which three in five are none, and crew times."""
    draw = np.random.default_rng(seed)
    wait = np.where(draw.random(count) < 0.6, 0.0, 20 * HOUR * draw.lognormal(0, 0.8, count))
    return wait, 2 * HOUR * draw.lognormal(0, 0.7, count)


@pytest.mark.parametrize("censored", [False, True])
def test_waits_come_out_again(censored: bool) -> None:
    """From sums and from the crew times of another draw; open cases count as lasting at least so long."""
    wait, crew = lived(4000, 1)
    spent = wait + crew
    cut = np.random.default_rng(3).uniform(5, 200, 4000) * HOUR if censored else np.full(4000, 1e9)
    closed = spent <= cut
    times = times_to_close(np.minimum(spent, cut), closed, [np.ones(4000, dtype=bool)])
    share = wait_shares(times, np.sort(lived(4000, 2)[1]), 0.6)[0]
    assert share.sum() == pytest.approx(1)
    assert share[times.grid < HOUR].sum() == pytest.approx(0.6, abs=0.08)
    found, true = quantiles(share, times.grid, AT), np.quantile(wait, AT)
    assert found[2:] == pytest.approx(true[2:], rel=0.2)
    assert (found[:2] < 2 * HOUR).all()


def test_where_a_fit_starts_only_decides_what_the_log_leaves_open() -> None:
    """Whether a short wait is none at all is not told by the sums; how many wait for a day is."""
    wait, crew = lived(4000, 1)
    times = times_to_close(wait + crew, np.ones(4000, dtype=bool), [np.ones(4000, dtype=bool)])
    few, many = (wait_shares(times, np.sort(lived(4000, 2)[1]), start)[0] for start in (0.1, 0.9))
    assert many[0] - few[0] > 0.2
    long = times.grid > DAY
    assert many[long].sum() == pytest.approx(few[long].sum(), abs=0.01)


def test_a_share_that_outlasts_the_log_is_told_apart() -> None:
    spent, closed = np.full(100, 50.0 * HOUR), np.arange(100) < 70
    times = times_to_close(np.where(closed, np.linspace(1, 9, 100) * HOUR, spent), closed, [closed | True, ~closed])
    assert times.never == pytest.approx([0.3, 1.0])
    assert times.share[0].sum() == pytest.approx(1)


def test_quantiles_rise_and_keep_the_share_at_nothing() -> None:
    found = quantiles(np.array([0.4, 0.3, 0.3]), np.array([0.0, 60.0, 600.0]), np.linspace(0, 1, 21))
    assert (np.diff(found) >= 0).all()
    assert (found[:9] == 0).all()
    assert found[-1] == pytest.approx(600)


# -- the weeks before a log -------------------------------------------------------------------------------------------


def openings(per_day: int = 12) -> np.ndarray:
    return np.sort(np.random.default_rng(5).integers(0, 7 * WEEKS * DAY, per_day * 7 * WEEKS))


def test_a_run_begins_with_the_cases_of_the_weeks_before() -> None:
    """A busy department: without those weeks its first cases are closed sooner than with them, later ones alike."""
    opened = openings()
    group, work, none = np.zeros(len(opened), dtype=np.int64), np.full(len(opened), 3 * HOUR), np.zeros(len(opened), dtype=np.int64)
    before = longer(opened, group, OFFICE, 2 * 7 * DAY)
    assert before.before == (opened < 14 * DAY).sum()
    assert (before.opened[before.before :] - before.seconds == opened).all()
    assert before.calendar.open_seconds == OFFICE.open_seconds + OFFICE.work_between(0, 14 * DAY)
    more = before.before
    warm = before.served(6, np.zeros(len(opened) + more, dtype=np.int64), np.full(len(opened) + more, 3 * HOUR), 7 * WEEKS * DAY)
    cold = serve(OFFICE, 6, opened, none, work, 7 * WEEKS * DAY)
    assert len(warm.closed) == len(opened)
    assert warm.queued_open[:20].mean() > cold.queued_open[:20].mean() + HOUR
    ended = warm.closed != MISSING
    assert (warm.closed[ended] >= opened[ended]).all()
    assert (warm.started[ended] <= warm.closed[ended]).all()
    assert OFFICE.work_between_many(warm.closed[ended] - 1, warm.closed[ended]).all()


def test_a_burn_in_of_less_than_a_week_changes_nothing() -> None:
    opened = openings()
    none, work = np.zeros(len(opened), dtype=np.int64), np.full(len(opened), HOUR)
    plain = longer(opened, none, OFFICE, 6 * DAY)
    assert (plain.served(3, none, work, 7 * WEEKS * DAY).closed == serve(OFFICE, 3, opened, none, work, 7 * WEEKS * DAY).closed).all()


# -- runs that are taken for logs -------------------------------------------------------------------------------------

PRIOR = Prior((1.0, 200.0), (300.0, 8 * HOUR), (0.4, 2.0), (0.02, 1.15), 40 / (8 * HOUR))
TRUE = np.log([10.0, 3600.0, 1.0])


def inferred(bias: float, spread: float = 0.1) -> np.ndarray:
    """Draws for a model whose figures are its parameters and chance; runs that take a run for the log lie `bias` below it."""
    settings = Settings(first=300, waves=1, wave=200, draws=400)

    def run(point: np.ndarray, seed: int) -> np.ndarray:
        draw = np.random.default_rng(seed)
        first = point + spread * draw.standard_normal(3)
        return np.array([first, first - bias + spread * draw.standard_normal(3)])

    runs = first_wave(PRIOR, run, settings, 1)
    runs = next_wave(runs, TRUE, PRIOR, run, settings, 1)
    assert runs.figures.shape == runs.again.shape == (500, 3)
    return posterior(runs, TRUE, PRIOR, 400, 1).points


def test_draws_lie_where_runs_look_like_the_log() -> None:
    found = inferred(0.0)
    assert found.mean(axis=0) == pytest.approx(TRUE, abs=0.06)
    assert (found.std(axis=0) < 0.25).all()
    assert (found.std(axis=0) > 0.08).all()


def test_what_a_log_usually_lies_off_its_own_runs_is_taken_off() -> None:
    """Where a run lies half a unit above those fitted to it, so does the log above the runs of its truth."""
    assert inferred(0.5).mean(axis=0) == pytest.approx(TRUE - 0.5, abs=0.12)


def test_no_runs_are_joined_by_waves() -> None:
    runs = no_runs(3, 5).joined(np.ones((4, 3)), [np.ones((2, 5))] * 4)
    assert (runs.points.shape, runs.figures.shape, runs.again.shape, runs.waves) == ((4, 3), (4, 5), (4, 5), 1)


def test_every_utilisation_is_equally_likely_beforehand() -> None:
    used = PRIOR.utilisation_of(PRIOR.sample(4000, 1))
    assert np.quantile(used, [0.25, 0.5, 0.75]) == pytest.approx([0.30, 0.585, 0.87], abs=0.05)
    box = np.random.default_rng(1).uniform(PRIOR.low, PRIOR.high, (20000, 3))
    inside = box[PRIOR.holds(box)]
    share = len(inside) / len(box) * np.prod(PRIOR.high - PRIOR.low)
    assert np.exp(PRIOR.log_density(inside)).mean() * share == pytest.approx(1, rel=0.05)
