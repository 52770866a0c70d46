"""What a calibration writes of its doubt: the draws, the verdicts as a table, and every candidate with loss and weight."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from calibration.calibration_folder import CalibrationFolder
from calibration.calibration_plan import CalibrationPlan
from calibration.crew_posterior import Doubt
from calibration.crew_trials import WORK_CV
from calibration.doubt_told import verdicts_of
from calibration.doubtful_draws import COLUMNS, drawn_rows
from calibration.identifiability import Told
from calibration.posterior_file import write_draws

POSTERIOR, INFORMED, CANDIDATES = "posterior.parquet", "informed.csv", "candidates.json"


def write_doubt(doubts: Sequence[Doubt], paces: Sequence[dict[str, Any]], folder: CalibrationFolder, plan: CalibrationPlan) -> None:
    """posterior.parquet, informed.csv and candidates.json, each whole by renaming."""
    facts = {"mapping": plan.mapping, "sha256": plan.sha256, "trained_until": plan.training.until.isoformat()}
    centre = {each.name: {"crews": each.centre.crews, "work_s": each.centre.work_s, "work_cv": WORK_CV} for each in doubts}
    write_draws(drawn_rows(doubts, paces, plan.seed), COLUMNS, {"at": [], "centre": centre, **facts}, folder.path / POSTERIOR)
    folder.write(INFORMED, _table(verdicts_of(doubts, paces, plan.seed)))
    folder.write(CANDIDATES, json.dumps([each.tree() for each in doubts], ensure_ascii=False, indent=1) + "\n")


def read_doubt(folder: CalibrationFolder) -> list[Doubt]:
    """The candidates that a calibration left in its folder; none where it was made before there were any."""
    file = folder.path / CANDIDATES
    return [Doubt.of_tree(each) for each in json.loads(file.read_text(encoding="utf-8"))] if file.exists() else []


def read_told(folder: CalibrationFolder) -> list[Told]:
    """The verdicts that a calibration left in its folder."""
    file = folder.path / INFORMED
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as stream:
        return [
            Told(row["department"], row["parameter"], row["verdict"], row["against"], *(float(row[name]) for name in _NUMBERS))
            for row in csv.DictReader(stream)
        ]


_NUMBERS = ("correlation", "contraction", "centre", "low", "high", "prior_low", "prior_high")


def posterior_beside(scenario: Path) -> Path | None:
    """The draws that lie beside a calibrated scenario, if any."""
    file = scenario.parent / POSTERIOR
    return file if file.is_file() else None


def _table(rows: Sequence[Told]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(Told.__annotations__), lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return text.getvalue()
