"""How fast: hours between two moments of a case or an issue, open ones counted as censored at the end of the run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from sim.metrics.indicator import ELAPSED, Indicator
from sim.metrics.judged import judged_cases, judged_issues, once
from sim.metrics.survival import Durations, Survival, survival
from sim.records import MISSING, RunRecords

HOUR_S = 3_600
MINUTE_S = 60


@dataclass(frozen=True)
class Span:
    """From one time column to another, on cases or on issues."""

    name: str
    label: str
    table: str
    start: str
    end: str
    needs: tuple[str, ...] = ()


SPANS = (
    Span("discovery_delay", "Onset to found", "issues", "onset", "found_at", ("discovery",)),
    Span("report_to_establishment", "Report to establishment", "cases", "reported_at", "established_at"),
    Span("report_to_first_response", "Report to first response", "cases", "reported_at", "first_response_at"),
    Span("report_to_arrival", "Report to arrival", "cases", "reported_at", "arrived_at"),
    Span("establishment_to_handled", "Establishment to handled", "cases", "established_at", "handled_at"),
    Span("report_to_closure", "Report to closure", "cases", "reported_at", "closed_at"),
    Span("establishment_to_closure", "Establishment to closure", "cases", "established_at", "closed_at"),
    Span("onset_to_fix", "Onset to true fix", "issues", "onset", "fixed_at", ("discovery", "true_fix")),
)


BY_NAME = {span.name: span for span in SPANS}


def durations(records: RunRecords, span: Span, rows: Callable[..., pd.Series] | None = None) -> Durations:
    """Seconds of every judged case or issue over the span. `rows(judged)` may keep some of them only.

    Cases: one that is open without the end is cut at the end of the run; one that ended otherwise without it
    (rejected, merged, withdrawn, ...) is left out, and closure is that of closed cases. Self-handled ones have no
    steps to time and are left out too. Issues: one that went away
    by itself is cut at that moment.
    """
    judged = judged_issues(records) if span.table == "issues" else judged_cases(records)
    start, end = judged[span.start].to_numpy(), judged[span.end].to_numpy()
    done = end != MISSING
    if span.table == "issues":
        gone = judged["resolved_itself_at"].to_numpy()
        cut, keep = np.where(gone != MISSING, gone, judged.end), start != MISSING
    else:
        if span.end == "closed_at":
            done &= judged.where("outcome", "closed").to_numpy()
        cut, keep = np.full(len(start), judged.end), done | judged.where("outcome", "open").to_numpy()
        keep &= (start != MISSING) & ~judged.where("outcome", "self_handled").to_numpy()
    if rows is not None:
        keep &= rows(judged).to_numpy()
    return Durations((np.where(done, end, cut) - start)[keep], done[keep])


def curve(records: RunRecords, span: str) -> Survival:
    """Kaplan-Meier curve of a span by name, for figures. Raises KeyError for a name that is not in BY_NAME."""
    return _survival(records, BY_NAME[span])


def _survival(records: RunRecords, span: Span) -> Survival:
    return once(records, span, lambda: survival(durations(records, span)))


def _mean(records: RunRecords, found: Survival) -> float:
    return found.mean(records.frame.horizon_s - records.frame.warm_up_s)


def _quantile(p: float, _: RunRecords, found: Survival) -> float:
    return found.quantile(p)


@dataclass(frozen=True)
class Statistic:
    """A summary of a Kaplan-Meier curve, in seconds."""

    name: str
    label: str
    formula: str
    read: Callable[[RunRecords, Survival], float]


STATISTICS = (
    Statistic("mean", "mean", "mean of min(hours, run without warm-up), by Kaplan-Meier", _mean),
    Statistic("median", "median", "hours by which half have ended, by Kaplan-Meier", partial(_quantile, 0.5)),
    Statistic("p90", "90th percentile", "hours by which 90 % have ended, by Kaplan-Meier", partial(_quantile, 0.9)),
    Statistic("p95", "95th percentile", "hours by which 95 % have ended, by Kaplan-Meier", partial(_quantile, 0.95)),
)

WHOM = {
    "cases": "judged cases; open ones censored at the end of the run, those that ended otherwise left out",
    "issues": "judged issues; unfinished ones censored at the end of the run or when they went away by themselves",
}


def _hours(span: Span, statistic: Statistic, records: RunRecords) -> float:
    return statistic.read(records, _survival(records, span)) / HOUR_S


def _summary(span: Span, statistic: Statistic) -> Indicator:
    return Indicator(
        f"{span.name}_{statistic.name}", f"{span.label}, {statistic.label}", f"{span.label}: {statistic.formula}",
        "hours", "lower", WHOM[span.table], ELAPSED, partial(_hours, span, statistic), span.needs,
    )  # fmt: skip


def _within(span: Span, limit_s: int, rows: Callable[..., pd.Series] | None, records: RunRecords) -> float:
    found = _survival(records, span) if rows is None else survival(durations(records, span, rows))
    lacking = records.frame.source == "measured" and not found.finished
    return float("nan") if lacking else found.within(limit_s)


CLOSURE_LIMITS = {"4h": 4, "24h": 24, "72h": 72, "168h": 168, "720h": 720}
"""Hours within which closings are counted: an hour-limit, a day, three days, a week, thirty days."""


def _closed_within(name: str, hours: int) -> Indicator:
    compute = partial(_within, BY_NAME["report_to_closure"], hours * HOUR_S, None)
    label = f"Closed within {hours} h"
    formula = f"share of cases closed at most {hours} h after the report, by Kaplan-Meier"
    return Indicator(f"closed_within_{name}", label, formula, "share", "higher", WHOM["cases"], ELAPSED, compute)


EMERGENCIES_ANSWERED = Indicator(
    "emergencies_answered_within_15min", "Emergencies answered within 15 min",
    "share of severity 3 cases with a first response at most 15 min after the report, by Kaplan-Meier",
    "share", "higher", "judged cases of severity 3", ELAPSED,
    partial(_within, BY_NAME["report_to_first_response"], 15 * MINUTE_S, lambda judged: judged["severity_seen"] == 3),
)  # fmt: skip

INDICATORS = (
    *(_summary(span, statistic) for span in SPANS for statistic in STATISTICS),
    EMERGENCIES_ANSWERED,
    *(_closed_within(name, hours) for name, hours in CLOSURE_LIMITS.items()),
)
