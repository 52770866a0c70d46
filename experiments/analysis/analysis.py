"""What every analysis of a study gives: tables for machines, sentences, tables for readers, figures."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import pandas as pd
from matplotlib.figure import Figure

from experiments.analysis.grids import Grid
from sim.messages import say


@dataclass(frozen=True)
class Picture:
    """A figure to be drawn: the name of its file, what it shows, and who draws it."""

    name: str
    caption: str
    draw: Callable[[], Figure | None]


Panel = TypeVar("Panel")


def pictures_of(
    name: str, caption: str, sheets: Sequence[Sequence[Panel]], draw: Callable[[Sequence[Panel]], Figure]
) -> list[Picture]:
    """A picture a sheet of panels; the second and further ones are numbered and say that they go on."""
    found = []
    for number, sheet in enumerate(sheets, start=1):
        called = name if number == 1 else f"{name}_{number}"
        said = caption if number == 1 else say("The figure before, continued ({number} of {all}).", number=number, all=len(sheets))
        found.append(Picture(called, said, partial(draw, sheet)))
    return found


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
