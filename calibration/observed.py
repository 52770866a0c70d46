"""What the steps and starts of a log answer by themselves, with intervals: crews, work, shifts, order of the queue, returns.

Start here: `observed_of` takes an intake; `observed_text` says it in words, `observed_rows` as a table.
"""

# The stubs of pandas say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.intake import Intake
from calibration.mapping import Mapping
from calibration.observed_crews import CrewsSeen, InHand, crews_of, in_hand_of
from calibration.observed_order import Order, order_of
from calibration.observed_presence import Presence, presence_of
from calibration.observed_queue import starts_of_cases, waits_of
from calibration.observed_returns import Seen, returns_of
from calibration.observed_shifts import Shifts, shifts_of
from calibration.observed_work import Work, work_of
from sim.civil_time import CivilTime
from sim.records import MISSING


@dataclass(frozen=True)
class Observed:
    """None or empty: not in this log."""

    crews: tuple[CrewsSeen, ...]
    in_hand: tuple[InHand, ...]
    machines: int
    """resources left out because their day is no person's"""
    work: Work | None
    shifts: Shifts | None
    order: Order | None
    returns: tuple[Seen, ...]

    @property
    def empty(self) -> bool:
        """Whether the log shows none of it."""
        return not (self.crews or self.in_hand or self.returns) and self.work is None and self.shifts is None and self.order is None


def observed_of(intake: Intake, mapping: Mapping) -> Observed:
    """Everything that the steps of a log show; `mapping` has read it."""
    waits, presence = waits_of(intake, mapping), presence_of(intake)
    sizes = intake.records["cases"]["department"].astype(str).value_counts()
    return Observed(
        crews=() if presence is None else crews_of(presence, {str(unit): int(cases) for unit, cases in sizes.items()}),
        in_hand=in_hand_of(waits) if waits is not None and waits.source == "cases" else (),
        machines=0 if presence is None else presence.machines,
        work=work_of(intake, presence, starts_of_cases(intake, mapping)),
        shifts=None if presence is None else _shifts(intake, presence),
        order=None if waits is None else order_of(waits),
        returns=returns_of(intake, mapping),
    )


def _shifts(intake: Intake, presence: Presence) -> Shifts | None:
    frame = intake.records.frame
    closed = intake.records["cases"]["closed_at"].to_numpy(dtype=np.int64)
    civil = CivilTime(pd.Timestamp(frame.start).date(), frame.zone)
    return shifts_of(presence, civil.wall(closed[closed != MISSING]))
