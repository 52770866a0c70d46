"""A posterior in the runs: replication r takes draw r, the same for every scenario, so intervals hold what is not known."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.messages import BadInput, say
from sim.scenario import Scenario
from sim.scenario.closing import Closing
from sim.scenario.replay import Demand

REST = "*"
"""Category of a row that speaks for all others of its department, or for all where there is no other."""
NEEDED = {"draw", "department", "category", "crews", "work_s", "work_cv", "wait_s", "never"}


@dataclass(frozen=True)
class DrawRow:
    """What a draw says of one department and category."""

    crews: int
    work_s: float
    work_cv: float
    wait_s: tuple[int, ...]
    never: float
    queue_s: float | None = None
    """open seconds that crews usually let a case wait; given where times to close count in a rhythm, and then for all categories"""
    pace: float = 1.0
    """factor on the department's paces of closing"""


@dataclass(frozen=True)
class PosteriorDraws:
    """Draws by number, each by (department, category); the values of the fitted scenario; probabilities of `wait_s`."""

    draws: tuple[dict[tuple[str, str], DrawRow], ...]
    centre: dict[str, dict[str, float]]
    at: tuple[float, ...]
    sha256: str


@lru_cache(maxsize=4)
def read_posterior(file: Path) -> PosteriorDraws:
    """The draws of a Parquet file that `calibrate` wrote. Raises BadInput if it is none."""
    import duckdb

    quoted = "'" + str(file).replace("'", "''") + "'"
    try:
        with duckdb.connect() as database:
            stored = database.execute(f"SELECT value FROM parquet_kv_metadata({quoted}) WHERE key = 'wangge'").fetchone()
            rows = database.execute(f"SELECT * FROM read_parquet({quoted}) ORDER BY draw, department, category").df()
    except duckdb.Error as error:
        why = str(error).splitlines()[0]
        raise BadInput(say("--posterior {file}: cannot be read as Parquet: {why}", file=file, why=why)) from error
    if stored is None or not set(rows.columns) >= NEEDED:
        raise BadInput(
            say("--posterior {file}: this is no posterior; it needs the columns {needed} and is written by calibrate",
                file=file, needed=", ".join(sorted(NEEDED)))
        )  # fmt: skip
    told: dict[str, Any] = json.loads(stored[0])
    draws: dict[int, dict[tuple[str, str], DrawRow]] = {}
    for row in rows.to_dict("records"):
        wait = tuple(int(seconds) for seconds in row["wait_s"])
        queue, pace = row.get("queue_s"), row.get("pace", 1.0)
        found = DrawRow(int(row["crews"]), float(row["work_s"]), float(row["work_cv"]), wait, float(row["never"]),
                        None if queue is None or queue != queue else float(queue), float(pace))  # fmt: skip
        draws.setdefault(int(row["draw"]), {})[row["department"], row["category"]] = found
    if not draws:
        raise BadInput(say("--posterior {file}: holds no draws", file=file))
    ordered = tuple(draws[number] for number in sorted(draws))
    return PosteriorDraws(ordered, told["centre"], tuple(told["at"]), str(told.get("sha256", "")))


def of_departments(posterior: PosteriorDraws, names: set[str]) -> PosteriorDraws:
    """The draws of some departments; the others stay as a scenario has them."""
    draws = tuple({key: row for key, row in rows.items() if key[0] in names} for rows in posterior.draws)
    return replace(posterior, draws=draws, centre={name: row for name, row in posterior.centre.items() if name in names})


def check_posterior(scenario: Scenario, file: Path) -> None:
    """Raises BadInput if a posterior does not belong to a scenario: no replay, another log, or no common department."""
    if scenario.replay is None:
        raise BadInput(say("scenario {name} draws its world and replays no log; leave --posterior out", name=scenario.name))
    found = read_posterior(file)
    if found.sha256 and found.sha256 != scenario.replay.sha256:
        raise BadInput(
            say("--posterior {file}: it was inferred from another log than scenario {name}", file=file, name=scenario.name)
        )
    if not {unit.name for unit in scenario.staffing.departments} & set(found.centre):
        raise BadInput(
            say("--posterior {file}: none of its departments is in scenario {name}", file=file, name=scenario.name)
        )


def drawn(scenario: Scenario, posterior: PosteriorDraws, number: int) -> Scenario:
    """The scenario under draw `number` (they come round again after the last).

    What the scenario changed against the fit stays changed by the same factor: 35 crews where the fit has 29 are a fifth
    more crews in every draw, and at least one more or less.
    """
    assert scenario.replay is not None
    rows = posterior.draws[number % len(posterior.draws)]
    by_unit = {name: row for (name, _), row in rows.items()}
    units = tuple(
        unit.model_copy(update={"crews": _scaled(by_unit[unit.name].crews, unit.crews, posterior.centre[unit.name]["crews"])})
        if unit.name in by_unit
        else unit
        for unit in scenario.staffing.departments
    )
    demands = tuple(_demand(each, rows, posterior) for each in scenario.replay.demands)
    paces = tuple(
        pace.model_copy(update={"level": pace.level * by_unit[pace.department].pace}) if pace.department in by_unit else pace
        for pace in scenario.replay.paces
    )
    staffing = scenario.staffing.model_copy(update={"departments": units})
    replay = scenario.replay.model_copy(update={"demands": demands, "paces": paces})
    return scenario.model_copy(update={"staffing": staffing, "replay": replay})


def _scaled(draw: int, stated: int, centre: float) -> int:
    fitted = round(centre)
    if stated == fitted:
        return draw
    found = round(draw * stated / fitted)
    return max(1, max(found, draw + 1) if stated > fitted else min(found, draw - 1))


def _demand(demand: Demand, rows: dict[tuple[str, str], DrawRow], posterior: PosteriorDraws) -> Demand:
    whole = rows.get((demand.department, REST))
    if demand.closing is not None and whole is not None and whole.queue_s is not None:
        return _in_rhythm(demand, demand.closing, whole, posterior)
    row = rows.get((demand.department, demand.category))
    if row is None:
        return demand
    tree = demand.model_dump(mode="json") | {
        "work": _work(demand, row, posterior),
        "wait": {"family": "empirical", "at": posterior.at, "durations": [f"{seconds} s" for seconds in row.wait_s]},
        "never": row.never,
    }
    return type(demand).model_validate(tree)


def _in_rhythm(demand: Demand, closing: Closing, row: DrawRow, posterior: PosteriorDraws) -> Demand:
    """The time to close stays as fitted; what of it is work and waiting for a crew is that of the draw."""
    tree = demand.model_dump(mode="json") | {"work": _work(demand, row, posterior)}
    changed = type(demand).model_validate(tree)
    return changed.model_copy(update={"closing": closing.model_copy(update={"queue": row.queue_s})})


def _work(demand: Demand, row: DrawRow, posterior: PosteriorDraws) -> dict[str, Any]:
    factor = demand.work.mean_seconds() / round(posterior.centre[demand.department]["work_s"])
    return {"family": "lognormal", "mean": f"{max(1, round(row.work_s * factor))} s", "cv": row.work_cv}
