"""What the log tells of each department's crews, work, utilisation and pace: verdicts from the candidates left standing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from calibration.crew_posterior import Doubt
from calibration.doubtful_draws import drawn_rows
from calibration.identifiability import Spread, Told, verdicts

Tree = dict[str, Any]
WEEK = 7


def verdicts_of(doubts: Sequence[Doubt], paces: Sequence[Tree], seed: int) -> list[Told]:
    """Every parameter of every department, the largest department first."""
    weekly = {each["department"]: np.reshape(each["days"], (-1, WEEK)).mean(axis=1) for each in paces}
    drawn: dict[str, list[dict[str, Any]]] = {}
    for row in drawn_rows(doubts, paces, seed):
        drawn.setdefault(row["department"], []).append(row)
    ordered = sorted(doubts, key=lambda each: -each.cases)
    return [told for doubt in ordered for told in verdicts(_spread(doubt, drawn[doubt.name], weekly.get(doubt.name)))]


def _spread(doubt: Doubt, rows: list[dict[str, Any]], weekly: np.ndarray | None) -> Spread:
    """Before: what was believed, or every candidate alike, and a pace like that of any one week. After: the draws."""
    names = ("crews", "work_s", "utilisation")
    before = {
        name: np.array(doubt.believed.get(name, [getattr(each, name) for each in doubt.candidates]), dtype=float) for name in names
    }
    draws = {name: np.array([row[name] for row in rows], dtype=float) for name in names}
    centre = {name: float(getattr(doubt.centre, name)) for name in names}
    if weekly is not None:
        before["pace"], draws["pace"] = np.maximum(0.05, weekly), np.array([row["pace"] for row in rows])
        centre["pace"] = 1.0
    return Spread(doubt.name, before, draws, centre, doubt.told, False, frozenset({"utilisation"}))
