"""What the staff's time goes into: sums over judged worker-days. What is done in overtime counts in its activity."""

from __future__ import annotations

from functools import partial

import numpy as np

from sim.metrics.indicator import SHIFTS, Direction, Indicator
from sim.metrics.judged import judged_staff, ratio
from sim.records import RunRecords

HOUR_S = 3_600
CASE_WORK = ("emergency_s", "handling_s", "checking_s", "travel_s")
BUSY = (*CASE_WORK, "paperwork_s", "patrol_s")


def _share(columns: tuple[str, ...], records: RunRecords) -> float:
    staff = judged_staff(records)
    spent = sum(float(staff[column].sum()) for column in columns)
    return ratio(spent, float((staff["shift_s"] + staff["overtime_s"]).sum()))


def _overtime(records: RunRecords) -> float:
    staff = judged_staff(records)
    worker_weeks = staff["worker"].nunique() * staff["day"].nunique() / 7
    return ratio(float(staff["overtime_s"].sum()) / HOUR_S, worker_weeks)


def _patrol_hours(records: RunRecords) -> float:
    staff = judged_staff(records)
    walkers = (staff["floor_s"] > 0) | (staff["patrol_s"] > 0)
    return ratio(float(staff["patrol_s"].sum()) / HOUR_S, int(walkers.sum()))


def _floor_kept(records: RunRecords) -> float:
    staff = judged_staff(records)
    walked = np.minimum(staff["patrol_s"], staff["floor_s"])
    return ratio(float(walked.sum()), float(staff["floor_s"].sum()))


def _cases(records: RunRecords) -> float:
    staff = judged_staff(records)
    return ratio(float(staff["cases"].sum()), int((staff["shift_s"] > 0).sum()))


WHOLE = "seconds of shift and overtime"


def _time(name: str, label: str, what: str, direction: Direction, *columns: str) -> Indicator:
    compute = partial(_share, columns)
    return Indicator(name, label, f"{what} / {WHOLE}", "share", direction, WHOLE, SHIFTS, compute, ("staff",))


INDICATORS = (
    _time("utilisation", "Utilisation", "seconds on cases, paperwork and patrol", "none", *BUSY),
    _time("case_work_share", "Time on cases", "seconds on emergencies, handling, checks and travel",
          "none", *CASE_WORK),
    _time("handling_share", "Time on handling", "seconds on handling and emergencies", "none",
          "handling_s", "emergency_s"),
    _time("checking_share", "Time on checks and desk work", "seconds on checks and desk work",
          "none", "checking_s"),
    _time("travel_share", "Time on the way", "seconds of travel", "lower", "travel_s"),
    _time("paperwork_share", "Time on paperwork", "seconds of paperwork", "lower", "paperwork_s"),
    _time("patrol_share", "Time on patrol", "seconds on patrol", "none", "patrol_s"),
    _time("idle_share", "Idle time", "seconds without work", "none", "idle_s"),
    Indicator("overtime_hours_per_worker_week", "Overtime a worker-week",
              "hours of work outside the shift / worker-weeks",
              "hours", "lower", "workers x days of the table / 7", SHIFTS, _overtime, ("staff",)),
    Indicator("patrol_hours_per_worker_day", "Patrol a worker-day",
              "hours on patrol / worker-days with a patrol or a patrol floor", "hours", "none",
              "worker-days with a patrol or a patrol floor", SHIFTS, _patrol_hours, ("staff",)),
    Indicator("patrol_floor_kept", "Patrol floor kept",
              "seconds patrolled, at most the floor of the day / seconds owed",
              "share", "higher", "patrol floor seconds owed", SHIFTS, _floor_kept, ("staff",)),
    Indicator("cases_per_worker_day", "Case spells a worker-day", "spells of case work ended / worker-days on shift",
              "spells", "none", "worker-days on shift", SHIFTS, _cases, ("staff",)),
)  # fmt: skip
