"""Micro-projects (微实事): chosen where most is reported, designed, approved, paid, built; then less happens there."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import NamedTuple

from sim.case import Case
from sim.distributions import AnyDistribution
from sim.issue import Issue
from sim.mechanisms.forums.forum import Hiring
from sim.mechanisms.forums.planning import OrderLoopOfResidents, PlanFromNeed, ResidentPlanners, UrgentProjects
from sim.mechanisms.forums.spending import DelegatedApproval
from sim.mechanisms.forums.wishes import WishesOfThoseWhoCome
from sim.mechanisms.mechanism import Steps
from sim.mechanisms.money.account import Account
from sim.mechanisms.money.funds import CommunityFund, OperatingAssets, PrivatePartners
from sim.scenario.forums.projects import Projects, Supplier
from sim.task import Task
from sim.units import DAY

YEAR = 365 * DAY
MONTH = 30 * DAY
Place = tuple[int, str]
"""Number of a grid, code of a category."""


class Order(NamedTuple):
    """A project that has been chosen."""

    number: int
    grid: int
    code: str
    since: int


class MicroProjects(Hiring):
    """Orders out of what is reported, and the way of each to the finished work."""

    plan: Projects

    def begins(self) -> None:
        super().begins()
        if not self.ever:
            return
        self._planners, self._loop = self.fellow(ResidentPlanners), self.fellow(OrderLoopOfResidents)
        self._delegation, self._partners = self.fellow(DelegatedApproval), self.fellow(PrivatePartners)
        self._fund, self._assets = self.fellow(CommunityFund), self.fellow(OperatingAssets)
        self._cycle, self._wishes = self.fellow(PlanFromNeed), self.fellow(WishesOfThoseWhoCome)
        self._reported: list[tuple[int, int, str]] = []
        self._running: set[Place] = set()
        self._right_until: dict[Place, int] = {}
        self._orders = 0
        self._money = Account(self.model.env)
        # a supplier lives on its price: no pay
        self._crews = {each.name: self.hires(each.name, each.crews, each.calendar, 0.0, "projects") for each in self.plan.suppliers}
        self.every(MONTH, self._comes_in, 0)
        self.every(self.plan.every.seconds, partial(self._chooses, self.plan.places, self.plan.least))
        urgent = self.fellow(UrgentProjects)
        if urgent is not None:
            self.every(urgent.plan.every.seconds, partial(self._urgent, urgent))

    # -- money ----------------------------------------------------------------------------------------------------------

    def _comes_in(self) -> None:
        if not self.in_force():
            return
        gifts = sum(each.comes_in(MONTH) for each in (self._fund, self._assets) if each is not None)
        if gifts:
            self.write("social money", amount=gifts)
        public = self.plan.public * MONTH / YEAR
        self.write("public money", amount=public)
        self._money.receives(public + gifts)

    def _paid(self, order: Order, price: float) -> Steps:
        """Wait until the money is there: what residents and a partner give is taken off first."""
        crowd = min(price, self._fund.crowd(order.grid)) if self._fund is not None else 0.0
        part = self._partners.part(order.number, price - crowd) if self._partners is not None else 0.0
        yield self._money.asks(price - crowd - part)
        if part and self._partners is not None and self._partners.withdraws(order.number):
            yield self._money.asks(part)
            part = 0.0
        if crowd + part:
            self.write("social money", self._name(order.grid), str(order.number), crowd + part)
        self.spends("projects", self._name(order.grid), price)

    # -- choice ---------------------------------------------------------------------------------------------------------

    def opened(self, case: Case) -> None:
        if self.code(case.issue) in self.plan.categories and self.here(case):
            self._reported.append((self.model.env.now, case.issue.grid, self.code(case.issue)))

    def _urgent(self, urgent: UrgentProjects) -> None:
        if urgent.in_force():
            self._chooses(urgent.plan.places, urgent.plan.least)

    def _chooses(self, places: int, least: int) -> None:
        now = self.model.env.now
        self._reported = [each for each in self._reported if each[0] >= now - self.plan.history.seconds]
        counted = self._wishes.wished() if self._wishes is not None else Counter((grid, code) for _, grid, code in self._reported)
        for community in self.model.city.communities:
            grids = range(community.first_grid, community.first_grid + community.grids)
            free = sorted(place for place in ((grid, code) for grid in grids for code in self.plan.categories)
                          if place not in self._running and self._right_until.get(place, 0) <= now)  # fmt: skip
            for _ in range(places):
                if not self._picks(free, counted, least):
                    break

    def _picks(self, free: list[Place], counted: Counter[Place], least: int) -> bool:
        """Take one place out of those that are free; False if there is no need anywhere."""
        needy = [place for place in free if counted[place] >= least]
        if not needy:
            return False
        by_need = self.plan.by_need
        if self._cycle is not None and self._cycle.in_force():
            by_need = max(by_need, self._cycle.plan.by_need)
        if self.luck("by need", self._orders) < by_need:
            place = max(needy, key=lambda each: (counted[each], -each[0], each[1]))
        else:
            place = free[int(self.luck("own idea", self._orders) * len(free))]
        self._compares(place, free)
        free.remove(place)
        order = Order(self._orders, *place, self.model.env.now)
        self._orders += 1
        self._running.add(place)
        self.write("ordered", self._name(order.grid), str(order.number), counted[place])
        self.model.env.process(self._project(order))
        return True

    def _compares(self, place: Place, free: list[Place]) -> None:
        """Where wishes are heard, write how much everybody together needs this place, of the place needed most."""
        if self._wishes is not None:
            needed = self._wishes.needed()
            most = max(needed.get(each, 0.0) for each in free)
            self.write("sited", self._name(place[0]), place[1], needed.get(place, 0.0) / most if most else 1.0)

    # -- the way of a project -------------------------------------------------------------------------------------------

    def _project(self, order: Order) -> Steps:
        plan, model = self.plan, self.model
        yield from self._designed(order)
        supplier = self._supplier()
        yield self.pause(self._approval(order, supplier).draw(self.luck("approval", order.number)), order.number)
        yield from self._paid(order, supplier.price)
        accepts = plan.accepts if self._loop is None else self._loop.plan.accepts
        yield self.pause(accepts.draw(self.luck("accepts", order.number)), order.number)
        yield self._builds(order, supplier, 1)
        place, right = (order.grid, order.code), self.luck("right", order.number) < supplier.right
        if not right and self._cycle is not None and self._cycle.mends(order.number):
            yield self._builds(order, supplier, 2)
            right = True
        self._running.discard(place)
        if right:
            self._right_until[place] = model.env.now + plan.lasts.seconds
        self.write("built", self._name(order.grid), str(order.number), (model.env.now - order.since) / DAY)
        self.write("right" if right else "not right", supplier.name, str(order.number), supplier.price)
        if self._loop is not None:
            self._loop.rates(order.number, supplier, right)

    def _builds(self, order: Order, supplier: Supplier, time: int) -> Task:
        work = self.plan.build.draw(self.luck("build", order.number, time))
        return self._crews[supplier.name].work(None, "project", work)

    def _designed(self, order: Order) -> Steps:
        if self._planners is not None and self._planners.in_force(self._community(order.grid)):
            yield self._planners.designs(order.number)
        else:
            yield self.pause(self.plan.design.draw(self.luck("design", order.number)), order.number)

    def _supplier(self) -> Supplier:
        if self._loop is not None:
            return self._loop.chooses(self.plan.suppliers)
        return min(self.plan.suppliers, key=lambda each: (each.price, each.name))

    def _approval(self, order: Order, supplier: Supplier) -> AnyDistribution:
        """How long the approval takes: below the delegated limit one level decides."""
        delegation = self._delegation
        if delegation is None or not delegation.in_force(self._community(order.grid)):
            return self.plan.approval
        return delegation.plan.lies if supplier.price <= delegation.plan.limit else self.plan.approval

    def prevents(self, issue: Issue) -> bool:
        """Where a project was right, some issues do not begin."""
        if not self.ever:
            return False
        until = self._right_until.get((issue.grid, self.code(issue)), 0)
        if self.model.env.now >= until or self.luck("works", issue.code) >= self.plan.works:
            return False
        self.write("prevented", self._name(issue.grid), self.code(issue))
        return True

    def _community(self, grid: int) -> int:
        return self.model.city.grids[grid].community

    def _name(self, grid: int) -> str:
        return self.model.city.communities[self._community(grid)].name
