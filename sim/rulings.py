"""What mechanisms rule on a case, from the desk to the resident's score. `sim/governance.py` asks them.

Mechanisms answer in the order of their table; each gets what the one before it answered. Without any, every answer is the
one the question came with.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.mechanisms.mechanism import Mechanism, Steps

if TYPE_CHECKING:
    from sim.agents.departments import Department
    from sim.case import Case
    from sim.issue import Issue
    from sim.station import Station
    from sim.units import Duration


class Rulings:
    """Asks the mechanisms of a run about a case."""

    def __init__(self, mechanisms: list[Mechanism]) -> None:
        self.mechanisms = mechanisms
        self._intake, self._recognition, self._sits = self._who("intake"), self._who("recognition"), self._who("desk")
        self._through, self._verify = self._who("through"), self._who("verify_share")
        self._desk, self._takes, self._limit = self._who("desk_work"), self._who("takes_over"), self._who("limit")
        self._priority, self._claimant = self._who("priority"), self._who("claimant")
        self._reworks = self._who("most_reworks")
        self._authority, self._accuracy, self._wait = self._who("authority"), self._who("accuracy"), self._who("wait")
        self._contested, self._refusal = self._who("contested"), self._who("refusal")
        self._must_keep, self._meets = self._who("must_keep"), self._who("meets")
        self._prepares, self._work = self._who("prepares"), self._who("work")
        self._completes, self._fix, self._losses = self._who("completes"), self._who("fix_share"), self._who("losses")
        self._check, self._detection, self._told = self._who("check_share"), self._who("detection"), self._who("told")
        self._score, self._scored, self._closed = self._who("score"), self._who("scored"), self._who("closed")

    def _who(self, question: str) -> tuple[Callable[..., Any], ...]:
        """Those who answer a question, in order."""
        same = getattr(Mechanism, question)
        return tuple(getattr(each, question) for each in self.mechanisms if getattr(type(each), question) is not same)

    # -- papers -------------------------------------------------------------------------------------------------------

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

    def verify_share(self, case: Case, share: float) -> float:
        """Probability of a verification on site."""
        for answer in self._verify:
            share = answer(case, share)
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

    # -- handling -----------------------------------------------------------------------------------------------------

    def contested(self, case: Case, share: float) -> float:
        """Probability of a contested ownership."""
        for answer in self._contested:
            share = answer(case, share)
        return share

    def refusal(self, case: Case, department: Department, share: float) -> float:
        """Probability of a refusal."""
        for answer in self._refusal:
            share = answer(case, department, share)
        return share

    def must_keep(self, case: Case, department: Department) -> bool:
        """Whether a department may neither send a case back nor refuse it."""
        return sum(answer(case, department) for answer in self._must_keep) > 0  # all are asked: each may note the call

    def meets(self, case: Case) -> Steps:
        """Let those who hold the joint meeting take a case; returns whether somebody did."""
        for answer in self._meets:
            steps = answer(case)
            if steps is not None:
                yield from steps
                return True
        return False

    def prepares(self, case: Case) -> Steps:
        """What comes before the hands-on work."""
        for answer in self._prepares:
            steps = answer(case)
            if steps is not None:
                yield from steps

    def work(self, case: Case, department: Department, seconds: int) -> int:
        """Hands-on work content."""
        for answer in self._work:
            seconds = answer(case, department, seconds)
        return seconds

    def completes(self, case: Case) -> Steps:
        """What others must still do."""
        for answer in self._completes:
            steps = answer(case)
            if steps is not None:
                yield from steps

    def fix_share(self, case: Case, share: float) -> float:
        """Probability that an attempt fixes the issue."""
        for answer in self._fix:
            share = answer(case, share)
        return share

    def losses(self, case: Case, department: Department, late: float, caught: float) -> tuple[float, float]:
        """Scored losses of being late and of being caught."""
        for answer in self._losses:
            late, caught = answer(case, department, late, caught)
        return late, caught

    # -- check, feedback, evaluation ----------------------------------------------------------------------------------

    def check_share(self, case: Case, share: float) -> float:
        """Probability of a check."""
        for answer in self._check:
            share = answer(case, share)
        return share

    def detection(self, case: Case, share: float) -> float:
        """Probability that a check sees what is not fixed."""
        for answer in self._detection:
            share = answer(case, share)
        return share

    def most_reworks(self, case: Case, number: int) -> int:
        """How often a case is handled again at most."""
        for answer in self._reworks:
            number = answer(case, number)
        return number

    def told(self, case: Case, share: float) -> float:
        """Probability that the resident is told."""
        for answer in self._told:
            share = answer(case, share)
        return share

    def score(self, case: Case, resident: int, points: float) -> float:
        """A resident's score."""
        for answer in self._score:
            points = answer(case, resident, points)
        return min(100.0, max(0.0, points))

    def scored(self, case: Case, resident: int) -> None:
        """A resident has scored."""
        for hear in self._scored:
            hear(case, resident)

    def closed(self, case: Case) -> None:
        """A case has ended."""
        for hear in self._closed:
            hear(case)
