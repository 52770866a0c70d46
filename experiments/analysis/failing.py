"""Scenario discovery: under which conditions an outcome misses its threshold, as boxes and as a small tree."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.analysis.analysis import Analysis, Picture, pictures_of
from experiments.analysis.evidence import Evidence, outcome_label
from experiments.analysis.grids import Grid
from experiments.figures import boxes as figure
from experiments.figures.panels import grid_sheets
from experiments.procedures.boxes import FailureBox, boxes_text, failure_boxes
from experiments.procedures.conditions import Box, Column, box_text
from experiments.procedures.failure_tree import Leaf, failure_tree
from experiments.quantities import number, scaled, with_unit
from experiments.study.points import Point
from experiments.study.results import direction_of
from experiments.study.spec import Outcome
from sim.messages import say
from sim.metrics.table import INDICATORS

LEAST = 30
"""Points with a value below which nothing is looked for."""


@dataclass(frozen=True)
class Discovered:
    """What was found for one outcome."""

    outcome: Outcome
    columns: dict[str, Column]
    fails: np.ndarray
    boxes: list[FailureBox]
    leaves: list[Leaf]


class Failing(Analysis):
    """Every outcome with a threshold; a row is a point, judged by the mean of its worlds."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        found = [_discovered(evidence, outcome) for outcome in evidence.study.outcomes if outcome.threshold is not None]
        self._found = [each for each in found if each is not None]

    def frames(self) -> dict[str, pd.DataFrame]:
        """boxes: a row an outcome, box and factor; leaves: a row an outcome, leaf and factor."""
        boxes = [(*_keys(each.outcome), number, factor, *_limits(box.limits, factor), box.coverage, box.density, box.support, box.usual)
                 for each in self._found for number, box in enumerate(each.boxes, start=1) for factor in box.limits]  # fmt: skip
        leaves = [(*_keys(each.outcome), number, factor, *_limits(leaf.limits, factor), leaf.share, leaf.failures, leaf.count)
                  for each in self._found for number, leaf in enumerate(each.leaves, start=1) for factor in leaf.limits or [""]]  # fmt: skip
        keys, ends = ["indicator", "group", "threshold"], ["low", "high", "among"]
        return {
            "boxes": pd.DataFrame(boxes, columns=[*keys, "box", "factor", *ends, "coverage", "density", "support", "usual"]),
            "leaves": pd.DataFrame(leaves, columns=[*keys, "leaf", "factor", *ends, "share", "failures", "count"]),
        }

    def title(self) -> str:
        """Heading."""
        return say("Under which conditions it fails")

    def sentences(self) -> list[str]:
        """A sentence a box, headed by what failing means."""
        return [f"{self._meant(each)} {text}" for each in self._found for text in self._texts(each)]

    def grids(self) -> list[Grid]:
        """The leaves of the tree."""
        head = [say("conditions"), say("fail"), say("of"), say("share")]
        return [
            Grid(say("{what} A small tree of questions:", what=self._meant(each)), head, [self._leaf(leaf) for leaf in each.leaves])
            for each in self._found
        ]

    def pictures(self) -> list[Picture]:
        """Points by the two factors that the first box limits, a panel an outcome."""
        panels = [self._panel(each) for each in self._found]
        shown = [panel for panel in panels if panel is not None]
        caption = say("Each point is one combination that was run; crosses miss the threshold. The frame is the first box found.")
        return pictures_of("failing", caption, grid_sheets(shown, figure.PANEL_HEIGHT), figure.draw)

    def _texts(self, found: Discovered) -> list[str]:
        if found.fails.all():
            return [say("every combination that was run fails.")]
        if not found.fails.any():
            return [say("no combination that was run fails.")]
        return boxes_text(found.boxes, self._evidence.meanings)

    def _meant(self, found: Discovered) -> str:
        outcome = found.outcome
        unit = INDICATORS[outcome.indicator].unit
        assert outcome.threshold is not None
        limit = with_unit(number(scaled(outcome.threshold, unit), 0 if scaled(outcome.threshold, unit) % 1 == 0 else 2), unit)
        above = direction_of(outcome) == "lower"
        text = "{label} above {limit}:" if above else "{label} below {limit}:"
        return say(text, label=outcome_label(outcome), limit=limit)

    def _leaf(self, leaf: Leaf) -> list[str]:
        return [box_text(leaf.limits, self._evidence.meanings), str(leaf.failures), str(leaf.count), f"{leaf.share:.0%}"]

    def _panel(self, found: Discovered) -> figure.Panel | None:
        limits: Box = found.boxes[0].limits if found.boxes else {}
        names = [*limits, *(factor for leaf in found.leaves for factor in leaf.limits), *found.columns]
        first, *rest = list(dict.fromkeys(name for name in names if len(np.unique(found.columns[name].astype(str))) > 1)) or [""]
        if not rest:
            return None
        two = sorted([first, rest[0]], key=lambda name: found.columns[name].dtype == object)
        meanings = [self._evidence.meanings.get(name) for name in two]
        return figure.Panel(self._meant(found).rstrip(":："), (two[0], two[1]), (meanings[0], meanings[1]),
                            (found.columns[two[0]], found.columns[two[1]]), found.fails, limits)  # fmt: skip


def _keys(outcome: Outcome) -> tuple[str, str, float | None]:
    return outcome.indicator, outcome.group, outcome.threshold


def _limits(box: Box, factor: str) -> tuple[float, float, str]:
    if not factor:
        return float("nan"), float("nan"), ""
    limits = box[factor]
    among = "" if limits.among is None else " ".join(sorted(str(each) for each in limits.among))
    ends = (limits.low, limits.high)
    low, high = (float("nan") if np.isinf(end) or among else end for end in ends)
    return low, high, among


def _discovered(evidence: Evidence, outcome: Outcome) -> Discovered | None:
    """None where there are too few points."""
    points = [point for point in evidence.program.points if _stated(point)]
    means = evidence.means(outcome, points)
    known = [point for point, mean in zip(points, means, strict=True) if not np.isnan(mean)]
    if len(known) < LEAST or outcome.threshold is None:
        return None
    means = means[~np.isnan(means)]
    fails = means > outcome.threshold if direction_of(outcome) == "lower" else means < outcome.threshold
    columns = evidence.columns(known, evidence.axes)
    columns = {name: column for name, column in columns.items() if len(np.unique(column.astype(str))) > 1}
    if not columns:
        return None
    return Discovered(outcome, columns, fails, failure_boxes(columns, fails), failure_tree(columns, fails))


def _stated(point: Point) -> bool:
    """Whether the point says of every factor what it is; the baseline may leave factors as they are in the scenario."""
    return all(level is not None for level in point.levels.values())
