"""One department is M/M/c and M/G/1: means, the probability of waiting, whole distributions, and every wait to the second."""

from __future__ import annotations

import numpy as np
import pytest

from sim.records import RunRecords
from sim.scenario import Scenario
from tests.theory.agreement import Agreement
from tests.theory.formulas import erlang_c, mmc_sojourn_beyond, mmc_wait, pollaczek_khinchine
from tests.theory.runs import apart, each, judged, number_present, per_second, replications, share_empty, textbook
from tests.theory.sample_paths import queue_starts

APART = 30
"""Cases between two that are as good as independent."""
ROUNDING = 1.0
"""Seconds: onsets are cut to the second, work is rounded to it."""


def mean_work(scenario: Scenario) -> float:
    return scenario.issues.categories[0].work.mean_seconds()


def waits_are_exact(run: RunRecords, servers: int) -> bool:
    """Whether every case starts in the second in which first come, first served makes it start."""
    cases = run["cases"].set_index("case_id").loc[run["reports"]["case_id"]]
    arrive, work = cases["dispatched_at"].tolist(), (cases["work_s"] + cases["travel_s"]).tolist()
    assert len(arrive) > 1000
    return queue_starts(arrive, work, [(n,) for n in range(len(arrive))], servers) == cases["handling_started_at"].tolist()


@pytest.mark.parametrize(("crews", "minutes"), [(1, 5), (2, 12), (5, 35)])
def test_mmc(crews: int, minutes: int) -> None:
    scenario = textbook(f"staffing.departments.crews.crews={crews}", f"issues.categories.job.work.mean={minutes} min")
    rate, service = per_second(scenario), mean_work(scenario)
    runs = replications(scenario)
    assert all(waits_are_exact(run, crews) for run in runs)
    delayed = np.concatenate([apart([run], "wait", APART) for run in runs])
    table = Agreement(f"M/M/{crews}, load {rate * service / crews:.2f}")
    table.mean("mean wait, s", mmc_wait(crews, rate, service), each(runs, lambda run: judged(run)["wait"].mean()), ROUNDING, 0.25)
    table.mean("P(wait > 0)", erlang_c(crews, rate * service), each(runs, lambda run: (judged(run)["wait"] > 0).mean()), 1e-3)
    table.mean("mean number busy", rate * service, each(runs, lambda run: number_present(run, "crews", serving=True)))
    table.mean("share of time empty", idle(crews, rate * service), each(runs, lambda run: share_empty(run, "crews")), widest=0.2)
    table.law("sojourn", apart(runs, "sojourn", APART), lambda t: 1 - mmc_sojourn_beyond(crews, rate, service, t))
    table.law("wait of those who wait", delayed[delayed > 0], lambda t: 1 - np.exp(-(crews / service - rate) * t))
    table.check()


def idle(crews: int, load: float) -> float:
    """P(nobody there) from Erlang's C formula."""
    terms = [load**k / np.prod(np.arange(1, k + 1)) for k in range(crews + 1)]
    return float(1 / (sum(terms[:-1]) + terms[-1] * crews / (crews - load)))


WORK = {
    "lognormal": ("{family: lognormal, mean: 6 min, cv: 1.2}", 1.2),
    "gamma": ("{family: gamma, mean: 6 min, cv: 0.6}", 0.6),
    "fixed": ("{family: fixed, value: 6 min}", 0.0),
}


@pytest.mark.parametrize("family", WORK)
def test_mg1(family: str) -> None:
    work, cv = WORK[family]
    scenario = textbook(f"issues.categories.job.work={work}")
    rate, service = per_second(scenario), mean_work(scenario)
    runs = replications(scenario)
    assert all(waits_are_exact(run, 1) for run in runs)
    table = Agreement(f"M/G/1, {family} work")
    wait = pollaczek_khinchine(rate, service, cv)
    table.mean("mean wait, s", wait, each(runs, lambda run: judged(run)["wait"].mean()), ROUNDING, 0.25)
    table.mean("P(wait > 0)", rate * service, each(runs, lambda run: (judged(run)["wait"] > 0).mean()), 1e-3)
    queue = each(runs, lambda run: number_present(run, "crews") - number_present(run, "crews", serving=True))
    table.mean("mean number waiting", rate * wait, queue, rate * ROUNDING, 0.25)
    table.check()


def test_travel_is_part_of_the_service() -> None:
    """The way there keeps the crew busy: M/G/1 with the sum of both as service."""
    travel = "staffing.departments.crews.travel={family: fixed, value: 2 min}"
    scenario = textbook(travel, "issues.categories.job.work={family: exponential, mean: 4 min}")
    rate, service = per_second(scenario), 360.0
    runs = replications(scenario)
    assert all(waits_are_exact(run, 1) for run in runs)
    table = Agreement("M/G/1, fixed way and exponential work")
    wait = pollaczek_khinchine(rate, service, 240 / 360)
    table.mean("mean wait, s", wait, each(runs, lambda run: judged(run)["wait"].mean()), ROUNDING, 0.25)
    table.mean("mean way, s", 120.0, each(runs, lambda run: judged(run)["travel_s"].mean()))
    table.mean("mean work, s", 240.0, each(runs, lambda run: judged(run)["work_s"].mean()), ROUNDING)
    table.check()
