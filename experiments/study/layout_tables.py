"""Tables that say what a study is made of, beside its runs: design points, their factors, and which run answers what."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from experiments.store import write_table
from experiments.study.axes import Axis, Level
from experiments.study.paths import value_at
from experiments.study.points import Point
from experiments.study.program import Program, Wanted
from scenarios.reasons import reason_of
from sim.messages import BadInput, say
from sim.units import parse_duration

POINTS, FACTORS, DESIGN, RESULTS = "points", "factors", "design", "results"


def write_layout(program: Program, wanted: Sequence[Wanted], folder: Path) -> None:
    """points, factors and design as Parquet in the study's folder."""
    put_table(points_table(program), folder / f"{POINTS}.parquet")
    put_table(factors_table(program), folder / f"{FACTORS}.parquet")
    put_table(design_table(wanted), folder / f"{DESIGN}.parquet")


def put_table(frame: pd.DataFrame, path: Path) -> None:
    """Write a table under another name, then rename it. Raises BadInput where it cannot be written."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write_table(frame, beside)
        os.replace(beside, path)
    except (OSError, duckdb.IOException) as error:
        beside.unlink(missing_ok=True)
        full = OSError(28, "") if "No space left" in str(error) else error
        raise BadInput(say("{folder}: cannot be written: {why}", folder=path, why=reason_of(full))) from error


def points_table(program: Program) -> pd.DataFrame:
    """point, choice, draw, name, and a column for each factor with its value (text where not all are numbers)."""
    base = program.file.plain_base
    rows = []
    for point in program.points:
        row: dict[str, Any] = {"point": point.number, "choice": point.choice, "draw": point.draw, "name": point.name}
        for axis in program.file.layout.axes:
            row[axis.name] = shown_value(axis, point.levels[axis.name], base)
        rows.append(row)
    frame = pd.DataFrame(rows)
    for axis in program.file.layout.axes:
        if not all(is_plain_number(value) or value is None for value in frame[axis.name]):
            frame[axis.name] = [None if value is None else str(value) for value in frame[axis.name]]
        else:
            frame[axis.name] = pd.to_numeric(frame[axis.name])
    return frame


def factors_table(program: Program) -> pd.DataFrame:
    """point, factor, role, path, value (text), number (NaN where it is none), place (0 to 1, NaN in a grid)."""
    return pd.DataFrame(
        [row for point in program.points for row in _factors(program, point)],
        columns=["point", "factor", "role", "path", "value", "number", "place"],
    )


def _factors(program: Program, point: Point) -> Iterator[tuple[object, ...]]:
    base = program.file.plain_base
    for axis in program.file.layout.axes:
        value = shown_value(axis, point.levels[axis.name], base)
        number = float(value) if is_plain_number(value) else math.nan
        text = "" if value is None else str(value)
        yield point.number, axis.name, axis.role, axis.path, text, number, point.cube.get(axis.name, math.nan)


def shown_value(axis: Axis, level: Level | None, base: dict[str, Any]) -> Any:
    """The value as tables show it; where the design leaves a factor alone, that of the base (none for named options)."""
    value = level.shown if level is not None else _usual(axis, base) if axis.path else None
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _usual(axis: Axis, base: dict[str, Any]) -> Any:
    """What the base has at the path; a duration as a number in the unit of the range, like the values beside it."""
    value = value_at(axis.path, base)
    if axis.range is None or not axis.range.unit:
        return value
    try:
        stated, one = parse_duration(value), parse_duration(f"1 {axis.range.unit}")
    except ValueError:
        return value
    return stated.seconds / one.seconds if stated.clock == one.clock and one.seconds else value


def is_plain_number(value: object) -> bool:
    """Whether it is a number, and no yes or no."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def design_table(wanted: Sequence[Wanted]) -> pd.DataFrame:
    """point, world, seed, run_id."""
    rows = [(each.point.number, each.world, each.task.seed, each.task.run_id) for each in wanted]
    return pd.DataFrame(rows, columns=["point", "world", "seed", "run_id"])
