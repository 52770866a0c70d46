"""An analysis that has a table of factors for each outcome: what screening, Sobol indices and the tornado share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence

import pandas as pd
from matplotlib.figure import Figure

from experiments.analysis.analysis import Analysis, Picture, pictures_of
from experiments.analysis.evidence import Evidence, keyed, outcome_label, stacked
from experiments.analysis.grids import Grid
from experiments.figures.factor_panels import FactorPanel, factor_sheets
from experiments.study.spec import Outcome
from sim.metrics.table import INDICATORS


class FactorTables(Analysis):
    """A subclass fills `_tables`, by key of the outcome; an outcome without a table has no value to show."""

    table_name: str
    """of the table in the study's folder: a row an outcome and factor"""
    _evidence: Evidence
    _tables: dict[str, pd.DataFrame]

    def frames(self) -> dict[str, pd.DataFrame]:
        """One table over all outcomes, named `table_name`."""
        return {self.table_name: stacked({each.key: keyed(each, self._tables[each.key]) for each in self._outcomes})}

    def sentences(self) -> list[str]:
        """A sentence an outcome."""
        return [self._sentence(outcome) for outcome in self._outcomes]

    def grids(self) -> list[Grid]:
        """A table an outcome."""
        return [self._grid(outcome) for outcome in self._outcomes]

    def _pictures(self, caption: str, row: float, draw: Callable[[Sequence[FactorPanel]], Figure]) -> list[Picture]:
        """A panel an outcome, with rows so many inches high."""
        panels = [FactorPanel(outcome_label(each), INDICATORS[each.indicator].unit, self._named(each)) for each in self._outcomes]
        return pictures_of(self.table_name, caption, factor_sheets(panels, row), draw)

    @property
    def _outcomes(self) -> list[Outcome]:
        return [each for each in self._evidence.study.outcomes if each.key in self._tables]

    def _named(self, outcome: Outcome) -> pd.DataFrame:
        """The table of an outcome with factors called as sentences call them."""
        table = self._tables[outcome.key]
        return table.assign(factor=[self._evidence.meanings[name].name for name in table["factor"]])

    @abstractmethod
    def _sentence(self, outcome: Outcome) -> str: ...

    @abstractmethod
    def _grid(self, outcome: Outcome) -> Grid: ...
