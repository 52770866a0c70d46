"""How far each candidate of a department's crews is from the training period, and how much of that is chance."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration import score_measures as by_day
from calibration.crew_candidates import Candidate
from calibration.crew_trials import Unserved
from calibration.score_card import block_weights
from calibration.score_period import Groups, Period

RESAMPLES = 400
BACKLOG_PART = 0.25
"""How much the backlog curve counts beside the shares closed in time (judgement, as in every fit of crews here)."""

Array = np.ndarray


@dataclass(frozen=True)
class Losses:
    """Distance of each candidate from the log, one row a candidate; `resampled`: the same on resampled weeks."""

    loss: Array
    resampled: Array

    @property
    def best(self) -> int:
        """Place of the nearest candidate."""
        return int(np.argmin(self.loss))

    @property
    def noise(self) -> float:
        """Standard deviation of the nearest candidate's distance between resampled weeks."""
        return float(self.resampled[self.best].std())


def losses_of(
    measured: pd.DataFrame, worlds: Sequence[Unserved], candidates: Sequence[Candidate], period: Period, seed: int = 1
) -> Losses:
    """Losses of a department's candidates over some worlds. `measured`: its cases, with the columns of `score_period`.

    A loss is the mean difference of the shares closed within 4 h to 1 week, plus the 1-Wasserstein distance of the logarithm
    (base 10) of hours to close, plus BACKLOG_PART of the mean difference of the backlog over its mean.
    """
    weights = np.concatenate([np.ones((1, period.days)), block_weights(period.days, seed, RESAMPLES)])
    truth = _counts(measured, period)
    rows = []
    for candidate in candidates:
        runs = [_counts(_lived(measured, world, candidate, period.cut), period) for world in worlds]
        rows.append(_distance(truth, runs, weights))
    table = np.array(rows)
    return Losses(table[:, 0], table[:, 1:])


def _lived(measured: pd.DataFrame, world: Unserved, candidate: Candidate, until: int) -> pd.DataFrame:
    closed = pd.Series(world.closed(candidate.tried, until), index=world.code)
    return measured.assign(closed_at=closed.reindex(measured["case_id"]).to_numpy())


_Counts = tuple[tuple[Array, Array], Array, Array]


def _counts(cases: pd.DataFrame, period: Period) -> _Counts:
    one = Groups("department", ("",), np.ones(1))
    return by_day.counts_within(cases, period, one), by_day.counts_log_time(cases, period, one), by_day.open_cases(cases, period, one)


def _distance(truth: _Counts, runs: Sequence[_Counts], weights: Array) -> Array:
    one = np.ones(1)
    within = tuple(by_day.mean_counts([run[0][part] for run in runs]) for part in (0, 1))
    times, backlog = (by_day.mean_counts([run[part] for run in runs]) for part in (1, 2))
    shares = by_day.share_distance(truth[0], within, one)(weights)
    spent = by_day.log_time_distance(truth[1], times, one)(weights)
    return np.nan_to_num(shares) + np.nan_to_num(spent) + BACKLOG_PART * by_day.backlog_distance(truth[2], backlog)(weights)
