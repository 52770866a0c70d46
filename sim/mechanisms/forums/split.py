"""Three-way split (三事分流): what is private goes back to the residents, what is small stays with the community."""

from __future__ import annotations

from sim.case import Case
from sim.mechanisms.forums.forum import Forum
from sim.mechanisms.mechanism import Steps
from sim.scenario.chapter import LEVELS
from sim.scenario.forums.settling import ThreeWay
from sim.steps import waiting_for_others

COMMUNITY = "community"


class ThreeWaySplit(Forum):
    """The desk gives private matters back for a time; they settle, or come back."""

    plan: ThreeWay

    def takes_over(self, case: Case) -> Steps | None:
        private = self.taken(case, self.plan.private, self.plan.most_severe, "private")
        return self._given_back(case) if private else None

    def _given_back(self, case: Case) -> Steps:
        within = self.plan.within.seconds
        talks = self.plan.talks.draw(self.own_luck(case, "talks"))
        agreed = talks <= within and self.lucky(case, "settles", self.plan.settles)
        yield from waiting_for_others(case, self.model, talks if agreed else within)
        return self.settles(case, "residents") if agreed else self.gives_up(case, "residents")

    def authority(self, case: Case, level: str) -> str:
        """A small matter needs nobody above the community."""
        if LEVELS.index(level) <= LEVELS.index(COMMUNITY):
            return level
        return COMMUNITY if self.taken(case, self.plan.small, self.plan.most_severe, "small") else level
