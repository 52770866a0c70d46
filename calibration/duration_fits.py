"""Durations of all cells of a log: censored fits by department and category, thin cells pooled, beside Kaplan-Meier.

Start here: `fit_durations(rows)` takes one row a case, `DurationFits.demand(department, category)` gives what a replay
draws from, `DurationFits.table()` what was found. Nothing here looks beyond the training period that it is given.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.duration_cell import CellFit
from calibration.duration_choice import Choice, choose
from calibration.duration_likelihood import LawFit
from calibration.duration_pooling import Spread, pooled, spread_of
from calibration.duration_sample import AT_ONCE, Sample, sample_of
from calibration.duration_steps import fit_family
from calibration.survival import kaplan_meier
from sim.distributions import Distribution

OWN = 60
"""Cases that must have ended after a positive time for a cell to have a family of its own (as in the fit of replays)."""
MANY = 300
"""With so many it borrows from nobody."""
ALL = "*"
"""The department as a whole, or the log as a whole."""
NEEDED = ("department", "category", "spent_s", "closed")


@dataclass(frozen=True)
class Drawn:
    """What a replay draws from: seconds until over of those that end (at once included), and the share that never does."""

    distribution: Distribution
    never: float


@dataclass(frozen=True)
class DurationFits:
    """Fits by cell. A department that could not be fitted has none; `unfitted` says why."""

    cells: Mapping[tuple[str, str], CellFit]
    spreads: Mapping[str, Spread]
    unfitted: Mapping[str, str]

    def cell(self, department: str, category: str = ALL) -> CellFit:
        """The fit of a category, else of its department, else of the whole log. Raises KeyError if there is none."""
        for key in ((department, category), (department, ALL), (ALL, ALL)):
            if key in self.cells:
                return self.cells[key]
        raise KeyError((department, category))

    def demand(self, department: str, category: str = ALL) -> Drawn:
        """Distribution of the time to close of a cell, as a scenario can hold it."""
        from calibration.duration_distribution import distribution_of

        fit = self.cell(department, category).fit
        return Drawn(distribution_of(fit), fit.never)

    def table(self) -> pd.DataFrame:
        """One row a cell; see calibration/duration_table.py for the columns."""
        from calibration.duration_table import table_of

        return table_of(list(self.cells.values()))


def fit_durations(cases: pd.DataFrame, own: int = OWN) -> DurationFits:
    """Fit every cell of `cases`: columns department, category, spent_s, closed; zero, early_s, early_closed where known.

    `spent_s`: seconds until over or, where `closed` is False, so far; `zero`: registered when done (kept apart).
    `early_s`, `early_closed` (calibration/duration_rows.py) are the same on the day that parts training from choice;
    without them every other case is held out. Raises ValueError for missing columns or negative times.
    """
    _check(cases)
    cells: dict[tuple[str, str], CellFit] = {}
    spreads: dict[str, Spread] = {}
    unfitted: dict[str, str] = {}
    whole = _Cell(ALL, ALL, cases).alone("department")
    if whole is not None:
        cells[ALL, ALL] = whole
    for unit, rows in cases.groupby("department", observed=True, sort=True):
        name = str(unit)
        found, spread = _department(name, rows, whole, own)
        cells |= {(name, each.category): each for each in found}
        if spread is not None:
            spreads[name] = spread
        if not found:
            unfitted[name] = f"{len(rows)} cases, {int(rows['closed'].sum())} closed: no family can be fitted"
    return DurationFits(cells, spreads, unfitted)


def _check(cases: pd.DataFrame) -> None:
    missing = [name for name in NEEDED if name not in cases]
    if missing:
        raise ValueError(f"columns {missing} are missing")
    if len(cases) and float(cases["spent_s"].min()) < 0:
        raise ValueError("spent_s is negative")


def _department(name: str, rows: pd.DataFrame, whole: CellFit | None, own: int) -> tuple[list[CellFit], Spread | None]:
    """Fits of a department and its categories; a department too thin for a fit borrows from the whole log."""
    cell = _Cell(name, ALL, rows)
    unit = cell.alone("department") if cell.full.closed >= own else None
    if unit is None:
        return ([cell.borrowed(whole.fit, None)], None) if whole is not None else ([], None)
    parts = [_Cell(name, str(category), each) for category, each in rows.groupby("category", observed=True, sort=True)]
    spread = spread_of(unit.fit, {part.category: part.full for part in parts})
    early_base = fit_family(unit.fit.law.name, cell.early, unit.fit.endless) or unit.fit
    early_spread = spread_of(early_base, {part.category: part.early for part in parts})
    return [unit, *(part.fitted(unit.fit, spread, pooled(early_base, part.early, early_spread), own) for part in parts)], spread


class _Cell:
    """Cases of a cell as samples: all of training, its first part as it stood then, and what came after."""

    def __init__(self, department: str, category: str, rows: pd.DataFrame) -> None:
        self.department, self.category = department, category
        flagged = rows["zero"].to_numpy(dtype=bool) if "zero" in rows else np.zeros(len(rows), dtype=bool)
        self.registered = float(flagged.mean()) if len(rows) else 0.0
        rows = rows.loc[~flagged]
        self.spent, self.closed = rows["spent_s"].to_numpy(dtype=float), rows["closed"].to_numpy(dtype=bool)
        self.full = sample_of(self.spent, self.closed)
        self.early, self.late = self._parted(rows)

    def _parted(self, rows: pd.DataFrame) -> tuple[Sample, Sample]:
        if "early_s" not in rows:
            odd = np.arange(len(rows)) % 2 == 1
            return sample_of(self.spent[~odd], self.closed[~odd]), sample_of(self.spent[odd], self.closed[odd])
        early, over = rows["early_s"].to_numpy(dtype=float), rows["early_closed"].to_numpy(dtype=bool)
        known = ~np.isnan(early)
        rest = ~over
        entered = np.where(known, early, 0.0)
        return sample_of(early[known], over[known]), sample_of(self.spent[rest], self.closed[rest], entered[rest])

    def alone(self, how: str) -> CellFit | None:
        """A family of its own; None if nothing can be fitted."""
        choice = choose(self.early, self.late)
        fit = fit_family(choice.name, self.full, choice.endless) if choice else fit_family("exponential", self.full, False)
        return None if fit is None else self._cell(fit, how, choice)

    def borrowed(self, base: LawFit, spread: Spread | None, choice: Choice | None = None) -> CellFit:
        """The department's family, moved."""
        return self._cell(pooled(base, self.full, spread or _VAGUE[base.endless]), "pooled", choice)

    def fitted(self, base: LawFit, spread: Spread, early: LawFit, own: int) -> CellFit:
        """A family of its own where the cell is thick and that foretells better; else its department's, moved."""
        if self.full.closed < own:
            return self.borrowed(base, spread, _scored(early, self.late))
        choice = choose(self.early, self.late, early if self.full.closed < MANY else None)
        if choice is None or choice.pooled:
            return self.borrowed(base, spread, choice)
        fit = fit_family(choice.name, self.full, choice.endless)
        return self.borrowed(base, spread) if fit is None else self._cell(fit, "own", choice)

    def _cell(self, fit: LawFit, how: str, choice: Choice | None) -> CellFit:
        return CellFit(self.department, self.category, len(self.spent), int((~self.closed).sum()), self.registered, how, fit,
                       choice, self._distance(fit))  # fmt: skip

    def _distance(self, fit: LawFit) -> float:
        """Largest distance of the fit from the product-limit curve, over the times at which a case ended."""
        if not len(self.spent):
            return float("nan")
        curve = kaplan_meier(self.spent, self.closed)
        last = np.append(np.diff(curve.seconds) > 0, True) & (curve.seconds >= AT_ONCE)
        if not last.any():
            return float("nan")
        return float(np.abs(fit.over_by(curve.seconds[last].astype(float)) - (1 - curve.still[last])).max())


_VAGUE = {endless: Spread(np.zeros(1 + endless), np.ones(1 + endless), 0) for endless in (False, True)}
"""Moves about a family of which nothing is known."""


def _scored(fit: LawFit, late: Sample) -> Choice:
    values, weights = fit.scores(late)
    score = float(values @ weights) / late.cases if late.cases else float("nan")
    return Choice(fit.law.name, fit.endless, True, score, late.cases)
