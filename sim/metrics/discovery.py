"""Who finds what, what nobody finds, and how long people live with it."""

from __future__ import annotations

from functools import partial

import pandas as pd

from sim.metrics.indicator import ELAPSED, NO_CLOCK, Direction, Indicator
from sim.metrics.judged import judged_cases, judged_issues, judged_reports, judged_staff, ratio, share
from sim.records import RunRecords

HOUR_S = 3_600
FINDERS = ("resident", "patrol", "sensor")
CHANNELS = {
    "hotline": "Hotline",
    "app": "App",
    "grid_worker": "Told a grid worker",
    "community_desk": "Community desk",
    "council": "Residents' council",
    "box": "Suggestion box",
    "patrol": "Patrol",
    "sensor": "Sensor",
    "log": "Measured log",
}
"""Channels of a report and their labels."""


def _found_by(finders: tuple[str, ...], records: RunRecords) -> float:
    issues = judged_issues(records)
    return share(issues.where("found_by", *finders), issues.where("found_by", *FINDERS))


def _never_found(records: RunRecords) -> float:
    issues = judged_issues(records)
    missing = ~issues.has("found_at")
    return share(missing, pd.Series(True, index=missing.index))


def _by_channel(channel: str, records: RunRecords) -> float:
    cases = judged_cases(records)
    opened = ~cases.where("outcome", "merged")
    return share(cases.where("channel", channel), opened)


def _false_alarms(records: RunRecords) -> float:
    alarms = int((judged_reports(records)["issue_id"] < 0).sum())
    return ratio(alarms, int((judged_staff(records)["shift_s"] > 0).sum()))


def _exposure(records: RunRecords) -> float:
    hours = float(judged_issues(records)["exposure_s"].sum()) / HOUR_S
    return ratio(1000.0 * hours, records.frame.population)


def _exposure_per_issue(records: RunRecords) -> float:
    return float(judged_issues(records)["exposure_s"].mean()) / HOUR_S


FOUND = "issues found"
SEEN = ("discovery",)


def _finder(name: str, label: str, formula: str, direction: Direction, *finders: str) -> Indicator:
    return Indicator(name, label, formula, "share", direction, FOUND, NO_CLOCK, partial(_found_by, finders), SEEN)


def _channel(channel: str, label: str) -> Indicator:
    formula = f"{label}: cases it opened / all cases but duplicates"
    compute = partial(_by_channel, channel)
    return Indicator(f"channel_share_{channel}", f"{label}, share of cases", formula, "share", "none",
                     "all cases but duplicates", NO_CLOCK, compute)  # fmt: skip


INDICATORS = (
    _finder("proactive_share", "Found proactively", "first found by patrol or sensor / issues found",
            "higher", "patrol", "sensor"),
    _finder("found_by_resident_share", "Found by residents", "first found by a resident / issues found",
            "none", "resident"),
    _finder("found_by_patrol_share", "Found by patrols", "first found by a patrol / issues found", "none", "patrol"),
    _finder("found_by_sensor_share", "Found by sensors", "first found by a sensor / issues found", "none", "sensor"),
    Indicator("never_found_share", "Never found", "not found by the end of the run / judged issues", "share", "lower",
              "judged issues", NO_CLOCK, _never_found, SEEN),
    Indicator("false_alarms_per_worker_day", "False alarms a worker-day",
              "reports without an issue behind them / worker-days on shift", "reports", "lower",
              "worker-days on shift", NO_CLOCK, _false_alarms, ("discovery", "staff")),
    Indicator("exposure_hours_per_1000", "Exposure per 1000 residents",
              "hours that judged issues were live inside the run, summed / 1000 residents", "hours", "lower",
              "1000 residents", ELAPSED, _exposure, SEEN),
    Indicator("exposure_hours_mean", "Exposure an issue", "hours that an issue was live inside the run, mean", "hours",
              "lower", "judged issues", ELAPSED, _exposure_per_issue, SEEN),
    *(_channel(channel, label) for channel, label in CHANNELS.items()),
)  # fmt: skip
