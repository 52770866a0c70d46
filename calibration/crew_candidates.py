"""Crews and work that a department may have, as far as a log of openings and closings goes: the candidates of a fit.

Each candidate is a utilisation and a share of the typical time to close that is hands-on work; one says that crews are never
short. Candidates that come to the same crews and work are one.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.crew_trials import Crews, Unserved
from calibration.survival import fitted_quantiles
from sim.units import HOUR

SHORTEST_WORK, LONGEST_WORK = 300.0, 4.0 * HOUR
"""Bounds of the mean work (assumed): nobody is done in under 5 minutes, crews are seldom half a day on one case."""
NEVER_SHORT = 3
"""Where crews are never short there are so many times as the most that were ever at work at once: enough for a surge."""
MOST_CREWS = 1000


@dataclass(frozen=True)
class Candidate:
    """`utilisation`: share of their open time that the crews work in training; `never_short`: no case waits for one."""

    crews: int
    work_s: float
    queue_s: float
    utilisation: float
    work_share: float
    never_short: bool = False

    @property
    def tried(self) -> Crews:
        """What is simulated."""
        return Crews(self.crews, self.work_s, self.queue_s)


def candidates_of(
    unit: Unserved, spent: pd.DataFrame, utilisations: Sequence[float], work_shares: Sequence[float], until: int
) -> list[Candidate]:
    """The candidates of a department. `unit`: one world of training; `spent`: open seconds from opening to closing of its
    cases (column `closed`: whether it is) and `open_total`, the open seconds of the training period."""
    at, durations, _ = fitted_quantiles(spent["spent"].to_numpy(), spent["closed"].to_numpy())
    typical = float(np.interp(0.5, at, durations))
    rate = len(spent) / max(1.0, float(spent["open_total"].iloc[0]))
    found: dict[tuple[int, float], Candidate] = {}
    for share in work_shares:
        work = float(round(np.clip(share * typical, SHORTEST_WORK, LONGEST_WORK)))
        load = rate * unit.offered_work(work)
        for utilisation in utilisations:
            crews = min(MOST_CREWS, max(1, round(load / utilisation)))
            if (crews, work) not in found:
                queue = round(unit.usual_queue(crews, work, until))
                found[crews, work] = Candidate(crews, work, queue, load / crews, share)
        crews = _never_short(unit, work)
        found[crews, work] = Candidate(crews, work, 0.0, load / crews, share, True)
    return list(found.values())


def _never_short(unit: Unserved, work_s: float) -> int:
    done, asked = unit.parted(work_s, 0.0)
    rows = ~unit.at_once & (done > 0)
    origin = np.zeros(int(rows.sum()), dtype=np.int64)
    begun = unit.calendar.work_between_many(origin, asked[rows])
    times = np.concatenate([begun, begun + done[rows]])
    steps = np.concatenate([np.ones(len(begun)), -np.ones(len(begun))])
    order = np.lexsort((-steps, times))
    peak = int(np.cumsum(steps[order]).max(initial=1))
    return min(MOST_CREWS, NEVER_SHORT * peak)
