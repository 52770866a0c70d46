"""What each choice changes against the baseline: said in a line an outcome, drawn with its paired interval."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

import pandas as pd

from experiments.analysis.analysis import Analysis, Picture, pictures_of
from experiments.analysis.evidence import Evidence, outcome_label
from experiments.analysis.grids import Grid
from experiments.comparison import BETTER, HIGHER, LOWER, NOT_SHOWN, WORSE
from experiments.figures import differences as figure
from experiments.figures.panels import grid_sheets
from experiments.quantities import verdict_text
from experiments.study.spec import Outcome
from sim.messages import language, say
from sim.metrics.table import INDICATORS

MOST = 24
"""Choices beyond which a row each says nothing any more."""


class Differences(Analysis):
    """Reads the table of results; it holds the numbers already, so there is no table of its own."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._tables = {outcome.key: self._rows(outcome) for outcome in evidence.study.outcomes}

    def _rows(self, outcome: Outcome) -> pd.DataFrame:
        """The choices beside the baseline that have a difference, in the design's order, named as they are shown."""
        table = self._evidence.results
        mine = (table["indicator"] == outcome.indicator) & (table["group"] == outcome.group) & (table["choice"] > 0)
        rows = table[mine & table["difference"].notna()].sort_values("choice")
        return rows.assign(name=[self._evidence.choice_name(choice) for choice in rows["choice"]])

    @property
    def _outcomes(self) -> list[Outcome]:
        return [each for each in self._evidence.study.outcomes if 0 < len(self._tables[each.key]) <= MOST]

    def frames(self) -> dict[str, pd.DataFrame]:
        """None: results.csv has them."""
        return {}

    def title(self) -> str:
        """Heading."""
        return say("What each choice changes")

    def sentences(self) -> list[str]:
        """Who is better, who is worse, who cannot be told from the baseline, a line an outcome."""
        return [self._sentence(outcome) for outcome in self._outcomes]

    def _sentence(self, outcome: Outcome) -> str:
        table = self._tables[outcome.key]
        told = [self._named(table, verdict) for verdict in (BETTER, WORSE, HIGHER, LOWER)]
        rest = int((table["verdict"] == NOT_SHOWN).sum())
        if rest:
            told.append(say("no difference shown for {count} of {all}", count=rest, all=len(table)))
        known = [part for part in told if part] or [verdict_text(str(table["verdict"].iloc[0]))]
        return say("{label}: {told}.", label=outcome_label(outcome), told="; ".join(known))

    @staticmethod
    def _named(table: pd.DataFrame, verdict: str) -> str:
        names = list(table.loc[table["verdict"] == verdict, "name"])
        return say("{verdict} with {names}", verdict=verdict_text(verdict), names=", ".join(names)) if names else ""

    def grids(self) -> list[Grid]:
        """None: the table of results stands above."""
        return []

    @property
    def _levers(self) -> str:
        chinese = language() == "zh"
        meanings = [self._evidence.meanings[axis.name] for axis in self._evidence.choosing]
        return ", ".join(each.chinese if chinese else each.english for each in meanings)

    def _levels(self, choice: int) -> str:
        """The levels of a choice, in the order of the levers."""
        point = next(point for point in self._evidence.program.points if point.choice == choice)
        return ", ".join(str(self._evidence.shown(axis, point)) for axis in self._evidence.choosing)

    def pictures(self) -> list[Picture]:
        """Differences with their intervals, a panel an outcome."""
        panels = [
            figure.Panel(outcome_label(each), INDICATORS[each.indicator].unit, self._levers, self._tables[each.key].assign(
                levels=[self._levels(choice) for choice in self._tables[each.key]["choice"]])) for each in self._outcomes
        ]  # fmt: skip
        caption = say(
            "Difference of each choice from the baseline in the same worlds, with its interval. Filled: told from chance "
            "after Holm's correction over the choices (blue: better, orange: worse, black: no side is better); open: not."
        )
        return pictures_of("differences", caption, grid_sheets(panels, figure.height(panels)), figure.draw)
