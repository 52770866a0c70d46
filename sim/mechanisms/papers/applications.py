"""Papers that residents apply for: from counter to counter, or at one."""

from __future__ import annotations

from sim.mechanisms.mechanism import Steps
from sim.mechanisms.papers.paper import Paper
from sim.mechanisms.papers.visitors import Visitors
from sim.scenario.centres.counters import Applications, ServiceCentre
from sim.units import HOUR


class OneStopCentre(Paper):
    """One counter: the departments get the papers at the same time, and the resident comes once."""

    plan: ServiceCentre

    def begins(self) -> None:
        calendar = self.model.scenario.staffing.desks["district"].calendar
        self._counter = self.staff("service_centre", self.plan.counters, calendar)

    def serves(self, number: int, backs: list[int]) -> Steps:
        """An application: the counter, then until the last department has agreed."""
        yield self._counter.work(None, "application", self.plan.work.draw(self.luck("work", number)))
        yield self.pause(max(backs), number)


class ApplicationsAtCounters(Visitors):
    """Each application goes its way; how long it took is written when it is done."""

    plan: Applications

    def begins(self) -> None:
        super().begins()
        calendar = self.model.scenario.staffing.desks["district"].calendar
        self._counters = [
            self.staff(f"counter_{place + 1}", self.plan.counters, calendar) for place in range(self.plan.departments)
        ]
        self._centre = self.fellow(OneStopCentre)

    def comes(self, number: int, resident: int, community: int) -> None:
        centre = self._centre if self._centre is not None and self._centre.in_force(community) else None
        self.model.env.process(self._applies(number, community, centre))

    def _applies(self, number: int, community: int, centre: OneStopCentre | None) -> Steps:
        began = self.model.env.now
        backs = [self.plan.back_office.draw(self.luck("back office", number, n)) for n in range(self.plan.departments)]
        yield from self._from_counter_to_counter(number, backs) if centre is None else centre.serves(number, backs)
        hours, name = (self.model.env.now - began) / HOUR, self.model.city.communities[community].name
        self.write("application", name, f"visits {1 if centre else len(backs)}", hours)

    def _from_counter_to_counter(self, number: int, backs: list[int]) -> Steps:
        for place, back in enumerate(backs):
            if place:
                yield self.pause(self.plan.errand.draw(self.luck("errand", number, place)), number)
            work = self.plan.work.draw(self.luck("work", number, place))
            yield self._counters[place].work(None, "application", work)
            yield self.pause(back, number)
