"""The joint meeting with an agenda, and the leader who says what comes first."""

from __future__ import annotations

from typing import NamedTuple

from simpy.events import Event

from sim.case import Case
from sim.mechanisms.mechanism import Steps
from sim.mechanisms.papers.joint import TwoDepartments
from sim.mechanisms.papers.paper import Paper
from sim.records import MISSING
from sim.scenario.centres.ownership import JointMeeting, Leadership
from sim.units import HOUR

OPENS = 9 * HOUR
"""Time of day at which a meeting begins."""
FIRST = 1


class OneLeader(Paper):
    """Grave cases that departments contest or share are served first, and stand first on the agenda."""

    plan: Leadership

    def begins(self) -> None:
        self._two = self.fellow(TwoDepartments)

    def priority(self, case: Case, number: int) -> int:
        if case.severity_seen < self.plan.first_from or not self.here(case):
            return number
        shared = self._two is not None and self._two.needs_two(case)
        return min(number, FIRST) if shared or self.contests(case) else number


class Item(NamedTuple):
    """A case that waits for the meeting."""

    case: Case
    since: int
    settled: Event


class MeetingWithAgenda(Paper):
    """Cases wait on the agenda; a meeting takes so many, and settles most of them."""

    plan: JointMeeting

    def begins(self) -> None:
        self._agenda: list[Item] = []
        self._called = False
        self._leader = self.fellow(OneLeader)
        self.every(self.plan.every.seconds, self._meet, OPENS)

    def meets(self, case: Case) -> Steps | None:
        return self._waits(case) if self.here(case) else None

    def _waits(self, case: Case) -> Steps:
        env = self.model.env
        item = Item(case, env.now, Event(env))
        self._agenda.append(item)
        self._calls_special()
        yield item.settled
        case.wait_other_s += env.now - item.since

    def _calls_special(self) -> None:
        plan = self.plan
        if plan.special is None or plan.notice is None or self._called or len(self._agenda) < plan.special:
            return
        self._called = True
        self.write("special meeting called", amount=len(self._agenda))
        self.at(self.model.env.now + plan.notice.seconds, self._special)

    def _special(self) -> None:
        self._called = False
        self._meet()

    def _order(self, item: Item) -> tuple[int, ...]:
        case = item.case
        if self._leader is None or not self._leader.here(case):
            return 0, 0, item.since, case.case_id
        due = case.final_due if case.final_due != MISSING else item.since
        return -case.severity_seen, due, item.since, case.case_id

    def _meet(self) -> None:
        if not self._agenda:
            return
        now, taken = self.model.env.now, sorted(self._agenda, key=self._order)[: self.plan.capacity]
        settled = [item for item in taken if self._settles(item.case, now)]
        self._agenda = [item for item in self._agenda if item not in settled]
        for item in settled:
            item.settled.succeed()
        self.write("meeting", subject=f"taken {len(taken)} left {len(self._agenda)}", amount=len(settled))

    def _settles(self, case: Case, now: int) -> bool:
        return self.luck("settled", case.issue.code, case.opening, now) < self.plan.settled

    def ends(self) -> None:
        for item in self._agenda:
            item.case.wait_other_s += self.model.env.now - item.since
        self.write("left on the agenda", amount=len(self._agenda))
