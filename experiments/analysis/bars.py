"""Tornado of a study: how far each factor alone moves an outcome from the baseline."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.analysis import Picture
from experiments.analysis.evidence import Evidence, outcome_label
from experiments.analysis.factor_tables import FactorTables
from experiments.analysis.grids import Grid
from experiments.figures import tornado as figure
from experiments.intervals import Interval
from experiments.procedures.tornado import tornado
from experiments.quantities import change_text, interval_text, number, unit_text, with_unit
from experiments.study.axes import Axis
from experiments.study.layout_tables import is_plain_number
from experiments.study.points import Point
from experiments.study.spec import Outcome
from sim.messages import say
from sim.metrics.table import INDICATORS

_PARTS = ("low_change", "high_change", "swing")


class Bars(FactorTables):
    """Low end, high end and swing of every factor, for every outcome."""

    table_name = "tornado"

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._ends = {axis.name: ends for axis in evidence.choosing if (ends := _ends(evidence, axis)) is not None}
        self._tables: dict[str, pd.DataFrame] = {}
        for outcome in evidence.study.outcomes if self._ends else ():
            base = evidence.values(outcome, 0)
            rows = {name: (self._row(outcome, ends[0]), self._row(outcome, ends[1])) for name, ends in self._ends.items()}
            table = tornado(base, rows)
            table.insert(1, "low_value", [self._shown(name, 0) for name in table["factor"]])
            table.insert(2, "high_value", [self._shown(name, 1) for name in table["factor"]])
            self._tables[outcome.key] = table

    def _row(self, outcome: Outcome, point: Point) -> np.ndarray:
        return self._evidence.values(outcome, point.choice)

    def _shown(self, name: str, end: int) -> str:
        return str(self._evidence.shown(self._axis(name), self._ends[name][end]))

    def _axis(self, name: str) -> Axis:
        return next(axis for axis in self._evidence.axes if axis.name == name)

    def title(self) -> str:
        """Heading."""
        return say("One factor at a time (tornado)")

    def pictures(self) -> list[Picture]:
        """Bars from the baseline, a panel an outcome."""
        caption = say(
            "Change of the outcome when one factor alone goes to its low (hatched) or its high end, the others as in the "
            "baseline. Lines: 95 % intervals of the paired differences."
        )
        return self._pictures(caption, figure.ROW, figure.draw)

    def _named(self, outcome: Outcome) -> pd.DataFrame:
        """Factors and their ends as sentences call them."""
        names = self._tables[outcome.key]["factor"]
        said = {part: [self._said(name, end) for name in names] for end, part in enumerate(("low_value", "high_value"))}
        return super()._named(outcome).assign(**said)

    def _said(self, name: str, end: int) -> str:
        return self._evidence.said(self._axis(name), self._ends[name][end])

    def _sentence(self, outcome: Outcome) -> str:
        top, unit = self._named(outcome).iloc[0], INDICATORS[outcome.indicator].unit
        found = _interval(top, "swing")
        text = say("{label}: {factor} moves it most, by {change} from {low} to {high} ({interval}).",
                   label=outcome_label(outcome), factor=top["factor"], low=top["low_value"], high=top["high_value"],
                   change=with_unit(change_text(found, unit), unit, difference=True),
                   interval=interval_text(found, unit, sign=True))  # fmt: skip
        return text if top["p_holm"] < 0.05 else text + say(" It is not told from chance.")

    def _grid(self, outcome: Outcome) -> Grid:
        unit = INDICATORS[outcome.indicator].unit
        caption = say("{label}: change against the baseline, {unit}", label=outcome_label(outcome), unit=unit_text(unit, True))
        head = [say("Factor"), say("from"), say("to"), say("at the low end"), say("95 % interval"), say("at the high end"),
                say("95 % interval"), say("high - low"), say("95 % interval"), say("p (Holm)")]  # fmt: skip
        rows = []
        for _, row in self._named(outcome).iterrows():
            parts = [_interval(row, part) for part in _PARTS]
            texts = [text for each in parts for text in (change_text(each, unit), interval_text(each, unit, sign=True))]
            rows.append([row["factor"], row["low_value"], row["high_value"], *texts, number(row["p_holm"], 3)])
        return Grid(caption, head, rows, texts=3)


def _interval(row: pd.Series, part: str) -> Interval:
    return Interval(row[part], row[f"{part}_low"], row[f"{part}_high"], int(row["worlds"]), np.nan)


def _ends(evidence: Evidence, axis: Axis) -> tuple[Point, Point] | None:
    """The points of a factor's lowest and highest value (of options: the first and the last); the baseline may be one."""
    own = [point for point in evidence.program.points if point.draw == 0 and _moves(evidence, axis, point)]
    base = evidence.program.points[0]
    points = [*own, base] if own and evidence.shown(axis, base) is not None else own
    if axis.range is not None:  # what the base has there may be no number, such as a law of chance
        points = [point for point in points if is_plain_number(evidence.shown(axis, point))]
    if len(points) < 2:
        return None if not own else (base, own[0])
    if all(is_plain_number(evidence.shown(axis, point)) for point in points):
        points = sorted(points, key=lambda point: float(evidence.shown(axis, point)))
    else:
        order = [level.shown for level in axis.levels]
        points = sorted(points, key=lambda point: order.index(level.shown) if (level := point.levels[axis.name]) else -1)
    return points[0], points[-1]


def _moves(evidence: Evidence, axis: Axis, point: Point) -> bool:
    """Whether a point differs from the baseline in this factor (and, by its design, in no other)."""
    level, usual = point.levels[axis.name], evidence.program.points[0].levels[axis.name]
    return point.choice > 0 and level is not None and (usual is None or level.shown != usual.shown)
