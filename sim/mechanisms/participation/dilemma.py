"""Whether parties give way: an iterated prisoner's dilemma (Axelrod 1984).

With payoffs T > R > P, playing tit for tat pays for somebody who expects to meet the other again with probability w and
discounts by d if w d >= (T - R) / (T - P): then giving way now is worth more than being given way to once.
"""

from __future__ import annotations

from sim.case import Case
from sim.mechanisms.residents.civic import Civic
from sim.mechanisms.residents.word import WordOfMouth
from sim.scenario.participation.meetings import RepeatedGame
from sim.streams import Luck


class NeighboursMeetAgain(Civic):
    """The parties of a matter: who reported it, and somebody of a household near by."""

    plan: RepeatedGame

    def begins(self) -> None:
        self._word, self._patience = self.fellow(WordOfMouth), Luck(0)

    def give_way(self, case: Case) -> bool:
        """Whether both parties of a matter give way."""
        if not self.here(case):
            return True
        one, other = self._parties(case)
        tied = self._word is not None and other in self._word.ties.of(one)
        meets = self.plan.tied if tied else self.plan.strangers
        agreed = self._cooperates(one, meets) and self._cooperates(other, meets)
        self.write("gave way" if agreed else "did not", self.name_of(case.issue.community), "tied" if tied else "strangers", 1.0)
        return agreed

    def _parties(self, case: Case) -> tuple[int, int]:
        issue, city = case.issue, self.model.city
        place = city.communities[issue.community]
        near = sorted(place.neighbours.query_ball_point((issue.x, issue.y), self.plan.near))
        homes = near or [int(place.neighbours.query((issue.x, issue.y))[1])]
        first = issue.community * city.plan.households_per_community
        one = case.resident if case.resident >= 0 else (first + homes[0]) * city.seats_per_household
        other = first + homes[int(self.luck("party", issue.code) * len(homes))]
        member = int(self.luck("member", issue.code) * city.household_sizes[other])
        return one, other * city.seats_per_household + member

    def _cooperates(self, resident: int, meets: float) -> bool:
        plan = self.plan
        critical = (plan.temptation - plan.reward) / (plan.temptation - plan.punishment)
        return meets * self._patience.uniform("discount", resident) >= critical
