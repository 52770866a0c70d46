"""The answer to the question of a surge: means over paired worlds with t intervals, and how often each policy is first."""

# The stubs of pandas, numpy and scipy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from calibration.surge_arms import AS_IS, POLICIES, WITHOUT, Surge
from experiments.intervals import t_interval
from sim.messages import say


def answer(rows: list[dict[str, Any]], size: int, surge: Surge) -> dict[str, Any]:
    """What the surge cost the others, when it is cleared under each policy, and how often each clears it first."""
    table = pd.DataFrame(rows)
    wide = {name: table.pivot(index="seed", columns="arm", values=name) for name in ("others_h", "department_h", "cleared_day")}
    cost, mine = (wide[name][AS_IS] - wide[name][WITHOUT] for name in ("others_h", "department_h"))
    days = wide["cleared_day"]
    finite = days.replace(np.inf, np.nan)
    first = days[list(POLICIES)].eq(days[list(POLICIES)].min(axis=1), axis=0)
    share = first.div(first.sum(axis=1), axis=0).mean()
    return {
        "surge_cases": size, "types": list(surge.types), "since": str(surge.since), "until": str(surge.until),
        "worlds": len(days), "others": int(table["others"].mean()), "department_cases": int(table["department_cases"].mean()),
        "cost_h": _interval(cost), "cost_department_h": _interval(mine),
        "cleared_day": {arm: _interval(finite[arm]) for arm in (AS_IS, *POLICIES)},
        "never_cleared": {arm: float(np.isinf(days[arm]).mean()) for arm in (AS_IS, *POLICIES)},
        "sooner_days": {arm: _interval(finite[arm] - finite[AS_IS]) for arm in POLICIES},
        "others_change_h": {arm: _interval(wide["others_h"][arm] - wide["others_h"][AS_IS]) for arm in POLICIES},
        "first": {arm: float(share[arm]) for arm in POLICIES},
    }  # fmt: skip


def _interval(values: pd.Series) -> list[float | None]:
    found = t_interval(values.dropna().to_numpy(dtype=float))
    return [None if each != each else round(float(each), 3) for each in (found.mean, found.low, found.high)]


def answer_text(facts: dict[str, Any]) -> str:
    """The answer in words."""
    lines = [
        say("{cases} cases of the surge. It cost the {others} other cases {cost} hours together; those of the department "
            "that met it {mine} of them.", cases=facts["surge_cases"], others=f"{facts['others']:,}",
            cost=_shown(facts["cost_h"]), mine=_shown(facts["cost_department_h"])),
        say("Nine tenths of it were closed {day} days after the start under the policy as it was.", day=_shown(facts["cleared_day"][AS_IS])),
    ]  # fmt: skip
    lines += [
        say("{policy}: cleared {days} days sooner or later (minus is sooner), other cases {hours} hours; first of the three in "
            "{share:.0f} % of the worlds.", policy=say(arm), days=_shown(facts["sooner_days"][arm]),
            hours=_shown(facts["others_change_h"][arm]), share=100 * facts["first"][arm])
        for arm in POLICIES
    ]  # fmt: skip
    note = (
        say("Intervals: 95 %, Student's t over paired worlds; each world draws other crews of the department that met it.")
        if facts.get("drawn")
        else say("Intervals: 95 %, Student's t over paired worlds; they show chance, not doubt about the crews.")
    )
    return "\n".join([*lines, note])


def _shown(interval: list[float | None]) -> str:
    mean, low, high = interval
    if mean is None:
        return "–"
    return f"{mean:,.1f} [{low:,.1f}, {high:,.1f}]" if low is not None and high is not None else f"{mean:,.1f}"
