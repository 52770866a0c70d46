"""The fits of durations as a table: what was found, with intervals and checks."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import special

from calibration.duration_cell import CellFit
from calibration.duration_likelihood import Z95, LawFit


def table_of(cells: Sequence[CellFit]) -> pd.DataFrame:
    """One row a cell: counts, family, how it was found, shares and median with 95 % intervals, parameters, checks.

    Times in hours. `parameters`: name = value [low, high]; `score`: mean log score of held-out cases (density of log
    time), NaN where none was held out; `km_distance`: largest distance from the Kaplan-Meier curve.
    """
    return pd.DataFrame([_row(cell) for cell in cells])


def _row(cell: CellFit) -> dict[str, object]:
    fit = cell.fit
    zero, never = zero_interval(fit.zero, cell.n), never_interval(fit)
    median = median_interval(fit)
    return {
        "department": cell.department, "category": cell.category, "n": cell.n, "open": cell.open, "how": cell.how,
        "family": fit.law.name, "registered_when_done": cell.registered,
        "zero": fit.zero, "zero_low": zero[0], "zero_high": zero[1],
        "never": fit.never, "never_low": never[0], "never_high": never[1],
        "median_h": median[0] / 3600, "median_low_h": median[1] / 3600, "median_high_h": median[2] / 3600,
        "parameters": ", ".join(f"{name} = {value:.4g} [{low:.4g}, {high:.4g}]" for name, value, low, high in natural(fit)),
        "score": cell.choice.score if cell.choice else float("nan"),
        "held_out": cell.choice.cases if cell.choice else 0.0, "km_distance": cell.distance,
    }  # fmt: skip


def natural(fit: LawFit) -> list[tuple[str, float, float, float]]:
    """Parameters on the scale of people with 95 % intervals: seconds, shapes, shares."""
    found = []
    for place, name in enumerate(fit.law.parameters):
        back, plain = (special.expit, name[6:]) if name.startswith("logit_") else (np.exp, name[4:])
        low, high = fit.interval(place)
        found.append((plain, *(float(back(value)) for value in (fit.parameters[place], low, high))))
    return found


def zero_interval(share: float, cases: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (Wilson 1927)."""
    if not cases:
        return float("nan"), float("nan")
    middle = (share + Z95**2 / (2 * cases)) / (1 + Z95**2 / cases)
    half = Z95 / (1 + Z95**2 / cases) * float(np.sqrt(share * (1 - share) / cases + Z95**2 / (4 * cases**2)))
    return max(0.0, middle - half), min(1.0, middle + half)


def never_interval(fit: LawFit) -> tuple[float, float]:
    """95 % interval of the share that never ends; (0, 0) for a family of which everything ends."""
    if not fit.endless:
        return 0.0, 0.0
    low, high = fit.interval(-1)
    rest = 1 - fit.inflation
    return rest * float(special.expit(low)), rest * float(special.expit(high))


def median_interval(fit: LawFit) -> tuple[float, float, float]:
    """Median seconds until over, of all cases, with a 95 % interval (delta method on log time); inf if half never end."""
    middle = median(fit)
    if not 0 < middle < np.inf or not np.all(np.isfinite(fit.covariance)):
        return middle, float("nan"), float("nan")
    x, size = np.log(middle), len(fit.parameters)
    steps = np.eye(size) * 1e-5
    rise = [_log_outlasts(fit, fit.parameters + step, x) - _log_outlasts(fit, fit.parameters - step, x) for step in steps]
    fall = (_log_outlasts(fit, fit.parameters, x + 1e-5) - _log_outlasts(fit, fit.parameters, x - 1e-5)) / 2e-5
    slope = np.array(rise) / 2e-5 / -fall
    half = Z95 * float(np.sqrt(slope @ fit.covariance @ slope))
    return middle, float(np.exp(x - half)), float(np.exp(min(700.0, x + half)))


def _log_outlasts(fit: LawFit, parameters: np.ndarray, x: float) -> float:
    return float(replace(fit, parameters=parameters).log_outlasts(np.array([x]))[0])


def median(fit: LawFit) -> float:
    """Median seconds of all cases, by bisection on log time; inf if half of them never end."""
    if fit.zero >= 0.5:
        return 0.0
    wanted = float(np.log(0.5 * fit.lasting / (1 - fit.zero)))
    low, high = -5.0, 25.0
    if _log_outlasts(fit, fit.parameters, high) > wanted:
        return float("inf")
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if _log_outlasts(fit, fit.parameters, middle) > wanted else (low, middle)
    return float(np.exp(high))
