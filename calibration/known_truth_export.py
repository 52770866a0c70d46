"""A known truth as a city would export it: a CSV of text, a mapping that reads it, and the truth beside them in JSON."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from calibration.known_truth import CityTruth, calendar_of, utilisation
from calibration.known_truth_dirt import FORMAT, dirtied
from calibration.known_truth_model import lived_by_model
from calibration.known_truth_queue import lived_by_queue
from sim.records import MISSING

LIVED = {"model": lived_by_model, "queue": lived_by_queue}


def text_log(truth: CityTruth, cases: pd.DataFrame) -> pd.DataFrame:
    """The log as the export of the cut shows it: cases opened in its window, later closings unknown; all text."""
    seen = cases[(cases["opened"] >= truth.logged_from) & (cases["opened"] < truth.lived_s)]
    closed = seen["closed"].to_numpy()
    is_closed = (closed != MISSING) & (closed < truth.lived_s)
    late = np.where(is_closed, closed, truth.lived_s) > seen["due"].to_numpy()
    return pd.DataFrame({
        "Case No": [f"C{number:07d}" for number in seen["id"]], "Opened": _written(truth, seen["opened"]),
        "Due": _written(truth, seen["due"]),
        "Started": np.where(is_closed, _written(truth, np.where(is_closed, seen["started"], 0)), ""),
        "Closed": np.where(is_closed, _written(truth, np.where(is_closed, closed, 0)), ""),
        "Status": np.where(is_closed, "Closed", "Open"), "Late": np.where(late, "Y", np.where(is_closed, "N", "")),
        "Kind": seen["kind"].to_numpy(dtype=object), "Class": np.where(seen["important"], "important", "ordinary"),
        "Unit": seen["unit"].to_numpy(dtype=object), "Area": [f"Area {number}" for number in seen["area"]],
        "Via": np.where(seen["done"], "staff", "phone"), "Returned": seen["returns"].astype(str).to_numpy(dtype=object),
        "Redone": seen["reworks"].astype(str).to_numpy(dtype=object),
    }, dtype=object)  # fmt: skip


def _written(truth: CityTruth, seconds: Any) -> np.ndarray:
    local = truth.civil.local_columns(np.asarray(seconds, dtype=np.int64))
    return pd.DatetimeIndex(local).strftime(FORMAT).to_numpy(dtype=object)


def mapping_tree(truth: CityTruth, with_starts: bool) -> dict[str, Any]:
    """The mapping of such a log, as YAML has it."""
    cut = date.fromisoformat(truth.start) + timedelta(days=truth.days)
    columns = {
        "id": "Case No", "opened": "Opened", "due": "Due", "closed": "Closed", "status": "Status", "on_time": "Late",
        "category": "Kind", "department": "Unit", "community": "Area", "channel": "Via", "returns": "Returned",
        "reworks": "Redone",
    }  # fmt: skip
    return {
        "schema_version": 1, "name": "known_truth", "title": "A city whose truth is known",
        "columns": columns | ({"handling_started": "Started"} if with_starts else {}),
        "times": {"formats": [FORMAT], "zone": truth.zone, "holidays": "none", "start": truth.start, "observed_until": f"{cut} 00:00"},
        "keep": {"class": "Class"},
        "clean": {"community": {"pattern": r"\s*(?i:area)\s+0*(\d+)", "to": r"Area \1"}},
        "departments": {unit.name: unit.name for unit in truth.departments},
        "channels": {"phone": "hotline", "staff": "patrol"},
        "status": {"open": "Open", "closed": "Closed"}, "on_time": {"late": "Y", "in_time": "N"},
        "rules": {"registered_when_done": {"at_most_s": 0, "channels": "staff"}, "due_beyond_days": 365},
    }  # fmt: skip


def busy_share(truth: CityTruth, name: str, cases: pd.DataFrame) -> float:
    """Share of their open hours in the window of the log in which the crews of a department were at work, as lived.

    `cases` as lived, without rework. Work that is finished after closing takes no open hour: such crews are less busy than
    `utilisation` says, which sets all work against the open hours.
    """
    unit = next(each for each in truth.departments if each.name == name)
    calendar = calendar_of(truth, unit)
    mine = cases[(cases["unit"] == name) & (cases["closed"] > truth.logged_from) & ~cases["done"]]
    worked = calendar.work_between_many(np.maximum(mine["started"].to_numpy(), truth.logged_from), mine["closed"].to_numpy())
    return float(worked.sum()) / (unit.crews * calendar.work_between(truth.logged_from, truth.lived_s))


def write_city(
    truth: CityTruth, folder: Path, seed: int, by: str = "model", dirt: Iterable[str] = (), share: float = 0.01,
    with_starts: bool = False,
) -> Path:  # fmt: skip
    """Write log.csv, mapping.yaml and truth.json; returns the log's path.

    `by`: model or queue. `dirt`: kinds of known_truth_dirt.KINDS, each in `share` of the rows. `with_starts`: the export
    tells when work began. The JSON holds the truth, the utilisation of each department, how busy its crews were, and the rows of each
    kind of dirt.
    """
    from ruamel.yaml import YAML

    folder.mkdir(parents=True, exist_ok=True)
    cases = LIVED[by](truth, seed)
    log, counts = dirtied(text_log(truth, cases), dirt, share, seed)
    (folder / "log.csv").write_text(log.to_csv(index=False, lineterminator="\n"), encoding="utf-8")
    with (folder / "mapping.yaml").open("w", encoding="utf-8") as stream:
        YAML().dump(mapping_tree(truth, with_starts), stream)
    used = {unit.name: utilisation(truth, unit.name) for unit in truth.departments}
    busy = {unit.name: busy_share(truth, unit.name, cases) for unit in truth.departments}
    told = {"truth": asdict(truth), "seed": seed, "lived_by": by, "utilisation": used, "busy_share": busy, "dirt": counts}
    (folder / "truth.json").write_text(json.dumps(told, indent=2, ensure_ascii=False), encoding="utf-8")
    return folder / "log.csv"
