"""What those who take part get for it: goods for points, hours of others, honour."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from typing import Any

import numpy as np

from sim.issue import Issue
from sim.mechanisms.participation.inviting import Inviting
from sim.mechanisms.residents.civic import MONTH, Array
from sim.scenario.participation.rewards import CreditLedger, Points, Stars, TimeBank


class LedgerOfDeeds(Inviting):
    """A ledger that forgets nothing: it says which share of deeds is recorded."""

    plan: CreditLedger


class PointsForDeeds(Inviting):
    """Deeds earn points; every 30 days points buy goods, those with most points first, until there are none.

    Who values the goods is moved by them: until a purchase fails for want of goods, and again when one succeeds.
    """

    plan: Points

    def __init__(self, model: Any, plan: Points, number: int) -> None:
        super().__init__(model, plan, number)
        self._values = self.traits("values goods") < plan.values
        self.moved = self._values.copy()
        self._stock = [0.0] * len(model.city.communities)
        self._reported = np.zeros(len(self.moved), dtype=np.int64)
        self._deeds = 0

    def begins(self) -> None:
        self._ledger = self.fellow(LedgerOfDeeds)
        self.turnout.readiness.append(self._readier)
        self.turnout.rewards.append(self._rewards)
        self._stock = [self._supply(place.index) for place in self.model.city.communities]
        self.every(MONTH, self._market)

    def _supply(self, community: int) -> float:
        return self.plan.goods / 1000 * len(self.people_of(community))

    def _moves(self, residents: Array) -> Array:
        return self.moved[residents] & self.open_to(residents)

    def _readier(self, residents: Array, ready: Array) -> Array:
        return np.minimum(1.0, ready + self.plan.comes * self._moves(residents))

    def report_share(self, issue: Issue, resident: int, share: float) -> float:
        return min(1.0, share + self.plan.reports) if self.moved[resident] and self.where(resident) else share

    def _earn(self, residents: Array, points: Array) -> Array:
        """Points for those whose deed is recorded (flags)."""
        self._deeds += 1
        share = self.plan.recorded if self._ledger is None else max(self.plan.recorded, self._ledger.plan.recorded)
        noted = (self.lots(residents, "recorded", self._deeds) < share) & self.open_to(residents)
        self.model.population.points[residents[noted]] += points[noted]
        return noted

    def _rewards(self, residents: Array, hours: float, meeting: bool) -> Array:
        points = self.plan.meeting if meeting else self.plan.hour * hours
        return self._earn(residents, np.full(len(residents), points)) & self._moves(residents)

    def _market(self) -> None:
        contacts = self.model.population.contacts
        new = np.flatnonzero(contacts > self._reported)
        self._earn(new, self.plan.report * (contacts - self._reported)[new])
        self._reported = contacts.copy()
        for place in self.model.city.communities:
            if self.in_force(place.index):
                self._sells(place.index)

    def _sells(self, community: int) -> None:
        """Each buys one good at most; what comes in is for the next month."""
        points, people = self.model.population.points, self.people_of(community)
        wanting = people[self._values[people] & (points[people] >= self.plan.price)]
        wanting = wanting[np.argsort(-points[wanting], kind="stable")]
        served = wanting[: int(self._stock[community])]
        points[served] -= self.plan.price
        self.moved[wanting], self.moved[served] = False, True
        self._stock[community] += self._supply(community) - len(served)
        self.write("goods", self.name_of(community), f"wanted {len(wanting)}", float(len(served)))


class BankOfHours(Inviting):
    """Hours given are kept; in need they are drawn from what others gave since the last month. Who is refused loses heart."""

    plan: TimeBank

    def __init__(self, model: Any, plan: TimeBank, number: int) -> None:
        super().__init__(model, plan, number)
        size = len(model.population.numbers)
        self.balance, self._trusts = np.zeros(size), np.ones(size, dtype=bool)
        self._given = np.zeros(len(model.city.communities))

    def begins(self) -> None:
        self.turnout.rewards.append(self._rewards)
        self.every(MONTH, self._month)

    def _rewards(self, residents: Array, hours: float, meeting: bool) -> Array:
        if meeting or not len(residents):
            return np.zeros(len(residents), dtype=bool)
        self.balance[residents] = np.minimum(self.plan.most, self.balance[residents] + hours)
        homes = self.model.population.household[residents] // self.model.city.plan.households_per_community
        np.add.at(self._given, homes, hours)
        return self._trusts[residents] & self.open_to(residents)

    def _month(self) -> None:
        now, plan = self.model.env.now, self.plan
        if plan.across:
            self._given[:] = self._given.sum()
        for place in self.model.city.communities:
            people = self.people_of(place.index)
            needy = people[(self.balance[people] > 0) & (self.lots(people, "needs", now) < plan.needs)]
            needy = needy[np.argsort(-self.balance[needy], kind="stable")]
            asked = np.minimum(plan.draws, self.balance[needy])
            served = np.cumsum(asked) <= self._given[place.index]
            self.balance[needy[served]] -= asked[served]
            self._trusts[needy] = served
            if plan.across:
                self._given -= asked[served].sum()
            self.write("hours drawn", place.name, f"asked {asked.sum():g}", float(asked[served].sum()))
        self._given[:] = 0.0


class StarLevels(Inviting):
    """Who reaches the next level of hours and cares for it takes new heart: earlier weariness is gone."""

    plan: Stars

    def __init__(self, model: Any, plan: Stars, number: int) -> None:
        super().__init__(model, plan, number)
        self.hours = np.zeros(len(model.population.numbers))
        self._cares = self.traits("cares for honour") < plan.honour

    def begins(self) -> None:
        self.turnout.rewards.append(self._rewards)

    def _rewards(self, residents: Array, hours: float, meeting: bool) -> Array:
        if meeting:
            return np.zeros(len(residents), dtype=bool)
        before = np.searchsorted(self.plan.hours, self.hours[residents], side="right")
        self.hours[residents] += hours
        reached = np.searchsorted(self.plan.hours, self.hours[residents], side="right") > before
        honoured = reached & self._cares[residents] & self.open_to(residents)
        self.turnout.weary[residents[honoured]] = 0.0
        return honoured
