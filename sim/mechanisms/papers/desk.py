"""The desk: what a machine does there, and supervision and command as two centres."""

from __future__ import annotations

from sim.case import Case
from sim.mechanisms.papers.paper import Paper
from sim.scenario.centres.desk import OneTap, TwoCentres
from sim.station import Station


class Classifier(Paper):
    """A machine reads reports and does steps of the desk: no queue and no minute of a person, at its own accuracy."""

    def reads(self, case: Case) -> bool:
        """Whether it handles this case: a report of its channels that has not come back from a department."""
        return case.channel in self.plan.channels and not case.returns and self.here(case)

    def desk_work(self, case: Case, step: str, seconds: int) -> int:
        return 0 if step in self.plan.steps and self.reads(case) else seconds

    def accuracy(self, case: Case, share: float) -> float:
        return self.plan.accuracy if self.reads(case) else share


class OneTapReport(Classifier):
    """The same on the terminal of grid workers, who also write less."""

    plan: OneTap

    def desk_work(self, case: Case, step: str, seconds: int) -> int:
        if step.startswith("report ") and self.reads(case):
            return self.plan.report.draw(self.model.efforts.chance(step, case))  # the case's own luck for its report
        return super().desk_work(case, step, seconds)


class SupervisionAndCommand(Paper):
    """Supervision establishes, command dispatches: each has its own people and its own line."""

    plan: TwoCentres

    def begins(self) -> None:
        flow = self.model.scenario.workflow
        self._levels = {"establish": flow.establishment.level, "dispatch": flow.dispatch.level}
        self._centres: dict[tuple[str, str], Station] = {}
        self._open("establish", "supervision", self.plan.supervision)
        self._open("dispatch", "command", self.plan.command)

    def _open(self, step: str, name: str, people: int) -> None:
        desks = self.model.scenario.staffing.desks
        calendar = next(desk.calendar for level, desk in desks.items() if level == self._levels[step])
        for level, unit in self.model.offices.desks:
            if level == self._levels[step]:
                self._centres[step, unit] = self.staff(f"{name}_{unit}", people, calendar)

    def desk(self, case: Case, step: str, desk: Station) -> Station:
        if step not in self._levels or not self.here(case):
            return desk
        return self._centres[step, self.model.offices.unit(case.issue, self._levels[step])]

    def desk_work(self, case: Case, step: str, seconds: int) -> int:
        if step != "dispatch" or not seconds or not self.here(case):
            return seconds
        return seconds + self.plan.pass_on.draw(self.luck("pass on", case.issue.code, case.opening, case.returns))
