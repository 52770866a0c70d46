"""A crew for every case and a rhythm of the day: the number at work is M_t/G/infinity, Poisson around an integral."""

from __future__ import annotations

import numpy as np

from sim.records import RunRecords
from sim.scenario import Scenario
from sim.units import DAY
from tests.theory.agreement import Agreement
from tests.theory.runs import per_second, textbook, worlds

HOUR = [2, 1, 1, 1, 1, 2, 4, 8, 16, 17, 16, 14, 12, 13, 14, 14, 14, 14, 14, 13, 11, 9, 7, 4]
WORK = "{family: lognormal, mean: 3 h, cv: 1}"
SETTINGS = (f"issues.rhythm.hour={HOUR}", "staffing.departments.crews.crews=150", f"issues.categories.job.work={WORK}")
MINUTE = 60


def at_work(run: RunRecords) -> np.ndarray:
    """Cases in service at every half past, one row a day, after the warm-up."""
    spells = run["services"]
    hours = np.arange(run.frame.warm_up_s, run.frame.judged_until_s, 3600) + 1800
    begun = np.searchsorted(np.sort(spells["started_at"]), hours, side="right")
    ended = np.searchsorted(np.sort(spells["ended_at"]), hours, side="right")
    return (begun - ended).reshape(-1, 24)


def expected(scenario: Scenario) -> np.ndarray:
    """m(t) = integral of rate(t - u) P(work > u) du (Eick, Massey and Whitt 1993) at every half past, by minutes."""
    minutes = np.repeat(np.array(HOUR) / np.mean(HOUR) * per_second(scenario) * MINUTE, 60)
    work = scenario.issues.categories[0].work
    ages = np.sort(work.quantiles((np.arange(200_000) + 0.5) / 200_000))
    u = np.arange(20 * DAY // MINUTE) * MINUTE + MINUTE / 2
    longer = 1 - np.searchsorted(ages, u) / len(ages)
    return np.array([(minutes[(60 * hour + 29 - np.arange(len(u))) % 1440] * longer).sum() for hour in range(24)])


def test_number_at_work_by_the_hour() -> None:
    scenario = textbook(*SETTINGS, days=24)
    runs = worlds(scenario)
    assert all((run["cases"]["wait_capacity_s"] == 0).all() for run in runs), "a case waited: 150 crews are too few"
    counts = np.concatenate([at_work(run) for run in runs])
    theory = expected(scenario)
    table = Agreement("M_t/G/infinity: mean number at work")
    for hour in range(24):
        table.mean(f"at {hour:02d}:30", float(theory[hour]), counts[:, hour].tolist())
    table.mean("variance over mean", 1.0, dispersion_of_hours(counts), 0.5)
    table.check()


def dispersion_of_hours(counts: np.ndarray) -> list[float]:
    """Variance over mean of the number at work, 1 if Poisson: pairs of days give half their squared difference."""
    pairs = counts.reshape(-1, 2, 24)
    return ((pairs[:, 0] - pairs[:, 1]) ** 2 / 2 / counts.mean(axis=0)).mean(axis=1).tolist()
