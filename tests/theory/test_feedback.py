"""Handling, then a check that sends some cases back: two queues of Jackson's (1957), as if each stood alone."""

from __future__ import annotations

import numpy as np

from tests.theory.agreement import Agreement
from tests.theory.formulas import mmc_number
from tests.theory.runs import (
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

CREWS, CHECKERS = "crews", "checkers_c001"


def test_tandem_with_feedback() -> None:
    scenario = textbook(overlay="feedback")
    again = 1 - scenario.issues.categories[0].fix_quality
    rate = per_second(scenario)
    visits = rate / (1 - again)
    loads = visits * mean_work(scenario), visits * scenario.workflow.check.work.mean_seconds()
    present = [load / (1 - load) for load in loads]
    parts = stretches(worlds(scenario))
    table = Agreement("two queues with feedback")
    for name, load, number in zip((CREWS, CHECKERS), loads, present, strict=True):
        table.mean(f"mean number at {name}", number, each(parts, lambda part, name=name: number_present(part, name)))
        empty = each(parts, lambda part, name=name: share_empty(part, name))
        table.mean(f"share of time nobody at {name}", 1 - load, empty)
    nobody = each(parts, lambda part: share_empty(part, CREWS, CHECKERS))
    table.mean("share of time nobody anywhere", (1 - loads[0]) * (1 - loads[1]), nobody)
    whole = each(parts, lambda part: (judged(part)["closed_at"] - judged(part)["established_at"]).mean())
    table.mean("establishment to closure, s", sum(present) / rate, whole)
    table.mean("reworks a case", again / (1 - again), each(parts, lambda part: judged(part)["reworks"].mean()))
    once = each(parts, lambda part: (judged(part)["reworks"] == 0).mean())
    table.mean("share of cases right at once", 1 - again, once)
    table.check()


def test_two_checkers_and_two_crews() -> None:
    """Each station with two servers, twice the cases."""
    settings = (
        "issues.categories.job.rate=700800",
        "staffing.departments.crews.crews=2",
        "staffing.teams.checkers.workers_per_grid=2",
    )
    scenario = textbook(*settings, overlay="feedback", days=12)
    again = 1 - scenario.issues.categories[0].fix_quality
    visits = per_second(scenario) / (1 - again)
    parts = stretches(worlds(scenario), 1)
    table = Agreement("two queues of two servers with feedback")
    for name, mean in ((CREWS, mean_work(scenario)), (CHECKERS, scenario.workflow.check.work.mean_seconds())):
        load = visits * mean
        number = mmc_number(2, load) @ np.arange(2000)
        table.mean(f"mean number at {name}", number, each(parts, lambda part, name=name: number_present(part, name)))
    table.check()
