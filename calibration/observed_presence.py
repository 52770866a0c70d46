"""Who was at work when: each resource of an event log between its first and its last touch of a day, by the local clock.

A touch is a start or an end of a step. What else a resource did is not in the log, and a break inside the day is not seen.
Time on a step counts inside those spans only, so that a step left open overnight holds no night; time on several steps at once
is shared between them.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportAssignmentType=false
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.intake import Intake
from calibration.observed_queue import DATES, named
from sim.civil_time import CivilTime
from sim.records import MISSING
from sim.units import DAY, HOUR

LONGEST_SPAN = 16 * HOUR
"""A resource whose usual day is longer is no person (a system account), and is left out."""
MOST_DAYS = 14
"""A step that is open for longer tells no work."""


@dataclass(frozen=True)
class Presence:
    """`spans`: resource, day, first, last (wall seconds since the first local midnight), touches. `touches`: resource, unit,
    day, at. `pieces`: case_id, unit, resource, day, seconds of work; empty where steps have no start. `machines`: resources
    left out. `dates_only`: touches are dates, no hour can be told."""

    spans: pd.DataFrame
    touches: pd.DataFrame
    pieces: pd.DataFrame
    machines: int
    dates_only: bool
    first_weekday: int
    persons: bool = True
    """False where no resource stands in the log: then each case stands for one"""


def presence_of(intake: Intake) -> Presence | None:
    """The presence in an event log; None where there are no steps."""
    steps = intake.steps
    if steps is None or not len(steps):
        return None
    persons = bool(named(steps["resource"]).any())
    if not persons:  # then what a case shows of a day bounds the time on its steps
        steps = steps.assign(resource=steps["case_id"].astype(str))
    frame = intake.records.frame
    civil = CivilTime(pd.Timestamp(frame.start).date(), frame.zone)
    known = _with_units(steps[named(steps["resource"])], intake.records["cases"])
    touches = _touches(known, civil)
    dates_only = bool((touches["at"] % DAY == 0).mean() > DATES)
    spans = touches.groupby(["resource", "day"], as_index=False)["at"].agg(first="min", last="max", touches="size")
    usual = (spans["last"] - spans["first"]).groupby(spans["resource"]).median()
    machines = set(usual[usual > LONGEST_SPAN].index) if persons else set()
    kept = [part[~part["resource"].isin(machines).to_numpy()].reset_index(drop=True) for part in (spans, touches, known)]
    pieces = _pieces(kept[2], kept[0], civil) if not dates_only else _pieces(kept[2][:0], kept[0][:0], civil)
    return Presence(kept[0], kept[1], pieces, len(machines), dates_only, civil.start.weekday(), persons)


def _with_units(steps: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    unit = steps["case_id"].map(cases.set_index("case_id")["department"].astype(str)).astype(object)
    return steps.assign(unit=unit.fillna(""))


def _touches(steps: pd.DataFrame, civil: CivilTime) -> pd.DataFrame:
    parts = [
        steps.loc[(steps[name] != MISSING).to_numpy(), ["resource", "unit", name]].rename(columns={name: "at"})
        for name in ("started_at", "completed_at")
    ]
    frame = pd.concat(parts, ignore_index=True)
    wall = civil.wall(frame["at"].to_numpy(dtype=np.int64))
    return frame.assign(at=wall, day=wall // DAY)


def _pieces(steps: pd.DataFrame, spans: pd.DataFrame, civil: CivilTime) -> pd.DataFrame:
    """The time of each step on each day, inside the span of its resource on that day."""
    timed = ((steps["started_at"] != MISSING) & (steps["completed_at"] > steps["started_at"])).to_numpy()
    steps = steps[timed]
    begin, end = (civil.wall(steps[name].to_numpy(dtype=np.int64)) for name in ("started_at", "completed_at"))
    usable = end - begin <= MOST_DAYS * DAY
    steps, begin, end = steps[usable], begin[usable], end[usable]
    days = end // DAY - begin // DAY + 1
    row = np.repeat(np.arange(len(steps)), days)
    day = begin[row] // DAY + np.arange(len(row)) - np.repeat(np.cumsum(days) - days, days)
    frame = steps[["case_id", "unit", "resource"]].iloc[row].reset_index(drop=True).assign(day=day, begin=begin[row], end=end[row])
    frame = frame.merge(spans[["resource", "day", "first", "last"]], on=["resource", "day"], how="inner")
    frame["begin"] = np.maximum(frame["begin"], frame["first"])
    frame["end"] = np.minimum(frame["end"], frame["last"])
    frame = frame[(frame["end"] > frame["begin"]).to_numpy()]
    return _shared(frame)[["case_id", "unit", "resource", "day", "seconds"]]


def _shared(frame: pd.DataFrame) -> pd.DataFrame:
    """Seconds of each piece; what a resource does at once on a day is scaled to the time in which it did any of it."""
    frame = frame.sort_values(["resource", "day", "begin"], kind="stable").reset_index(drop=True)
    if not len(frame):
        return frame.assign(seconds=np.zeros(0))
    key = [frame["resource"], frame["day"]]
    reached = frame.groupby(key)["end"].cummax()
    before = reached.groupby(key).shift().fillna(-1)
    any_of_it = np.maximum(0, frame["end"] - np.maximum(frame["begin"], before))
    alone = (frame["end"] - frame["begin"]).groupby(key).transform("sum")
    together = any_of_it.groupby(key).transform("sum")
    return frame.assign(seconds=(frame["end"] - frame["begin"]) * together / alone)
