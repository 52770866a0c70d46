"""Composite scores with their published weights, and what the table `governance` says of scores, colours and alerts."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportReturnType=false, reportCallIssue=false

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.metrics import discovery, rates, satisfaction, speed, staff
from sim.metrics.indicator import NO_CLOCK, Direction, Indicator
from sim.metrics.judged import DAY_S, once, ratio
from sim.records import RunRecords

SOURCES = {each.name: each for room in (discovery, rates, satisfaction, speed, staff) for each in room.INDICATORS}
"""Indicators that composites are made of."""


class Term(NamedTuple):
    """An indicator in a composite: weight x value / whole, or x (1 - value / whole) where less is better."""

    name: str
    weight: float
    whole: float = 1.0
    less: bool = False


class Limit(NamedTuple):
    """An indicator and the value that it must reach, or not exceed."""

    name: str
    value: float
    most: bool = False


MATRIX = (Term("satisfaction_mean", 0.4, 100), Term("on_time_handling_rate", 0.3), Term("utilisation", 0.3))
"""Responsibility matrix: satisfaction 40, timely response 30, use of resources 30."""
DIMENSIONS = (Term("satisfaction_mean", 0.45, 100), Term("rework_rate", 0.3, less=True), Term("proactive_share", 0.25))
"""Perception 45, process 30, innovation 25; innovation is what the institution finds by itself."""
EFFICACY = (Limit("report_to_first_response_mean", 120, True), Limit("satisfaction_mean", 85), Limit("utilisation", 0.8))
"""Response within 5 days, satisfaction of 85, use of 80 %: the three that are named of six."""
BASIC = (Limit("satisfaction_mean", 85), Limit("report_to_closure_mean", 24, True))
"""Satisfaction of 85, complaints handled within 24 h."""


def weighted(records: RunRecords, terms: tuple[Term, ...]) -> float:
    """Sum of the terms; NaN if one of them is not available."""
    values = ((term, float(SOURCES[term.name].compute(records)) / term.whole) for term in terms)
    return sum(term.weight * (1 - value if term.less else value) for term, value in values)


def passed(records: RunRecords, limits: tuple[Limit, ...]) -> float:
    """Share of the limits that are met; NaN if an indicator is not available."""
    values = [(limit, float(SOURCES[limit.name].compute(records))) for limit in limits]
    if any(value != value for _, value in values):
        return float("nan")
    return sum(value <= limit.value if limit.most else value >= limit.value for limit, value in values) / len(values)


# -- what mechanisms have written -------------------------------------------------------------------------------------


def happened(records: RunRecords) -> pd.DataFrame:
    """Rows of the table `governance` in the judged window, in order of time."""
    return once(records, happened, lambda: _happened(records))


def _happened(records: RunRecords) -> pd.DataFrame:
    rows, frame = records["governance"], records.frame
    at = rows["at"].to_numpy()
    return rows[(at >= frame.warm_up_s) & (at < frame.judged_until_s)].sort_values(["at", "subject", "unit"], kind="stable")


def _scores(records: RunRecords, event: str, *kinds: str) -> pd.DataFrame:
    rows = happened(records)
    return rows[(rows["event"] == event) & rows["unit"].isin(kinds)]


def _mean_score(event: str) -> Callable[[RunRecords], float]:
    return lambda records: float(_scores(records, event, "community", "department")["amount"].mean())


def _gap(records: RunRecords) -> float:
    """Scores as they were published, where somebody has corrected one: as corrected. Fines are no part of it."""
    told, truth = (_scores(records, event, "community", "department") for event in ("reported_score", "true_score"))
    if not len(told):
        return float("nan")
    amounts = told["amount"].to_numpy(dtype=float).copy()
    for row in _scores(records, "corrected_score", "community", "department").itertuples():
        mine = (told["subject"] == row.subject) & (told["unit"] == row.unit) & (told["at"] <= row.at)
        if mine.any():
            amounts[np.flatnonzero(mine)[-1]] = row.amount
    return float(amounts.mean() - truth["amount"].mean())


def _spread(records: RunRecords) -> float:
    means = _scores(records, "true_score", "community").groupby("subject", observed=True)["amount"].mean()
    return float(means.max() - means.min()) if len(means) > 1 else float("nan")


def _rank_moves(records: RunRecords) -> float:
    rows = _scores(records, "reported_score", "community")
    ranks = rows.pivot_table(index="at", columns="subject", values="amount", observed=True).rank(axis=1)
    moves = ranks.diff().abs().to_numpy()[1:]
    return float(moves.mean()) if moves.size and ranks.shape[1] > 1 else float("nan")


def _count(records: RunRecords, mechanism: str, *events: str, subject: str = "") -> int:
    rows = happened(records)
    mine = (rows["mechanism"] == mechanism) & rows["event"].isin(events)
    return int((mine & (rows["subject"] == subject)).sum() if subject else mine.sum())


def _improved(records: RunRecords) -> float:
    rows = happened(records)
    rated = rows[(rows["mechanism"] == "ThreeColours") & rows["event"].isin(["red", "yellow", "green"])]
    again = int((rated.groupby("unit", observed=True)["event"].shift() == "red").sum())
    return ratio(_count(records, "ThreeColours", "improved"), again)


def _false_alerts(records: RunRecords) -> float:
    return ratio(_count(records, "Alerts", "red", subject="false"), _count(records, "Alerts", "red", subject="false")
                 + _count(records, "Alerts", "red", subject="real"))  # fmt: skip


def _recovery(records: RunRecords) -> float:
    rows = happened(records)
    return float(rows["amount"][(rows["mechanism"] == "Alerts") & (rows["event"] == "recovered")].mean()) / DAY_S


def _moved(records: RunRecords) -> float:
    if not len(records["governance"]) or "Adjustment" not in set(records["governance"]["mechanism"].astype(str)):
        return float("nan")
    frame = records.frame
    return _count(records, "Adjustment", "moves") * 365 * DAY_S / (frame.judged_until_s - frame.warm_up_s)


def _of(terms: tuple[Term, ...] | tuple[Limit, ...]) -> tuple[str, ...]:
    """What a composite needs of the records."""
    return tuple(sorted({need for term in terms for need in SOURCES[term.name].needs}))


def _score(name: str, label: str, formula: str, direction: Direction, compute: Callable[[RunRecords], float],
           *needs: str, unit: str = "0..1", denominator: str = "scored communities and departments") -> Indicator:  # fmt: skip
    return Indicator(name, label, formula, unit, direction, denominator, NO_CLOCK, compute, needs)


INDICATORS = (
    _score("responsibility_matrix", "Responsibility matrix 40/30/30",
           "0.4 x satisfaction / 100 + 0.3 x on-time handling + 0.3 x utilisation", "higher",
           lambda records: weighted(records, MATRIX), *_of(MATRIX), denominator="the town"),
    _score("three_dimensions", "Three dimensions 45/30/25",
           "0.45 x satisfaction / 100 + 0.3 x (1 - rework rate) + 0.25 x found proactively", "higher",
           lambda records: weighted(records, DIMENSIONS), *_of(DIMENSIONS), denominator="the town"),
    _score("efficacy_passed", "Efficacy index, limits met",
           "first response within 120 h, satisfaction of 85, utilisation of 0.8: share met", "higher",
           lambda records: passed(records, EFFICACY), *_of(EFFICACY), unit="share", denominator="the town"),
    _score("basic_passed", "Basic indicators, limits met",
           "satisfaction of 85, report to closure within 24 h on average: share met", "higher",
           lambda records: passed(records, BASIC), *_of(BASIC), unit="share", denominator="the town"),
    _score("reported_score", "Reported score", "reported score of a unit and period, mean", "none", _mean_score("reported_score")),
    _score("true_score", "True score", "true score of a unit and period, mean", "higher", _mean_score("true_score")),
    _score("score_gap", "Reported above true score", "reported score (as corrected) - true score, means", "lower", _gap),
    _score("score_spread", "Spread of scores between communities", "best - worst mean true score of a community",
           "lower", _spread, denominator="scored communities"),
    _score("rank_moves", "Rank moves", "places that a community moves in the ranking from period to period, mean",
           "none", _rank_moves, unit="places", denominator="scored communities"),
    _score("moves_per_year", "Workers moved", "grid workers sent to another community / years of the judged window", "none",
           _moved, unit="workers/year", denominator="years of the judged window"),
    _score("red_improved_share", "Red communities that improve", "red before, and no longer / red before", "higher",
           _improved, unit="share", denominator="ratings that follow a red one"),
    _score("false_alert_share", "False red alerts", "red without as many more issues / red alerts", "lower",
           _false_alerts, unit="share", denominator="red alerts"),
    _score("alert_recovery_days", "Red alert until recovery", "days from red until complaints no longer grow, mean",
           "lower", _recovery, unit="days", denominator="red alerts that are over"),
)  # fmt: skip
