"""What a log can and cannot tell, before anything is fitted: sizes, censoring, drift, missing steps, and which levers.

Start here: `assess` takes an intake and gives facts; `adequacy_text` puts them in words and `as_dict` into JSON.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from calibration.adequacy_drift import Drift, drift
from calibration.adequacy_groups import SMALLEST, Grouped, grouped
from calibration.adequacy_levers import Lever, levers
from calibration.intake import Intake
from calibration.left_truncation import LeftTruncation, left_truncation
from calibration.log_facts import LogFacts, facts_of
from calibration.mapping import Mapping
from calibration.observed import Observed, observed_of
from calibration.quality import Quality
from sim.records import MISSING

GROUPED_BY = ("category", "department", "community", "channel")


@dataclass(frozen=True)
class Adequacy:
    """Facts of a log. Every number about a group of fewer than five cases is None."""

    title: str
    quality: Quality
    facts: LogFacts
    levers: tuple[Lever, ...]
    groups: tuple[Grouped, ...]
    drift: Drift | None
    truncation: LeftTruncation
    open_after_30_days: float
    """share of the cases followed for 30 days that are open then (Kaplan-Meier); NaN if none was"""
    steps: dict[str, float]
    """step of the loop -> share of the kept cases that have its time from the log itself"""
    observed: Observed
    """what its steps and starts answer by themselves"""
    smallest: int = SMALLEST

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON: NaN becomes None; of the quality report the counts only."""
        quality = self.quality.as_dict()
        for name in ("variants",):
            quality.pop(name)
        return {**_plain(asdict(self) | {"quality": quality})}  # type: ignore[dict-item]


def assess(intake: Intake, mapping: Mapping) -> Adequacy:
    """Facts of a log that has been read; needs at least one kept case, which an intake has."""
    cases, frame = intake.records["cases"], intake.records.frame
    opened, closed_at = cases["reported_at"].to_numpy(), cases["closed_at"].to_numpy()
    done_when_registered = (cases["outcome"] == "self_handled").to_numpy()
    worked = ~done_when_registered
    closed = (closed_at != MISSING)[worked]
    duration = np.where(closed, closed_at[worked], frame.horizon_s) - opened[worked]
    facts = facts_of(intake, mapping, duration, closed)
    words = {name: cases[name][worked].astype(object).reset_index(drop=True) for name in GROUPED_BY}
    present = [name for name in GROUPED_BY if name in facts.columns or name == "category"]
    length_s = float(frame.horizon_s - opened.min())
    return Adequacy(
        title=mapping.title or mapping.name,
        quality=intake.quality,
        facts=facts,
        levers=levers(facts),
        groups=tuple(grouped(name, words[name], duration, closed) for name in present),
        drift=drift(opened[worked], duration, closed, words["category"]),
        truncation=left_truncation(duration, closed, length_s),
        open_after_30_days=_still_open(duration, closed, 30 * 86400),
        steps=_steps(cases, facts),
        observed=observed_of(intake, mapping),
    )


def _still_open(duration: np.ndarray, closed: np.ndarray, limit_s: int) -> float:
    if not len(duration) or duration.max() < limit_s:
        return float("nan")
    from calibration.survival import kaplan_meier

    return 1 - kaplan_meier(duration, closed).within(float(limit_s))


def _steps(cases: pd.DataFrame, facts: LogFacts) -> dict[str, float]:
    """Shares by step of the loop; what the reader fills in (established when opened) is not of the log."""
    named = {"reported": 1.0, "closed": float((cases["closed_at"] != MISSING).mean())}
    for step in facts.timed_steps:
        named[step] = float((cases[f"{step}_at"] != MISSING).mean())
    return named


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value.item() if isinstance(value, np.generic) else value
