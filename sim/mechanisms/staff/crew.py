"""What the mechanisms of this room share: who is who among the workers, and in which community."""

from __future__ import annotations

from functools import cached_property

from sim.agents.grid_workers import GridWorker
from sim.case import Case
from sim.mechanisms.mechanism import Mechanism
from sim.scenario.staffing import Team

MONTH = 30 * 86_400
"""A month of the slow loop, s."""


class Crew(Mechanism):
    """A mechanism that concerns grid workers."""

    @cached_property
    def workers(self) -> dict[str, GridWorker]:
        """All grid workers by name."""
        return {worker.name: worker for worker in self.model.teams.workers}

    def community(self, worker: GridWorker) -> int:
        """Number of the community in which a worker stands."""
        return self.model.city.grids[worker.grids[0]].community

    def seat_in(self, team: Team, worker: str) -> int:
        """Number of the community of a seat by its name, before anybody sits there."""
        place = worker[: worker.rindex(f"-{team.name}-")]
        return self._numbers[place]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {community.name: community.index for community in self.model.city.communities}

    def concerns(self, worker: GridWorker) -> bool:
        """Whether it is in force where a worker stands."""
        return self.in_force(self.community(worker))

    def on_day(self, community: int, second: int) -> bool:
        """Whether it is in force in a community at any second of the run."""
        return self.plan.in_force(community, len(self.model.city.communities), second)

    def day_starts(self, days: int) -> list[int]:
        """Seconds at which the days of the run begin."""
        return self.model.hours.civil.day_starts(days).tolist()

    def holder(self, worker: GridWorker) -> tuple[str, int]:
        """Who sits there now: the seat, and how many sat there before."""
        return worker.name, worker.occupant

    def handler(self, case: Case) -> GridWorker | None:
        """The grid worker who has just worked on a case; None if it was somebody else."""
        return self.workers.get(case.server)
