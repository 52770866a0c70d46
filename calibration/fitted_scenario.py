"""A fitted scenario as YAML with its table of demands; every number says that it comes from the log, and from which."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from ruamel.yaml import YAML

from calibration.calibration_folder import CalibrationFolder
from calibration.calibration_plan import CalibrationPlan


def write_scenario(tree: dict[str, Any], plan: CalibrationPlan, folder: CalibrationFolder) -> None:
    """Write the tables NAME_demands.csv, NAME_rhythms.csv and NAME_paces.csv, then NAME.yaml: where the YAML is there, all are."""
    table = f"{plan.name}_demands.csv"
    demands = tree["replay"].pop("demands")
    tree["replay"]["demands"] = f"csv: {table}"
    tree["title"], tree["title_zh"] = plan.title, plan.title_zh
    folder.write(table, _rows(demands))
    for part in ("rhythms", "paces"):
        if part in tree["replay"]:
            folder.write(f"{plan.name}_{part}.csv", _rows(tree["replay"][part]))
            tree["replay"][part] = f"csv: {plan.name}_{part}.csv"
    text = io.StringIO()
    writer = YAML()
    writer.width, writer.allow_unicode = 120, True
    writer.dump(tree, text)
    head = f"# Written by: run.py calibrate (plan {plan.name}), learnt from cases opened before {plan.training.until}\n"
    folder.write(f"{plan.name}.yaml", head + text.getvalue())


def _rows(demands: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = list(dict.fromkeys(name for row in demands for name in row))
    writer.writerow(names)
    for row in demands:
        writer.writerow(["" if name not in row else json.dumps(row[name], ensure_ascii=False) for name in names])
    return text.getvalue()
