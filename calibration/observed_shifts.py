"""Shift patterns: the hours and weekdays in which each resource works, and how many patterns hold most of the work.

A resource's usual day is from the median of its first to the median of its last touches. It lies in the earlier or in the later
half of the log's working hours, or across both; and the resource works on weekends, too, if a Saturday or Sunday is worked at
least a third as often as its most frequent weekday. That makes six patterns; one that fewer than five resources share is not
shown.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportOperatorIssue=false, reportGeneralTypeIssues=false
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.adequacy_groups import SMALLEST
from calibration.observed_crews import working_time
from calibration.observed_presence import Presence
from sim.units import DAY, HOUR

FEWEST_DAYS = 10
"""Days of work of a resource that has a pattern (judgement)."""
WEEKEND = 1 / 3
EARLY, LATE, ACROSS = "early", "late", "across"


@dataclass(frozen=True)
class Pattern:
    """`half`: early, late or across the working hours. `first`, `last`: local hour of the first and last touch of a usual day,
    medians over the resources. `share`: of all touches."""

    half: str
    weekend: bool
    first: float
    last: float
    resources: int
    share: float


@dataclass(frozen=True)
class Shifts:
    """`patterns`: the largest first. `different`: how many there are; `rest`: share of the touches that lie in none that is
    shown, or are of resources that seldom worked.
    `hours`, `weekdays`: working time of the whole log; `outside`: share of the touches outside the hours of closings."""

    resources: int
    patterns: tuple[Pattern, ...]
    different: int
    rest: float
    hours: tuple[int, ...]
    weekdays: tuple[int, ...]
    outside: float


def shifts_of(presence: Presence, closings: np.ndarray) -> Shifts | None:
    """None where touches are dates, or hardly any resource worked often. `closings`: wall seconds of the closings."""
    if presence.dates_only or not presence.persons:
        return None
    spans = presence.spans
    clock = spans.assign(first=spans["first"] % DAY, last=spans["last"] % DAY, weekday=(presence.first_weekday + spans["day"]) % 7)
    frequent = clock.groupby("resource")["day"].transform("size") >= FEWEST_DAYS
    clock = clock[frequent.to_numpy()]
    people = int(clock["resource"].nunique())
    if people < SMALLEST:
        return None
    at = presence.touches["at"].to_numpy()
    hours, weekdays = working_time(at, presence.first_weekday)
    middle = (hours[0] + hours[-1] + 1) / 2
    table = pd.DataFrame([_usual(mine, middle) for _, mine in clock.groupby("resource")])
    shown = [
        Pattern(str(half), bool(weekend), float(mine["first"].median()), float(mine["last"].median()), len(mine),
                float(mine["touches"].sum() / len(at)))
        for (half, weekend), mine in table.groupby(["half", "weekend"])
    ]  # fmt: skip
    different = len(shown)
    shown = sorted((each for each in shown if each.resources >= SMALLEST), key=lambda each: -each.share)
    return Shifts(people, tuple(shown), different, 1 - sum(each.share for each in shown), hours, weekdays,
                  _outside(at, closings, presence.first_weekday))  # fmt: skip


def _usual(mine: pd.DataFrame, middle: float) -> dict[str, object]:
    first, last = float(mine["first"].median() / HOUR), float(mine["last"].median() / HOUR)
    often = np.bincount(mine["weekday"], minlength=7)
    half = EARLY if last <= middle else LATE if first >= middle else ACROSS
    weekend = bool(often[5:].max() >= WEEKEND * often.max())
    return {"half": half, "weekend": weekend, "first": first, "last": last, "touches": int(mine["touches"].sum())}


def _outside(at: np.ndarray, closings: np.ndarray, first_weekday: int) -> float:
    hours, weekdays = working_time(closings, first_weekday)
    inside = np.isin(at // HOUR % 24, hours) & np.isin((first_weekday + at // DAY) % 7, weekdays)
    return float(1 - inside.mean())
