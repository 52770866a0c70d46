"""Budget of a community (经费标准): seats that it cannot pay stay empty, approved work waits for the next instalment."""

from __future__ import annotations

from functools import cached_property

from sim.calendars import FAR
from sim.case import Case
from sim.mechanisms.mechanism import Spells, Steps
from sim.mechanisms.money.account import Account
from sim.mechanisms.papers.paper import Paper
from sim.scenario.costs import Budget
from sim.scenario.staffing import Team
from sim.units import DAY

YEAR = 365 * DAY


class BudgetOfCommunities(Paper):
    """One account a community for the work of cases; money of its own for grid workers."""

    plan: Budget

    def begins(self) -> None:
        communities = self.model.city.communities
        first = self._instalment if self.plan.starts.seconds == 0 else 0.0
        self._accounts = {each.index: Account(self.model.env, first) for each in communities}
        self._waits: dict[int, tuple[Case, int]] = {}
        self.every(self.plan.instalment.seconds, self._pays_in)

    @property
    def _instalment(self) -> float:
        return self.plan.running * self.plan.instalment.seconds / YEAR

    def _pays_in(self) -> None:
        for number, account in self._accounts.items():
            if self.in_force(number):
                account.receives(self._instalment)

    def pays_for(self, case: Case, amount: float) -> Steps:
        """Wait until the community can pay."""
        since = self.model.env.now
        self._waits[case.case_id] = case, since
        yield self._accounts[case.issue.community].asks(amount)
        del self._waits[case.case_id]
        waited = self.model.env.now - since
        case.wait_other_s += waited
        if waited:
            self.write("waited for money", self.model.city.communities[case.issue.community].name, str(case.case_id), waited / DAY)

    def ends(self) -> None:
        for case, since in self._waits.values():
            case.wait_other_s += self.model.env.now - since
        if self._waits:
            self.write("left without money", amount=len(self._waits))

    # -- seats ----------------------------------------------------------------------------------------------------------

    @cached_property
    def _paid_seats(self) -> int | None:
        """Grid workers of a community's first team that the money pays; None: all."""
        yearly = self.model.scenario.costs.worker_year
        return None if self.plan.workers is None or not yearly else int(self.plan.workers // yearly)

    def absences(self, team: Team, worker: str) -> Spells:
        """A seat beyond the money is empty from the start of the budget on."""
        starts = self.plan.starts.seconds
        if self._paid_seats is None or team.name != self._team or "-reserve-" in worker or starts >= self.model.horizon:
            return []
        return [(starts, FAR)] if int(worker.rsplit("-", 1)[1]) > self._paid_seats else []

    @cached_property
    def _team(self) -> str:
        """The first team of the scenario: the one that the money is for."""
        teams = self.model.scenario.staffing.teams
        return teams[0].name if teams else ""

    def pays(self, station: str, servers: int) -> tuple[str, float] | None:
        """Nobody is paid who is not there."""
        paid, before = self._paid_seats, min(1.0, self.plan.starts.seconds / self.model.horizon)
        names = {f"{self._team}_{community.name}" for community in self.model.city.communities}
        if paid is None or station not in names or servers <= paid or before == 1:
            return None
        return "pay", (before * servers + (1 - before) * paid) * self.model.scenario.costs.worker_year
