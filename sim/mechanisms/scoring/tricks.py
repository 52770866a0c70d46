"""What agents do to look better than they are: closing by force, refusing what would be late, easy cases first."""

from __future__ import annotations

from collections import Counter

from sim.agents.departments import Department
from sim.bench import Rank
from sim.case import Case
from sim.mechanisms.scoring.appraisal import LATE
from sim.mechanisms.scoring.unit import Judged, Unit
from sim.records import MISSING
from sim.scenario.scoring import Trick as Plan
from sim.task import Task

RESOLVED, KEPT = ("resolved",), ("kept",)


class Trick(Judged):
    """Something that a unit does where it pays; inspections find some of it."""

    plan: Plan

    def worth_it(self, unit: Unit, gain: float) -> bool:
        """Whether a unit would do it, and wins more by it than it must expect to lose. `gain`: weight in its score."""
        won = self.appraisal.stake(unit) * gain
        return won > self.plan.found * self.plan.found_loss and self.luck("willing", unit.name) < self.plan.willing

    def done(self, event: str, unit: Unit, case: Case) -> None:
        """Write that it was done; if an inspection finds it, the unit is fined."""
        self.write(event, unit.name, str(case.case_id), 1.0)
        self.inspected(unit, case)

    def inspected(self, unit: Unit, case: Case) -> None:
        if self.luck("found", case.issue.code, case.occasion(case.attempt)) < self.plan.found:
            self.write("found", unit.name, str(case.case_id), self.plan.found_loss)
            self.appraisal.fine(unit, self.plan.found_loss)

    def too_late(self, case: Case) -> bool:
        """Whether the work on a case, begun now, would end after its limit."""
        return case.final_due != MISSING and self.model.env.now + self.model.efforts.estimate(case) > case.final_due


class ForcedClosing(Trick):
    """A case that failed its check and would be late if it were handled again is closed by force."""

    def most_reworks(self, case: Case, number: int) -> int:
        unit = Unit("department", case.department)
        weigh = self.appraisal.weight
        if case.reworks >= number or case.overdue_assessed or not self.too_late(case) or not self.here(case):
            return number
        if not self.worth_it(unit, weigh(unit, LATE) - weigh(unit, RESOLVED)):
            return number
        self.done("forces", unit, case)
        return case.reworks


class Bouncing(Trick):
    """A contested case that could not be handled in time is refused."""

    def begins(self) -> None:
        self._bounced: set[int] = set()

    def refusal(self, case: Case, department: Department, share: float) -> float:
        unit = Unit("department", department.name)
        weigh = self.appraisal.weight
        if not self.too_late(case) or not self.here(case):
            return share
        if not self.worth_it(unit, weigh(unit, LATE) - weigh(unit, KEPT)):
            return share
        self._bounced.add(case.case_id)
        return 1.0

    def wait(self, case: Case, step: str, seconds: int) -> int:
        """Written when it is really refused."""
        if step == "refusal" and case.case_id in self._bounced:
            self._bounced.discard(case.case_id)
            self.done("bounces", Unit("department", case.department), case)
        return seconds


class CherryPicking(Trick):
    """Who picks serves the cases that look shortest first, whatever their class; emergencies stay in front."""

    def begins(self) -> None:
        self._picked: Counter[str] = Counter()
        self._seen: set[int] = set()
        offices = self.model.offices
        for department in (*offices.departments.values(), *offices.level_teams.values(), *self.model.teams.handlers.values()):
            department.station.rank = self._easy_first(Unit("department", department.name), department.station.rank)

    def _easy_first(self, unit: Unit, rank: Rank) -> Rank:
        return lambda task: (task.estimate if self._picks(unit, task) else 0, *rank(task))

    def _picks(self, unit: Unit, task: Task) -> bool:
        case = task.case
        if case is None or task.activity != "handle" or not self.here(case):
            return False
        if not self.worth_it(unit, self.appraisal.weight(unit, LATE)):
            return False
        if case.case_id not in self._seen:
            self._seen.add(case.case_id)
            self._picked[unit.name] += 1
            self.inspected(unit, case)
        return True

    def closed(self, case: Case) -> None:
        self._seen.discard(case.case_id)

    def ends(self) -> None:
        """Write how many cases each unit has put in order of ease."""
        for name, count in sorted(self._picked.items()):
            self.write("picks", name, "", float(count))
