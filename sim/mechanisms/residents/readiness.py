"""Who reports less: tenants, silent places, residents who cannot say what is wrong; and what is done about it."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from typing import Any

import numpy as np

from sim.case import Case
from sim.issue import Issue
from sim.mechanisms.residents.civic import Civic
from sim.mechanisms.residents.outreach import HomeVisits
from sim.scenario.habits import Silence, Tenancy, Voice
from sim.scenario.participation.reach import Integration, Training
from sim.scenario.residents import Channel
from sim.streams import Luck


class PackageForNewcomers(Civic):
    """Some tenants are offered it, some of them take it."""

    plan: Integration

    def __init__(self, model: Any, plan: Integration, number: int) -> None:
        super().__init__(model, plan, number)
        offered, takes = self.traits("package offered"), self.traits("package taken")
        self._takes = (offered < plan.offered) & (takes < plan.uptake)

    def took(self, resident: int) -> bool:
        """Whether a resident has it by now."""
        return bool(self._takes[resident]) and self.where(resident)


class TenantsHoldBack(Civic):
    """Tenants know fewer channels and report less readily, unless they have taken the package."""

    plan: Tenancy

    def begins(self) -> None:
        self._package = self.fellow(PackageForNewcomers)

    def _holds_back(self, resident: int) -> bool:
        if not self.model.population.tenant[resident] or not self.where(resident):
            return False
        return self._package is None or not self._package.took(resident)

    def known_share(self, resident: int, channel: Channel, share: float) -> float:
        return share * self.plan.aware if self._holds_back(resident) else share

    def report_share(self, issue: Issue, resident: int, share: float) -> float:
        return share * self.plan.ready if self._holds_back(resident) else share


class SilentPlaces(Civic):
    """Places differ in readiness by equal steps of a ratio, in an order that is theirs in every world."""

    plan: Silence

    def begins(self) -> None:
        city, luck = self.model.city, Luck(0)
        names = [place.name for place in (city.grids if self.plan.place == "grid" else city.communities)]
        order = sorted(range(len(names)), key=lambda number: luck.uniform("silence", names[number]))
        steps = max(1, len(names) - 1)
        self.ready = {place: self.plan.most ** (-rank / steps) for rank, place in enumerate(order)}
        self._visits = self.fellow(HomeVisits)

    def report_share(self, issue: Issue, resident: int, share: float) -> float:
        if not self.in_force(issue.community) or (self._visits is not None and self._visits.lately(resident)):
            return share
        return share * self.ready[issue.grid if self.plan.place == "grid" else issue.community]


class CoursesForResidents(Civic):
    """Courses fill their places with residents who have not been there; what was learnt stays."""

    plan: Training

    def __init__(self, model: Any, plan: Training, number: int) -> None:
        super().__init__(model, plan, number)
        self.trained = np.zeros(len(model.population.numbers), dtype=bool)

    def begins(self) -> None:
        self.every(self.plan.every.seconds, self._course, self.plan.starts.seconds)

    def _course(self) -> None:
        for place in self.model.city.communities:
            if self.in_force(place.index):
                people = self.people_of(place.index)
                fresh = people[~self.trained[people]]
                chosen = fresh[np.argsort(self.lots(fresh, "place"), kind="stable")[: self.plan.places]]
                self.trained[chosen] = True
                self.write("course", place.name, amount=float(len(chosen)))


class UnclearVoices(Civic):
    """Some residents say nothing, and some of the others must be asked what they mean."""

    plan: Voice

    def begins(self) -> None:
        self._silent = self.traits("silent") < self.plan.silent
        self._clear = self.traits("clear") < self.plan.clear
        courses = self.fellow(CoursesForResidents)
        self._trained = None if courses is None else courses.trained

    def _learnt(self, resident: int) -> bool:
        return self._trained is not None and bool(self._trained[resident])

    def clear(self, residents: np.ndarray) -> np.ndarray:
        """Flags of those who can say what they want."""
        mine = self._clear[residents] & ~self._silent[residents]
        return mine if self._trained is None else mine | self._trained[residents]

    def report_share(self, issue: Issue, resident: int, share: float) -> float:
        quiet = self._silent[resident] and self.where(resident) and not self._learnt(resident)
        return 0.0 if quiet else share

    def desk_work(self, case: Case, step: str, seconds: int) -> int:
        if step != "establish" or case.resident < 0 or not self.here(case):
            return seconds
        if self._clear[case.resident] or self._learnt(case.resident):
            return seconds
        return seconds + self.plan.asks.draw(self.luck("asks", case.issue.code, case.opening))
