"""What a run of a department is held against in the log: figures in parts, each part a stage of the fit with its own loss.

`shares` closed within times · `load`: whether cases take longer when many have come lately, or when many young ones are
open, and whether neighbours are alike · `backlog`: level, spread and trend · `rhythm` of closings by day and within the
day · `order`: how far cases close in the order of opening · `work`: seconds from the start of work to the closing, where
the log has them. All figures count cases opened after the burn-in, with open cases censored.
"""

from __future__ import annotations

import numpy as np

from calibration.department_trace import Trace
from sim.metrics.survival import Durations, survival
from sim.records import MISSING
from sim.units import DAY, HOUR

PARTS = ("shares", "load", "backlog", "rhythm", "order", "work")
WITHIN = np.array([4 * HOUR, DAY, 3 * DAY, 7 * DAY])
LOAD_DAYS = (1, 3, 7)
"""Days before an opening whose arrivals are its load, and whose cases count as young."""
LAGS = (1, 5, 20)
"""Distances in the order of opening at which pairs are compared."""


def figures(trace: Trace, closed: np.ndarray, started: np.ndarray) -> dict[str, np.ndarray]:
    """The figures of each part for closings (and starts of work) of the trace's cases, measured or simulated."""
    found = {
        "shares": _shares(trace, closed),
        "load": _load(trace, closed),
        "backlog": _backlog(trace, closed),
        "rhythm": _rhythm(trace, closed),
        "order": _order(trace, closed),
    }
    if (trace.started != MISSING).any():
        found["work"] = _work(trace, closed, started)
    return found


def _shares(trace: Trace, closed: np.ndarray) -> np.ndarray:
    """Share closed within each time, on the clock (Kaplan-Meier); nobody followed for so long: the last known share."""
    mine = closed[trace.counted]
    ended = mine != MISSING
    if not len(mine):
        return np.zeros(len(WITHIN))
    curve = survival(Durations(np.where(ended, mine, trace.cut) - trace.opened[trace.counted], ended))
    shares = np.array([curve.within(float(limit)) for limit in WITHIN])
    return np.where(np.isnan(shares), 1 - curve.still[-1], shares)


def _load(trace: Trace, closed: np.ndarray) -> np.ndarray:
    """Rank correlations of the time to close with arrivals before, with young open cases, and with the neighbours'."""
    counted = trace.counted
    if counted.sum() < 20:
        return np.zeros(2 + len(LOAD_DAYS) + len(LAGS))
    spent, _ = trace.spent_of(closed)
    rank = _ranks(spent[counted])
    place = np.arange(len(trace.opened))
    came = [place - np.searchsorted(trace.opened, trace.opened - days * DAY) for days in (1, 7)]
    young = [_young(trace, closed, days * DAY) for days in LOAD_DAYS]
    alike = [_alike(rank, _ranks(each[counted])) for each in (*came, *young)]
    return np.array(alike + [_alike(rank[:-lag], rank[lag:]) for lag in LAGS])


def _young(trace: Trace, closed: np.ndarray, window: int) -> np.ndarray:
    """Cases opened at most `window` seconds before each opening, and still open then."""
    ended = np.where(closed == MISSING, np.iinfo(np.int64).max, closed)
    left = np.sort(np.minimum(ended, trace.opened + window))
    return np.arange(len(left)) - np.searchsorted(left, trace.opened, side="right")


def _ranks(values: np.ndarray) -> np.ndarray:
    from scipy.stats import rankdata

    ranks = rankdata(values)
    return (ranks - ranks.mean()) / max(ranks.std(), 1e-9)


def _alike(first: np.ndarray, second: np.ndarray) -> float:
    return float((first * second).mean())


def _backlog(trace: Trace, closed: np.ndarray) -> np.ndarray:
    """Logarithms of mean and spread of the open cases over the days, and the trend from the first third to the last."""
    ends = np.arange(trace.burn_in + DAY, trace.cut + 1, DAY)
    if len(ends) < 3:
        return np.zeros(3)
    ended = np.sort(closed[closed != MISSING])
    curve = np.searchsorted(trace.opened, ends) - np.searchsorted(ended, ends)
    thirds = [part.mean() for part in np.array_split(curve, 3)]
    return np.array([np.log1p(curve.mean()), np.log1p(curve.std()), np.log1p(thirds[2]) - np.log1p(thirds[0])])


def _rhythm(trace: Trace, closed: np.ndarray) -> np.ndarray:
    """Closings of a day: the busiest tenth over the mean, memory from day to day; and the middle of the day for closings."""
    ended = closed[(closed != MISSING) & (closed >= trace.burn_in)]
    per_day = _per_open_day(trace, ended)
    mean = max(per_day.mean(), 1e-9) if len(per_day) else 1.0
    if len(per_day) < 5 or not len(ended):
        return np.zeros(3)
    apart = per_day - mean
    memory = float((apart[1:] * apart[:-1]).sum() / max(1e-9, (apart**2).sum()))
    middle = float(np.median(trace.civil.wall(ended) % DAY)) / DAY
    top = np.quantile(per_day, 0.9)
    return np.array([np.log(top / mean + 0.1), memory, middle])


def _per_open_day(trace: Trace, ended: np.ndarray) -> np.ndarray:
    edges = np.arange(trace.burn_in, trace.cut + 1, DAY)
    if len(edges) < 2:
        return np.zeros(0)
    is_open = trace.calendar.work_between_many(edges[:-1], edges[1:]) > 0
    return np.histogram(ended, edges)[0][is_open]


def _order(trace: Trace, closed: np.ndarray) -> np.ndarray:
    """Share of pairs, so many places apart in the order of opening, that close in that order (open: last of all)."""
    ended = np.where(closed == MISSING, np.iinfo(np.int64).max, closed)[trace.counted]
    found = []
    for lag in LAGS:
        first, second = ended[:-lag], ended[lag:]
        judged = np.minimum(first, second) < np.iinfo(np.int64).max
        found.append(float((first <= second)[judged].mean()) if judged.any() else 0.5)
    return np.array(found)


def _work(trace: Trace, closed: np.ndarray, started: np.ndarray) -> np.ndarray:
    both = (closed != MISSING) & (started != MISSING) & trace.counted
    if not both.any():
        return np.zeros(2)
    seconds = np.log(np.maximum(1, trace.calendar.work_between_many(started[both], closed[both])))
    return np.array([seconds.mean(), seconds.std()])
