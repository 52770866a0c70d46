"""Chapter `scoring`: by what departments, workers and communities are judged, and what they do about it.

Everything here is optional and off unless a scenario names it.
"""

from __future__ import annotations

from pydantic import model_validator

from sim.messages import say
from sim.scenario.appraisal import Appraisal, Measure
from sim.scenario.chapter import Chapter, entry, portion
from sim.scenario.option import Option
from sim.units import Span


class Trick(Option):
    """A way to look better than one is. Units do it that would, if what it wins outweighs what being found out costs."""

    willing: float = portion("share of the units that would do it where it pays")
    found: float = portion("share of what is done that an inspection finds")
    found_loss: float = entry("loss of one that is found", "points", ge=0, le=1e6)


class ForcedClosing(Trick):
    """A case that has failed its check and is past its limit is closed by force instead of being handled again."""


class Bouncing(Trick):
    """A department refuses a contested case that it could not handle in time."""


class CherryPicking(Trick):
    """Easy cases first, whatever their class: more of them are in time."""


class Beautifying(Trick):
    """Figures that a unit reports of itself are truth x (1 + `by`), at most 1."""

    by: float = entry("how much is added to a figure, as a share of it", "share", ge=0, le=10)


class FixedRecords(Option):
    """Records that cannot be edited: what is measured on them is what it is."""

    measures: tuple[Measure, ...] = entry("what is measured on such records", min_length=1)


class ThirdParty(Option):
    """Somebody from outside measures units with some error, and finds who has reported more than there is."""

    every: Span = entry("time between two rounds", "duration")
    share: float = portion("share of the units that a round looks at")
    noise: float = entry("standard deviation of its error, of a score from 0 to 1", "share", ge=0, le=1)
    tolerance: float = entry("reported above measured that is let pass", "share", ge=0, le=1)
    found_loss: float = entry("loss, for each case, of a unit that has reported more", "points", ge=0, le=1e6)
    cost: float = entry("money of a round", "yuan", 0.0, ge=0, le=1e9)


class Scoring(Chapter):
    """By what departments, workers and communities are judged."""

    appraisal: Appraisal | None = entry("scores; none: nobody is scored", default=None)
    forced_closing: ForcedClosing | None = entry("forced closing; none: only after the last handling again", default=None)
    bouncing: Bouncing | None = entry("refusing what would be late; none: nobody does", default=None)
    cherry_picking: CherryPicking | None = entry("easy cases first; none: nobody does", default=None)
    beautifying: Beautifying | None = entry("beautified figures; none: nobody does", default=None)
    fixed_records: FixedRecords | None = entry("records that cannot be edited; none: all can", default=None)
    third_party: ThirdParty | None = entry("evaluation from outside; none: there is none", default=None)

    @model_validator(mode="after")
    def _needs_scores(self) -> Scoring:
        for name in type(self).model_fields:
            if name != "appraisal" and self.appraisal is None and getattr(self, name) is not None:
                raise ValueError(say("{name} does nothing without {need}; give {need} as well", name=name, need="appraisal"))
        return self
