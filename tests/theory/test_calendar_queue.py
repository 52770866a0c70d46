"""Jobs come and are worked on in open hours only: counted in open time it is M/M/c."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.records import RunRecords
from sim.units import DAY
from tests.theory.agreement import Agreement
from tests.theory.formulas import erlang_c, mmc_sojourn_beyond, mmc_wait
from tests.theory.runs import Stretch, each, judged, mean_work, stretches, textbook, worlds
from tests.theory.sample_paths import queue_starts

RATE = 6 / 3600
MORNING, AFTERNOON, SPAN = 8 * 3600, 14 * 3600, 4 * 3600


def open_time(at: pd.Series) -> pd.Series:
    """Open seconds since the start: 08-12 and 14-18 every day, no daylight saving in this zone."""
    second = at % DAY
    return at // DAY * 2 * SPAN + (second - MORNING).clip(0, SPAN) + (second - AFTERNOON).clip(0, SPAN)


def in_open_time(part: Stretch) -> pd.DataFrame:
    cases = judged(part)
    came, started, done = (open_time(cases[name]) for name in ("dispatched_at", "handling_started_at", "handled_at"))
    return cases.assign(wait=started - came, sojourn=done - came)


def exact(run: RunRecords, crews: int) -> bool:
    cases = run["cases"].set_index("case_id").loc[run["reports"]["case_id"]]
    ranks = [(number,) for number in range(len(cases))]
    starts = queue_starts(open_time(cases["dispatched_at"]).tolist(), cases["work_s"].tolist(), ranks, crews)
    return starts == open_time(cases["handling_started_at"]).tolist()


@pytest.mark.parametrize(("crews", "minutes"), [(1, 5), (2, 9)])
def test_suspending_office(crews: int, minutes: int) -> None:
    settings = (f"staffing.departments.crews.crews={crews}", f"issues.categories.job.work.mean={minutes} min")
    scenario = textbook(*settings, overlay="office", days=42)
    service = mean_work(scenario)
    runs = worlds(scenario)
    assert all(exact(run, crews) for run in runs)
    parts = stretches(runs, 6)
    cases = pd.concat([in_open_time(part) for part in parts])
    assert (cases["wait_capacity_s"] == cases["wait"]).all()
    assert (cases["wait"] + cases["work_s"] == cases["sojourn"]).all()
    spent = cases[["wait_capacity_s", "wait_closed_s", "work_s"]].sum(axis=1)
    assert (spent == cases["handled_at"] - cases["dispatched_at"]).all()
    wait = mmc_wait(crews, RATE, service)
    table = Agreement(f"M/M/{crews} in open time")
    table.mean("mean wait, open s", wait, each(parts, lambda part: in_open_time(part)["wait"].mean()), 0.5)
    waits = each(parts, lambda part: (in_open_time(part)["wait"] > 0).mean())
    table.mean("P(wait > 0)", erlang_c(crews, RATE * service), waits)
    sample = np.concatenate(
        [in_open_time(part).sort_values("established_at")["sojourn"].to_numpy()[::30] for part in parts]
    )
    table.law("sojourn, open time", sample, lambda t: 1 - mmc_sojourn_beyond(crews, RATE, service, t))
    table.check()
