"""A walker passes an issue within one round, at any time of it alike, and sees it on a geometric number of passes."""

from __future__ import annotations

import numpy as np
import pytest

from tests.theory.agreement import Agreement
from tests.theory.formulas import continuous_polling
from tests.theory.runs import each, found, loop_seconds, number_present, per_second, stretches, textbook, worlds
from tests.theory.test_sensors import detection_law


@pytest.mark.parametrize(("walkers", "visibility"), [(1, 1.0), (1, 0.5), (2, 1.0), (2, 0.3)])
def test_delay(walkers: int, visibility: float) -> None:
    settings = (f"issues.categories.job.visibility={visibility}", f"staffing.teams.walkers.workers_per_grid={walkers}")
    scenario = textbook(*settings, overlay="patrol", days=12)
    between = loop_seconds(scenario) / walkers
    assert between > 300, "the round is too short to show whole seconds from fractions"
    runs = worlds(scenario)
    parts = stretches(runs, 1)
    v = visibility
    table = Agreement(f"delay of discovery by {walkers} on a round of {between * walkers:.0f} s, visibility {v}")
    mean = between / 2 + (1 - v) / v * between
    table.mean("mean, s", mean, each(parts, lambda part: found(part)["delay"].mean()), 0.1)
    variance = between**2 / 12 + (1 - v) / v**2 * between**2
    table.mean("variance, s2", variance, each(parts, lambda part: found(part)["delay"].var()))
    first = each(parts, lambda part: (found(part)["delay"] < between).mean())
    table.mean("seen on the first pass", v, first, 0.2)
    law = np.cumsum(detection_law(round(between), min(v, 1 - 1e-9)))
    delays = np.concatenate([found(part)["delay"] for part in parts])
    table.law("delay", delays, lambda t: law[np.minimum(np.floor(t).astype(int), len(law) - 1)])
    table.check()
    assert all((run["issues"]["found_by"] == "patrol").all() for run in runs)


def test_reporting_takes_the_walker_off_the_round() -> None:
    """While it reports, it does not walk: polling on a ring, where every case delays all that come after it."""
    scenario = textbook(
        "staffing.teams.walkers.report_work={family: gamma, mean: 3 min, cv: 0.5}", overlay="patrol", days=12
    )
    rate = per_second(scenario)
    parts = stretches(worlds(scenario), 1)
    table = Agreement("a walker who reports")
    busy = each(parts, lambda part: number_present(part, "walkers_c001", serving=True))
    table.mean("share of time on reports", rate * 180, busy)
    mean = continuous_polling(rate, loop_seconds(scenario), 180, 0.5)
    table.mean("mean delay, s", mean, each(parts, lambda part: found(part)["delay"].mean()), 0.1)
    table.check()
