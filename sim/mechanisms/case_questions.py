"""What a mechanism may be asked about a case, from the desk to the resident's score. Every answer here changes nothing."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from simpy.events import Event

if TYPE_CHECKING:
    from sim.agents.departments import Department
    from sim.case import Case
    from sim.issue import Issue
    from sim.station import Station
    from sim.units import Duration

Steps = Generator[Event, Any, Any]
"""A stretch of a case's life: it yields what it waits for."""


class CaseQuestions:
    """The questions on the way of a case. `sim/rulings.py` asks them."""

    # -- papers -------------------------------------------------------------------------------------------------------

    def intake(self, issue: Issue, channel: str, seconds: int) -> int:
        """Effort to receive one report."""
        return seconds

    def recognition(self, issue: Issue, share: float) -> float:
        """Probability that a further report of an issue with an open case is recognised as such."""
        return share

    def verify_share(self, case: Case, share: float) -> float:
        """Probability that a public report or an alarm is verified on site before it is established."""
        return share

    def desk(self, case: Case, step: str, desk: Station) -> Station:
        """Who does the work on papers in a step: establish, dispatch, review LEVEL."""
        return desk

    def desk_work(self, case: Case, step: str, seconds: int) -> int:
        """Work on papers in a step: establish, dispatch, review LEVEL, report TEAM."""
        return seconds

    def takes_over(self, case: Case) -> Steps | None:
        """Settle the case outside the chain (council, mediator, project); None: not mine.

        Asked when the desk has established it. The steps return True if the matter is settled (having fixed the issue with
        `model.settle_issue`, if it is fixed, and set `case.department` to the forum); else the case goes the formal way.
        """
        return None

    def limit(self, case: Case, limit: Duration) -> Duration:
        """Handling limit, on its clock."""
        return limit

    def priority(self, case: Case, number: int) -> int:
        """Class in which an established case waits; the smaller is served first."""
        return number

    def claimant(self, case: Case, number: int) -> int:
        """Which of the category's departments, numbered from 0, is asked first; it is asked once a case."""
        return number

    def authority(self, case: Case, level: str) -> str:
        """Lowest level that may handle the case."""
        return level

    def through(self, case: Case, levels: tuple[str, ...]) -> tuple[str, ...]:
        """Levels whose desks review the case on its way up, lowest first."""
        return levels

    def accuracy(self, case: Case, share: float) -> float:
        """Probability that the case is sent to the right department at first."""
        return share

    def wait(self, case: Case, step: str, seconds: int) -> int:
        """Waiting for others in a step: tray LEVEL, return, refusal, meeting, external, pass on (to another department)."""
        return seconds

    # -- handling -----------------------------------------------------------------------------------------------------

    def contested(self, case: Case, share: float) -> float:
        """Probability that departments contest the ownership of the case."""
        return share

    def refusal(self, case: Case, department: Department, share: float) -> float:
        """Probability that this department refuses a contested case."""
        return share

    def must_keep(self, case: Case, department: Department) -> bool:
        """Whether this department may neither send the case back nor refuse it."""
        return False

    def meets(self, case: Case) -> Steps | None:
        """How a case waits for the joint meeting; None: until the next one, which has room for all."""
        return None

    def prepares(self, case: Case) -> Steps | None:
        """What must be done or waited for between taking the case and the hands-on work; None: nothing."""
        return None

    def work(self, case: Case, department: Department, seconds: int) -> int:
        """Hands-on work content for this owner."""
        return seconds

    def completes(self, case: Case) -> Steps | None:
        """What others must still do before the case is done; None: nothing."""
        return None

    def fix_share(self, case: Case, share: float) -> float:
        """Probability that the attempt really fixes the issue."""
        return share

    def losses(self, case: Case, department: Department, late: float, caught: float) -> tuple[float, float]:
        """What being late and being caught reporting undone work cost the department in its own eyes."""
        return late, caught

    # -- check, feedback, evaluation ----------------------------------------------------------------------------------

    def check_share(self, case: Case, share: float) -> float:
        """Probability that the case is checked on site."""
        return share

    def detection(self, case: Case, share: float) -> float:
        """Probability that a check sees that the issue is not fixed."""
        return share

    def most_reworks(self, case: Case, number: int) -> int:
        """How often a case that fails its check is handled again before it is closed by force; asked when one has failed."""
        return number

    def told(self, case: Case, share: float) -> float:
        """Probability that the resident is told the result."""
        return share

    def score(self, case: Case, resident: int, points: float) -> float:
        """What a resident answers when called back, 0 to 100."""
        return points

    def scored(self, case: Case, resident: int) -> None:
        """A resident has scored a case."""

    def closed(self, case: Case) -> None:
        """Nothing more will be done on a case; its outcome is known."""
