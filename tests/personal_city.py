"""A known city whose log is full of what must not come out: persons, free text, case numbers, groups of fewer than five cases."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

from calibration.known_truth import CityTruth, DepartmentTruth
from calibration.known_truth_export import write_city
from sim.units import HOUR

CITY = CityTruth(
    (DepartmentTruth("roads", 14.0, 3, 1.0 * HOUR, wait_s=12 * HOUR),
     DepartmentTruth("parks", 9.0, 3, 1.0 * HOUR, waiting_for_others=0.8, wait_s=40 * HOUR)),
    days=70, start="2022-10-31", registered_when_done=0.05,
)  # fmt: skip
UNTIL, END = "2022-12-26", "2023-01-09"
"""End of training, and of what is held out."""
COLUMNS = {
    "Caller Name": "Zebediah Quackenbush", "Phone": "13912345678", "ID card": "110101199003078515",
    "E-mail": "zeb.quackenbush@example.org", "Home Address": "17 Nowhere Lane", "联系人": "欧阳询问",
}  # fmt: skip
"""Personal columns and what stands in them, a running number after it."""
TEXT = "The lamp before my door has been dark since my husband Ebenezer died"
STRAY = {"Kind": "pothole, call 13887654321", "Area": "幸福路88号", "Via": "ask Mr. Featherstonehaugh", "Unit": "roads, zeb@example.org"}
"""Personal values in single cells of columns that are read."""
RARE = {"Kind": ("unicorn on the roof", 3), "Unit": ("lonely office", 4), "Area": ("Area 77", 2)}
"""Groups of fewer than five cases: column -> name, cases."""


@dataclass(frozen=True)
class PersonalCity:
    """The log, its mapping, a calibration plan, and the strings that may stand in no output."""

    log: Path
    mapping: Path
    plan: Path
    planted: tuple[str, ...]
    numbers: frozenset[str]
    """case numbers of the log"""


def personal_city(folder: Path) -> PersonalCity:
    """Write it into a folder."""
    log = write_city(CITY, folder, seed=8, by="queue")
    table = pd.read_csv(log, dtype=str, keep_default_na=False)
    table["Case No"] = [f"HX{serial:09d}" for serial in 730_000_000 + 17 * np.arange(len(table))]
    for column, value in COLUMNS.items():
        table[column] = [f"{value}{number:04d}" if column != "E-mail" else f"{number}{value}" for number in range(len(table))]
    table["Story"] = [f"{TEXT}, says {number}" for number in range(len(table))]
    place = np.random.default_rng(3).permutation(len(table))
    for column, value in STRAY.items():
        rows, place = place[:2], place[2:]
        table.loc[rows, column] = value
    for column, (name, count) in RARE.items():
        rows, place = place[:count], place[count:]
        table.loc[rows, column] = name
    table.to_csv(log, index=False, lineterminator="\n")
    planted = (*COLUMNS.values(), *STRAY.values(), TEXT, "13887654321", "Featherstonehaugh", "幸福路", "zeb@example", "Ebenezer")
    return PersonalCity(log, _mapping(folder), _plan(folder, log), planted, frozenset(table["Case No"]))


def _mapping(folder: Path) -> Path:
    path = folder / "mapping.yaml"
    yaml = YAML()
    tree = yaml.load(path.read_text(encoding="utf-8"))
    tree["departments"] = {**tree["departments"], RARE["Unit"][0]: RARE["Unit"][0]}
    tree["personal"] = dict.fromkeys(COLUMNS, "drop")
    with path.open("w", encoding="utf-8") as stream:
        yaml.dump(tree, stream)
    return path


def _plan(folder: Path, log: Path) -> Path:
    path = folder / "plan.yaml"
    path.write_text(
        "schema_version: 1\nname: personal\ntitle: A city\ntitle_zh: 一座城市\nmapping: mapping.yaml\n"
        f"sha256: {hashlib.sha256(log.read_bytes()).hexdigest()}\ntraining: {{until: {UNTIL}}}\nheld_out: {{until: {END}}}\n"
        "budget: {runs: 1}\nworlds: 2\nutilisations: [0.5, 0.9]\n", encoding="utf-8",
    )  # fmt: skip
    return path
