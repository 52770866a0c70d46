"""The training part of a replay's log, and the open hours that its scenario gives each department in it."""

from __future__ import annotations

from pathlib import Path

from calibration.intake import Intake, ingest
from calibration.mapping_file import read_mapping, with_window
from calibration.period_world import known_names
from calibration.replay import read_log
from calibration.training_check import check_training
from sim.calendars import Calendar
from sim.messages import BadInput, say
from sim.scenario import Scenario
from sim.working_hours import WorkingHours


def training_and_calendars(scenario: Scenario, log: Path) -> tuple[Intake, dict[str, Calendar]]:
    """The log as exported when training ended, and the calendar of every department that has cases in it.

    Raises BadInput if the scenario replays no log, or another one.
    """
    if scenario.replay is None:
        raise BadInput(say("scenario {name} draws its world: there is no log from which to infer; fit one first", name=scenario.name))
    if not log.is_file():
        raise BadInput(say("{file}: there is no such log file", file=log))
    read_log(scenario, log)
    mapping = read_mapping(scenario.replay.mapping)
    start = scenario.time.start.isoformat()
    training = known_names(scenario, ingest(log, with_window(mapping, start, f"{scenario.replay.trained_until} 00:00")))
    check_training(training, scenario.replay.trained_until, log)
    cases = training.records["cases"]
    present = set(cases["department"][cases["outcome"] != "self_handled"].astype(str))
    hours = WorkingHours(scenario)
    units = [unit for unit in scenario.staffing.departments if unit.name in present]
    return training, {unit.name: hours.calendars[unit.calendar] for unit in units}
