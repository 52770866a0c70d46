"""One department with c crews is M/M/c: means, whole distributions, and every single wait to the second."""

from __future__ import annotations

import numpy as np
import pytest

from tests.theory.agreement import Agreement
from tests.theory.formulas import erlang_c, mmc_number, mmc_sojourn_beyond, mmc_wait
from tests.theory.runs import (
    FULL,
    apart,
    each,
    judged,
    mean_work,
    number_present,
    per_second,
    share_empty,
    stretches,
    textbook,
    worlds,
)
from tests.theory.sample_paths import first_come_is_exact

APART = 30
"""Cases between two that are as good as independent."""


@pytest.mark.parametrize(("crews", "minutes"), [(1, 5), (2, 11), (5, 30)])
def test_mmc(crews: int, minutes: int) -> None:
    scenario = textbook(f"staffing.departments.crews.crews={crews}", f"issues.categories.job.work.mean={minutes} min")
    rate, service = per_second(scenario), mean_work(scenario)
    runs = worlds(scenario)
    parts = stretches(runs)
    assert all(first_come_is_exact(run, crews) for run in runs)
    delayed = apart(parts, "wait", APART)
    wait = mmc_wait(crews, rate, service)
    table = Agreement(f"M/M/{crews}, load {rate * service / crews:.2f}")
    table.mean("mean wait, s", wait, each(parts, lambda part: judged(part)["wait"].mean()))
    table.mean(
        "P(wait > 0)", erlang_c(crews, rate * service), each(parts, lambda part: (judged(part)["wait"] > 0).mean())
    )
    table.mean(
        "mean number busy", rate * service, each(parts, lambda part: number_present(part, "crews", serving=True))
    )
    table.mean(
        "share of time empty",
        mmc_number(crews, rate * service)[0],
        each(parts, lambda part: share_empty(part, "crews")),
    )
    table.law("sojourn", apart(parts, "sojourn", APART), lambda t: 1 - mmc_sojourn_beyond(crews, rate, service, t))
    table.law("wait of those who wait", delayed[delayed > 0], lambda t: 1 - np.exp(-(crews / service - rate) * t))
    table.check()


@pytest.mark.full
@pytest.mark.skipif(not FULL, reason="a loaded queue needs long runs: WANGGE_FULL=1")
def test_loaded_crew() -> None:
    scenario = textbook("issues.categories.job.work.mean=8 min")
    rate, service = per_second(scenario), mean_work(scenario)
    runs = worlds(scenario)
    assert all(first_come_is_exact(run, 1) for run in runs)
    parts = stretches(runs, 8)
    table = Agreement("M/M/1, load 0.8")
    wait = mmc_wait(1, rate, service)
    table.mean("mean wait, s", wait, each(parts, lambda part: judged(part)["wait"].mean()))
    table.mean("mean number there", rate * (wait + service), each(parts, lambda part: number_present(part, "crews")))
    table.law("sojourn", apart(parts, "sojourn", 200), lambda t: 1 - mmc_sojourn_beyond(1, rate, service, t))
    table.check()
