"""A search through the store of a study: every point that it asks for is a choice in the same worlds, run once and kept.

The search itself is drawn from its seed alone, so the same command finds what is stored and goes on where it stopped; more
generations, or another file to start from, only add runs.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from experiments.procedures.fresh_runs import Confirmed, NoCandidate, confirm
from experiments.procedures.levers import Point as Turned
from experiments.procedures.levers import key
from experiments.procedures.libraries import library
from experiments.procedures.search import Evaluate, Found, search
from experiments.study.design_kinds import Search
from experiments.study.dials import Dial, levels_at, settled_at
from experiments.study.points import Point
from experiments.study.program import Wanted
from experiments.study.results import direction_of, outcome_values
from experiments.study.spec import Outcome, Study
from sim.messages import BadInput, say
from sim.metrics.indicator import Direction

if TYPE_CHECKING:
    from experiments.study.session import Session


class _Over(Exception):
    """The time that the study may take is over."""


def objectives(study: Study) -> list[Outcome]:
    """The outcomes of which one side is better."""
    return [outcome for outcome in study.outcomes if direction_of(outcome) != "none"]


def directions(study: Study) -> list[Direction]:
    """Which side of each objective is better."""
    return [direction_of(outcome) for outcome in objectives(study)]


@dataclass
class Searching:
    """A search of a session; `work` carries it out."""

    session: Session
    design: Search
    until: float | None
    wanted: list[Wanted] = field(default_factory=list)
    points: dict[object, Point] = field(default_factory=dict)
    """by what the search calls them"""

    def work(self) -> list[Wanted]:
        """All points and worlds of the search, and of its frontier in fresh worlds. Raises BadInput without pymoo."""
        if self.session.shard is not None:
            raise BadInput(say("a search cannot be run in parts: what it tries next depends on all that it has found"))
        library("pymoo.core.mixed")
        study, dials = self._study, self._dials
        try:
            self._begin(dials)
            found = search(
                [dial.lever for dial in dials], self._evaluate, directions(study), size=self.design.size,
                generations=self.design.generations, seed=self.design.seed, start=self._start(dials),
                thresholds=[outcome.threshold for outcome in objectives(study)], after=self._tell,
                settled=lambda turned: settled_at(dials, turned),
            )  # fmt: skip
            confirmed(found, self._fresh, study)
        except (_Over, NoCandidate):
            pass  # what there is stays, and the results say what is missing
        return self.wanted

    @property
    def _study(self) -> Study:
        return self.session.program.file.study

    @property
    def _dials(self) -> list[Dial]:
        return [Dial(axis) for axis in self.session.program.file.layout.axes]

    def _begin(self, dials: Sequence[Dial]) -> None:
        """The baseline, and the points to start from, in the worlds of the search."""
        given = self.session.program.points
        self.points = {key(turned): point for turned, point in zip(_starting(given, dials), given[1:], strict=True)}
        self._run(range(self._worlds), given)

    @property
    def _worlds(self) -> int:
        return self._study.replications or 0

    def _start(self, dials: Sequence[Dial]) -> Found | None:
        given = self.session.program.points
        if len(given) < 2:
            return None
        values = self._values(given[1:], range(self._worlds))
        return Found(tuple(_starting(given, dials)), values, 0)

    def _evaluate(self, asked: Sequence[Turned]) -> np.ndarray:
        """Values of points that nobody asked for before: points by objectives by worlds."""
        program = self.session.program
        count = len(program.points)
        base = program.file.plain_base
        new = [program.file.layout.sought(count + number, levels_at(self._dials, turned), base)
               for number, turned in enumerate(asked)]  # fmt: skip
        self.session.program = replace(program, points=(*program.points, *new))
        self.points |= {key(turned): point for turned, point in zip(asked, new, strict=True)}
        worlds = range(self._worlds)
        self._run(worlds, new)
        return self._values(new, worlds)

    def _fresh(self, members: Sequence[Turned]) -> np.ndarray:
        """Values of the frontier, and runs of the baseline, in worlds that the search has not seen."""
        points = [self.points[key(turned)] for turned in members]
        print(say("the frontier of {count} points in {worlds} fresh worlds", count=len(points), worlds=self.design.fresh),
              file=sys.stderr)  # fmt: skip
        worlds = range(self._worlds, self._worlds + self.design.fresh)
        self._run(worlds, [self.session.program.points[0], *points])
        return self._values(points, worlds)

    def _run(self, worlds: range, points: Sequence[Point]) -> None:
        self.wanted += self.session.program.wanted(worlds, points)
        self.session.settle(self.wanted, self.until)
        if self.session.spent:
            raise _Over

    def _values(self, points: Sequence[Point], worlds: range) -> np.ndarray:
        return objective_values(self._study, self.session, self.wanted, points, worlds)

    def _tell(self, found: Found) -> None:
        print(say("generation {number} of {most}: {points} points, {members} on the frontier", number=found.generation,
                  most=self.design.generations, points=len(found.points), members=len(found.members(directions(self._study)))),
              file=sys.stderr)  # fmt: skip


def _starting(given: Sequence[Point], dials: Sequence[Dial]) -> list[Turned]:
    """The points to start from as the search calls them; the baseline is none of them."""
    found = []
    for point in given[1:]:
        levels = {dial.axis.name: point.levels[dial.axis.name] for dial in dials}
        found.append({dial.axis.name: dial.turned(level) for dial in dials if (level := levels[dial.axis.name]) is not None})
    return found


def objective_values(
    study: Study, session: Session, wanted: Sequence[Wanted], points: Sequence[Point], worlds: range
) -> np.ndarray:
    """Points by objectives by worlds; NaN where a run is missing or has no value."""
    asked = objectives(study)
    place = {(each.point.number, each.world): each.task.run_id for each in wanted}
    runs = {place[point.number, world] for point in points for world in worlds if (point.number, world) in place}
    known = outcome_values(asked, session.program.folder, sorted(runs & session.done))
    by_run = [known.get((outcome.indicator, outcome.group), {}) for outcome in asked]
    return np.array([
        [[found.get(place.get((point.number, world), ""), np.nan) for world in worlds] for found in by_run]
        for point in points
    ]).reshape(len(points), len(asked), len(worlds))  # fmt: skip


def confirmed(found: Found, evaluate: Evaluate, study: Study) -> Confirmed:
    """The frontier in fresh worlds, its knee and who reaches the thresholds. Raises NoCandidate without a candidate."""
    limits = [outcome.threshold for outcome in objectives(study)]
    return confirm(found, evaluate, directions(study), thresholds=limits)


def judged(study: Study, wanted: Sequence[Wanted]) -> list[Wanted]:
    """What the table of results is made of: of a search that came so far the frontier in its fresh worlds, else all."""
    if not isinstance(study.design, Search):
        return list(wanted)
    fresh = [each for each in wanted if each.world >= (study.replications or 0)]
    return fresh or list(wanted)
