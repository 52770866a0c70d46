"""Chapter `design` of a study: which combinations of levers and uncertainties are run."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sim.messages import say
from sim.scenario.chapter import Chapter, entry

MOST_SAMPLES = 10_000_000


class OneAtATime(Chapter):
    """The baseline, then every value of every factor with the others left as they are."""

    kind: Literal["one_at_a_time"]
    uncertainties: Spread | None = entry("own design of the uncertainties, met by every choice", default=None)


class FullFactorial(Chapter):
    """Every combination of values; a range gives its levels."""

    kind: Literal["full_factorial"]
    uncertainties: Spread | None = entry("own design of the uncertainties, met by every choice", default=None)


class LatinHypercube(Chapter):
    """Samples of which each stratum of each factor holds one (McKay, Beckman and Conover 1979)."""

    kind: Literal["latin_hypercube"]
    samples: int = entry("points", "points", ge=1, le=MOST_SAMPLES)
    seed: int = entry("seed of the design itself", default=1, ge=0, le=10**9)
    uncertainties: Spread | None = entry("own design of the uncertainties, met by every choice", default=None)


class SobolSequence(Chapter):
    """The first points of a scrambled Sobol sequence; even where the number is a power of two."""

    kind: Literal["sobol"]
    samples: int = entry("points, best a power of two", "points", ge=1, le=MOST_SAMPLES)
    seed: int = entry("seed of the scrambling", default=1, ge=0, le=10**9)
    uncertainties: Spread | None = entry("own design of the uncertainties, met by every choice", default=None)


class Morris(Chapter):
    """Trajectories for elementary effects (Morris 1991): in each, one factor after the other is moved once."""

    kind: Literal["morris"]
    trajectories: int = entry("trajectories; each has as many points as factors, and one more", ge=2, le=MOST_SAMPLES)
    levels: int = entry("levels of each factor, an even number", default=4, ge=2, le=100, multiple_of=2)
    seed: int = entry("seed of the design itself", default=1, ge=0, le=10**9)


class Saltelli(Chapter):
    """Points for Sobol indices: A, A with each column of B in turn, B (Saltelli 2010); samples x (factors + 2)."""

    kind: Literal["saltelli"]
    samples: int = entry("rows of A and of B, best a power of two", "points", ge=2, le=MOST_SAMPLES)
    seed: int = entry("seed of the scrambling", default=1, ge=0, le=10**9)


class Table(Chapter):
    """Points that are written out: rows here, or lines of a CSV file. What a row leaves out stays as in the baseline."""

    kind: Literal["table"]
    rows: tuple[dict[str, Any], ...] | None = entry("points, a value by factor name", default=None, min_length=1)
    file: str | None = entry("CSV file, a column a factor", default=None, min_length=1)
    uncertainties: Spread | None = entry("own design of the uncertainties, met by every choice", default=None)

    @model_validator(mode="after")
    def _one_of_two(self) -> Table:
        if (self.rows is None) == (self.file is None):
            raise ValueError(say("a table has either rows or file"))
        return self


class Search(Chapter):
    """Points that a search asks for (NSGA-II): the frontier of all outcomes that have a better direction."""

    kind: Literal["search"]
    size: int = entry("points of a generation", "points", default=20, ge=4, le=1000)
    generations: int = entry("generations", default=10, ge=1, le=10_000)
    fresh: int = entry("worlds, none of the search's, in which the frontier is run again", "worlds", default=10, ge=2, le=10_000)
    start: str | None = entry("CSV file of points to start from, a column a lever", default=None, min_length=1)
    seed: int = entry("seed of the search itself", default=1, ge=0, le=10**9)


class SpreadFactorial(Chapter):
    """Every combination of the values of the uncertainties."""

    kind: Literal["full_factorial"]


class SpreadHypercube(Chapter):
    """A Latin hypercube of the uncertainties."""

    kind: Literal["latin_hypercube"]
    samples: int = entry("draws", "draws", ge=1, le=MOST_SAMPLES)
    seed: int = entry("seed of the design itself", default=1, ge=0, le=10**9)


class SpreadSobol(Chapter):
    """A Sobol sequence of the uncertainties."""

    kind: Literal["sobol"]
    samples: int = entry("draws, best a power of two", "draws", ge=1, le=MOST_SAMPLES)
    seed: int = entry("seed of the scrambling", default=1, ge=0, le=10**9)


Spread = Annotated[SpreadFactorial | SpreadHypercube | SpreadSobol, Field(discriminator="kind")]
"""Own design of the uncertainties: every choice of the levers meets the same draws."""
for _crossed in (OneAtATime, FullFactorial, LatinHypercube, SobolSequence, Table):
    _crossed.model_rebuild()

Design = Annotated[
    OneAtATime | FullFactorial | LatinHypercube | SobolSequence | Morris | Saltelli | Table | Search,
    Field(discriminator="kind"),
]
