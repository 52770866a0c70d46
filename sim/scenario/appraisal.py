"""An appraisal: what is measured of departments, workers and communities, with which weights, and what a score is worth."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.messages import say
from sim.scenario.chapter import Chapter, Name, adds_up, entry, portion
from sim.scenario.option import Option
from sim.scenario.pairwise import RANDOM_INDEX, Judgements, ahp_weights
from sim.units import Span

Measure = Literal[
    "response", "resolved", "satisfied", "passed", "quick", "proactive", "public", "digital", "kept", "use", "coverage"
]
"""What can be measured of a unit over a period, each from 0 to 1:

response: results passed back within the limit as extended, of cases due; resolved: closed and not by force, of closed;
satisfied: mean score at the call-back over 100; passed: never handled again, of closed; quick: passed back within `within`
of the report, of closed; proactive: found by patrol or sensor, public: reported by residents, of closed; digital: through a
digital channel, of public; kept: neither sent back nor refused, of closed; use: work over open hours of the unit's people;
coverage: grids in which it closed something, of its grids. A unit with nothing to measure has no value.
"""


class Part(Chapter):
    """One indicator of a score."""

    name: Name = entry("name of the indicator")
    measure: Measure = entry("what is measured")
    weight: float = portion("weight in the score")
    categories: tuple[Name, ...] = entry("categories whose cases count; none: all", default=())
    within: Span | None = entry("for quick: time from the report to the result", "duration", None)
    least: float | None = entry("value that must be reached: the indicator then counts 1, else 0; none: as it is", "share", None, ge=0, le=1)

    @model_validator(mode="after")
    def _timed(self) -> Part:
        if (self.measure == "quick") != (self.within is not None):
            raise ValueError(say("give within for the measure quick, and for no other"))
        return self


class Kind(Chapter):
    """A kind of community with its own standard."""

    name: Name = entry("name of the kind")
    share: float = portion("share of the communities, in their order")
    within: Span = entry("for quick: time from the report to the result that is asked of this kind", "duration")


class Method(Chapter):
    """Weights by pairwise judgements, corrected each period by how much each indicator tells the units apart (entropy)."""

    judgements: Judgements = entry("how many times as important each indicator is as each other, row over column", default=())
    blend: float = portion("share of the entropy weights in the weights")
    most_inconsistent: float = entry("largest consistency ratio that is accepted", "1", 0.1, ge=0, le=1)


class Appraisal(Option):
    """The three rates and what is built of them: a score of each unit for each period, published, with what it is worth."""

    every: Span = entry("period over which units are scored", "duration")
    parts: tuple[Part, ...] = entry("indicators of the score", min_length=1)
    stake: float = entry("what one case is worth to who is judged, if the score hung on it alone", "points", ge=0, le=1e6)
    method: Method | None = entry("how weights are set; none: as given", default=None)
    kinds: tuple[Kind, ...] = entry("kinds of communities that are judged by their own standard; none: one standard", default=())
    completion_only: float = portion("share of the units that are judged without what residents say", 0.0)

    @model_validator(mode="after")
    def _whole(self) -> Appraisal:
        adds_up(tuple(part.weight for part in self.parts), say("weights of the score"))
        names = [part.name for part in self.parts]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(say("indicator {name} stands twice; give each a name of its own", name=twice[0]))
        if self.kinds:
            adds_up(tuple(kind.share for kind in self.kinds), say("shares of the kinds of communities"))
        if self.method is not None and self.method.judgements:
            _judged(self.method, len(self.parts))
        return self


def _judged(method: Method, size: int) -> None:
    """Raise ValueError unless the judgements are square, reciprocal and consistent enough."""
    rows = method.judgements
    if len(rows) != size or any(len(row) != size for row in rows) or size > len(RANDOM_INDEX):
        raise ValueError(say("judgements need one row and one column for each of the {size} indicators (at most {most})",
                             size=size, most=len(RANDOM_INDEX)))  # fmt: skip
    off = [(i, j) for i in range(size) for j in range(size) if rows[i][j] <= 0 or abs(rows[i][j] * rows[j][i] - 1) > 0.01]
    if off:
        raise ValueError(say("judgements in row {row}, column {column} and the other way round must multiply to 1",
                             row=off[0][0] + 1, column=off[0][1] + 1))  # fmt: skip
    ratio = ahp_weights(rows)[1]
    if ratio > method.most_inconsistent:
        raise ValueError(say("the judgements contradict each other (consistency ratio {ratio:.3f}, at most {most}); compare again",
                             ratio=ratio, most=method.most_inconsistent))  # fmt: skip
