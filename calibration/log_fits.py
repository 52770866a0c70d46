"""Fits of the arrivals and durations of any log, scored on what they have not seen, beside simple forecasts.

A log is cut at 70 % of its time: what came before, as it stood then, is learnt from; the rest is foretold. A log whose cases
were all opened within a few days but followed for longer is cut otherwise: every other case is held out. The simple
forecasts of the share closed within a time: Kaplan-Meier of the cases learnt from, and the closed ones among them alone.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from calibration.arrival_fit import fit_arrivals
from calibration.arrival_score import ALL, score_arrivals
from calibration.duration_fits import DurationFits, fit_durations
from calibration.duration_rows import time_to_close
from calibration.duration_sample import AT_ONCE, sample_of
from calibration.duration_table import median_interval, never_interval
from calibration.intake import Intake
from calibration.survival import kaplan_meier
from sim.civil_time import CivilTime
from sim.messages import BadInput, say
from sim.records import MISSING, RunRecords
from sim.units import HOUR

Array = np.ndarray
Row = dict[str, object]

LEARNT = 0.7
SHORT = 0.2
"""A log is cut by case where all openings lie in the first fifth of it."""
DECILES = np.arange(1, 10) / 10
"""Shares closed are compared at the times by which so much of what was learnt from was closed."""
FEWEST = 30
"""Cases below which nothing is fitted or scored."""
FEWEST_DAYS = 14


@dataclass(frozen=True)
class LogFits:
    """What was fitted on one log. `arrivals` and `durations` are rows of the table of docs/calibration.md."""

    arrivals: Row
    durations: list[Row]
    """times to close, then times of work where the log has start and end of steps"""
    said: tuple[str, ...]
    """codes of what the log cannot tell: part_of_a_day, no_weekdays, no_scatter, no_season, too_few, one_second"""


def fit_log(intake: Intake, cut: datetime.date | None = None) -> LogFits:
    """Fit and score one log; `cut`: first day that is foretold, instead of the one at 70 % of the time.

    Never raises for a log that intake can read; what cannot be fitted is in `said`. Raises BadInput for a cut that leaves
    nothing on one of its sides.
    """
    opened, horizon = intake.records["cases"]["reported_at"].to_numpy(), intake.records.frame.horizon_s
    split = int(opened.min() + LEARNT * (horizon - opened.min())) if cut is None else _second_of(intake, cut)
    if cut is None and int((opened >= split).sum()) < FEWEST:  # followed for long after the last opening
        split = min(split, int(opened.min() + LEARNT * (opened.max() - opened.min())))
    by_case = bool(cut is None and opened.max() - opened.min() < SHORT * (horizon - opened.min()))
    arrivals, said = _arrivals(intake, split, by_case)
    later = (horizon - split) / max(1, horizon - int(opened.min()))
    rows = time_to_close(intake, later=later).rename(columns={"zero": "flagged"})
    rows = rows[~rows["flagged"]].reset_index(drop=True)
    durations = [_durations("time to close", rows, by_case)]
    if intake.steps is not None:
        work = _work(intake.steps)
        if len(work) >= FEWEST:
            durations.append(_durations("work on a step", work, True))
    said = (*said, *(["too_few"] if "family" not in durations[0] else []))
    return LogFits(arrivals, durations, said)


def _second_of(intake: Intake, cut: datetime.date) -> int:
    """Midnight of the cut. Raises BadInput when no case was opened before it, or none from it on."""
    frame, opened = intake.records.frame, intake.records["cases"]["reported_at"]
    civil = CivilTime(datetime.date.fromisoformat(frame.start), frame.zone)
    second = civil.seconds_at(cut)
    if not int(opened.min()) < second <= int(opened.max()):
        raise BadInput(say("--cut {cut}: no case was opened before it, or none from it on; the cases were opened from {first} to {last}",
                           cut=cut, first=intake.quality.opened_first, last=intake.quality.opened_last))  # fmt: skip
    return second


def as_of(intake: Intake, second: int) -> Intake:
    """The log as it stood at a second: later cases do not exist, later closings are open."""
    frame, cases = intake.records.frame, intake.records["cases"]
    early = cases[cases["reported_at"] < second].copy()
    later = early["closed_at"] >= second
    early.loc[later, "closed_at"] = MISSING
    tables = {**intake.records.tables, "cases": early}
    return replace(intake, records=RunRecords(replace(frame, horizon_s=second), intake.records.seed, tables))


def _arrivals(intake: Intake, split: int, by_case: bool) -> tuple[Row, tuple[str, ...]]:
    cases, frame = intake.records["cases"], intake.records.frame
    civil = CivilTime(datetime.date.fromisoformat(frame.start), frame.zone)
    row: Row = {"cases": len(cases)}
    try:
        past = intake if by_case else as_of(intake, int(civil.day_starts(1, civil.day_of(split))[0]))
        fitted = fit_arrivals(past, intake.quality.holidays)
    except BadInput:
        return row, ("one_second",)
    row |= {"days": len(fitted.days), "level": sum(each.level for each in fitted.model.streams), "kind": fitted.kind,
            "shared_cv": fitted.model.shared_cv, "shocks": len(set(fitted.shocks["date"]))}  # fmt: skip
    start = fitted.days.dates[-1] + datetime.timedelta(days=1)
    last = civil.date_of(civil.day_of(int(cases["reported_at"].max())))
    ahead = (last - start).days  # the last day may be cut
    if not by_case and len(fitted.days) >= FEWEST_DAYS and ahead >= 7:
        score = score_arrivals(fitted, intake, start, ahead).set_index("department").loc[ALL]
        row |= {"held_out_days": ahead, **{name: float(score[name]) for name in score.index if name not in ("days", "cases")}}
    return row, fitted.notes


def _work(steps: pd.DataFrame) -> pd.DataFrame:
    """Seconds from start to end of each step that has both, one after the other, by activity."""
    known = steps[(steps["started_at"] != MISSING) & (steps["completed_at"] != MISSING)]
    spent = (known["completed_at"] - known["started_at"]).to_numpy(dtype=float)
    rows = pd.DataFrame({"department": "work", "category": known["activity"].astype(str).to_numpy(dtype=object), "spent_s": spent,
                         "closed": True})  # fmt: skip
    return rows[rows["spent_s"] >= 0].reset_index(drop=True)


def _parted(rows: pd.DataFrame, by_case: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cases to learn from, as they stood then, and cases to foretell, from their opening on."""
    if by_case:
        odd = np.arange(len(rows)) % 2 == 1
        plain = rows[["department", "category", "spent_s", "closed"]]
        return plain[~odd].reset_index(drop=True), plain[odd].reset_index(drop=True)
    known = rows["early_s"].notna()
    past = rows[known].assign(spent_s=rows["early_s"], closed=rows["early_closed"])
    return past[["department", "category", "spent_s", "closed"]].reset_index(drop=True), rows[~known].reset_index(drop=True)


def _durations(name: str, rows: pd.DataFrame, by_case: bool) -> Row:
    past, new = _parted(rows, by_case)
    row: Row = {"what": name, "cases": len(rows), "open": int((~rows["closed"]).sum()), "cut": "case" if by_case else "time"}
    if len(past) < FEWEST or len(new) < FEWEST:
        return row
    fits = fit_durations(past)
    if ("*", "*") not in fits.cells:
        return row
    whole = fits.cells["*", "*"]
    plain = fits_of_one_scale(past)
    median, low, high = median_interval(whole.fit)
    return row | {
        "held_out": len(new), "cells": len(fits.cells), "own": sum(cell.how == "own" for cell in fits.cells.values()),
        "family": whole.fit.law.name, "at_once": whole.fit.zero, "never": whole.fit.never, "never_low": never_interval(whole.fit)[0],
        "never_high": never_interval(whole.fit)[1], "median_h": median / HOUR, "median_low_h": low / HOUR, "median_high_h": high / HOUR,
        "km_distance": whole.distance, "gain": gain(fits, plain, new), **_errors(fits, past, new),
    }  # fmt: skip


def fits_of_one_scale(past: pd.DataFrame) -> DurationFits:
    """The simplest family for all cases together."""
    from calibration.duration_cell import CellFit
    from calibration.duration_likelihood import fit_law

    fit = fit_law("exponential", sample_of(past["spent_s"], past["closed"]), False)
    assert fit is not None
    return DurationFits({("*", "*"): CellFit("*", "*", len(past), 0, 0.0, "department", fit, None, float("nan"))}, {}, {})


def gain(fits: DurationFits, plain: DurationFits, new: pd.DataFrame) -> float:
    """Mean log score of the held-out cases under the cells' fits over that of one exponential for all."""
    totals, cases = np.zeros(2), 0.0
    for (unit, kind), rows in new.groupby(["department", "category"], observed=True):
        sample = sample_of(rows["spent_s"], rows["closed"])
        for k, each in enumerate((fits, plain)):
            values, weights = each.cell(str(unit), str(kind)).fit.scores(sample)
            totals[k] += float(values @ weights)
        cases += sample.zero + sample.fresh
    return float((totals[0] - totals[1]) / max(1.0, cases))


def _errors(fits: DurationFits, past: pd.DataFrame, new: pd.DataFrame) -> Row:
    """Mean error of the share closed by the deciles of the times learnt from, as far as held-out cases were followed."""
    truth = kaplan_meier(new["spent_s"].to_numpy(), new["closed"].to_numpy())
    before = kaplan_meier(past["spent_s"].to_numpy(), past["closed"].to_numpy())
    closed = past["spent_s"].to_numpy()[past["closed"].to_numpy(dtype=bool)]
    weights = new.groupby(["department", "category"], observed=True).size()
    limits = np.unique([max(before.quantile(float(each)), AT_ONCE) for each in DECILES])
    limits = limits[np.isfinite(limits)]
    model = np.zeros(len(limits))
    for (unit, kind), count in weights.items():
        model += count / len(new) * fits.cell(str(unit), str(kind)).fit.over_by(limits)
    rows = np.array([[truth.within(limit), model[k], before.within(limit), (closed <= limit).mean()] for k, limit in enumerate(limits)])
    known = ~np.isnan(rows[:, :3]).any(axis=1)
    errors = np.abs(rows[known, 1:] - rows[known, :1]).mean(axis=0) if known.any() else np.full(3, np.nan)
    return {"error": float(errors[0]), "past_error": float(errors[1]), "closed_only_error": float(errors[2]), "limits": int(known.sum())}
