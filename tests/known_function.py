"""Studies whose runs are a known function of the settings and of the world: what an analysis must find is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments.study.run_files import INDICATORS, place, write_indicators
from experiments.study.single_run import TEMPORARY, Ended, Task
from tests.study_file import carry_out, study_text, write_study

Known = Callable[[dict[str, Any], np.random.Generator], dict[str, float]]
"""Outcomes from settings (by path) and from the luck of the world, the same for all points of a world."""

A, B, C = "workflow.verification.share", "workflow.check.detection", "residents.tenants"
"""Paths that take any share."""
SHARE = "{low: 0, high: 1}"


def factor(path: str, name: str, more: str = f"range: {SHARE}") -> str:
    """A row of levers or uncertainties."""
    return f"  - {{name: {name}, path: {path}, {more}}}\n"


def known(monkeypatch: pytest.MonkeyPatch, function: Known) -> None:
    """Runs are the function from now on (with one worker)."""

    def run_once(task: Task) -> Ended:
        values = function({setting.path: setting.value for setting in task.settings}, np.random.default_rng(task.seed))
        rows = [(task.run_id, task.seed, "w", 1, name, "all", value) for name, value in values.items()]
        path = task.folder / TEMPORARY / f"{task.run_id}.parquet"
        write_indicators(pd.DataFrame(rows, columns=["run_id", "seed", "world", "cases", "indicator", "group", "value"]), path)
        return Ended(0.01, 100.0, 1, "w", place({INDICATORS: path}, task.folder, task.run_id))

    monkeypatch.setattr("experiments.study.carrying_out.run_once", run_once)


def finished(folder: Path, text: str, *words: str, report: bool = False) -> Path:
    """The folder of a study that was carried out."""
    assert carry_out(write_study(folder, text), folder, *words, report=report) == 0
    return folder / "tried"


def tables(folder: Path, name: str) -> pd.DataFrame:
    """A table that an analysis left."""
    return pd.read_csv(folder / f"{name}.csv")


def text_of(factors: str, design: str, more: str = "replications: 2", outcomes: str | None = None) -> str:
    """The text of a study of the small town."""
    text = study_text(factors, design, more)
    if outcomes is None:
        return text
    head, _, rest = text.partition("outcomes:\n")
    return f"{head}outcomes:\n{outcomes}design: {rest.partition('design: ')[2]}"


