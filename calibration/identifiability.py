"""What a log pins down of each department: spread before and after the fit, what trades off, and a verdict in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from calibration.latent_fit import DepartmentFit
from calibration.latent_prior import whole_crews
from sim.messages import say

PARAMETERS = ("crews", "work_s", "work_cv", "utilisation")
PINNED, PARTLY = 0.7, 0.35
"""A parameter whose spread has fallen by at least so much is pinned down, or partly known (judgement)."""
UNSPREAD = 1e-6
"""Standard deviation of logarithms under which a parameter was fixed beforehand."""
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


@dataclass(frozen=True)
class Spread:
    """What was believed of a department's parameters before a fit and after it: values by parameter, in draws.

    `draws` values of one place belong together; `told`: whether the log had a say at all; `missed`: whether the model misses
    the log somewhere.
    """

    department: str
    before: Mapping[str, np.ndarray]
    draws: Mapping[str, np.ndarray]
    centre: Mapping[str, float]
    told: bool
    missed: bool
    derived: frozenset[str] = frozenset()
    """parameters that follow from the others by definition: nothing trades off against them"""


def told(fit: DepartmentFit) -> tuple[Told, ...]:
    """The verdict on each of PARAMETERS."""
    draws = {name: np.asarray(getattr(fit, name), dtype=float) for name in PARAMETERS}
    earlier = np.column_stack([whole_crews(fit.prior), np.exp(fit.prior[:, 1:]), fit.prior_utilisation])
    before = {name: earlier[:, at] for at, name in enumerate(PARAMETERS)}
    centre = {name: float(values[fit.centre]) for name, values in draws.items()}
    return verdicts(Spread(fit.name, before, draws, centre, fit.runs > 0, bool(fit.misfits)))


def verdicts(spread: Spread) -> tuple[Told, ...]:
    """The verdict on each parameter of a spread."""
    names = list(spread.draws)
    after = np.log(np.column_stack([spread.draws[name] for name in names]))
    correlations = _correlations(after)
    follows = [at for at, name in enumerate(names) if name in spread.derived]
    correlations[follows], correlations[:, follows] = 0.0, 0.0
    rows = []
    for at, name in enumerate(names):
        before = np.log(spread.before[name])
        # What was never left open has not been learnt.
        contraction = 1 - float(after[:, at].std() / before.std()) if before.std() > UNSPREAD else 0.0
        verdict, other = _verdict(at, contraction, correlations, spread.told)
        # A model that misses the log somewhere may be sure of a wrong number: it pins nothing down.
        verdict = "partly" if verdict == "pinned" and spread.missed else verdict
        low, high = np.exp(np.quantile(after[:, at], [0.025, 0.975]))
        earlier = np.exp(np.quantile(before, [0.025, 0.975]))
        rows.append(Told(
            spread.department, name, verdict, names[other] if other >= 0 else "",
            float(correlations[at, other]) if other >= 0 else 0.0, max(-10.0, contraction),
            spread.centre[name], *(_figures(value) for value in (low, high, *earlier)),
        ))  # fmt: skip
    return tuple(rows)


def _figures(value: float) -> float:
    return float(f"{value:.6g}")


def _correlations(after: np.ndarray) -> np.ndarray:
    from scipy.stats import rankdata

    ranks = np.column_stack([rankdata(column) for column in after.T])
    spread = ranks.std(axis=0)
    # A parameter that does not vary at all is pinned, not correlated.
    usable = np.where(spread > 0, spread, np.inf)
    centred = (ranks - ranks.mean(axis=0)) / usable
    return centred.T @ centred / len(after)


def _verdict(at: int, contraction: float, correlations: np.ndarray, has_a_say: bool) -> tuple[str, int]:
    """pinned, partly, trades or prior; and the place of the parameter that it trades off against, or -1."""
    if not has_a_say:
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


def informed_rows(rows: Sequence[Told]) -> list[dict[str, object]]:
    """The verdicts as rows of the scenario's `replay.informed`."""
    return [
        {"department": row.department, "parameter": row.parameter, "verdict": row.verdict, "against": row.against,
         "contraction": round(row.contraction, 3), "centre": _short(row.centre), "low": _short(row.low), "high": _short(row.high)}
        for row in rows
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
             "utilisation": say("utilisation"), "queueing": say("order of the queue"),
             "pace": say("level of the pace of closing")}  # fmt: skip
    return names[parameter]


def quantity(parameter: str, value: float) -> str:
    """A value of a parameter with its unit."""
    if parameter == "work_s":
        return say("{minutes:.0f} min", minutes=value / 60) if value < 7200 else say("{hours:.1f} h", hours=value / 3600)
    if parameter == "utilisation":
        return f"{value:.0%}"
    return f"{value:.0f}" if parameter == "crews" else f"{value:.2g}"


def verdict_text(row: Told) -> str:
    """The verdict in a few words, for a table."""
    names = {"pinned": say("pinned down"), "partly": say("narrowed"), "prior": say("stays as believed before")}
    return names.get(row.verdict) or say("trades off against {other}", other=parameter_name(row.against))
