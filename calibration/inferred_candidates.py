"""Candidates of a department's crews and work as `infer` finds them: draws from its posterior over the training period.

`candidates_of` tries a handful of utilisations and keeps what shares and backlogs cannot tell apart; fitted times to close hold
the queue already, so that its middle has too many crews. Draws of `infer` know of the queue what load and order tell.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from calibration.closing_rhythm import AT_ONCE_S
from calibration.crew_candidates import Candidate
from calibration.crew_trials import Unserved
from calibration.department_trace import default_burn_in, trace_of
from calibration.intake import Intake
from calibration.latent_fit import LatentPlan, fit_department
from calibration.latent_prior import whole_crews
from calibration.survival import fitted_quantiles
from calibration.synthetic_likelihood import Settings
from sim.records import MISSING, RunRecords

DRAWS = 32
"""Draws that stand for the posterior, each as likely as the others."""
BELIEFS = np.arange(0.5, 100) / 100
"""Probabilities at which the belief beforehand is written down."""

Beliefs = dict[str, tuple[float, ...]]


@dataclass(frozen=True)
class Inferring:
    """How `infer` is run inside a calibration. `folder` keeps its runs, so that it goes on where it was; `minutes`: for all."""

    folder: Path | None = None
    minutes: float | None = None
    settings: Settings = field(default_factory=lambda: Settings(draws=DRAWS))
    seed: int = 1

    def shared(self, share: float) -> Inferring:
        """For a department with such a share of the cases."""
        return self if self.minutes is None else replace(self, minutes=self.minutes * share)


def inferred_candidates(training: Intake, name: str, unit: Unserved, how: Inferring) -> tuple[list[Candidate], Beliefs]:
    """The candidates of a department, and what was believed of each number before: quantiles at BELIEFS.

    `unit`: one world of training.
    """
    until = training.records.frame.horizon_s
    trace = trace_of(_worked_on(training.records), name, unit.calendar, default_burn_in(until))
    file = None if how.folder is None else how.folder / f"inferred_{''.join(c for c in name if c.isalnum())}.npz"
    fit = fit_department(trace, LatentPlan(how.settings, how.seed, minutes=how.minutes), file)
    spent, closed = trace.spent
    at, durations, _ = fitted_quantiles(spent, closed)
    typical = max(1.0, float(np.interp(0.5, at, durations)))
    found = []
    for crews, work in zip(fit.crews.tolist(), fit.work_s.tolist(), strict=True):
        used = trace.rate * unit.offered_work(work) / crews
        found.append(Candidate(crews, round(work), round(unit.usual_queue(crews, round(work), until)), used, work / typical))
    before = {"crews": whole_crews(fit.prior), "work_s": np.exp(fit.prior[:, 1]), "utilisation": fit.prior_utilisation}
    return found, {key: tuple(np.quantile(values, BELIEFS).tolist()) for key, values in before.items()}


def _worked_on(records: RunRecords) -> RunRecords:
    """What was closed at once uses no crew here, as in the worlds that candidates are tried in."""
    cases = records["cases"]
    at_once = (cases["closed_at"] != MISSING) & (cases["closed_at"] - cases["reported_at"] <= AT_ONCE_S)
    tables = {**records.tables, "cases": cases[~at_once]}
    return replace(records, tables=tables)
