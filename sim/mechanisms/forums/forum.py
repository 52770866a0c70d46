"""What the places have in common where a matter is settled outside the chain."""

from __future__ import annotations

from sim.case import Case
from sim.mechanisms.papers.paper import Paper
from sim.records import MISSING
from sim.scenario.forums.settling import Shares
from sim.station import Station
from sim.units import DAY


class Hiring(Paper):
    """A mechanism with people of its own. They are paid from its start on, and not at all if that lies after the run."""

    def begins(self) -> None:
        self._pay: dict[str, tuple[str, float]] = {}

    @property
    def ever(self) -> bool:
        """Whether it comes into force within the run."""
        return self.plan.starts.seconds < self.model.horizon

    def hires(self, name: str, people: int, calendar: str, each: float, kind: str = "pay") -> Station:
        """People with a line of their own, at so many yuan a year each."""
        self._pay[name] = kind, each
        return self.staff(name, people, calendar)

    def pays(self, station: str, servers: int) -> tuple[str, float] | None:
        pay = self._pay.get(station)
        if pay is None:
            return None
        return pay[0], servers * pay[1] * (1 - self.plan.starts.seconds / self.model.horizon)


class Forum(Hiring):
    """A mechanism that may settle established cases itself."""

    def taken(self, case: Case, shares: Shares, most_severe: int, question: str) -> bool:
        """Whether this very case is one of those that come here, by the share of its category."""
        share = shares.get(self.code(case.issue), 0.0)
        if not share or case.severity_seen > most_severe or not self.here(case):
            return False
        return self.lucky(case, question, share)

    def own_luck(self, case: Case, question: str, *more: object) -> float:
        """A uniform of this mechanism for one opening of an issue, the same under every policy."""
        return self.luck(question, case.issue.code, case.opening, *more)

    def settles(self, case: Case, name: str, fixed: bool = True) -> bool:
        """The matter is settled here: the issue is right if `fixed`; overdue if its limit is over. Returns True."""
        now = self.model.env.now
        if fixed:
            self.model.settle_issue(case)
        case.department = name
        if case.handling_due != MISSING:
            case.overdue_raw, case.overdue_assessed = now > case.handling_due, now > case.final_due
        self.write("settled outside", name, str(case.case_id), (now - case.established_at) / DAY)
        return True

    def gives_up(self, case: Case, name: str) -> bool:
        """The matter goes the formal way after all. Returns False."""
        self.write("came back", name, str(case.case_id), (self.model.env.now - case.established_at) / DAY)
        return False
