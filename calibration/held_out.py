"""The held-out period, opened once by `open_held_out`, which no module that fits may import (a contract test sees to it).

What a forecast may see of it are the arrivals: `HeldOut.arrivals` is the log with every later closing taken out.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from calibration.calibration_folder import CalibrationFolder
from calibration.intake import Intake, ingest
from calibration.known_log import known_at
from calibration.mapping import Mapping
from calibration.mapping_file import with_window
from calibration.score_period import Period
from sim.civil_time import CivilTime
from sim.messages import BadInput, say

RECORD = "held_out_opened.json"


@dataclass(frozen=True)
class HeldOut:
    """A period that was not learnt from: what was measured in it, and what a forecast may see of it."""

    measured: pd.DataFrame
    arrivals: Intake
    period: Period


def open_held_out(
    log: Path, mapping: Mapping, since: date, until: date, folder: CalibrationFolder, fitted: str
) -> HeldOut:
    """Read the log up to `until` and write into the folder that it was opened, for which fit.

    `fitted`: digest of the scenario that is to be scored, as it was written. A start that goes on after a kill opens it again for the same
    fit; for another fit it stays shut. Raises BadInput.
    """
    _note_opening(folder, since, until, fitted)
    return held_out_of(ingest(log, with_window(mapping, None, f"{until} 00:00")), since, until, log)


def held_out_of(intake: Intake, since: date, until: date, log: Path) -> HeldOut:
    """The period of a log that has been read. Raises BadInput where the log holds nothing in it."""
    frame = intake.records.frame
    civil = CivilTime(date.fromisoformat(frame.start), frame.zone)
    period = Period(civil.seconds_at(since), min(civil.seconds_at(until), frame.horizon_s), civil)
    cases = intake.records["cases"]
    inside = (cases["reported_at"] >= period.start) & (cases["reported_at"] < period.cut)
    if period.start >= period.cut or not inside.any():
        raise BadInput(say("{log}: no case was opened from {since} to {until}; there is nothing to score",
                           log=log, since=since, until=until))  # fmt: skip
    return HeldOut(cases, known_at(intake, period.start), period)


def _note_opening(folder: CalibrationFolder, since: date, until: date, fitted: str) -> None:
    period = [since.isoformat(), until.isoformat()]
    openings = openings_of(folder)
    others = [each for each in openings if each["scenario"] != fitted]
    if others:
        raise BadInput(
            say("{folder}: the held-out period {since} to {until} was opened already, for another fit; a fit that is made "
                "after a look at it proves nothing. Hold out a later period, or name another --out and say so",
                folder=folder.path, since=others[0]["held_out"][0], until=others[0]["held_out"][1])
        )  # fmt: skip
    text = json.dumps([*openings, {"held_out": period, "scenario": fitted, "again": bool(openings)}], indent=2)
    folder.write(RECORD, text + "\n")


def openings_of(folder: CalibrationFolder) -> list[dict[str, Any]]:
    """Every opening that the folder knows of, the first one first."""
    file = folder.path / RECORD
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
