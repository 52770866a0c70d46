"""What an indicator is: a number read off the records of one run, with everything needed to print it honestly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sim.records import RunRecords

Direction = Literal["lower", "higher", "none"]


@dataclass(frozen=True)
class Indicator:
    """One indicator. Its English texts (label, formula, unit, denominator, clock) are keys: show them by say()."""

    name: str
    label: str
    formula: str
    unit: str
    """hours, share (0..1), cases, yuan, ..."""
    direction: Direction
    """which way is better"""
    denominator: str
    """whom the number is about"""
    clock: str
    """elapsed time, limit clock, staff clock, or none"""
    compute: Callable[[RunRecords], float]
    """the number; NaN where nobody is in the denominator"""
    needs: tuple[str, ...] = ()
    """what a log may lack: keys of `sim.metrics.needs.NEEDS`"""


NO_CLOCK = "no clock"
ELAPSED = "elapsed time, nights and holidays included"
LIMITS = "limit of the step, on its own clock"
SHIFTS = "staff time of shift and overtime"
