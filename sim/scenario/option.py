"""What every mechanism that a scenario switches on has in common: a start, and a roll-out over the communities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import BaseModel, model_validator

from sim.scenario.chapter import Chapter, entry, portion
from sim.units import Span, parse_duration

AT_ONCE = parse_duration("0 d")


class Phase(Chapter):
    """A stage of a roll-out."""

    at: Span = entry("when the stage begins, after the start of the run", "duration")
    share: float = portion("share of the communities in which it is in force from then on")


class Option(Chapter):
    """A mechanism. It is in force everywhere from `starts` on, unless a roll-out gives it to more communities in stages."""

    moves_reports: ClassVar[bool] = False
    """Whether it can make residents report who otherwise never would."""

    starts: Span = entry("when it comes into force, after the start of the run", "duration", AT_ONCE)
    rollout: tuple[Phase, ...] = entry(
        "stages of a roll-out over the communities, earliest first; none: all at once", default=()
    )

    @model_validator(mode="after")
    def _stages(self) -> Option:
        stages = [(phase.at.seconds, phase.share) for phase in self.rollout]
        if stages != sorted(stages) or len({at for at, _ in stages}) < len(stages):
            raise ValueError(
                "the stages of a roll-out must follow each other in time and give it to more communities each time"
            )
        return self

    def in_force(self, community: int, communities: int, now: int) -> bool:
        """Whether it is in force in a community (numbered from 0) at a second of the run."""
        if now < self.starts.seconds:
            return False
        if not self.rollout:
            return True
        reached = [phase.share for phase in self.rollout if phase.at.seconds <= now]
        return bool(reached) and (community + 0.5) / communities <= reached[-1]


def options_of(chapter: object) -> Iterator[Option]:
    """Every mechanism that a scenario, or a part of one, switches on."""
    if isinstance(chapter, Option):
        yield chapter
    if isinstance(chapter, BaseModel):
        for name in type(chapter).model_fields:
            yield from options_of(getattr(chapter, name))
