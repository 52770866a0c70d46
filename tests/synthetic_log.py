"""Small dirty logs made from nothing: how many rows of each kind of dirt they hold is known by construction."""

from __future__ import annotations

import bz2
import gzip
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.mapping import Mapping

HEADINGS = ("Case No", "Opened", "Due", "Closed", "Status", "Late", "Kind", "Group", "Unit", "Area", "Via")
START = "2022-10-31"
CUT = "2022-11-28 00:00"
ZONE = "America/New_York"
"""The clock of this zone was put back on 2022-11-06 at 02:00, inside the log."""


def mapping(**changes: object) -> Mapping:
    """A mapping of these logs; `changes` replace whole chapters."""
    chapters: dict[str, object] = {
        "schema_version": 1,
        "name": "synthetic",
        "columns": {
            "id": "Case No", "opened": "Opened", "due": "Due", "closed": "Closed", "status": "Status",
            "on_time": "Late", "category": "Kind", "department": "Unit", "community": "Area", "channel": "Via",
        },
        "times": {"formats": ["%Y-%m-%d %H:%M:%S"], "zone": ZONE, "observed_until": CUT},
        "keep": {"group": "Group"},
        "category_levels": ["group"],
        "clean": {"community": {"pattern": r"(?:Area )?0*(\d+)", "to": r"Area \1"}},
        "departments": {"ROAD": "roads", "PARK": "parks"},
        "channels": {"phone": "hotline", "web": "app", "staff": "patrol"},
        "status": {"open": "Open", "closed": "Closed"},
        "on_time": {"late": "Y", "in_time": "N"},
        "rules": {"registered_when_done": {"at_most_s": 0, "channels": "staff"}, "due_beyond_days": 365},
    }  # fmt: skip
    return Mapping.model_validate(chapters | changes)


def clean_log(rows: int, seed: int = 1) -> pd.DataFrame:
    """Rows without any dirt: opened in the first three weeks, a quarter of them open at the cut, in random order.

    No opening lies in the night of the clock change, so that dirt put there is alone.
    """
    draw = np.random.default_rng(seed)
    second = draw.integers(7 * 3600, 20 * 3600, rows) + draw.integers(0, 21, rows) * 86400
    opened = pd.Timestamp(START) + pd.to_timedelta(second, unit="s")
    closed = opened + pd.to_timedelta(draw.integers(60, 6 * 86400, rows), unit="s")
    due = opened + pd.to_timedelta(draw.choice([1, 3], rows), unit="D")
    is_open = draw.random(rows) < 0.25
    log = pd.DataFrame({
        "Case No": [f"C{number:07d}" for number in range(rows)],
        "Opened": _written(opened), "Due": _written(due), "Closed": np.where(is_open, "", _written(closed)),
        "Status": np.where(is_open, "Open", "Closed"), "Late": np.where(is_open, "", np.where(closed > due, "Y", "N")),
        "Kind": draw.choice(["pothole", "street, light", "垃圾"], rows), "Group": "street",
        "Unit": draw.choice(["ROAD", "PARK"], rows), "Area": [f"Area {k}" for k in draw.integers(1, 13, rows)],
        "Via": draw.choice(["phone", "web"], rows),
    })  # fmt: skip
    return pd.DataFrame({heading: list(log[heading]) for heading in log}, dtype=object).copy()


def _written(times: pd.DatetimeIndex) -> np.ndarray:
    return times.strftime("%Y-%m-%d %H:%M:%S").to_numpy(dtype=object)


@dataclass(frozen=True)
class Dirty:
    """A log with planted dirt, and the counts that a reader has to find."""

    log: pd.DataFrame
    fates: dict[str, int]
    endings: dict[str, int]
    noted: dict[str, int]
    rewritten: dict[str, int]


PLANTED: tuple[tuple[str, str, int, dict[str, str]], ...] = (
    ("fates", "dropped_no_opening_time", 3, {"Opened": "  "}),
    ("fates", "dropped_opening_unreadable", 4, {"Opened": "31.10.2022"}),
    ("fates", "dropped_opened_after_cut", 2, {"Opened": "2022-11-28 00:00:00", "Closed": ""}),
    ("endings", "open_closed_after_cut", 5, {"Closed": "2022-11-28 00:00:00", "Status": "Closed", "Late": ""}),
    ("endings", "open_closing_unreadable", 3, {"Closed": "soon", "Status": "Open", "Late": ""}),
    ("endings", "open_closed_before_opened", 6, {"Closed": "2022-10-30 12:00:00", "Status": "Closed", "Late": ""}),
    ("endings", "open_closed_without_time", 2, {"Closed": "", "Status": "Closed", "Late": ""}),
    ("endings", "closed_zero", 4, {
        "Opened": "2022-11-02 10:00:00", "Closed": "2022-11-02 10:00:00", "Status": "Closed", "Late": ""}),
    ("endings", "registered_when_done", 7, {
        "Opened": "2022-11-02 11:00:00", "Closed": "2022-11-02 11:00:00", "Status": "Closed", "Late": "",
        "Via": "staff"}),
    ("noted", "closed_in_batch", 20, {
        "Opened": "2022-11-01 09:00:00", "Closed": "2022-11-25 17:30:00", "Status": "Closed", "Late": "",
        "Unit": "PARK"}),
    ("noted", "closed_at_midnight", 3, {
        "Opened": "2022-11-01 09:00:00", "Closed": "2022-11-26 00:00:00", "Status": "Closed", "Late": ""}),
    ("noted", "opened_at_midnight", 2, {"Opened": "2022-11-01 00:00:00", "Closed": "", "Status": "Open", "Late": ""}),
    ("noted", "ambiguous_time", 2, {
        "Opened": "2022-11-06 01:50:00", "Closed": "2022-11-06 01:10:00", "Status": "Closed", "Late": ""}),
    ("noted", "due_before_opening", 3, {"Due": "2022-10-30 00:00:00", "Late": ""}),
    ("noted", "due_too_far", 2, {"Due": "2059-12-31 19:00:00", "Late": ""}),
    ("noted", "due_unreadable", 2, {"Due": "asap", "Late": ""}),
    ("noted", "blank_category", 2, {"Kind": ""}),
    ("noted", "unlisted_department", 3, {"Unit": "WATER"}),
    ("noted", "unlisted_channel", 2, {"Via": "pigeon"}),
    ("noted", "blank_id", 2, {"Case No": ""}),
    ("noted", "unlisted_status", 2, {"Status": "Pending"}),
    ("rewritten", "community", 4, {"Area": "07"}),
)  # fmt: skip
"""Where it is counted, code, rows, and what is written into them."""

IDENTICAL, CONFLICTING = 5, 3


def dirty_log(rows: int = 400, seed: int = 1) -> Dirty:
    """`rows` clean rows into which PLANTED goes, each kind in rows of its own, and doubled rows at the end."""
    log = clean_log(rows, seed)
    counts: dict[str, dict[str, int]] = {"fates": {}, "endings": {}, "noted": {}, "rewritten": {}}
    used = 0
    for where, code, size, cells in PLANTED:
        # A row that is moved in time keeps no target of its old time, or it would be dirty in a second way.
        for heading, value in ({"Due": ""} | cells if "Opened" in cells else cells).items():
            log.loc[used : used + size - 1, heading] = value
        counts[where][code] = size
        used += size
    assert used + IDENTICAL + CONFLICTING <= rows, "too few clean rows for the dirt"
    identical = log.iloc[used : used + IDENTICAL]
    conflicting = log.iloc[used + IDENTICAL : used + IDENTICAL + CONFLICTING].assign(Kind="pothole (again)")
    counts["fates"] |= {"merged_identical": IDENTICAL, "merged_conflicting": CONFLICTING}
    return Dirty(pd.concat([log, identical, conflicting], ignore_index=True), **counts)


def write_log(
    log: pd.DataFrame, path: Path, encoding: str = "utf-8", separator: str = ",", headings: dict[str, str] | None = None
) -> Path:
    """Write a log; the ending of the path (.gz, .bz2, .zip) decides the compression."""
    text = log.rename(columns=headings or {}).to_csv(index=False, sep=separator, lineterminator="\r\n")
    return pack(text.encode(encoding), path)


def pack(content: bytes, path: Path) -> Path:
    """Write bytes under the compression that the path's ending names."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(path.stem, content)
        return path
    squeeze = {".gz": gzip.compress, ".bz2": bz2.compress}.get(path.suffix, bytes)
    path.write_bytes(squeeze(content))
    return path
