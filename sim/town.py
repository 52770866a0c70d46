"""The town of a run: places, agents, stations and calendars as they stand before anything happens."""

from __future__ import annotations

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false
from collections.abc import Sequence

from sim.agents.departments import Department
from sim.agents.grid_workers import GridWorker
from sim.agents.mesa_agents import Model
from sim.agents.residents import Population, Resident
from sim.agents.sensors import Sensor
from sim.agents.teams import Teams
from sim.calendars import Calendar
from sim.clock import Clock
from sim.devices import Devices
from sim.efforts import Efforts
from sim.governance import Governance
from sim.issue import Issue
from sim.issue_places import IssuePlaces
from sim.journal import Journal
from sim.offices import Offices
from sim.places import build_city
from sim.policies.table import choose
from sim.policies.view import QueueView
from sim.policies.witness import witnessed
from sim.records import MISSING
from sim.scenario import Scenario
from sim.scenario.issues import Category
from sim.server import Server
from sim.station import Rules, Station
from sim.task import Task
from sim.working_hours import WorkingHours
from sim.world import World

NO_LIMIT = 2**60
"""Due time, for a queue, of an established case without a limit."""


class Town(Model):
    """Who and what is there. Built once; `GovernanceModel` sets it going."""

    def __init__(self, scenario: Scenario, world: World) -> None:
        super().__init__(rng=0)
        self.scenario = scenario
        self.world = world
        self.env = Clock(initial_time=0)
        self.horizon = scenario.time.horizon.seconds
        self.city = build_city(scenario.places)
        self.hours = WorkingHours(scenario)
        self.calendars = self.hours.calendars
        self.journal = Journal()
        self.policies = choose(scenario.policies)
        if scenario.policies.keep_decisions:
            self.policies = witnessed(self.policies, lambda *seen: self.journal.decision(self.env.now, *seen))
        self.efforts = Efforts(scenario, world)
        self.population = Population(scenario, self.city)
        self.residents: dict[int, Resident] = {}
        self.stations: list[Station] = []
        self.governance = Governance(self)  # type: ignore[arg-type]  # asked while the town is built
        self.teams = Teams(self)
        self.offices = Offices(self)
        self.devices = Devices(self)
        self._categories = scenario.issues.categories
        self.issue_places = IssuePlaces(world, self.city, bool(self.teams.patrols))

    def category(self, issue: Issue) -> Category:
        """Category of an issue."""
        return self._categories[issue.category]

    def category_number(self, code: str) -> int:
        """Number of a category."""
        return next(number for number, category in enumerate(self._categories) if category.code == code)

    # -- who is there ------------------------------------------------------------------------------------------------

    @property
    def sensors(self) -> list[Sensor]:
        """All sensors."""
        return self.devices.sensors

    @property
    def departments(self) -> dict[str, Department]:
        """Departments of the district by name."""
        return self.offices.departments

    def sensors_on(self, issue: Issue) -> list[Sensor]:
        """Sensors that cover an issue."""
        return self.devices.on(issue)

    def sensor_latency(self, sensor: Sensor, issue: Issue) -> int:
        """Seconds from a sample to the desk."""
        return self.devices.latency(sensor, issue)

    def patrols_on(self, issue: Issue) -> Sequence[GridWorker]:
        """Workers whose round passes an issue."""
        return self.teams.patrols.get(issue.grid, ())

    def some_grid(self, sensor: Sensor) -> int:
        """Grid in which a sensor stands: devices are spread over the grids of their community in turn."""
        community = self.city.communities[sensor.community]
        return community.first_grid + sensor.number % community.grids

    def build_station(self, name: str, lanes: Sequence[Sequence[Server]], calendar: Calendar, rules: Rules) -> Station:
        """A station with the scenario's queue policy."""
        station = Station(self.env, name, len(self.stations), lanes, calendar, self.rank, self.journal, rules)
        self.stations.append(station)
        return station

    def rank(self, task: Task) -> tuple:
        """What the queue policy says of a task; work without a case comes after all cases."""
        case = task.case
        if case is None:
            return (9, 0, 0, 0)
        established = case.established_at if case.established_at != MISSING else case.reported_at
        due = (
            case.final_due if case.final_due != MISSING else NO_LIMIT if case.established_at != MISSING else established
        )
        return self.policies.queueing.rank(
            QueueView(case.priority, due, established, case.case_id, task.estimate, case.supervised)
        )
