"""A log as it was known at some time: what was opened later is there, what ended later is not."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from calibration.intake import Intake
from sim.records import MISSING, RunRecords

_LATER = ("handled_at", "fed_back_at", "closed_at")


def known_at(intake: Intake, now: int) -> Intake:
    """The log with all its openings, and of the rest what was known `now`: no later closing, no step, no judgement."""
    cases = intake.records["cases"].copy()
    later = (cases["closed_at"] >= now).to_numpy() & (cases["outcome"] != "self_handled").to_numpy()
    for name in _LATER:
        cases[name] = np.where(later, MISSING, cases[name])
    cases["outcome"] = pd.Categorical(np.where(later, "open", cases["outcome"].astype(object)), cases["outcome"].cat.categories)
    for name in ("overdue_raw", "overdue_assessed"):
        cases[name] = np.where(later, False, cases[name])
    records = intake.records
    return replace(
        intake,
        records=RunRecords(records.frame, records.seed, {**records.tables, "cases": cases}, records.notes),
        attributes=intake.attributes.drop(columns=["ending"], errors="ignore"),
        steps=None,
    )
