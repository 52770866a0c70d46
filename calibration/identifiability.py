"""What a log pins down of each department: spread before and after the fit, what trades off, and a verdict in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from calibration.latent_fit import DepartmentFit
from calibration.latent_prior import whole_crews
from sim.messages import say

PARAMETERS = ("crews", "work_s", "work_cv", "utilisation")
PINNED, PARTLY = 0.7, 0.35
"""A parameter whose spread has fallen by at least so much is pinned down, or partly known (judgement)."""
TRADES = 0.7
"""Rank correlation from which two parameters trade off."""


@dataclass(frozen=True)
class Told:
    """One parameter of one department. `contraction`: 1 - sd after / sd before, of logarithms; `against`: the parameter
    that it trades off against, with their rank correlation; `low`, `high`: 95 % interval; `prior_*` the same before."""

    department: str
    parameter: str
    verdict: str
    against: str
    correlation: float
    contraction: float
    centre: float
    low: float
    high: float
    prior_low: float
    prior_high: float


def told(fit: DepartmentFit) -> tuple[Told, ...]:
    """The verdict on each of PARAMETERS."""
    after = np.log(np.column_stack([getattr(fit, name) for name in PARAMETERS]).astype(float))
    before = np.log(np.column_stack([whole_crews(fit.prior), np.exp(fit.prior[:, 1:]), fit.prior_utilisation]))
    correlations = _correlations(after)
    rows = []
    for at, name in enumerate(PARAMETERS):
        contraction = 1 - float(after[:, at].std() / max(before[:, at].std(), 1e-9))
        verdict, other = _verdict(at, contraction, correlations, fit.runs)
        # A model that misses the log somewhere may be sure of a wrong number: it pins nothing down.
        verdict = "partly" if verdict == "pinned" and fit.misfits else verdict
        low, high = np.exp(np.quantile(after[:, at], [0.025, 0.975]))
        earlier = np.exp(np.quantile(before[:, at], [0.025, 0.975]))
        rows.append(Told(
            fit.name, name, verdict, PARAMETERS[other] if other >= 0 else "",
            float(correlations[at, other]) if other >= 0 else 0.0, max(-10.0, contraction),
            float(np.exp(after[fit.centre, at])), float(low), float(high), float(earlier[0]), float(earlier[1]),
        ))  # fmt: skip
    return tuple(rows)


def _correlations(after: np.ndarray) -> np.ndarray:
    from scipy.stats import rankdata

    ranks = np.column_stack([rankdata(column) for column in after.T])
    spread = ranks.std(axis=0)
    # A parameter that does not vary at all is pinned, not correlated.
    usable = np.where(spread > 0, spread, np.inf)
    centred = (ranks - ranks.mean(axis=0)) / usable
    return centred.T @ centred / len(after)


def _verdict(at: int, contraction: float, correlations: np.ndarray, runs: int) -> tuple[str, int]:
    """pinned, partly, trades or prior; and the place of the parameter that it trades off against, or -1."""
    if runs == 0:
        return "prior", -1
    if contraction >= PINNED:
        return "pinned", -1
    others = np.abs(correlations[at]).copy()
    others[at] = 0.0
    other = int(np.argmax(others))
    if others[other] >= TRADES:
        return "trades", other
    return ("partly", -1) if contraction >= PARTLY else ("prior", -1)


def table(fits: Mapping[str, DepartmentFit]) -> list[Told]:
    """Every parameter of every department, the largest department first."""
    return [row for fit in sorted(fits.values(), key=lambda each: -each.cases) for row in told(fit)]


def informed_rows(fits: Mapping[str, DepartmentFit]) -> list[dict[str, object]]:
    """The verdicts as rows of the scenario's `replay.informed`."""
    return [
        {"department": row.department, "parameter": row.parameter, "verdict": row.verdict, "against": row.against,
         "contraction": round(row.contraction, 3), "centre": _short(row.centre), "low": _short(row.low), "high": _short(row.high)}
        for row in table(fits)
    ]  # fmt: skip


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def words(row: Told) -> str:
    """The verdict on a parameter as a sentence."""
    name = parameter_name(row.parameter)
    values = {"name": name, "low": quantity(row.parameter, row.low), "high": quantity(row.parameter, row.high)}
    if row.verdict == "pinned":
        return say("{name}: pinned down by the log, {low} to {high}", **values)
    if row.verdict == "partly":
        return say("{name}: narrowed by the log, {low} to {high}", **values)
    if row.verdict == "trades":
        other = parameter_name(row.against)
        return say("{name}: trades off against {other}; {low} to {high}, and each value asks for another of {other}",
                   other=other, **values)  # fmt: skip
    return say("{name}: not informed by the log, it stays as it was believed before, {low} to {high}", **values)


def parameter_name(parameter: str) -> str:
    """A parameter in the language in force."""
    names = {"crews": say("crews"), "work_s": say("work a case"), "work_cv": say("spread of the work"),
             "utilisation": say("utilisation"), "queueing": say("order of the queue")}  # fmt: skip
    return names[parameter]


def quantity(parameter: str, value: float) -> str:
    """A value of a parameter with its unit."""
    if parameter == "work_s":
        return say("{minutes:.0f} min", minutes=value / 60) if value < 7200 else say("{hours:.1f} h", hours=value / 3600)
    if parameter == "utilisation":
        return f"{value:.0%}"
    return f"{value:.0f}" if parameter == "crews" else f"{value:.2g}"
