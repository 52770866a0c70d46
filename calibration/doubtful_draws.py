"""Draws of a calibration: crews, work and level of the pace of every department together, for `--posterior`.

Draws are spread evenly (a scrambled Sobol sequence over the departments), so that the first few of them, one for each world,
stand for all. The level of the paces is the bootstrap of the training weeks: what the mean pace may be in truth.
"""

# The stubs of scipy say less than is so here.
# pyright: reportCallIssue=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from calibration.crew_posterior import Doubt
from calibration.crew_trials import WORK_CV
from sim.streams import stream

Tree = dict[str, Any]
WEEK = 7
DRAWS = 128
COLUMNS = ("draw", "department", "category", "crews", "work_s", "work_cv", "utilisation", "wait_s", "never", "queue_s", "pace", "weight")


def drawn_rows(doubts: Sequence[Doubt], paces: Sequence[Tree], seed: int, draws: int = DRAWS) -> list[dict[str, Any]]:
    """A row a draw and department; category `*` speaks for all, `wait_s` is empty: times to close count in a rhythm."""
    from scipy.stats import qmc

    named = sorted(doubts, key=lambda each: each.name)
    u = qmc.Sobol(max(1, len(named)), seed=seed).random(draws)
    chosen = {doubt.name: doubt.drawn(u[:, place]) for place, doubt in enumerate(named)}
    levels = pace_levels(paces, seed, draws)
    rows = []
    for draw in range(draws):
        for doubt in named:
            found = chosen[doubt.name][draw]
            level = float(levels[doubt.name][draw]) if doubt.name in levels else 1.0
            rows.append({"draw": draw, "department": doubt.name, "category": "*", "crews": found.crews, "work_s": found.work_s,
                         "work_cv": WORK_CV, "utilisation": found.utilisation, "wait_s": [], "never": 0.0,
                         "queue_s": found.queue_s, "pace": round(level, 4), "weight": 1 / draws})  # fmt: skip
    return rows


def pace_levels(paces: Sequence[Tree], seed: int, draws: int) -> Mapping[str, np.ndarray]:
    """Mean pace of as many weeks, drawn with replacement, over that of all; the same weeks for all departments."""
    if not paces:
        return {}
    weekly = {each["department"]: np.reshape(each["days"], (-1, WEEK)).mean(axis=1) for each in paces}
    weeks = len(next(iter(weekly.values())))
    taken = stream(seed, "pace level", weeks).integers(0, weeks, (draws, weeks))
    return {unit: np.maximum(0.05, mean[taken].mean(axis=1) / max(mean.mean(), 1e-9)) for unit, mean in weekly.items()}
