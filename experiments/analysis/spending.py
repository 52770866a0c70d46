"""How a stopping rule spent its worlds: the difference that it looked at, world by world, and worlds by choice."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.analysis import Analysis, Picture
from experiments.analysis.evidence import Evidence, outcome_label
from experiments.analysis.grids import Grid
from experiments.figures import sequential as figure
from experiments.intervals import t_interval
from experiments.study.stopping import HalfWidth, Stopping
from sim.messages import say
from sim.metrics.table import INDICATORS

COLUMNS = ("choice", "name", "worlds", "difference", "low", "high")


class Spending(Analysis):
    """The rule's statements, worlds by choice, and how the intervals narrowed."""

    def __init__(self, evidence: Evidence, rule: Stopping) -> None:
        self._evidence, self._rule = evidence, rule
        self._outcome = next(each for each in evidence.study.outcomes if each.indicator == rule.outcome)
        cubes = {choice: _reached(cube[0]) for choice, cube in evidence.cubes[self._outcome.key].items()}
        self._spent = {choice: len(row) for choice, row in cubes.items()}
        self._table = pd.DataFrame(
            [row for choice in cubes if choice for row in _steps(choice, evidence.names[choice], cubes[0], cubes[choice], rule)],
            columns=list(COLUMNS),
        )

    def frames(self) -> dict[str, pd.DataFrame]:
        """progress: a row a choice and number of worlds, Student's interval of the difference after so many."""
        return {"progress": self._table}

    def title(self) -> str:
        """Heading."""
        return say("Stopping rule")

    def sentences(self) -> list[str]:
        """What the rule has found, and what its intervals are."""
        if isinstance(self._rule, HalfWidth):
            note = say("Intervals of differences in {label} are those that the rule states, difference ± {reach:g}: Student's own, "
                       "stopped when it was first narrow enough, covers a little less than it says.",
                       label=outcome_label(self._outcome), reach=self._rule.half_width)  # fmt: skip
            stated = self._evidence.results["interval_by"] == self._rule.rule
            return [*self._evidence.lines, *([note] if stated.any() else [])]
        note = say("The rule selects and states no intervals. Those shown are Student's, of paired worlds; since the rule chose "
                   "where to spend worlds, they hold about.")  # fmt: skip
        return [*self._evidence.lines, note]

    def grids(self) -> list[Grid]:
        """Worlds by choice."""
        head = [say("Choice"), say("Worlds")]
        rows = [[self._evidence.choice_name(choice), str(spent)] for choice, spent in self._spent.items()]
        return [Grid(say("Worlds spent by the rule: {total} runs.", total=sum(self._spent.values())), head, rows)]

    def pictures(self) -> list[Picture]:
        """Differences with their intervals against the number of worlds."""
        if self._table.empty:
            return []
        unit = INDICATORS[self._outcome.indicator].unit
        wanted = self._rule.half_width if isinstance(self._rule, HalfWidth) else None
        caption = say("Mean difference against the baseline after so many worlds, with Student's interval. A line ends where the rule "
                      "gave a choice no further worlds; the bar at its end is the interval.")  # fmt: skip
        if wanted is not None:
            caption += say(" Below: half-width of the interval, and (dashed) the one that is wanted.")
        title = outcome_label(self._outcome)
        return [Picture("progress", caption, lambda: figure.draw(self._table, title, unit, wanted))]


def _reached(row: np.ndarray) -> np.ndarray:
    """The worlds up to the last one with a value."""
    known = np.flatnonzero(~np.isnan(row))
    return row[: known[-1] + 1] if len(known) else row[:0]


def _steps(choice: int, name: str, base: np.ndarray, row: np.ndarray, rule: Stopping) -> list[tuple[object, ...]]:
    shared = min(len(base), len(row))
    gap = row[:shared] - base[:shared]
    found = [(count, t_interval(gap[:count], rule.confidence)) for count in range(2, shared + 1)]
    return [(choice, name, count, each.mean, each.low, each.high) for count, each in found]
