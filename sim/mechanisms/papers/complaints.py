"""Act on complaint: unsolved complaints are opened again, and departments are ranked by the scores of theirs."""

from __future__ import annotations

from sim.case import Case
from sim.mechanisms.papers.paper import Paper
from sim.scenario.centres.limits import Complaints


class ActOnComplaint(Paper):
    """Hears who is called back, and tells the lower part of the ranking to take complaints one class earlier."""

    plan: Complaints

    def begins(self) -> None:
        self._scores: dict[str, list[float]] = {}
        self._lower: frozenset[str] = frozenset()
        every = self.plan.ranked_every.seconds
        self.every(every, self._ranks, every)

    def scored(self, case: Case, resident: int) -> None:
        if not self.here(case):
            return
        lead = self.model.category(case.issue).departments[0]
        self._scores.setdefault(lead, []).append(case.satisfaction)
        issue = case.issue
        unsolved = issue.live(self.model.env.now) and issue.cases < self.plan.openings
        if unsolved and self.lucky(case, "heard again", self.plan.reopens):
            self.write("opened again", case.department, str(case.case_id), 1)
            self.model.discovery.hand_in(issue, resident, case.channel)

    def _ranks(self) -> None:
        means = {name: sum(scores) / len(scores) for name, scores in self._scores.items()}
        order = sorted(means, key=lambda name: (means[name], name))
        self._lower = frozenset(order[: round(len(order) * self.plan.lower)])
        for name in order:
            self.write("ranked", name, "lower" if name in self._lower else "upper", means[name])
        self._scores = {}

    def priority(self, case: Case, number: int) -> int:
        behind = case.public and self.model.category(case.issue).departments[0] in self._lower
        return max(1, number - 1) if behind and self.here(case) else number
