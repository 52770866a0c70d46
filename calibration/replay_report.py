"""Measured beside simulated, by department: how much is closed within a time, how much is late, backlog, utilisation.

Both go through one yardstick: the records of the log and those of the replay, cases opened in one window, open cases
censored at its end. The window after the training period was not used by the fit.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.replay import read_log
from calibration.small_groups import SMALLEST
from calibration.survival import closed_within
from experiments.store import read_records
from sim.civil_time import CivilTime
from sim.messages import say
from sim.records import MISSING, RunRecords
from sim.scenario import Scenario
from sim.scenario.replay import Replay
from sim.units import DAY, HOUR

WITHIN = {"4 h": 4 * HOUR, "24 h": DAY, "72 h": 3 * DAY, "1 week": 7 * DAY, "30 days": 30 * DAY}
LEAST_CASES = 30
"""Departments with fewer cases in the window are shown together, so that no row speaks of a handful of people."""


@dataclass(frozen=True)
class Window:
    """Cases opened in [start, end), looked at until `cut`; all seconds."""

    name: str
    start: int
    end: int
    cut: int


def summary(cases: pd.DataFrame, window: Window) -> dict[str, float]:
    """Shares closed within each time (Kaplan-Meier), late share of due cases, and mean daily backlog of the window."""
    worked = cases[cases["outcome"] != "self_handled"]
    inside = worked[(worked["reported_at"] >= window.start) & (worked["reported_at"] < window.end)]
    closed = ((inside["closed_at"] != MISSING) & (inside["closed_at"] < window.cut)).to_numpy()
    ended = np.where(closed, inside["closed_at"], window.cut)
    shares = closed_within(ended - inside["reported_at"].to_numpy(), closed, np.array(list(WITHIN.values())))
    due = inside["handling_due"].to_numpy()
    is_due = (due != MISSING) & (due < window.cut)
    late = ended > due
    return {
        "cases": float(len(inside)), **dict(zip(WITHIN, shares, strict=True)),
        "late": float(late[is_due].mean()) if is_due.any() else float("nan"),
        "backlog": float(_backlog(worked, window).mean()),
    }  # fmt: skip


def _backlog(cases: pd.DataFrame, window: Window) -> np.ndarray:
    """Open cases at the end of each day of the window."""
    ends = np.arange(window.start + DAY, window.end + 1, DAY)
    opened = np.searchsorted(np.sort(cases["reported_at"].to_numpy()), ends)
    closed = cases["closed_at"].to_numpy()
    return opened - np.searchsorted(np.sort(closed[closed != MISSING]), ends)


def beside(measured: RunRecords, runs: list[RunRecords], window: Window) -> pd.DataFrame:
    """One row a department: measured, simulated mean over the runs, and the half-width of its 95 % t interval."""
    from scipy import stats

    rows = []
    for unit, mine in _units(measured, window):
        seen = summary(mine(measured["cases"]), window)
        per_run = pd.DataFrame([summary(mine(run["cases"]), window) for run in runs])
        use = [_utilisation(run, unit, window) for run in runs]
        half = (
            stats.t.ppf(0.975, len(runs) - 1) * per_run.std(ddof=1) / np.sqrt(len(runs))
            if len(runs) > 1
            else per_run.mean() * np.nan
        )
        rows.append({"department": unit, "cases": int(seen["cases"]), "utilisation": float(np.mean(use)),
                     **{f"{name} measured": seen[name] for name in (*WITHIN, "late", "backlog")},
                     **{f"{name} simulated": per_run[name].mean() for name in (*WITHIN, "late", "backlog")},
                     **{f"{name} half-width": half[name] for name in (*WITHIN, "late", "backlog")}})  # fmt: skip
    return pd.DataFrame(rows)


def _units(measured: RunRecords, window: Window) -> Iterator[tuple[str, Callable[[pd.DataFrame], pd.DataFrame]]]:
    cases = measured["cases"]
    inside = cases[(cases["reported_at"] >= window.start) & (cases["reported_at"] < window.end)]
    sizes = inside[inside["outcome"] != "self_handled"]["department"].astype(str).value_counts()
    big = sorted(sizes[sizes >= LEAST_CASES].index)
    for unit in big:
        yield unit, lambda table, unit=unit: table[table["department"] == unit]
    if len(sizes) > len(big):
        yield say("all others"), lambda table: table[~table["department"].isin(big)]
    yield say("whole city"), lambda table: table


def _utilisation(run: RunRecords, unit: str, window: Window) -> float:
    staff = run["staff"]
    days = staff[(staff["day"] >= window.start // DAY) & (staff["day"] < window.end // DAY)]
    days = days if unit == say("whole city") else days[days["station"] == unit]
    shift = float(days["shift_s"].sum())
    return float(days[["handling_s", "emergency_s", "travel_s"]].to_numpy().sum() / shift) if shift else float("nan")


def text(table: pd.DataFrame, window: Window) -> str:
    """The table in plain text: measured / simulated in each cell."""
    head = [
        say("department"),
        say("cases"),
        *(say("closed within {time}", time=say(name)) for name in WITHIN),
        say("late"),
        say("backlog"),
        say("use"),
    ]
    body = [head]
    for _, row in table.iterrows():
        body.append(_cells(row))
    widths = [max(_width(row[i]) for row in body) for i in range(len(head))]
    lines = [
        "  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True)).rstrip() for row in body
    ]
    return "\n".join([say("{window}: measured / simulated", window=window.name), *lines])


def _cells(row: pd.Series) -> list[str]:
    """Nothing is told of fewer than SMALLEST cases but that there are some."""
    if 0 < int(row["cases"]) < SMALLEST:
        return [str(row["department"]), f"<{SMALLEST}", *["–"] * (len(WITHIN) + 3)]
    cells = [str(row["department"]), f"{row['cases']:,}"]
    cells += [_pair(row, name, 100, "%") for name in (*WITHIN, "late")]
    use = f"{row['utilisation'] * 100:.0f}%" if row["utilisation"] == row["utilisation"] else "–"
    return [*cells, _pair(row, "backlog", 1, ""), use]


def beside_text(scenario: Scenario, log: Path, folder: Path) -> str:
    """What `run` prints of a replay: the last 30 days of training and the time after it, measured beside simulated."""
    assert scenario.replay is not None
    measured, runs = read_log(scenario, log).records, read_records(folder)
    return "\n\n".join([_work_told(scenario.replay), *(text(beside(measured, runs, window), window) for window in windows(scenario))])


def _work_told(replay: Replay) -> str:
    date = replay.trained_until
    if replay.work_measured == "steps":
        return say("measured: hands-on work comes from the timed steps of the log; the fit used cases before {date} only", date=date)
    if replay.work_measured == "cases":
        return say("measured: hands-on work is the time from start to end of handling, interruptions included; the fit used cases before "
                   "{date} only", date=date)  # fmt: skip
    return say(
        "declared, not measured: {share:.0f} % of the typical time to close is hands-on work; the fit used cases before {date} only",
        share=100 * replay.work_share, date=date,
    )  # fmt: skip


def windows(scenario: Scenario) -> list[Window]:
    """The last 30 days of the training period, seen from its end, and what comes after, seen from the end of the log."""
    assert scenario.replay is not None
    civil = CivilTime(scenario.time.start, scenario.time.zone)
    trained = civil.seconds_at(date.fromisoformat(scenario.replay.trained_until))
    end = scenario.time.horizon.seconds
    found = [Window(say("last 30 days of training"), max(0, trained - 30 * DAY), trained, trained)]
    return found + ([Window(say("held out, after training"), trained, end, end)] if trained < end else [])


def _pair(row: pd.Series, name: str, factor: float, unit: str) -> str:
    values = [row[f"{name} {kind}"] for kind in ("measured", "simulated")]
    return " / ".join("–" if value != value else f"{value * factor:,.0f}{unit}" for value in values)


def _width(cell: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in cell)
