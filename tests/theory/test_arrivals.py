"""The stream of issues: Poisson counts, their spread when days differ, and the rhythm of the week."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from scenarios.reading import read_scenario
from sim.units import DAY
from sim.world import World, draw_world
from tests.theory.agreement import Agreement
from tests.theory.runs import FULL

WORLDS = 40 if FULL else 12
HOUR = [0, 1, 1, 1, 1, 2, 4, 8, 16, 17, 16, 14, 12, 13, 14, 14, 14, 14, 14, 13, 11, 9, 7, 4]
WEEKDAY = [1.3, 1.1, 1, 1, 1, 0.6, 0.4]


def by_day(world: World, days: int) -> np.ndarray:
    return np.bincount(world.onset // DAY, minlength=days)


def drawn(*settings: str, days: int = 364) -> tuple[list[World], int]:
    """Worlds over so many days of arrivals (ten times as many in the full form), and the number of days."""
    days = days * (10 if FULL else 1)
    window = (f"time.horizon={days} d", f"time.arrivals_end={days} d", "time.warm_up=0 d")
    scenario = read_scenario("textbook", [*window, *settings]).scenario
    return [draw_world(scenario, seed) for seed in range(1, WORLDS + 1)], days


@pytest.mark.parametrize(("rate", "mean"), [(5256, 1.44), (525600, 144.0)])
def test_counts_are_poisson(rate: int, mean: float) -> None:
    found, days = drawn(f"issues.categories.job.rate={rate}")
    counts = [by_day(world, days) for world in found]
    table = Agreement(f"issues a day, Poisson with mean {mean}")
    table.mean("mean", mean, [each.mean() for each in counts], 0.1)
    table.mean("variance over mean", 1.0, [each.var(ddof=1) / mean for each in counts])
    window = round(DAY / mean / 2)
    table.mean("P(none in half a mean gap)", np.exp(-0.5), [share_without(world, days, window) for world in found])
    table.check()


def share_without(world: World, days: int, window: int) -> float:
    """Share of windows of so many seconds in which nothing begins."""
    return float((np.bincount(world.onset // window, minlength=days * DAY // window) == 0).mean())


@pytest.mark.parametrize("cv", [0.25, 0.8])
def test_mixed_days_spread_more(cv: float) -> None:
    """A gamma level a day: variance over mean = 1 + mean x cv^2."""
    found, days = drawn(f"issues.daily_cv={cv}")
    counts = [by_day(world, days) for world in found]
    table = Agreement(f"issues a day, levels with cv {cv}")
    table.mean("mean", 144.0, [each.mean() for each in counts], 0.1)
    table.mean("variance over mean", 1 + 144 * cv**2, [each.var(ddof=1) / 144 for each in counts])
    table.check()


def test_a_category_may_have_a_rhythm_of_its_own() -> None:
    own = "{hour: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 1, 0, 0, 0, 0, 0, 0, 0], weekday: [0, 0, 0, 0, 0, 1, 3], "
    found, days = drawn(f"issues.categories.job.rhythm={own}month: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}}")
    begins = np.concatenate([world.onset for world in found])
    assert set((begins // 3600 % 24).tolist()) == {15, 16}
    start = read_scenario("textbook").scenario.time.start.weekday()
    assert set(((begins // DAY + start) % 7).tolist()) == {5, 6}
    table = Agreement("a category with its own rhythm")
    table.mean("issues a day", 144.0, [len(world.onset) / days for world in found], 0.1)
    table.mean("share from 15 to 16 h", 0.75, [float(np.mean(world.onset // 3600 % 24 == 15)) for world in found])
    table.mean("share on Sundays", 0.75, [float(np.mean((world.onset // DAY + start) % 7 == 6)) for world in found])
    table.check()


def test_gaps_are_exponential() -> None:
    found, _ = drawn(days=20)
    gaps = np.concatenate([np.diff(world.onset) for world in found])
    table = Agreement("time between two issues")
    table.law("gap", gaps, lambda t: 1 - np.exp(-t / 600))
    table.check()


def test_rhythm_of_hours_and_weekdays() -> None:
    """Chi-square over the 168 hours of the week, without the hour in which nothing may begin."""
    found, days = drawn(f"issues.rhythm.hour={HOUR}", f"issues.rhythm.weekday={WEEKDAY}")
    counts = sum(np.bincount(world.onset // 3600 % 168, minlength=168) for world in found)
    weights = np.outer(WEEKDAY, HOUR).ravel() / np.sum(WEEKDAY) / np.sum(HOUR)
    expected = 144.0 * days * WORLDS * weights
    assert (counts[weights == 0] == 0).all()
    open_hours = weights > 0
    distance = float(((counts - expected)[open_hours] ** 2 / expected[open_hours]).sum())
    limit = float(stats.chi2.isf(0.01, open_hours.sum()))
    assert distance < limit, f"chi-square {distance:.1f} over {limit:.1f}: hours of the week are not the rhythm's"


def test_worlds_differ_and_repeat() -> None:
    one, _ = drawn(days=5)
    again, _ = drawn(days=5)
    assert [world.digest() for world in one] == [world.digest() for world in again]
    assert len({world.digest() for world in one}) == len(one)
