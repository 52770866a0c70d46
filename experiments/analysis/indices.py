"""Sobol indices of a study: which share of an outcome's variance comes from which factor."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.analysis import Picture
from experiments.analysis.evidence import Evidence, outcome_label
from experiments.analysis.factor_tables import FactorTables
from experiments.analysis.grids import Grid
from experiments.figures import sobol_bars as figure
from experiments.procedures.sobol_indices import sobol_indices
from experiments.quantities import number
from experiments.study.spec import Outcome
from sim.messages import say


class Indices(FactorTables):
    """First and total indices of every outcome."""

    table_name = "sobol"

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        names = [axis.name for axis in evidence.axes]
        self._tables: dict[str, pd.DataFrame] = {}
        for outcome in evidence.study.outcomes:
            try:
                self._tables[outcome.key] = sobol_indices(names, evidence.means(outcome, evidence.chosen))
            except ValueError:
                continue  # fewer than two whole rows of the design have a value

    def title(self) -> str:
        """Heading."""
        return say("Where the variance comes from (Sobol indices)")

    def pictures(self) -> list[Picture]:
        """Bars of both indices with intervals, a panel an outcome."""
        caption = say(
            "First index (dark): share of the variance that would go if the factor were known. Total index (light): share that "
            "would stay if all others were known. Lines: 95 % bootstrap intervals. Where the light bar is longer, the factor "
            "acts together with others; chance between worlds counts so, too."
        )
        return self._pictures(caption, figure.ROW, figure.draw)

    def _sentence(self, outcome: Outcome) -> str:
        top = self._named(outcome).iloc[0]
        if np.isnan(top["total"]):
            return say("{label}: it never varies.", label=outcome_label(outcome))
        return say("{label}: {factor} has the largest share of the variance, alone {first} [{low}, {high}], with interactions {total}.",
                   label=outcome_label(outcome), factor=top["factor"], first=number(top["first"], 2),
                   low=number(top["first_low"], 2), high=number(top["first_high"], 2), total=number(top["total"], 2))  # fmt: skip

    def _grid(self, outcome: Outcome) -> Grid:
        head = [say("Factor"), say("First index"), say("95 % interval"), say("Total index"), say("95 % interval")]
        rows = [
            [row["factor"], number(row["first"], 2), _ends(row, "first"), number(row["total"], 2), _ends(row, "total")]
            for _, row in self._named(outcome).iterrows()
        ]
        return Grid(outcome_label(outcome), head, rows)


def _ends(row: pd.Series, name: str) -> str:
    return say("{low} to {high}", low=number(row[f"{name}_low"], 2), high=number(row[f"{name}_high"], 2))
