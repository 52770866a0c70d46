"""Who is judged, and what the mechanisms of scoring and adaptation share: they find the appraisal of the run."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sim.mechanisms.mechanism import Mechanism

if TYPE_CHECKING:
    from sim.mechanisms.scoring.appraisal import Appraisal


class Unit(NamedTuple):
    """Who is judged: kind is community, department (also a handling team) or worker."""

    kind: str
    name: str


class Judged(Mechanism):
    """A mechanism that knows the scores of the run."""

    is_appraisal = False

    @cached_property
    def appraisal(self) -> Appraisal:
        """The appraisal of the run; the scenario was refused if there is none."""
        judged = (each for each in self.model.governance.mechanisms if isinstance(each, Judged))
        return next(each for each in judged if each.is_appraisal)  # type: ignore[return-value]

    def figure(self, unit: Unit, measure: str, value: float) -> float:
        """The figure that a unit reports of itself, from the one on its records."""
        return value

    def expected_loss(self, excess: float) -> float:
        """What a unit must expect to lose, for each case, by reporting so much more than there is."""
        return 0.0
