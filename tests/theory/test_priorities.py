"""Two classes: the first is served first, interrupting nobody; or major cases interrupt, and the rest goes on later."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from sim.records import RunRecords
from sim.scenario import Scenario
from tests.theory.agreement import Agreement
from tests.theory.formulas import cobham, cobham_many_servers, preemptive_resume
from tests.theory.runs import Stretch, each, judged, per_second, stretches, textbook, worlds
from tests.theory.sample_paths import preemptive_ends, queue_starts

SAME_WORK = ("issues.categories.short.work.mean=9 min", "issues.categories.long.work.mean=9 min")


def in_order_of_arrival(run: RunRecords) -> pd.DataFrame:
    return run["cases"].set_index("case_id").loc[run["reports"]["case_id"]]


def rates_and_work(scenario: Scenario) -> tuple[list[float], list[float]]:
    categories = scenario.issues.categories
    return [per_second(scenario, n) for n in range(2)], [each.work.mean_seconds() for each in categories]


def mean_of(column: str, category: str) -> Callable[[Stretch], float]:
    def read(part: Stretch) -> float:
        cases = judged(part)
        return cases[cases["category"] == category][column].mean()

    return read


def ranks(cases: pd.DataFrame) -> list[tuple]:
    """By class, then establishment, then number, as the policy `priority` says."""
    return list(zip(cases["category"] == "long", cases["established_at"], cases.index, strict=True))


def starts_are_exact(run: RunRecords, servers: int) -> bool:
    cases = in_order_of_arrival(run)
    starts = queue_starts(cases["dispatched_at"].tolist(), cases["work_s"].tolist(), ranks(cases), servers)
    return starts == cases["handling_started_at"].tolist()


@pytest.mark.parametrize(("work", "cvs"), [("exponential", (1.0, 1.0)), ("mixed", (0.0, 1.0))])
def test_not_interrupting_one_server(work: str, cvs: tuple[float, float]) -> None:
    settings = [] if work == "exponential" else ["issues.categories.short.work={family: fixed, value: 5 min}"]
    scenario = textbook(*settings, overlay="two_classes", days=24)
    rates, services = rates_and_work(scenario)
    runs = worlds(scenario)
    parts = stretches(runs)
    assert all(starts_are_exact(run, 1) for run in runs)
    first, second = cobham(rates, services, cvs)
    table = Agreement(f"M/G/1, two classes, {work} work, not interrupting")
    table.mean("mean wait of the first class, s", first, each(parts, mean_of("wait", "short")))
    table.mean("mean wait of the second class, s", second, each(parts, mean_of("wait", "long")), 0.5)
    table.check()


def test_not_interrupting_two_servers() -> None:
    scenario = textbook(
        "staffing.departments.crews.crews=2", *SAME_WORK, "issues.categories.long.rate=262800", overlay="two_classes"
    )
    rates, services = rates_and_work(scenario)
    runs = worlds(scenario)
    parts = stretches(runs)
    assert all(starts_are_exact(run, 2) for run in runs)
    first, second = cobham_many_servers(2, rates, services[0])
    table = Agreement("M/M/2, two classes, not interrupting")
    table.mean("mean wait of the first class, s", first, each(parts, mean_of("wait", "short")))
    table.mean("mean wait of the second class, s", second, each(parts, mean_of("wait", "long")), 0.5)
    table.check()


def test_interrupting() -> None:
    """Severity 3 is an emergency: it takes the crew at once; the other task goes on where it stopped."""
    scenario = textbook("issues.categories.short.severity=[0, 0, 1]", overlay="two_classes", days=24)
    rates, services = rates_and_work(scenario)
    runs = worlds(scenario)
    parts = stretches(runs)
    for run in runs:
        cases = in_order_of_arrival(run)
        urgent = (cases["category"] == "short").tolist()
        ends = preemptive_ends(cases["dispatched_at"].tolist(), cases["work_s"].tolist(), urgent, ranks(cases))
        assert ends == cases["handled_at"].tolist()
    first, second = preemptive_resume(rates, services, (1.0, 1.0))
    table = Agreement("M/M/1, preemptive resume")
    table.mean("mean sojourn of the first class, s", first, each(parts, mean_of("sojourn", "short")))
    table.mean("mean sojourn of the second class, s", second, each(parts, mean_of("sojourn", "long")))
    table.mean("mean work of the second class, s", services[1], each(parts, mean_of("work_s", "long")))
    table.check()
