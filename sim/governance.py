"""The mechanisms of a run: who answers which question. Without any, every answer is the one the question came with.

Mechanisms answer in the order of their table; each gets what the one before it answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.mechanisms.mechanism import Spells
from sim.mechanisms.table import MECHANISMS
from sim.rulings import Rulings

if TYPE_CHECKING:
    from sim.agents.grid_workers import GridWorker
    from sim.agents.sensors import Sensor
    from sim.case import Case
    from sim.issue import Issue
    from sim.model import GovernanceModel
    from sim.scenario import Scenario
    from sim.scenario.residents import Channel
    from sim.scenario.staffing import Team
    from sim.task import Task


def chosen(scenario: Scenario, path: str) -> Any:
    """The option at a dotted path of a scenario; None if it is not switched on."""
    found: Any = scenario
    for step in path.split("."):
        if found is None:
            return None
        found = getattr(found, step)
    return found


class Governance(Rulings):
    """Asks the mechanisms of a scenario. Built before anybody stands in the town; `begins` sets the slow loop going."""

    def __init__(self, model: GovernanceModel) -> None:
        plans = [(number, cls, chosen(model.scenario, path)) for number, (path, cls) in enumerate(MECHANISMS.items())]
        super().__init__([cls(model, plan, number) for number, cls, plan in plans if plan is not None])
        self._prevents, self._opened = self._who("prevents"), self._who("opened")
        self._began = self._who("began")
        self._report, self._known = self._who("report_share"), self._who("known_share")
        self._visibility, self._alarm = self._who("visibility"), self._who("alarm_at")
        self._read, self._verify = self._who("read_share"), self._who("verify_share")
        self.moves_awareness = bool(self._known)
        self._way, self._effort = self._who("way"), self._who("effort")
        self.suits_tasks = bool(self._way or self._effort)

    def begins(self) -> None:
        """The run begins."""
        for mechanism in self.mechanisms:
            mechanism.begins()

    def ends(self) -> None:
        """The run is over."""
        for mechanism in self.mechanisms:
            mechanism.ends()

    # -- issues and how they are found --------------------------------------------------------------------------------

    def prevents(self, issue: Issue) -> bool:
        """Whether an issue does not begin after all."""
        return sum(answer(issue) for answer in self._prevents) > 0  # all are asked: each may count what it prevented

    def began(self, issue: Issue) -> None:
        """An issue has begun."""
        for hear in self._began:
            hear(issue)

    def report_share(self, issue: Issue, resident: int, share: float) -> float:
        """Threshold of a resident's report."""
        for answer in self._report:
            share = answer(issue, resident, share)
        return share

    def known_share(self, resident: int, channel: Channel, share: float) -> float:
        """Threshold of a resident's awareness of a channel."""
        for answer in self._known:
            share = answer(resident, channel, share)
        return share

    def visibility(self, issue: Issue, worker: GridWorker, share: float) -> float:
        """Probability that a passing worker sees an issue."""
        for answer in self._visibility:
            share = answer(issue, worker, share)
        return share

    def read_share(self, sensor: Sensor, share: float) -> float:
        """Probability that an alarm is read."""
        for answer in self._read:
            share = answer(sensor, share)
        return share

    def alarm_at(self, issue: Issue, sensor: Sensor, at: int) -> int:
        """When an alarm reaches the desk."""
        for answer in self._alarm:
            at = answer(issue, sensor, at)
        return at

    def verify_share(self, case: Case, share: float) -> float:
        """Probability of a verification on site."""
        for answer in self._verify:
            share = answer(case, share)
        return share

    def opened(self, case: Case) -> None:
        """A case has been opened."""
        for hear in self._opened:
            hear(case)

    # -- staff --------------------------------------------------------------------------------------------------------

    def paperwork(self, team: Team, days: int) -> list[float]:
        """Share of the shift owed to paperwork, day by day."""
        shares = [team.paperwork] * days
        for mechanism in self.mechanisms:
            shares = mechanism.paperwork(team, shares)
        return shares

    def papers(self, team: Team, worker: str, shares: list[float]) -> list[float]:
        """Share of one worker's shift owed to paperwork, day by day."""
        for mechanism in self.mechanisms:
            shares = mechanism.papers(team, worker, shares)
        return shares

    def suits(self, worker: GridWorker, task: Task) -> None:
        """What a fresh task is for the worker who begins it: its way and its work."""
        way = task.travel
        work = task.content - way
        for answer in self._way:
            way = answer(worker, task, way)
        for answer in self._effort:
            work = answer(worker, task, work)
        task.travel, task.content = way, way + work
        task.left = task.content

    def patrol_floor(self, team: Team, days: int) -> list[int]:
        """Patrol owed, day by day, in seconds."""
        seconds = [team.patrol_floor.seconds] * days
        for mechanism in self.mechanisms:
            seconds = mechanism.patrol_floor(team, seconds)
        return seconds

    def absences(self, team: Team, worker: str) -> Spells:
        """When a seat is empty."""
        return [spell for mechanism in self.mechanisms for spell in mechanism.absences(team, worker)]

    def reserves(self, team: Team) -> int:
        """Seats of a community that are empty until somebody is called to them."""
        return sum(mechanism.reserves(team) for mechanism in self.mechanisms)

    def reserve_crews(self, department: str) -> int:
        """Crews of a department that are idle until they are called."""
        return sum(mechanism.reserve_crews(department) for mechanism in self.mechanisms)

    def pays(self, station: str, servers: int) -> tuple[str, float] | None:
        """What a station costs a year where a mechanism says so, and the kind of that money."""
        said = [mechanism.pays(station, servers) for mechanism in self.mechanisms]
        return next((each for each in said if each is not None), None)
