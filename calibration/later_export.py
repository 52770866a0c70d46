"""A calibrated scenario on a later export of its city: how well it still foretells what came after its training."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np

from calibration.calibration_folder import CalibrationFolder
from calibration.calibration_plan_file import plan_names, read_plan
from calibration.calibration_scores import Scores, scored
from calibration.doubt_folder import posterior_beside
from calibration.held_out import held_out_of
from calibration.intake import Intake, ingest
from calibration.mapping_file import read_mapping, with_window
from scenarios.listing import scenario_names
from scenarios.reading import read_scenario
from sim.civil_time import CivilTime
from sim.messages import BadInput, say
from sim.scenario import Scenario

WORLDS = 10
LEAST_KNOWN = 0.5
"""Share of an export's cases whose department the scenario must know (judgement)."""


def score_later(name: str, log: Path, out: Path, workers: int) -> tuple[Path, Scores]:
    """Score a calibrated scenario (or that of a plan, in `out`) on everything in an export after its training.

    Writes scores.json and scores.csv into a folder of their own. Raises BadInput where scenario and log do not fit.
    """
    source = calibrated_file(name, out)
    scenario = calibrated(name, out)
    assert scenario.replay is not None
    since = date.fromisoformat(scenario.replay.trained_until)
    intake = whole_days(log, scenario)
    frame = intake.records.frame
    until = CivilTime(date.fromisoformat(frame.start), frame.zone).local(frame.horizon_s).date()
    if until <= since:
        raise BadInput(say("{log}: ends on {until}; {name} was learnt from cases until {since}, so there is nothing later to "
                           "score", log=log, until=until, name=scenario.name, since=since))  # fmt: skip
    _check_same_city(intake, scenario, since, log)
    held_out = held_out_of(intake, since, until, log)
    training = ingest(log, with_window(read_mapping(scenario.replay.mapping), frame.start, f"{since} 00:00"))
    folder = CalibrationFolder(_free(out / f"score_{scenario.name}"))
    found = scored(scenario, training, held_out, range(1, WORLDS + 1), folder.path / "worlds", workers, posterior_beside(source))
    found.facts["log"] = {"file": log.name, "sha256": intake.sha256}
    folder.write("scores.json", json.dumps(found.facts, ensure_ascii=False, indent=1) + "\n")
    folder.write("scores.csv", found.csv())
    return folder.path, found


def _check_same_city(intake: Intake, scenario: Scenario, since: date, log: Path) -> None:
    """Raises BadInput for an export that begins after the training, or whose departments the scenario does not know."""
    cases, frame = intake.records["cases"], intake.records.frame
    begun = CivilTime(date.fromisoformat(frame.start), frame.zone).seconds_at(since)
    if not np.any(cases["reported_at"].to_numpy() < begun):
        raise BadInput(say("{log}: holds no case from before {since}; what is open on that day, and the forecasts that the model is held "
                           "against, need the cases since {start}: export from then on", log=log, since=since, start=frame.start))  # fmt: skip
    names = sorted(unit.name for unit in scenario.staffing.departments)
    known = float(np.isin(cases["department"].astype(str).to_numpy(dtype=str), names).mean())
    if known < LEAST_KNOWN:
        raise BadInput(say("{log}: {share:.0%} of its cases are of departments that {name} knows ({known}); is it the log of another city, "
                           "or are departments called otherwise?", log=log, share=known, name=scenario.name,
                           known=", ".join(names)))  # fmt: skip


def calibrated_file(name: str, out: Path) -> Path:
    """Where the calibrated scenario lies that is meant: a shipped name as it is, a file, or what a plan left in `out`."""
    if name in plan_names() and name not in scenario_names():
        return out / f"calibration_{name}" / f"{name}.yaml"
    if name.endswith((".yaml", ".yml")) and "training:" in Path(name).read_text(encoding="utf-8", errors="replace"):
        plan = read_plan(name).plan.name
        return out / f"calibration_{plan}" / f"{plan}.yaml"
    return Path(name)


def calibrated(name: str, out: Path) -> Scenario:
    """The calibrated scenario that is meant: a shipped one, a file, or what a plan left in `out`. Raises BadInput."""
    scenario = read_scenario(str(calibrated_file(name, out))).scenario
    if scenario.replay is None:
        raise BadInput(say("{name}: replays no log, so there is no log to score it on", name=name))
    return scenario


def whole_days(log: Path, scenario: Scenario) -> Intake:
    """The log up to its last whole day, counted from the start of the scenario."""
    assert scenario.replay is not None
    start = scenario.time.start.isoformat()
    mapping = read_mapping(scenario.replay.mapping)
    # The mapping's own cut belongs to the export that it was written for.
    freed = mapping.model_copy(update={"times": mapping.times.model_copy(update={"observed_until": None})})
    first = ingest(log, with_window(freed, start, None))
    frame = first.records.frame
    last = CivilTime(date.fromisoformat(start), frame.zone).local(frame.horizon_s)
    return ingest(log, with_window(freed, start, f"{last.date()} 00:00"))


def _free(path: Path) -> Path:
    """The path, or the first numbered one that does not exist."""
    number = 1
    while (path if number == 1 else path.with_name(f"{path.name}_{number}")).exists():
        number += 1
    return path if number == 1 else path.with_name(f"{path.name}_{number}")
