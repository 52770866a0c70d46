"""What a log may lack. An indicator whose need is not met is not available (NaN), never 0."""

from __future__ import annotations

from collections.abc import Callable

from sim.records import RunRecords

LACKS = "without:"
"""A run may say that it lacks something: `records.notes["without:discovery"] = 1`, as a replay of a real log does."""


def _replayed(records: RunRecords) -> bool:
    channel = records["cases"]["channel"]
    return records.frame.source != "simulated" or (len(channel) > 0 and bool((channel == "log").all()))


def _has_discovery(records: RunRecords) -> bool:
    return not _replayed(records) and len(records["issues"]) > 0


def _has_true_fix(records: RunRecords) -> bool:
    return not _replayed(records)


def _has_effort(records: RunRecords) -> bool:
    spent = records["cases"][["work_s", "travel_s", "wait_capacity_s"]]
    return records.frame.source != "measured" or bool(spent.to_numpy().any())


NEEDS: dict[str, Callable[[RunRecords], bool]] = {
    "discovery": _has_discovery,
    "true_fix": _has_true_fix,
    "effort": _has_effort,
    "staff": lambda records: len(records["staff"]) > 0,
    "residents": lambda records: len(records["residents"]) > 0,
    "emergencies": lambda records: bool((records["emergencies"]["event"] == "strikes").any()),
    "money": lambda records: len(records["money"]) > 0,
}
"""Each need by name: true when the records can answer it."""


def met(records: RunRecords, needs: tuple[str, ...]) -> bool:
    """Whether the records hold everything in `needs`. Raises KeyError for a need that is not in NEEDS."""
    return all(not records.notes.get(LACKS + need) and NEEDS[need](records) for need in needs)
