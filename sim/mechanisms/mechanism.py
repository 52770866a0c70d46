"""A mechanism: something that a scenario switches on and that acts on agents and rules, never on an outcome.

The model asks a fixed list of questions on the way of an issue and its case; a mechanism answers those that concern it
and leaves the others alone. `sim/governance.py` asks; `sim/mechanisms/table.py` lists who may answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from sim.instant import ARRIVAL, MEETING, content_key
from sim.mechanisms.case_questions import CaseQuestions, Steps
from sim.moment import Moment
from sim.scenario.option import Option

if TYPE_CHECKING:
    from sim.agents.grid_workers import GridWorker
    from sim.agents.sensors import Sensor
    from sim.case import Case
    from sim.issue import Issue
    from sim.model import GovernanceModel
    from sim.scenario.residents import Channel
    from sim.scenario.staffing import Team
    from sim.task import Task

__all__ = ["Mechanism", "Spells", "Steps"]

Fellow = TypeVar("Fellow", bound="Mechanism")
Spells = list[tuple[int, int]]
"""Stretches of time, from second to second."""


class Mechanism(CaseQuestions):
    """Answers to the model's questions. A subclass overrides the questions that it answers; every answer here changes nothing.

    `number` is its place in the table of mechanisms: it orders what happens at one instant.
    """

    def __init__(self, model: GovernanceModel, plan: Any, number: int) -> None:
        self.model = model
        self.plan = plan
        self.number = number
        self._everywhere = isinstance(plan, Option) and not plan.rollout and plan.starts.seconds <= 0

    # -- its own means: dates, luck, records, scope -------------------------------------------------------------------

    def at(self, when: int, then: Callable[[], object]) -> None:
        """Do something at a second of the run (not before now; not at all after the end)."""
        env = self.model.env
        if when < self.model.horizon:
            Moment(env, max(0, when - env.now), content_key(ARRIVAL, MEETING, self.number), lambda _: then())

    def every(self, seconds: int, then: Callable[[], object], first: int | None = None) -> None:
        """Do something at regular dates: at `first` (default: after one period), then every `seconds`."""
        begin = seconds if first is None else first

        def again() -> None:
            then()
            self.at(self.model.env.now + seconds, again)

        self.at(begin, again)

    def luck(self, *name: object) -> float:
        """A uniform (0, 1) of this mechanism's own, the same under every policy for the same name."""
        return self.model.world.luck.uniform(type(self).__name__, *name)

    def write(self, event: str, unit: str = "", subject: str = "", amount: float = 0.0) -> None:
        """Write one row of the table `governance`: what happened, in which unit, to whom or what, and how much of it."""
        self.model.journal.happening(self.model.env.now, type(self).__name__, event, unit, subject, amount)

    def spends(self, kind: str, unit: str, amount: float) -> None:
        """Book money that is spent now, in yuan: one more amount of the kind and unit in the table `money`."""
        self.model.journal.spending.append((self.model.env.now, kind, unit, amount))

    def in_force(self, community: int = 0) -> bool:
        """Whether the scenario has switched it on in this community by now."""
        if self._everywhere:  # mostly so
            return True
        plan: Option = self.plan
        return plan.in_force(community, len(self.model.city.communities), self.model.env.now)

    def here(self, case: Case) -> bool:
        """Whether it is in force where the case lies."""
        return self.in_force(case.issue.community)

    def code(self, issue: Issue) -> str:
        """Code of the category of an issue."""
        return self.model.category(issue).code

    def fellow(self, kind: type[Fellow]) -> Fellow | None:
        """The mechanism of this kind that the scenario has switched on too; None if it has not. Asked from `begins` on."""
        return next((each for each in self.model.governance.mechanisms if type(each) is kind), None)

    # -- the run ------------------------------------------------------------------------------------------------------

    def begins(self) -> None:
        """The run begins: set dates."""

    def ends(self) -> None:
        """The run is over: write what is to be written."""

    # -- issues and how they are found --------------------------------------------------------------------------------

    def prevents(self, issue: Issue) -> bool:
        """Whether what would begin now does not begin after all."""
        return False

    def began(self, issue: Issue) -> None:
        """An issue has begun; who else may meet it has been told."""

    def report_share(self, issue: Issue, resident: int, share: float) -> float:
        """How ready this resident is to report this issue, at trust 0.5 and ordinary severity (the category's propensity).

        An option whose mechanism raises it says so with `moves_reports = True`: the world then keeps every exposed resident.
        """
        return share

    def known_share(self, resident: int, channel: Channel, share: float) -> float:
        """How widely a channel is known among people like this resident (threshold for the resident's own awareness)."""
        return share

    def visibility(self, issue: Issue, worker: GridWorker, share: float) -> float:
        """Probability that this worker, passing the live issue, sees it."""
        return share

    def read_share(self, sensor: Sensor, share: float) -> float:
        """Probability that an alarm of this device reaches somebody who reads it."""
        return share

    def alarm_at(self, issue: Issue, sensor: Sensor, at: int) -> int:
        """When a device's alarm reaches the desk; MISSING if it reaches nobody."""
        return at

    def opened(self, case: Case) -> None:
        """A case has been opened."""

    # -- a grid worker begins a fresh task ------------------------------------------------------------------------------

    def way(self, worker: GridWorker, task: Task, seconds: int) -> int:
        """Seconds on the way that this very worker needs to the task."""
        return seconds

    def effort(self, worker: GridWorker, task: Task, seconds: int) -> int:
        """Seconds of work, without the way, that the task is for this very worker."""
        return seconds

    # -- staff, laid down before the run ------------------------------------------------------------------------------

    def paperwork(self, team: Team, shares: list[float]) -> list[float]:
        """Share of the shift owed to paperwork on each day of the run."""
        return shares

    def papers(self, team: Team, worker: str, shares: list[float]) -> list[float]:
        """The same for one worker of the team."""
        return shares

    def patrol_floor(self, team: Team, seconds: list[int]) -> list[int]:
        """Patrol owed on each day of the run, in seconds."""
        return seconds

    def absences(self, team: Team, worker: str) -> Spells:
        """When a seat is empty or its holder away, besides ordinary absence."""
        return []

    def reserves(self, team: Team) -> int:
        """Seats that each community has ready and empty until somebody is called to them (`Teams.call`)."""
        return 0

    def reserve_crews(self, department: str) -> int:
        """Crews that a department has ready and idle until they are called (`Offices.call`)."""
        return 0

    # -- money, asked at the end ----------------------------------------------------------------------------------------

    def pays(self, station: str, servers: int) -> tuple[str, float] | None:
        """Kind of money and yuan a year that all servers of a station cost; None: by what they are."""
        return None
