"""What every analysis of a study gives: tables for machines, sentences, tables for readers, figures."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from experiments.analysis.grids import Grid


@dataclass(frozen=True)
class Picture:
    """A figure to be drawn: the name of its file, what it shows, and who draws it."""

    name: str
    caption: str
    draw: Callable[[], Figure | None]


class Analysis(ABC):
    """Computed once; texts and figures are in the language in force when they are asked for."""

    @abstractmethod
    def frames(self) -> dict[str, pd.DataFrame]:
        """Tables by file name (without ending), as docs/studies.md lists them."""

    @abstractmethod
    def title(self) -> str:
        """Heading."""

    @abstractmethod
    def sentences(self) -> Sequence[str]:
        """What was found; the first one may answer the question."""

    @abstractmethod
    def grids(self) -> Sequence[Grid]:
        """Tables for readers."""

    @abstractmethod
    def pictures(self) -> Sequence[Picture]:
        """Figures."""
