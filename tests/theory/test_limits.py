"""How often a limit is broken: P(sojourn > limit) of M/M/c is the overdue share; nobody loses the place for it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.metrics.table import named
from tests.theory.agreement import Agreement
from tests.theory.formulas import mmc_sojourn_beyond
from tests.theory.runs import each, judged, mean_work, per_second, stretches, textbook, worlds
from tests.theory.sample_paths import first_come_is_exact


@pytest.mark.parametrize("queueing", ["first_come", "priority"])
def test_overdue_share(queueing: str) -> None:
    limit = 20 * 60
    settings = (
        "issues.categories.job.limits=[20 min, 20 min, 20 min]",
        "issues.categories.job.work.mean=11 min",
        "staffing.departments.crews.crews=2",
        f"policies.queueing={{name: {queueing}}}",
    )
    scenario = textbook(*settings, days=14)
    rate, service = per_second(scenario), mean_work(scenario)
    runs = worlds(scenario)
    if queueing == "first_come":
        assert all(first_come_is_exact(run, 2) for run in runs)
    parts = stretches(runs)
    late = float(mmc_sojourn_beyond(2, rate, service, np.array(limit + 0.5)))
    table = Agreement(f"limit of 20 min, M/M/2, queue by {queueing}")
    table.mean("P(sojourn > limit)", late, each(parts, lambda part: (judged(part)["sojourn"] > limit).mean()))
    table.mean("overdue share", late, each(parts, lambda part: judged(part)["overdue_raw"].mean()))
    table.check()
    for run in runs:
        cases = run["cases"]
        assert (cases["overdue_raw"] == (cases["handled_at"] - cases["established_at"] > limit)).all()
        judged_cases = cases[cases["established_at"] >= run.frame.warm_up_s]
        assert named("on_time_handling_rate").compute(run) == pytest.approx(1 - judged_cases["overdue_raw"].mean())
