"""A calibrated world that begins inside its log: with the cases that were open then, each opened once, none closed before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from calibration.calibration_folder import CalibrationFolder
from calibration.calibration_plan import CalibrationPlan, Days
from calibration.closing_world import closing_world
from calibration.doubtful_fit import Asked, DoubtfulFit, doubtful_tree
from calibration.fitted_scenario import write_scenario
from calibration.held_out import held_out_of
from calibration.intake import ingest
from calibration.mapping_file import read_mapping, with_window
from calibration.period_world import from_then
from calibration.replay_fit import prepared
from scenarios.reading import read_scenario
from sim.invariants import check_records
from sim.records import MISSING
from sim.simulate import simulate
from tests.test_replay import city_log


def test_a_world_from_inside_the_log_holds_its_open_cases_and_its_arrivals(tmp_path: Path) -> None:
    log = city_log(tmp_path / "city.csv.gz")
    training = ingest(log, with_window(read_mapping("boston311"), None, "2011-08-20 00:00"))
    start = prepared(training, "city", "boston311", training.sha256, 0.25, 70, rhythmic=True)
    plan = CalibrationPlan(
        schema_version=1, name="city", title="City", title_zh="城", mapping="boston311", sha256=training.sha256,
        training=Days(until=date(2011, 8, 20)), held_out=Days(until=date(2011, 9, 9)),
    )  # fmt: skip
    fit = DoubtfulFit(start, Asked((0.5, 0.9), 0.25))
    doubts = [fit.doubt(unit, 1) for unit in fit.departments]
    write_scenario(doubtful_tree(start, doubts, fit.paces()), plan, CalibrationFolder(tmp_path))
    later = ingest(log, with_window(read_mapping("boston311"), None, "2011-09-09 00:00"))
    held_out = held_out_of(later, date(2011, 8, 20), date(2011, 9, 9), log)
    scenario = from_then(read_scenario(str(tmp_path / "city.yaml")).scenario, held_out.period)
    world = closing_world(scenario, held_out.arrivals, 1)
    known = held_out.arrivals.records["cases"]
    opened = known["reported_at"]
    wanted = known[((opened >= held_out.period.start) | (known["closed_at"] == MISSING)) & (opened < held_out.period.cut)]
    assert sorted(world.code) == sorted(wanted["case_id"])
    assert (world.onset == 0).sum() >= (opened < held_out.period.start)[known["closed_at"] == MISSING].sum() > 10
    records = simulate(scenario, 1, world)
    assert not check_records(records)
    measured = held_out.measured
    truly = ((measured["closed_at"] >= held_out.period.start) & (measured["closed_at"] < held_out.period.cut)).sum()
    assert np.isclose((records["cases"]["closed_at"] != MISSING).sum(), truly, rtol=0.2)
