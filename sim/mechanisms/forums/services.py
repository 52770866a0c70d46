"""Purchase of services: an organisation under contract takes cases, and sometimes works beside the own staff."""

from __future__ import annotations

from sim.case import Case
from sim.mechanisms.forums.forum import Forum
from sim.mechanisms.mechanism import Steps
from sim.records import MISSING
from sim.scenario.forums.services import Purchase

NAME = "purchased_services"


class PurchasedServices(Forum):
    """Crews that the contract pays. Nobody checks their work on site."""

    plan: Purchase

    def begins(self) -> None:
        super().begins()
        if self.ever:
            self._crews = self.hires(NAME, self.plan.crews, self.plan.calendar, self.plan.crew_year, "purchase")

    def takes_over(self, case: Case) -> Steps | None:
        if not self.taken(case, self.plan.shares, self.plan.most_severe, "taken"):
            return None
        if self.lucky(case, "overlap", self.plan.overlap):
            self.model.env.process(self._works(_papers(case, self.model.env.now), case))
            self.write("overlap", NAME, str(case.case_id))
            return None
        return self._serves(case)

    def _serves(self, case: Case) -> Steps:
        fixed = yield from self._works(case, case)
        return self.settles(case, NAME, fixed)

    def _works(self, papers: Case, case: Case) -> Steps:
        """Way and work; returns whether the issue is right then. Time is booked on `papers`."""
        model = self.model
        work = model.category(case.issue).work.draw(self.own_luck(case, "work"))
        if not case.issue.live(model.env.now):
            work = 0
        task = self._crews.work(papers, "handle", work, travel=self.plan.travel.draw(self.own_luck(case, "travel")))
        yield task
        if papers is case:
            case.handling_started_at = task.started_at
            case.first_response_at = task.started_at if case.first_response_at == MISSING else case.first_response_at
        right = self.lucky(case, "right", self.plan.right)
        if right:
            model.settle_issue(case)
        return right


def _papers(case: Case, now: int) -> Case:
    """Papers of the organisation's own: the case itself counts each second of the staff once."""
    copy = Case(case.case_id, case.issue, case.opening, case.channel, now)
    copy.priority, copy.severity_seen, copy.established_at = case.priority, case.severity_seen, case.established_at
    return copy
