"""A known truth lived by a plain queue that is not the model: a fit must not be judged by its own kind alone.

What differs: work is gamma, and is finished once begun, closing or not; waiting for others runs on the clock, nights and
weekends too; a case may have been with another department first (referral), and a handling may have to be done again
(rework), at the tail of the queue.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np
import pandas as pd

from calibration.known_truth import CityTruth, DepartmentTruth, calendar_of
from calibration.known_truth_model import drawn_cases
from sim.calendars import FAR, Calendar
from sim.records import MISSING
from sim.units import DAY

REFERRAL_S = 2 * DAY
"""Mean time that a referred case was with the wrong department (assumed)."""


def lived_by_queue(truth: CityTruth, seed: int) -> pd.DataFrame:
    """The cases of a truth, in the columns of `known_truth_model.lived_by_model`, with `returns` and `reworks` counted."""
    cases = drawn_cases(truth, seed)
    for name in ("started", "closed"):
        cases[name] = np.full(len(cases), MISSING, dtype=np.int64)
    for number, unit in enumerate(truth.departments):
        mine = cases.index[(cases["unit"] == unit.name) & ~cases["done"]]
        draw = np.random.default_rng([seed, number, 1])
        served = _Queue(truth, unit, cases.loc[mine], draw).served()
        for name, column in served.items():
            cases.loc[mine, name] = column
    done = cases["done"]
    cases.loc[done, ["started", "closed"]] = cases.loc[done, ["opened", "opened"]].to_numpy()
    return cases


ANY = "random"
"""A discipline that the model has no policy for: whoever is waiting, with the same chance each time."""


class _Queue:
    """One department. Events are (second, number of the event, case or -1 for an opening)."""

    def __init__(self, truth: CityTruth, unit: DepartmentTruth, cases: pd.DataFrame, draw: np.random.Generator) -> None:
        self.unit, self.draw, self.horizon = unit, draw, truth.lived_s
        self.calendar: Calendar = calendar_of(truth, unit)
        n = len(cases)
        self.work = np.maximum(1, draw.gamma(unit.work_cv**-2, unit.work_s * unit.work_cv**2, n)).astype(np.int64)
        self.returned = draw.random(n) < unit.referral
        share_open = self.calendar.open_seconds / self.calendar.intervals.max()
        waits = cases["wait_s"].to_numpy() / share_open + np.where(self.returned, draw.exponential(REFERRAL_S, n), 0)
        self.arrival = cases["opened"].to_numpy() + np.rint(waits).astype(np.int64)
        self.rank = _ranks(truth.discipline, cases, self.work)
        self.any = truth.discipline == ANY
        self.started, self.closed = np.full(n, MISSING, dtype=np.int64), np.full(n, MISSING, dtype=np.int64)
        self.reworks = np.zeros(n, dtype=np.int64)

    def served(self) -> dict[str, np.ndarray]:
        """Start of the first handling, closing, returns and reworks of each case."""
        self.events = [(int(at), case, case) for case, at in enumerate(self.arrival)]
        self.events.sort()
        self.waiting: list[tuple[float, int, int]] = []
        self.free, self.number = self.unit.crews, len(self.arrival)
        while self.events:
            now, _, case = heappop(self.events)
            if now >= self.horizon:
                break
            if case >= 0:
                self._joins(now, case)
            elif case < -1:
                self._ends(now, -2 - case)
            self._starts(now)
        return {"started": np.where(self.closed == MISSING, MISSING, self.started), "closed": self.closed,
                "work_s": self.work, "returns": self.returned.astype(int), "reworks": self.reworks}  # fmt: skip

    def _at(self, second: int, what: int) -> None:
        self.number += 1
        heappush(self.events, (second, self.number, what))

    def _joins(self, now: int, case: int) -> None:
        self.number += 1
        heappush(self.waiting, (self.rank[case], self.number, case))

    def _ends(self, now: int, case: int) -> None:
        self.free += 1
        if self.draw.random() < self.unit.rework:
            self.reworks[case] += 1
            self._joins(now, case)
        else:
            self.closed[case] = now

    def _starts(self, now: int) -> None:
        if not self.waiting or not self.free:
            return
        opening = self.calendar.next_open(now)
        if opening > now:
            if opening < FAR:
                self._at(opening, -1)
            return
        while self.waiting and self.free:
            case = self._next()
            self.free -= 1
            if self.started[case] == MISSING:
                self.started[case] = now
            self._at(now + int(self.work[case]), -2 - case)

    def _next(self) -> int:
        if self.any:  # every one of them with the same chance, drawn anew at each start
            return self.waiting.pop(int(self.draw.integers(len(self.waiting))))[2]
        return heappop(self.waiting)[2]


def _ranks(discipline: str, cases: pd.DataFrame, work: np.ndarray) -> np.ndarray:
    if discipline == "shortest":
        return work.astype(float)
    if discipline == "due":
        return cases["due"].to_numpy(dtype=float)
    return np.where(cases["important"], 0.0, 1.0) if discipline == "priority" else np.zeros(len(cases))
