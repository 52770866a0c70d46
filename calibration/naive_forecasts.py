"""Forecasts that know no model: last period again, and past durations drawn at random.

Both get what the model gets: the arrivals of the period and the cases open when it begins. Neither sees a closing in it.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

import numpy as np
import pandas as pd

from calibration.score_outlook import Outlook
from calibration.score_period import Period
from calibration.survival import kaplan_meier
from sim.metrics.survival import Survival
from sim.records import MISSING
from sim.streams import uniforms
from sim.units import DAY

LEAST_DRAWN = 20
"""Closed cases that a department and type needs for durations of its own; below it shares those of its department."""
NOBODY = 1e-9
"""Smaller than any share of a curve: absorbs the rounding of a long product."""
SHIFTED, RANDOM = "last period, shifted", "random past durations"


def shifted_traces(training: pd.DataFrame, period: Period) -> Outlook:
    """The last so many whole weeks of training, moved into the period as they were seen before it began."""
    weeks = -(-period.days // 7)
    slip = period.start - _weeks_before(period, weeks)
    known = training[training["reported_at"] < period.start].copy()
    known["closed_at"] = np.where(known["closed_at"] >= period.start, MISSING, known["closed_at"])
    for name in ("reported_at", "closed_at", "handling_due"):
        known[name] = np.where(known[name] == MISSING, MISSING, known[name] + slip)
    return Outlook(SHIFTED, [known], same_cases=False)


def _weeks_before(period: Period, weeks: int) -> int:
    """The same local time so many weeks earlier, over a change of the clock, too."""
    return int(period.civil.elapsed(period.civil.wall(period.start) - weeks * 7 * DAY))


def random_durations(training: pd.DataFrame, arrivals: pd.DataFrame, period: Period, worlds: int) -> Outlook:
    """Every case open in the period lasts as long as one drawn from the past ones of its department and type.

    A drawn case that was still open then is drawn again among those that lasted longer, which is drawing from the
    Kaplan-Meier curve; so is a case that is older than the drawn duration.
    """
    curves = _curves(training, period.start)
    return Outlook(RANDOM, [_drawn(curves, arrivals, period, seed) for seed in range(1, worlds + 1)])


def _curves(training: pd.DataFrame, cut: int) -> dict[tuple[str, str], Survival]:
    worked = training[(training["outcome"] != "self_handled") & (training["reported_at"] < cut)]
    closed = ((worked["closed_at"] != MISSING) & (worked["closed_at"] < cut)).to_numpy()
    spent = np.where(closed, worked["closed_at"], cut) - worked["reported_at"].to_numpy()
    frame = pd.DataFrame({"department": worked["department"].astype(str).to_numpy(), "spent": spent, "closed": closed,
                          "category": worked["category"].astype(str).to_numpy()})  # fmt: skip
    found = {("", ""): kaplan_meier(spent, closed)}
    for names, rows in [*frame.groupby("department"), *frame.groupby(["department", "category"])]:
        if rows["closed"].sum() >= LEAST_DRAWN:
            key = (names, "") if isinstance(names, str) else names
            found[key] = kaplan_meier(rows["spent"].to_numpy(), rows["closed"].to_numpy())
    return found


def _drawn(curves: dict[tuple[str, str], Survival], arrivals: pd.DataFrame, period: Period, seed: int) -> pd.DataFrame:
    cases = arrivals.copy()
    closed_at = cases["closed_at"].to_numpy(dtype=np.int64).copy()
    u = uniforms(seed, "random past duration", at=cases["case_id"].to_numpy(dtype=np.int64))
    waiting = (closed_at == MISSING) & (cases["outcome"] != "self_handled").to_numpy()
    names = [cases[name].astype(str).to_numpy()[waiting] for name in ("department", "category")]
    for key, rows in pd.Series(np.flatnonzero(waiting)).groupby(names):
        curve, at = _curve(curves, *key), rows.to_numpy()
        opened = cases["reported_at"].to_numpy()[at]
        closed_at[at] = _ends(curve, opened, np.maximum(0, period.start - opened), u[at])
    return cases.assign(closed_at=closed_at)


def _curve(curves: dict[tuple[str, str], Survival], department: str, category: str) -> Survival:
    return next(curves[each] for each in ((department, category), (department, ""), ("", "")) if each in curves)


def _ends(curve: Survival, opened: np.ndarray, age: np.ndarray, u: np.ndarray) -> np.ndarray:
    """When each case ends, given that it has lasted its age; MISSING where the curve does not reach so far, or nobody lasted."""
    steps = np.concatenate(([1.0], curve.still))
    lasted = steps[np.searchsorted(curve.seconds, age, side="right")]
    level = lasted * (1 - u)
    place = np.searchsorted(-curve.still, -level, side="left")
    inside = (place < len(curve.still)) & (lasted > NOBODY)
    return np.where(inside, opened + curve.seconds[np.minimum(place, len(curve.seconds) - 1)], MISSING).astype(np.int64)
