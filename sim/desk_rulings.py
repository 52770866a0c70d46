"""What mechanisms rule on the papers of a case: intake, desks, limits, levels, trays. `sim/rulings.py` adds the rest.

Mechanisms answer in the order of their table; each gets what the one before it answered. Without any, every answer is the
one the question came with.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.mechanisms.mechanism import Mechanism, Steps

if TYPE_CHECKING:
    from sim.case import Case
    from sim.issue import Issue
    from sim.station import Station
    from sim.units import Duration


class DeskRulings:
    """Asks the mechanisms of a run about the papers of a case."""

    def __init__(self, mechanisms: list[Mechanism]) -> None:
        self.mechanisms = mechanisms
        self._intake, self._recognition = self._who("intake"), self._who("recognition")
        self._sits, self._through = self._who("desk"), self._who("through")
        self._desk, self._takes = self._who("desk_work"), self._who("takes_over")
        self._limit, self._priority = self._who("limit"), self._who("priority")
        self._claimant, self._authority = self._who("claimant"), self._who("authority")
        self._accuracy, self._wait = self._who("accuracy"), self._who("wait")

    def _who(self, question: str) -> tuple[Callable[..., Any], ...]:
        """Those who answer a question, in order."""
        same = getattr(Mechanism, question)
        return tuple(getattr(each, question) for each in self.mechanisms if getattr(type(each), question) is not same)

    def intake(self, issue: Issue, channel: str, seconds: int) -> int:
        """Effort to receive one report."""
        for answer in self._intake:
            seconds = answer(issue, channel, seconds)
        return seconds

    def recognition(self, issue: Issue, share: float) -> float:
        """Probability that a further report is recognised."""
        for answer in self._recognition:
            share = answer(issue, share)
        return share

    def desk(self, case: Case, step: str, desk: Station) -> Station:
        """Who does the work on papers in a step."""
        for answer in self._sits:
            desk = answer(case, step, desk)
        return desk

    def desk_work(self, case: Case, step: str, seconds: int) -> int:
        """Work on papers in a step."""
        for answer in self._desk:
            seconds = answer(case, step, seconds)
        return seconds

    def settles(self, case: Case) -> Steps:
        """Offer an established case to those who may settle it outside the chain; returns whether one did."""
        for answer in self._takes:
            steps = answer(case)
            if steps is not None and (yield from steps):
                return True
        return False

    def limit(self, case: Case, limit: Duration) -> Duration:
        """Handling limit, on its clock."""
        for answer in self._limit:
            limit = answer(case, limit)
        return limit

    def priority(self, case: Case, number: int) -> int:
        """Class in which an established case waits."""
        for answer in self._priority:
            number = answer(case, number)
        return number

    def claimant(self, case: Case, number: int) -> int:
        """Which department is asked first."""
        for answer in self._claimant:
            number = answer(case, number)
        return number

    def authority(self, case: Case, level: str) -> str:
        """Lowest level that may handle a case."""
        for answer in self._authority:
            level = answer(case, level)
        return level

    def through(self, case: Case, levels: tuple[str, ...]) -> tuple[str, ...]:
        """Levels that review a case on its way up."""
        for answer in self._through:
            levels = answer(case, levels)
        return levels

    def accuracy(self, case: Case, share: float) -> float:
        """Probability of the right department at first."""
        for answer in self._accuracy:
            share = answer(case, share)
        return share

    def wait(self, case: Case, step: str, seconds: int) -> int:
        """Waiting for others in a step."""
        for answer in self._wait:
            seconds = answer(case, step, seconds)
        return seconds
