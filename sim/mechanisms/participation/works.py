"""What residents bring about together: small works, and small wishes that come true."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
import math
from functools import partial
from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np

from sim.issue import Issue
from sim.mechanisms.residents.civic import Array, Civic, Live
from sim.scenario.participation.helping import Projects, Wishes
from sim.units import DAY


class ResidentProjects(Civic):
    """At each call the gravest, oldest live issues that enough neighbours support are taken on, as far as the fund goes."""

    plan: Projects

    def begins(self) -> None:
        self._live = Live(self)
        self._taken: set[int] = set()
        self.every(self.plan.every.seconds, self._call)

    def _call(self) -> None:
        wanted = [issue for issue in self._live.now() if issue.number not in self._taken and self.code(issue) in self.plan.categories]
        wanted.sort(key=lambda issue: (-issue.severity(self.model.env.now), issue.onset, issue.number))
        for place in self.model.city.communities:
            if self.in_force(place.index):
                self._chooses(place.index, [issue for issue in wanted if issue.community == place.index])

    def _chooses(self, community: int, issues: list[Issue]) -> None:
        plan, left, begun = self.plan, self.plan.fund, 0
        for issue in issues:
            if begun == plan.most or (left is not None and left < plan.costs):
                return
            supporters = self.supporters(issue)
            if len(supporters) >= plan.needed:
                begun, left = begun + 1, None if left is None else left - plan.costs
                self._begins_work(issue, supporters)

    def supporters(self, issue: Issue) -> Array:
        """Residents near by who take part."""
        city = self.model.city
        near = city.communities[issue.community].neighbours.query_ball_point((issue.x, issue.y), self.plan.near)
        homes = issue.community * city.plan.households_per_community + np.sort(np.array(near, dtype=np.int64))
        numbers = (homes[:, None] * city.seats_per_household + np.arange(city.seats_per_household)).ravel()
        people = numbers[self.model.population.lives_here[numbers]]
        return people[self.lots(people, issue.code) < self.plan.supports]

    def _begins_work(self, issue: Issue, supporters: Array) -> None:
        self._taken.add(issue.number)
        self.model.population.attended[supporters] += 1
        self.write("project", self.name_of(issue.community), f"{len(supporters)} supporters", self.plan.costs)
        seconds = self.plan.length.draw(self.luck("length", issue.code))
        self.at(self.model.env.now + seconds, partial(self._done, issue))

    def _done(self, issue: Issue) -> None:
        if issue.live(self.model.env.now):
            issue.fix(self.model.env.now)
            self.write("done", self.name_of(issue.community), str(issue.number), 1.0)


class SmallWishes(Civic):
    """Wishes come at each call; so many are seen to at a time, as far as the fund goes; trust follows."""

    plan: Wishes

    def __init__(self, model: Any, plan: Wishes, number: int) -> None:
        super().__init__(model, plan, number)
        self._free = [[0] * plan.seats for _ in model.city.communities]
        for free in self._free:
            heapify(free)

    def begins(self) -> None:
        self.every(self.plan.every.seconds, self._call, self.plan.starts.seconds)

    def _call(self) -> None:
        now = self.model.env.now
        for place in self.model.city.communities:
            if self.in_force(place.index):
                people = self.people_of(place.index)
                expected = self.plan.per_1000 / 1000 * len(people)
                count = min(len(people), math.floor(expected + self.luck("how many", place.name, now)))
                wishers = people[np.argsort(self.lots(people, "wishes", now), kind="stable")[:count]]
                self.write("wishes", place.name, amount=float(count))
                for turn, wisher in enumerate(wishers.tolist()):
                    self._sees_to(place.index, now, turn, wisher)

    def _sees_to(self, community: int, now: int, turn: int, wisher: int) -> None:
        free = self._free[community]
        begin = max(now, free[0])
        done = begin + self.plan.work.draw(self.luck("work", wisher, now))
        late = done > now + self.plan.waits.seconds
        if turn >= self.plan.fund or late:
            self.at(now + self.plan.waits.seconds, partial(self._answers, community, wisher, now, False))
            return
        heappop(free)
        heappush(free, done)
        self.at(done, partial(self._answers, community, wisher, now, True))

    def _answers(self, community: int, wisher: int, asked: int, granted: bool) -> None:
        self.moves_trust(np.array([wisher]), float(granted), self.plan.step)
        days = (self.model.env.now - asked) / DAY
        self.write("granted" if granted else "given up", self.name_of(community), str(wisher), days)
