"""The draws of a calibration as a table for studies: a row a draw, a column a path of the scenario that a draw changes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from experiments.posterior import DrawRow, PosteriorDraws, read_posterior
from sim.scenario import Scenario

NAME = "draws.csv"
Row = dict[str, str]


def study_draws(scenario: Scenario, file: Path) -> str:
    """CSV of the draws of a calibrated scenario, which a study reads as `draws:` of an uncertainty.

    The same as `experiments.posterior.drawn` on the scenario as it was fitted, path by path (a test sees to it).
    """
    posterior = read_posterior(file)
    rows = [_row(scenario, {name: each for (name, _), each in draw.items()}, posterior) for draw in posterior.draws]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _row(scenario: Scenario, draw: dict[str, DrawRow], posterior: PosteriorDraws) -> Row:
    replay, found = scenario.replay, Row()
    assert replay is not None
    for place, unit in enumerate(scenario.staffing.departments):
        if unit.name in draw:
            found[f"staffing.departments.{place}.crews"] = str(draw[unit.name].crews)
    for place, demand in enumerate(replay.demands):
        row = draw.get(demand.department)
        if row is None or demand.closing is None or row.queue_s is None:
            continue
        factor = demand.work.mean_seconds() / round(posterior.centre[demand.department]["work_s"])
        found[f"replay.demands.{place}.work.mean"] = f"{max(1, round(row.work_s * factor))} s"
        found[f"replay.demands.{place}.closing.queue"] = repr(row.queue_s)
    for place, pace in enumerate(replay.paces):
        if pace.department in draw:
            found[f"replay.paces.{place}.level"] = repr(pace.level * draw[pace.department].pace)
    return found
