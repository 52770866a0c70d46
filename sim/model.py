"""The model of one run: the town, its discovery of issues, and what a case asks of it on its way."""

from __future__ import annotations

from operator import attrgetter

from sim.agents.departments import Department
from sim.agents.grid_workers import GridWorker
from sim.agents.residents import Resident
from sim.calendars import Calendar
from sim.case import Case
from sim.discovery import Discovery
from sim.issue import Issue
from sim.records import MISSING
from sim.scenario import Scenario
from sim.station import Station
from sim.task import Task
from sim.town import Town
from sim.units import HOUR, Duration
from sim.working_hours import limit_type
from sim.world import World

WORKING_HOURS = 2000
"""Hours that a full-time person works a year (assumed: 250 days of 8 h); turns yearly pay into the cost of a case."""


class GovernanceModel(Town):
    """One scenario in one world. `run` carries it to the end; the journal and the issues are what it leaves."""

    def __init__(self, scenario: Scenario, world: World) -> None:
        super().__init__(scenario, world)
        self.discovery = Discovery(self)
        self._intakes = {channel.name: channel.intake for channel in scenario.residents.channels}
        for worker in self.teams.workers:
            worker.finds = self.discovery.patrol_meets

    def run(self) -> None:
        """Run to the horizon; what is not finished stays open and is written as open."""
        self.governance.begins()
        self.discovery.start()
        self.env.run(until=self.horizon)
        self.governance.ends()
        for station in self.stations:
            station.cut()
        self.journal.notes |= self.offices.notes()
        for case in list(self.discovery.open_cases.values()):
            self._close_books(case)
        for worker in self.teams.workers:
            (worker.clock.settle if worker.task is None else worker.clock.skip)(self.horizon)

    # -- asked by the lifecycle --------------------------------------------------------------------------------------

    now: int = property(attrgetter("env.now"), doc="Seconds since the start.")  # type: ignore[assignment]
    """Seconds since the start (without a frame of Python: it is the most frequent question of all)."""

    def note(self, case: Case, event: str, unit: str = "", actor: str = "", detail: str = "") -> None:
        """Write one line of a case in the journal."""
        self.journal.event(case, event, self.env.now, unit, actor, detail)

    def due(self, start: int, limit: Duration) -> int:
        """When a limit runs out."""
        return self.hours.due(start, limit)

    def limit_type(self, limit: Duration) -> str:
        """The field's name for the clock of a limit."""
        return "none" if self.world.measured is not None else limit_type(limit)

    def measured_due(self, case: Case, otherwise: int) -> int:
        """The due time that a replayed log gives, if it gives one."""
        measured = self.world.measured
        return otherwise if measured is None else int(measured.due[case.issue.number])

    def next_meeting(self, now: int) -> int:
        """The next joint meeting."""
        return self.hours.next_meeting(now)

    def at_work(self, worker: GridWorker, case: Case, activity: str, seconds: int) -> Task:
        """Work that a worker begins at once, because it stands there."""
        station = self.teams.station_of(worker, case.issue.community)
        lane = case.issue.grid - self.city.communities[case.issue.community].first_grid
        task = Task(self.env, case, activity, seconds, lane)
        station.begin(worker, task)
        return task

    def on_site(self, case: Case, duty: str, seconds: int) -> Task:
        """Verification or check on site."""
        return self.teams.task(case, duty, duty, seconds)

    def handle(self, case: Case, limit: int | None) -> Task:
        """Handling by the owner, on site; only a look, as long as a check, if there is nothing left to do."""
        owner: Department = case.owner  # type: ignore[assignment]
        seconds = self.governance.work(case, owner, self.efforts.seconds("handle", case, case.attempt))
        if not case.issue.live(self.now):
            seconds = min(seconds, self.efforts.seconds("check", case, case.attempt) or seconds)
        head = case.attempt > 1 and self.scenario.workflow.check.rework_to == "head"
        if owner.level == "grid":
            return self.teams.task(case, "handle", "handle", seconds, limit, head)
        travel = self.efforts.seconds(owner.travel_step, case, case.attempt)
        return owner.station.work(
            case, "handle", seconds, travel=travel, limit=limit, estimate=self.efforts.estimate(case),
            urgent=case.severity_seen == 3, head=head,
        )  # fmt: skip

    def arrival(self, case: Case, task: Task) -> int:
        """When the one who handles came to the place: the way takes working time like the work itself."""
        owner: Department = case.owner  # type: ignore[assignment]
        assert task.server is not None
        clock = owner.station.clock_of(task.server, task)
        return min(self.now, clock.add_work(task.started_at, task.travel))

    def desk(self, issue: Issue, level: str) -> Station:
        """The desk of a level in charge of an issue's place."""
        return self.offices.desk(issue, level)

    def owner_level(self, case: Case) -> str:
        """Lowest level with the authority for a case."""
        return self.offices.owner_level(case)

    def owner(self, case: Case) -> Department:
        """Who is to handle a case at its level."""
        return self.offices.owner(case)

    def owner_calendar(self, case: Case) -> Calendar:
        """Open hours of a case's owner."""
        return self.offices.calendar_of(case.owner)  # type: ignore[arg-type]

    def contested(self, case: Case) -> bool:
        """Whether departments contest the ownership of a case."""
        category = self.category(case.issue)
        if case.level != "district" or len(category.departments) < 2:
            return False
        return self.efforts.chance("contested", case) < self.governance.contested(case, category.contested)

    def fix_share(self, case: Case) -> float:
        """Probability that an attempt at handling really fixes the issue."""
        return self.governance.fix_share(case, self.category(case.issue).fix_quality)

    def detection(self, case: Case) -> float:
        """Probability that a check sees that the issue is not fixed."""
        return self.governance.detection(case, self.scenario.workflow.check.detection)

    def external_wait(self, case: Case) -> int:
        """Seconds of waiting for others before the work."""
        external = self.category(case.issue).external
        if self.world.measured is not None and self.world.measured.natural:
            return self.efforts.seconds("external", case)
        if self.world.measured is not None:
            return self.owner_calendar(case).add_work(self.now, self.efforts.seconds("external", case)) - self.now
        if external is None or self.efforts.chance("external share", case) >= external.share:
            return 0
        return self.efforts.seconds("external", case)

    def intake_effort(self, issue: Issue, channel: str) -> int:
        """Staff effort to receive one report."""
        seconds = self._intakes[channel].draw(self.world.luck.uniform("intake", issue.code, issue.reports))
        return self.governance.intake(issue, channel, seconds)

    def intake_desk(self, issue: Issue) -> Station:
        """The desk that receives reports: the one that establishes."""
        return self.desk(issue, self.scenario.workflow.establishment.level)

    def channel_of(self, number: int) -> str:
        """Channel of a replayed case, as the log names it."""
        assert self.world.measured is not None
        return str(self.world.measured.channel[number])

    @property
    def replayed(self) -> bool:
        """Whether the world is a city's log: its cases are known from the start, nobody needs to discover them."""
        return self.world.measured is not None

    def registered_when_done(self, case: Case) -> bool:
        """Whether the log shows that a case was entered after the work: it uses no crew here and is reported apart."""
        measured = self.world.measured
        return measured is not None and bool(measured.done_when_registered[case.issue.number])

    def needs_no_crew(self, case: Case) -> bool:
        """Whether a replayed case was closed so soon that it is over without a crew."""
        measured = self.world.measured
        return measured is not None and measured.no_crew is not None and bool(measured.no_crew[case.issue.number])

    # -- what a case changes -----------------------------------------------------------------------------------------

    def settle_issue(self, case: Case) -> None:
        """The thing itself is right from now on."""
        if case.issue.live(self.now):
            case.issue.fix(self.now)

    def heats(self, case: Case) -> None:
        """A resident has contacted again: where the escalation policy minds, somebody looks at the waiting case at once."""
        least = getattr(self.policies.escalation, "heat", 0)
        if least and case.contacts >= least and case.task is not None:
            case.owner.station.alarm(case.task)  # type: ignore[attr-defined]

    def remember(self, case: Case, resident: Resident) -> None:
        """A score moves the trust of the resident, and a little that of the others who were exposed."""
        rule, population = self.scenario.evaluation, self.population
        population.score_sum[resident.number] += case.satisfaction
        population.scores[resident.number] += 1
        resident.remembers(case.satisfaction, rule.trust_step)
        self.governance.scored(case, resident.number)
        first, last = case.issue.exposed
        others = self.world.exposure.resident[first:last]
        others = others[others != resident.number]
        population.trust[others] += rule.neighbour_step * (case.satisfaction / 100 - population.trust[others])

    def file(self, case: Case) -> None:
        """Write the row of a case that has ended."""
        self.discovery.open_cases.pop(case.case_id, None)
        costs = self.scenario.costs
        yearly = costs.crew_year if case.level not in ("", "grid") else costs.worker_year
        case.cost = (case.work_s + case.travel_s) / HOUR * yearly / WORKING_HOURS
        community = self.city.communities[case.issue.community]
        self.journal.case(case, (self.city.grids[case.issue.grid].name, community.name, community.subdistrict))

    def _close_books(self, case: Case) -> None:
        if case.handling_due != MISSING and case.fed_back_at == MISSING:
            case.overdue_raw = self.horizon > case.handling_due
            case.overdue_assessed = self.horizon > case.final_due
        self.file(case)
