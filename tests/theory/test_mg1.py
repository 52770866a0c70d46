"""One crew with any work is M/G/1: Pollaczek and Khinchine's mean wait, and every single wait to the second."""

from __future__ import annotations

import pytest

from tests.theory.agreement import Agreement
from tests.theory.formulas import pollaczek_khinchine
from tests.theory.runs import each, judged, mean_work, number_present, per_second, stretches, textbook, worlds
from tests.theory.sample_paths import first_come_is_exact

WORK = {
    "lognormal": ("{family: lognormal, mean: 5 min, cv: 1.2}", 1.2),
    "gamma": ("{family: gamma, mean: 5 min, cv: 0.6}", 0.6),
    "fixed": ("{family: fixed, value: 5 min}", 0.0),
}


@pytest.mark.parametrize("family", WORK)
def test_mg1(family: str) -> None:
    work, cv = WORK[family]
    scenario = textbook(f"issues.categories.job.work={work}", days=24 if cv > 1 else 16)
    rate, service = per_second(scenario), mean_work(scenario)
    runs = worlds(scenario)
    parts = stretches(runs)
    assert all(first_come_is_exact(run, 1) for run in runs)
    table = Agreement(f"M/G/1, {family} work")
    wait = pollaczek_khinchine(rate, service, cv)
    table.mean("mean wait, s", wait, each(parts, lambda part: judged(part)["wait"].mean()))
    table.mean("P(wait > 0)", rate * service, each(parts, lambda part: (judged(part)["wait"] > 0).mean()))
    queue = each(parts, lambda part: number_present(part, "crews") - number_present(part, "crews", serving=True))
    table.mean("mean number waiting", rate * wait, queue)
    table.check()


def test_travel_is_part_of_the_service() -> None:
    """The way there keeps the crew busy: M/G/1 with the sum of both as service."""
    travel = "staffing.departments.crews.travel={family: fixed, value: 2 min}"
    scenario = textbook(travel, "issues.categories.job.work={family: exponential, mean: 4 min}", days=16)
    rate, service = per_second(scenario), 360.0
    runs = worlds(scenario)
    parts = stretches(runs)
    assert all(first_come_is_exact(run, 1) for run in runs)
    table = Agreement("M/G/1, fixed way and exponential work")
    wait = pollaczek_khinchine(rate, service, 240 / 360)
    table.mean("mean wait, s", wait, each(parts, lambda part: judged(part)["wait"].mean()))
    table.mean("mean way, s", 120.0, each(parts, lambda part: judged(part)["travel_s"].mean()))
    table.mean("mean work, s", 240.0, each(parts, lambda part: judged(part)["work_s"].mean()))
    table.check()
