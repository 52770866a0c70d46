"""The posterior of a city as one Parquet file: a row a draw, department and category, ready for `--posterior`."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from calibration.department_waits import AT
from calibration.latent_fit import DepartmentFit


def write_posterior(fits: Mapping[str, DepartmentFit], file: Path, facts: Mapping[str, Any]) -> None:
    """Write all draws, the whole file by renaming. `facts` (mapping, sha256, trained_until) go into its metadata.

    Columns: draw, department, category (`*`: all others), crews, work_s, work_cv, utilisation, capacity_share, wait_s (open
    seconds at the probabilities `at` of the metadata, among the cases that end), never, weight, distance. Draw d of one
    department goes with draw d of every other: they are independent.
    """
    rows = [
        _row(fit, draw, number, category)
        for fit in fits.values()
        for draw in range(len(fit.crews))
        for number, category in enumerate(fit.groups)
    ]
    centre = {fit.name: {"crews": int(fit.crews[fit.centre]), "work_s": float(fit.work_s[fit.centre]),
                         "work_cv": float(fit.work_cv[fit.centre])} for fit in fits.values()}  # fmt: skip
    write_draws(rows, COLUMNS, {"at": [float(p) for p in AT], "centre": centre, **facts}, file)


def write_draws(rows: list[dict[str, Any]], columns: Sequence[str], facts: Mapping[str, Any], file: Path) -> None:
    """Rows of draws as a Parquet file with its facts (`at`, `centre`, where from), the whole file by renaming."""
    import duckdb
    import pandas as pd

    told = json.dumps(facts, ensure_ascii=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(f".{os.getpid()}.part")
    with duckdb.connect() as database:
        database.register("posterior", pd.DataFrame(rows, columns=list(columns)))
        database.execute(
            f"COPY posterior TO {_quoted(str(beside))} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{wangge: {_quoted(told)}}})"
        )
    beside.replace(file)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


COLUMNS = ("draw", "department", "category", "crews", "work_s", "work_cv", "utilisation", "capacity_share", "wait_s",
           "never", "weight", "distance")  # fmt: skip


def _row(fit: DepartmentFit, draw: int, number: int, category: str) -> dict[str, Any]:
    return {
        "draw": draw, "department": fit.name, "category": category, "crews": int(fit.crews[draw]),
        "work_s": float(fit.work_s[draw]), "work_cv": float(fit.work_cv[draw]),
        "utilisation": float(fit.utilisation[draw]), "capacity_share": float(fit.capacity_share[draw]),
        "wait_s": [int(s) for s in np.rint(fit.wait_s[draw, number])], "never": float(fit.never[draw, number]),
        "weight": 1 / len(fit.crews), "distance": float(fit.distance[draw]),
    }  # fmt: skip


def demand_rows(fit: DepartmentFit) -> list[dict[str, Any]]:
    """The rows of `replay.demands` of a department at the middle of its posterior."""
    at = fit.centre
    return [
        {"department": fit.name, "category": category,
         "work": {"family": "lognormal", "mean": f"{round(fit.work_s[at])} s", "cv": round(float(fit.work_cv[at]), 3)},
         "wait": {"family": "empirical", "at": [round(float(p), 4) for p in AT],
                  "durations": [f"{round(s)} s" for s in fit.wait_s[at, number]]},
         "never": round(float(fit.never[at, number]), 5)}
        for number, category in enumerate(fit.groups)
    ]  # fmt: skip


def crews_row(fit: DepartmentFit) -> dict[str, Any]:
    """The crews of a department with source and interval, as a scenario writes a number."""
    low, high = (round(float(q)) for q in np.quantile(fit.crews, [0.025, 0.975]))
    return {"value": int(fit.crews[fit.centre]), "source": f"log: middle of the posterior, 95 % interval {low} to {high}"}
