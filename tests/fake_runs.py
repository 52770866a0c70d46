"""Synthetic run records for the tests of experiments: plausible, small, and different from seed to seed."""

from __future__ import annotations

import numpy as np

from sim.records import MISSING, Frame, RunRecords, table

HOUR = 3_600
DAY = 86_400
LEVELS = np.array(["grid", "community", "subdistrict", "district"], dtype=object)
CATEGORIES = np.array(["garbage", "noise", "pothole", "lamp"], dtype=object)


def frame(days: int = 60) -> Frame:
    return Frame("2025-01-06", "Asia/Shanghai", days * DAY, 5 * DAY, None, 8_000.0)


def fake_run(seed: int, slower: float = 1.0, issues: int = 300, days: int = 60) -> RunRecords:
    """A run whose issues depend on the seed alone; `slower` multiplies every delay after the report."""
    rng = np.random.default_rng(seed)
    frame_ = frame(days)
    onset = np.sort(rng.integers(0, days * DAY, issues))
    found = onset + rng.exponential(6 * HOUR, issues).astype(np.int64)
    never = rng.random(issues) < 0.05
    columns = _times(found, never, slower, rng, frame_.horizon_s)
    category = CATEGORIES[rng.integers(0, 4, issues)]
    cases = _cases(np.arange(issues), columns, category, rng)[~never & (found < frame_.horizon_s)]
    fixed = np.where(never, MISSING, columns["handled_at"])
    end = np.where(fixed == MISSING, frame_.horizon_s, fixed)
    records = RunRecords(frame_, seed, {}, {"timed_events": float(issues * 7)})
    records.tables["cases"] = table("cases", {name: cases[name].to_numpy() for name in cases})
    records.tables["issues"] = table("issues", {
        "issue_id": np.arange(issues), "community": np.repeat("c1", issues), "grid": _grids(issues),
        "x": rng.random(issues) * 900, "y": rng.random(issues) * 900, "category": category,
        "severity": rng.integers(1, 4, issues), "onset": onset, "worsened_at": np.full(issues, MISSING),
        "resolved_itself_at": np.full(issues, MISSING), "found_by": np.where(never, "", "patrol"),
        "found_at": np.where(never, MISSING, found), "resident_at": np.full(issues, MISSING),
        "patrol_at": np.full(issues, MISSING), "sensor_at": np.full(issues, MISSING), "fixed_at": fixed,
        "case_ids": np.where(never, 0, 1), "exposure_s": end - onset,
    })  # fmt: skip
    records.tables["units"] = table("units", {
        "unit": np.repeat("g1", days), "kind": np.repeat("grid", days), "day": np.arange(days),
        "arrivals": rng.integers(0, 9, days), "backlog": rng.integers(0, 40, days),
    })  # fmt: skip
    return records


def _grids(issues: int) -> np.ndarray:
    return np.array([f"g{number % 7}" for number in range(issues)], dtype=object)


def _times(
    found: np.ndarray, never: np.ndarray, slower: float, rng: np.random.Generator, end: int
) -> dict[str, np.ndarray]:
    at, columns = found.copy(), {}
    for name, hours in (
        ("reported_at", 0.2),
        ("established_at", 1),
        ("dispatched_at", 1),
        ("first_response_at", 6),
        ("handling_started_at", 1),
        ("handled_at", 20),
        ("fed_back_at", 2),
        ("checked_at", 8),
        ("closed_at", 1),
    ):
        at = at + (rng.exponential(hours * HOUR, len(at)) * slower).astype(np.int64) + 1
        columns[name] = np.where(never | (at >= end), MISSING, at)
    return columns


def _cases(issue_id: np.ndarray, columns: dict[str, np.ndarray], category: np.ndarray, rng: np.random.Generator):
    n = len(issue_id)
    is_open = columns["closed_at"] == MISSING
    established = columns["established_at"]
    due = np.where(established == MISSING, MISSING, established + 30 * HOUR)
    late = (columns["fed_back_at"] == MISSING) | (columns["fed_back_at"] > due)
    filled = table(
        "cases",
        {
            "case_id": issue_id * 100,
            "issue_id": issue_id,
            "repeat_of": np.full(n, -1),
            "merged_into": np.full(n, -1),
            "outcome": np.where(is_open, "open", "closed"),
            "channel": np.repeat("hotline", n),
            "category": category,
            "severity_seen": rng.integers(1, 4, n),
            "grid": _grids(n),
            "level": LEVELS[rng.integers(0, 4, n)],
            "department": np.repeat("sanitation", n),
            **columns,
            "handling_due": due,
            "closure_due": np.where(due == MISSING, MISSING, due + DAY),
            "overdue_raw": late,
            "overdue_assessed": late,
            "truly_fixed": ~is_open,
            "satisfaction": rng.uniform(40, 100, n),
            "touches": rng.integers(1, 6, n),
            "wait_capacity_s": rng.integers(0, 9 * HOUR, n),
            "work_s": rng.integers(600, HOUR, n),
            "cost": rng.uniform(20, 90, n),
        },
    )
    return filled
