"""What `infer` writes: the draws, the verdicts as a table, and a scenario that extends the fitted one."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from calibration.identifiability import informed_rows, table
from calibration.latent_fit import DepartmentFit
from calibration.posterior_file import crews_row, demand_rows, write_posterior
from scenarios.reading import ScenarioFile


def write_inferred(fits: Mapping[str, DepartmentFit], file: ScenarioFile, stated: str, folder: Path) -> list[Path]:
    """posterior.parquet, informed.csv, NAME_demands.csv, NAME.yaml, each whole by renaming; `stated`: the scenario as named."""
    replay = file.scenario.replay
    assert replay is not None
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{file.scenario.name[:50]}_inferred"
    facts = {"mapping": replay.mapping, "sha256": replay.sha256, "trained_until": replay.trained_until}
    write_posterior(fits, folder / "posterior.parquet", facts)
    written = [folder / "posterior.parquet", folder / "informed.csv", folder / f"{name}_demands.csv", folder / f"{name}.yaml"]
    _whole(written[1], _table([asdict(row) for row in table(fits)]))
    kept = [row.model_dump(mode="json") for row in replay.demands if row.department not in fits]
    rows = [row for fit in fits.values() for row in demand_rows(fit)]
    _whole(written[2], _table([{key: json.dumps(value, ensure_ascii=False) for key, value in row.items()} for row in [*rows, *kept]]))
    _whole(written[3], _yaml(_tree(fits, file, stated, name, folder), replay.trained_until))
    return written


def _tree(fits: Mapping[str, DepartmentFit], file: ScenarioFile, stated: str, name: str, folder: Path) -> dict[str, Any]:
    scenario = file.scenario
    base = os.path.relpath(file.path, folder) if Path(stated).exists() else stated
    return {
        "extends": base, "name": name, "title": f"{scenario.title[:90]}, crews and work inferred",
        "title_zh": f"{scenario.title_zh[:90]}，班组与作业量为推断值",
        "staffing": {"departments": {fit.name: {"crews": crews_row(fit)} for fit in fits.values()}},
        "replay": {"demands": f"csv: {name}_demands.csv", "informed": informed_rows(table(fits))},
    }  # fmt: skip


def _table(rows: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _yaml(tree: dict[str, Any], until: str) -> str:
    from ruamel.yaml import YAML

    text = io.StringIO()
    writer = YAML()
    writer.width, writer.allow_unicode = 120, True
    writer.dump(tree, text)
    return f"# Written by: run.py infer, from cases opened before {until}\n{text.getvalue()}"


def _whole(file: Path, text: str) -> None:
    beside = file.with_suffix(f".{os.getpid()}.part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)
