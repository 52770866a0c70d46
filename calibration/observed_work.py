"""Measured hands-on work of a case: its timed steps added up, or the open hours from start to end of its handling.

Steps count as `observed_presence` counts them. From start to end of handling is not all work: it holds interruptions, and the
wait before a rework; it is an upper end. Closed cases only: the work of an open one is not over.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.intake import Intake
from calibration.observed_crews import working_time
from calibration.observed_presence import Presence
from sim.calendars import Calendar
from sim.civil_time import CivilTime
from sim.records import MISSING
from sim.streams import stream
from sim.units import DAY, HOUR

FEWEST = 60
"""Cases of a department or category that is measured by itself, as in the fit of replays."""
TIMED = 0.5
"""Share of the closed cases whose work must be known; else what is known is no sample of all."""
RESAMPLES = 400


@dataclass(frozen=True)
class WorkSeen:
    """Seconds of work of a case. `unit`, `category`: empty for all. `mean` with its 95 % interval (resampled weeks of opening),
    `cv`: standard deviation over mean."""

    unit: str
    category: str
    cases: int
    mean: float
    low: float
    high: float
    cv: float
    median: float
    p10: float
    p90: float


@dataclass(frozen=True)
class Work:
    """`source`: steps, or cases (start to end of handling, interruptions included). `known`: share of the closed cases whose
    work is known."""

    source: str
    known: float
    rows: tuple[WorkSeen, ...]

    def of(self, unit: str, category: str) -> WorkSeen | None:
        """The nearest row: of the category in the department, of the department, of all."""
        found = {(each.unit, each.category): each for each in self.rows}
        return found.get((unit, category), found.get((unit, ""), found.get(("", ""))))


def work_of(intake: Intake, presence: Presence | None, has_starts: bool) -> Work | None:
    """Measured work, from steps where these are timed, else from starts of handling (`has_starts`); None where neither is."""
    cases = intake.records["cases"]
    closed = cases[((cases["closed_at"] != MISSING) & (cases["outcome"] != "self_handled")).to_numpy()]
    if not len(closed):
        return None
    if presence is not None and len(presence.pieces):
        seconds = presence.pieces.groupby("case_id")["seconds"].sum().reindex(closed["case_id"]).to_numpy()
        return _work("steps", closed, seconds)
    return _work("cases", closed, _handled(intake, closed)) if has_starts else None


def _work(source: str, closed: pd.DataFrame, seconds: np.ndarray) -> Work | None:
    known = np.isfinite(seconds)
    if known.mean() < TIMED or known.sum() < FEWEST:
        return None
    frame = pd.DataFrame({
        "unit": closed["department"].astype(str).to_numpy(dtype=object), "category": closed["category"].astype(str).to_numpy(dtype=object),
        "week": closed["reported_at"].to_numpy() // (7 * DAY), "seconds": seconds,
    })[known]  # fmt: skip
    rows = [_row("", "", frame)]
    for unit, mine in frame.groupby("unit"):
        if len(mine) >= FEWEST:
            if len(mine) < len(frame):
                rows.append(_row(str(unit), "", mine))
            for category, part in mine.groupby("category"):
                if FEWEST <= len(part) < len(mine):
                    rows.append(_row(str(unit), str(category), part))
    return Work(source, float(known.mean()), tuple(rows))


def _row(unit: str, category: str, rows: pd.DataFrame) -> WorkSeen:
    seconds = rows["seconds"].to_numpy(dtype=float)
    week = np.unique(rows["week"], return_inverse=True)[1]
    count = int(week.max()) + 1
    draw = stream(1, "observed weeks of work").integers(0, count, (RESAMPLES, count))
    weight = np.array([np.bincount(each, minlength=count) for each in draw], dtype=float)
    means = (weight @ np.bincount(week, seconds, count)) / np.maximum(1, weight @ np.bincount(week, minlength=count))
    low, high = np.quantile(means, [0.025, 0.975])
    p10, median, p90 = np.quantile(seconds, [0.1, 0.5, 0.9])
    mean = float(seconds.mean())
    return WorkSeen(unit, category, len(seconds), mean, float(low), float(high), float(seconds.std() / max(1.0, mean)),
                    float(median), float(p10), float(p90))  # fmt: skip


def _handled(intake: Intake, closed: pd.DataFrame) -> np.ndarray:
    """Open seconds from start to end of handling; the open hours are those of starts and ends of the department."""
    frame = intake.records.frame
    civil = CivilTime(pd.Timestamp(frame.start).date(), frame.zone)
    started, handled = closed["handling_started_at"].to_numpy(), closed["handled_at"].to_numpy()
    ended = np.where(handled == MISSING, closed["closed_at"].to_numpy(), handled)
    found = np.full(len(closed), np.nan)
    unit = closed["department"].astype(str).to_numpy(dtype=object)
    for name in sorted(set(unit)):
        mine = np.flatnonzero((unit == name) & (started != MISSING))
        if len(mine):
            calendar = open_hours(civil, started[mine], frame.horizon_s)
            found[mine] = calendar.work_between_many(started[mine], np.maximum(started[mine], ended[mine]))
    return found


def open_hours(civil: CivilTime, at: np.ndarray, until: int) -> Calendar:
    """The hours and weekdays that hold nearly all of `at` (seconds since the start), as a calendar up to `until`."""
    hours, weekdays = working_time(civil.wall(at), civil.start.weekday())
    days = np.array([day for day in range(until // DAY + 2) if (civil.start.weekday() + day) % 7 in weekdays], dtype=np.int64)
    wall = np.stack([days * DAY + hours[0] * HOUR, days * DAY + (hours[-1] + 1) * HOUR], axis=1)
    edges = civil.elapsed(wall.ravel()).reshape(-1, 2)
    return Calendar(edges, 0, int(edges.max(initial=0)) + DAY)
