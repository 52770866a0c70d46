"""Needs list and resources list (双清单): each period the open needs are matched with the slots that are known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from simpy.events import Event

from sim.case import Case
from sim.mechanisms.forums.forum import Forum
from sim.mechanisms.mechanism import Mechanism, Steps
from sim.scenario.forums.services import DualList, Register, Resource, Sharing
from sim.steps import waiting_for_others


class RegisterOfResources(Mechanism):
    """More of the slots stand on the list."""

    plan: Register


class SharedFacilities(Mechanism):
    """Idle slots of schools and firms stand on the list."""

    plan: Sharing


class Need(NamedTuple):
    """A case that waits for a resource."""

    case: Case
    since: int
    code: str
    found: Event


class NeedsAndResources(Forum):
    """Cases that some resource fits wait for the next matching."""

    plan: DualList

    def begins(self) -> None:
        super().begins()
        self._register, self._sharing = self.fellow(RegisterOfResources), self.fellow(SharedFacilities)
        venues = () if self._sharing is None else self._sharing.plan.venues
        self._fits = {code for each in (*self.plan.resources, *venues) for code in each.fits}
        self._needs: list[Need] = []
        self._missed: dict[int, int] = {}
        self.every(self.plan.every.seconds, self._match)

    def takes_over(self, case: Case) -> Steps | None:
        mine = self.code(case.issue) in self._fits and case.severity_seen <= self.plan.most_severe and self.here(case)
        return self._waits(case) if mine else None

    def _waits(self, case: Case) -> Steps:
        env = self.model.env
        need = Need(case, env.now, self.code(case.issue), Event(env))
        self._needs.append(need)
        resource: Resource | None = yield need.found
        case.wait_other_s += env.now - need.since
        if resource is None:
            return self.gives_up(case, "dual_list")
        yield from waiting_for_others(case, self.model, self.plan.serves.draw(self.own_luck(case, "serves")))
        fits = self.own_luck(case, "fits", resource.name) < resource.fits[need.code]
        return self.settles(case, resource.name) if fits else self.gives_up(case, resource.name)

    def slots(self) -> list[Resource]:
        """Slots of this period that stand on the list; the same ones every period."""
        listed = self.plan.listed
        if self._register is not None and self._register.in_force():
            listed = max(listed, self._register.plan.listed)
        known = self._known(self.plan.resources, listed)
        if self._sharing is None or not self._sharing.in_force():
            return known
        return known + self._known(self._sharing.plan.venues, self._sharing.plan.open_share)

    def _known(self, resources: tuple[Resource, ...], share: float) -> list[Resource]:
        return [each for each in resources for slot in range(each.slots) if self.luck("listed", each.name, slot) < share]

    def _match(self) -> None:
        if not self._needs and not self.in_force():
            return
        needs, slots = self._needs, self.slots()
        pairs = _best(needs, slots) if self.plan.matching == "best_fit" else _in_turn(needs, slots)
        served = {need: slots[slot] for need, slot in pairs}
        self.write("needs", amount=len(needs))
        self.write("slots", amount=len(slots))
        self.write("matched", amount=len(served))
        self._needs = [need for number, need in enumerate(needs) if number not in served and self._stays(need)]
        for number, need in enumerate(needs):
            if number in served:
                need.found.succeed(served[number])

    def _stays(self, need: Need) -> bool:
        """A need without a slot stays on the list, unless it has been there too often."""
        missed = self._missed[need.case.case_id] = self._missed.get(need.case.case_id, 0) + 1
        if missed >= self.plan.most:
            need.found.succeed(None)
        return missed < self.plan.most

    def ends(self) -> None:
        for need in self._needs:
            need.case.wait_other_s += self.model.env.now - need.since


def _gains(needs: list[Need], slots: list[Resource]) -> np.ndarray:
    """How well each slot fits each need: a matrix of needs x slots."""
    return np.array([[slot.fits.get(need.code, 0.0) for slot in slots] for need in needs]).reshape(len(needs), len(slots))


def _best(needs: list[Need], slots: list[Resource]) -> list[tuple[int, int]]:
    """Pairs (need, slot) with the greatest sum of fits: the assignment problem (Kuhn 1955); pairs that fit not at all go."""
    from scipy.optimize import linear_sum_assignment

    gains = _gains(needs, slots)
    rows, columns = linear_sum_assignment(gains, maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if gains[row, column] > 0]


def _in_turn(needs: list[Need], slots: list[Resource]) -> list[tuple[int, int]]:
    """Pairs (need, slot): each need in turn the first free slot that fits at all."""
    gains, free, pairs = _gains(needs, slots), list(range(len(slots))), []
    for row in range(len(needs)):
        slot = next((each for each in free if gains[row, each] > 0), None)
        if slot is not None:
            free.remove(slot)
            pairs.append((row, slot))
    return pairs
