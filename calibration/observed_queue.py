"""Who waited when, and who was taken: the queue of a log that knows when work began.

One row a piece of waiting: since when a case could be taken as far as the log tells, when work on it began, when that work
ended. A table of cases tells it by the start of handling, an event log by its steps: there a case waits for a step since the
step before it was done.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.intake import Intake
from calibration.mapping import Mapping
from sim.civil_time import CivilTime
from sim.records import MISSING
from sim.units import DAY

FAR = 2**62
"""A start that never came."""
DATES = 0.1
"""From this share of starts at 00:00:00 on, starts are dates and tell no order within a day (judgement)."""
MOST_LEVELS, LEAST_SHARE = 8, 0.02
"""A column of more levels, or of which all but one are rarer, is no class of priority (judgement)."""
NO_NAME = frozenset(("", "unknown", "log", "empty", "missing", "none", "nan", "null", "n/a", "-"))
"""Words that name no group, department or person."""


@dataclass(frozen=True)
class Waits:
    """`frame`: case_id, unit, queue, joined, started (FAR: never), ended (FAR: not in the log), due (FAR: none), work
    (seconds, NaN: unknown), and the columns that may be classes, `classes`. `source`: cases or steps."""

    frame: pd.DataFrame
    classes: tuple[str, ...]
    source: str
    dates_only: bool = False


def waits_of(intake: Intake, mapping: Mapping) -> Waits | None:
    """The waiting of a log; None if it does not know when work began."""
    cases = intake.records["cases"]
    if starts_of_cases(intake, mapping):
        return _finished(_of_cases(cases), intake, mapping, "cases")
    steps = intake.steps
    if steps is None or not ((steps["started_at"] != MISSING) & (steps["completed_at"] > steps["started_at"])).to_numpy().any():
        return None
    return _finished(_of_steps(steps, cases), intake, mapping, "steps")


def starts_of_cases(intake: Intake, mapping: Mapping) -> bool:
    """Whether the log has a column or an activity that says when the handling of a case began."""
    mapped = mapping.columns.handling_started is not None
    mapped |= mapping.events is not None and "handling_started" in mapping.events.steps
    return bool(mapped) and bool((intake.records["cases"]["handling_started_at"] != MISSING).any())


def named(words: pd.Series) -> np.ndarray:
    """Where a word names something."""
    return ~words.astype(str).str.strip().str.casefold().isin(NO_NAME).to_numpy()


def _of_cases(cases: pd.DataFrame) -> pd.DataFrame:
    worked = cases[(cases["outcome"] != "self_handled").to_numpy()]
    started = worked["handling_started_at"].to_numpy()
    ended, closed = worked["handled_at"].to_numpy(), worked["closed_at"].to_numpy()
    ended = np.where(ended == MISSING, closed, ended)
    # Closed, and nobody knows when work began: it was waiting at no known time.
    usable = (started != MISSING) | (ended == MISSING)
    sent = worked["dispatched_at"].to_numpy()
    unit = worked["department"].astype(str).to_numpy(dtype=object)
    return pd.DataFrame({
        "case_id": worked["case_id"].to_numpy(), "unit": unit, "queue": unit,
        "joined": np.where(sent == MISSING, worked["reported_at"].to_numpy(), sent),
        "started": np.where(started == MISSING, FAR, started), "ended": np.where(ended == MISSING, FAR, ended),
    })[usable].reset_index(drop=True)  # fmt: skip


def _of_steps(steps: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    known = steps[((steps["started_at"] != MISSING) & (steps["completed_at"] != MISSING)).to_numpy()]
    known = known.sort_values(["case_id", "started_at", "completed_at"], kind="stable")
    latest = known.groupby("case_id")["completed_at"].cummax()
    before = latest.groupby(known["case_id"]).shift()
    of_case = cases.set_index("case_id")
    opened = known["case_id"].map(of_case["reported_at"])
    group = known["group"].where(named(known["group"]), "")
    unit = known["case_id"].map(of_case["department"].astype(str)).where(group == "", group).astype(object)
    frame = pd.DataFrame({
        "case_id": known["case_id"], "unit": unit, "queue": unit + " / " + known["activity"].astype(object),
        "joined": before.fillna(opened).astype(np.int64), "started": known["started_at"], "ended": known["completed_at"],
    })  # fmt: skip
    # Begun as soon as the step before it was done, or earlier: it never waited, nobody chose it.
    return frame[(frame["started"] > frame["joined"]).to_numpy()].reset_index(drop=True)


def _finished(frame: pd.DataFrame, intake: Intake, mapping: Mapping, source: str) -> Waits:
    cases = intake.records["cases"].set_index("case_id")
    due = frame["case_id"].map(cases["handling_due"]).to_numpy()
    worked = (frame["started"] < FAR) & (frame["ended"] < FAR)
    frame = frame.assign(
        due=np.where(due == MISSING, FAR, due), work=np.where(worked, frame["ended"] - frame["started"], np.nan)
    )
    words = {name: cases[name] for name in ("category", "channel", "limit_type") if name in cases}
    kept = intake.attributes.set_index("case_id")
    words |= {name: kept[name] for name in mapping.keep if name in kept}
    classes = []
    for name, column in words.items():
        levels = frame["case_id"].map(column.astype(object)).fillna("").astype(str)
        shares = levels.value_counts(normalize=True)
        if 2 <= len(shares) <= MOST_LEVELS and (shares >= LEAST_SHARE).sum() > 1:
            frame[f"class {name}"] = levels.to_numpy(dtype=object)
            classes.append(name)
    begun = frame["started"].to_numpy()
    record = intake.records.frame
    civil = CivilTime(pd.Timestamp(record.start).date(), record.zone)
    midnight = (civil.wall(begun[begun < FAR]) % DAY == 0).mean() if (begun < FAR).any() else 0.0
    return Waits(frame, tuple(classes), source, bool(midnight > DATES))
