"""What mechanisms rule on a case in the hands of its owner, at the check, and in the resident's eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.desk_rulings import DeskRulings
from sim.mechanisms.mechanism import Mechanism, Steps

if TYPE_CHECKING:
    from sim.agents.departments import Department
    from sim.case import Case


class Rulings(DeskRulings):
    """Asks the mechanisms of a run about a case."""

    def __init__(self, mechanisms: list[Mechanism]) -> None:
        super().__init__(mechanisms)
        self._reworks, self._contested = self._who("most_reworks"), self._who("contested")
        self._refusal, self._must_keep = self._who("refusal"), self._who("must_keep")
        self._meets, self._prepares = self._who("meets"), self._who("prepares")
        self._work, self._completes = self._who("work"), self._who("completes")
        self._fix, self._losses = self._who("fix_share"), self._who("losses")
        self._check, self._detection = self._who("check_share"), self._who("detection")
        self._told, self._score = self._who("told"), self._who("score")
        self._scored, self._closed = self._who("scored"), self._who("closed")

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
