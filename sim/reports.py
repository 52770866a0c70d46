"""Reports and the cases that they open: the first report of an issue opens a case, a recognised further one joins it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.grid_workers import GridWorker
from sim.case import CASES_PER_ISSUE, Case
from sim.issue import Issue
from sim.lifecycle import life_of
from sim.records import MISSING

if TYPE_CHECKING:
    from sim.model import GovernanceModel


class Reports:
    """Intake rows and opened cases of a run."""

    def __init__(self, model: GovernanceModel) -> None:
        self.model = model
        self.open_cases: dict[int, Case] = {}

    def report(self, issue: Issue, channel: str, by: str, effort: int) -> Case | None:
        """Hand in a report. Opens a case, or joins an open one; returns the case that it opened, if any."""
        if issue.open_case is not None and self._recognised(issue):
            issue.open_case.contacts += 1
            self._write_report(issue, issue.open_case.case_id, channel, by, True, effort)
            return None
        case = self._open(issue, channel, by)
        self._write_report(issue, case.case_id, channel, by, False, effort)
        self._begin(case, None)
        return case

    def open_alarm(self, issue: Issue, number: int, by: str) -> None:
        """Open a case on a false alarm."""
        case = Case(number, issue, 1, "sensor", self.model.env.now)
        case.by = by
        issue.open_case = case
        self._write_report(issue, case.case_id, "sensor", by, False, 0)
        self._begin(case, None)

    def open_finding(self, issue: Issue, number: int, worker: GridWorker) -> None:
        """Open a case on what a worker who is free now says to have found."""
        case = Case(number, issue, 1, "patrol", self.model.env.now)
        case.by = worker.name
        issue.open_case = case
        self._write_report(issue, case.case_id, "patrol", worker.name, False, 0)
        self._begin(case, worker)

    def _recognised(self, issue: Issue) -> bool:
        if issue.cases >= CASES_PER_ISSUE - 1:
            return True
        model = self.model
        luck = model.world.luck.uniform("recognised", issue.code, issue.reports)
        return luck < model.governance.recognition(issue, model.scenario.workflow.establishment.recognition)

    def _open(self, issue: Issue, channel: str, by: str) -> Case:
        now = self.model.env.now
        issue.cases += 1
        case = Case(issue.number * CASES_PER_ISSUE + issue.cases, issue, issue.cases, channel, now)
        case.by = by
        if issue.cases > 1:
            case.repeat_of = issue.number * CASES_PER_ISSUE + issue.cases - 1
        if issue.found_at == MISSING:
            issue.found_at = now
            issue.found_by = channel if channel in ("patrol", "sensor", "log") else "resident"
        issue.open_case = case
        return case

    def _begin(self, case: Case, finder: GridWorker | None) -> None:
        self.open_cases[case.case_id] = case
        self.model.governance.opened(case)
        self.model.env.process(life_of(case, self.model, finder))

    def _write_report(self, issue: Issue, case_id: int, channel: str, by: str, merged: bool, effort: int) -> None:
        issue.reports += 1
        self.model.journal.report(issue.number, case_id, channel, by, self.model.env.now, merged, effort)
