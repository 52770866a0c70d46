"""When cases close: their time to close counted in the rhythm of their department's closings over the week."""

from __future__ import annotations

from pydantic import field_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.chapter import Chapter, entry, portion

WEEK_HOURS = 168
BANDS = (0.1, 0.5, 1.5, 2.5)
"""Edges of the bands of weight of the hour in which a case is opened; 1 is the mean hour of the week."""


class Rhythm(Chapter):
    """How much closing goes on in each hour of the week; a case ages by it."""

    name: str = entry("name that demands call it by", min_length=1)
    weights: tuple[float, ...] = entry(
        "weight of each hour of the week, Monday 00 first, mean 1", min_length=WEEK_HOURS, max_length=WEEK_HOURS
    )


class Pace(Chapter):
    """How fast a department closed on each day of what was learnt from, against what its fitted times would have it."""

    department: str = entry("department, as the mapping names it")
    level: float = entry("factor on all its days: what the mean pace may be in truth", "1", 1.0, gt=0, le=10)
    days: tuple[float, ...] = entry("pace of each day in whole weeks, Monday first, 1 being as fitted", "1", min_length=7)

    @field_validator("days")
    @classmethod
    def _whole_weeks(cls, days: tuple[float, ...]) -> tuple[float, ...]:
        if len(days) % 7 or min(days) < 0:
            raise ValueError(say("{count} days; write whole weeks of paces, none below 0", count=len(days)))
        return days


class Closing(Chapter):
    """The whole time to close of the cases of a demand, fitted; crews take the work, and what they usually let it wait, off it."""

    rhythm: str = entry("rhythm in which it counts", min_length=1)
    time: AnyDistribution = entry("time to close of those that end, in the rhythm's seconds")
    never: float = portion("share that outlasts the log")
    queue: float = entry("open time that crews usually let a case wait", "s", 0.0, ge=0)
    quick: tuple[float, ...] = entry(
        "share closed at once, by the band of the opening hour's weight", "share", (), max_length=len(BANDS) + 1
    )
    quick_time: AnyDistribution | None = entry("time to close of those closed at once", "duration", None)
