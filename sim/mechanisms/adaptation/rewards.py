"""What the ranking brings: people for the best (and fewer for the last), awards, and who is asked first."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from typing import Any

from sim.agents.grid_workers import GridWorker
from sim.case import Case
from sim.mechanisms.adaptation.support import Adapts
from sim.mechanisms.scoring.unit import Unit
from sim.scenario.adaptation import Awards as AwardsPlan
from sim.scenario.adaptation import ResultsMoney as MoneyPlan
from sim.scenario.staffing import Team


class ResultsMoney(Adapts):
    """The best communities get people for the next period; as many at the end of the ranking must do with fewer.

    What is not a whole worker for the period is one for a part of it.
    """

    plan: MoneyPlan

    def begins(self) -> None:
        self.every(self.plan.every.seconds, self._pays, self.plan.starts.seconds + self.plan.every.seconds)

    def reserves(self, team: Team) -> int:
        if team.name != self.team:
            return 0
        grids, ratio = max(place.grids for place in self.model.city.communities), team.workers_per_grid
        most = team.workers_per_community if ratio is None else math.ceil(ratio * grids)
        return math.ceil(self.plan.bonus * (most or 1))

    def people(self, community: int) -> list[GridWorker]:
        """Those who work in a community in every period."""
        stations = next(stations for team, stations in self.model.teams.stations if team.name == self.team)
        spares = {id(worker) for worker in self.model.teams.spares.get((self.team, community), ())}
        found = {worker.order: worker for lane in stations[community].lanes for worker in lane
                 if isinstance(worker, GridWorker) and id(worker) not in spares}  # fmt: skip
        return list(found.values())

    def _pays(self) -> None:
        ranked = [community for _, community in self.ranked()]
        count = min(len(ranked) // 2, round(self.plan.top * len(ranked)))
        for community in ranked[len(ranked) - count :]:
            self._gives(community)
        for community in ranked[:count]:
            self._takes(community)

    def _gives(self, community: int) -> None:
        more = self.plan.bonus * len(self.people(community))
        self.write("gets", self.name_of(community), "", more)
        for until in self._ends_of(more):
            self.calls(community, until, 1)

    def _takes(self, community: int) -> None:
        people = self.people(community)
        less = (1 - self.plan.floor) * len(people)
        self.write("loses", self.name_of(community), "", less)
        shared = sorted(people, key=lambda worker: (-len(worker.grids), worker.order))
        for worker, until in zip(shared, self._ends_of(less), strict=False):
            self.model.teams.leaves(worker, until)
            self.pays_for(f"{self.team}_{self.name_of(community)}", -self.model.scenario.costs.worker_year, until)

    def _ends_of(self, people: float) -> list[int]:
        """Until when each of so many people (a fraction for a part of the period) is there, or away."""
        now, period = self.model.env.now, self.plan.every.seconds
        whole, part = divmod(people, 1)
        return [now + period] * int(whole) + ([now + round(part * period)] if part * period >= 1 else [])


class Awards(Adapts):
    """The best communities are awarded; those in reach of it have more at stake until the next award."""

    plan: AwardsPlan

    def begins(self) -> None:
        self.every(self.plan.every.seconds, self._awards, self.plan.starts.seconds + self.plan.every.seconds)

    def _awards(self) -> None:
        ranked = self.ranked()
        count = round(self.plan.top * len(ranked))
        if not count:
            return
        for score, community in ranked[-count:]:
            self.write("award", self.name_of(community), f"{score:.4f}", self.plan.money)
            self.spends("awards", self.name_of(community), self.plan.money)
        hopeful = [community for score, community in ranked if score >= ranked[-count][0] - self.plan.reach]
        self.appraisal.extra = {unit: self.plan.worth for community in hopeful for unit in self._units(community)}
        for community in hopeful:
            self.write("hopes", self.name_of(community), "", self.plan.worth)

    def _units(self, community: int) -> tuple[Unit, ...]:
        return Unit("community", self.name_of(community)), Unit("department", self.crew_of(community))


class DutyShares(Adapts):
    """A case with several claimants goes at first to one of them by luck, in proportion to their scores."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._sent: Counter[str] = Counter()

    def begins(self) -> None:
        every = self.appraisal.plan.every.seconds
        self.every(every, self._publishes, self.appraisal.plan.starts.seconds + every)

    def claimant(self, case: Case, number: int) -> int:
        names = self.model.category(case.issue).departments
        if len(names) < 2 or not self.appraisal.last or not self.here(case):
            return number
        shares = self._shares(names)
        edges = list(accumulate(shares))
        place = min(bisect_right(edges, self.luck("duty", case.issue.code, case.opening) * edges[-1]), len(names) - 1)
        self._sent[names[place]] += 1
        return place

    def _shares(self, names: tuple[str, ...]) -> list[float]:
        """Scores of the claimants; who has none yet counts as their mean."""
        scores = [self.appraisal.last.get(Unit("department", name)) for name in names]
        known = [score.reported for score in scores if score is not None]
        mean = sum(known) / len(known) if known else 1.0
        shares = [mean if score is None else score.reported for score in scores]
        return shares if sum(shares) > 0 else [1.0] * len(names)

    def _publishes(self) -> None:
        """Write how many cases each department was sent first in the period."""
        for name, count in sorted(self._sent.items()):
            self.write("first_asked", name, "", float(count))
        self._sent.clear()
