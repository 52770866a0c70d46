"""A fitted family as a distribution of a scenario, and back to a line of its CSV."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import special

from calibration.duration_likelihood import LawFit
from calibration.duration_steps import STEPWISE, steps_of
from sim.distributions import AnyDistribution, Distribution
from sim.units import LONGEST

Tree = dict[str, Any]


def tree_of(fit: LawFit) -> Tree:
    """The time of those that end as a scenario writes it, at once included; the share that never ends stands beside it."""
    lasting = _lasting(fit)
    if fit.inflation < 5e-5:
        return lasting
    parts = lasting["parts"] if lasting["family"] == "mixture" else [{"share": 1.0, "of": lasting}]
    zero = round(fit.inflation / (1 - fit.never), 6)  # of those that end
    scaled = [{"share": round(part["share"] * (1 - zero), 6), "of": part["of"]} for part in parts]
    scaled[-1]["share"] = round(1 - zero - sum(part["share"] for part in scaled[:-1]), 6)
    return {"family": "mixture", "parts": [{"share": zero, "of": {"family": "none"}}, *scaled]}


def distribution_of(fit: LawFit) -> Distribution:
    """The same as an object that can be drawn from."""
    from pydantic import TypeAdapter

    return TypeAdapter(AnyDistribution).validate_python(tree_of(fit))


def _lasting(fit: LawFit) -> Tree:
    name, p = fit.law.name, fit.shape
    if name == STEPWISE:
        at, durations = steps_of(fit)
        spans = [f"{max(1, round(float(min(span, LONGEST))))} s" for span in durations]
        return {"family": "empirical", "at": [round(float(each), 4) for each in at], "durations": spans}
    if not name.startswith("two_"):
        return _one(name, p[0], p[1] if len(p) > 1 else 0.0)
    part = "lognormal" if name == "two_lognormals" else "weibull"
    share = round(float(special.expit(p[4])), 6)
    parts = (_one(part, p[0], p[2]), _one(part, p[0] + np.exp(p[1]), p[3]))
    return {"family": "mixture", "parts": [{"share": share, "of": parts[0]}, {"share": round(1 - share, 6), "of": parts[1]}]}


def _one(name: str, place: float, spread: float) -> Tree:
    span = f"{max(1, round(float(np.exp(min(place, np.log(LONGEST))))))} s"
    if name == "exponential":
        return {"family": "exponential", "mean": span}
    if name == "lognormal":
        return {"family": "lognormal_median", "median": span, "sigma": round(float(np.exp(spread)), 5)}
    return {"family": f"{name}_scale", "scale": span, "shape": round(float(np.exp(spread)), 5)}
