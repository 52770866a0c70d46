"""The race between residents, patrols and sensors for each issue: the first finder opens the case.

Residents and sensors are candidates from birth; a patrol meets an issue where its round passes. A report on an issue with
an open case is an intake row that costs effort: recognised, it merges; else it becomes a second case of the same issue.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simpy.events import Event

from sim.agents.grid_workers import GridWorker
from sim.agents.residents import Resident, Seen
from sim.agents.sensors import Sensor
from sim.case import Case
from sim.false_alarms import FalseAlarms
from sim.instant import ARRIVAL, CASE, ISSUE, RESIDENT, content_key
from sim.issue import Issue, issue_of
from sim.moment import Moment
from sim.records import MISSING
from sim.reports import Reports
from sim.scenario.residents import Channel

if TYPE_CHECKING:
    from sim.model import GovernanceModel

PREVENTED = "prevented"
"""Found by: what did not begin because something prevented it."""
_NOBODY = 2**62


class Discovery(Reports):
    """Everything that happens to an issue before and beside its cases."""

    def __init__(self, model: GovernanceModel) -> None:
        super().__init__(model)
        self.alive: list[Issue] = []
        self._next = 0
        self.exposure = model.world.exposure.for_reading()
        self._delay_of: dict[str, memoryview] = {}
        self._known = model.governance.known_share if model.governance.moves_awareness else None

    def start(self) -> None:
        """Schedule the first issue and the first false alarm."""
        self._await_issue()
        FalseAlarms(self.model, self).start()

    def _at(self, at: int, key: int, then: Callable[[Event], None]) -> None:
        if at >= self.model.horizon:
            return
        Moment(self.model.env, at - self.model.env.now, key, then)

    # -- issues begin ------------------------------------------------------------------------------------------------

    def _await_issue(self) -> None:
        world = self.model.world
        if self._next < len(world):
            self._at(max(0, int(world.onset[self._next])), content_key(ARRIVAL, ISSUE, self._next), self._issue_begins)

    def _issue_begins(self, _: Event) -> None:
        number = self._next
        self._next += 1
        issue = issue_of(self.model.world, number, self.model.issue_places.grid_of(number))
        self.alive.append(issue)
        if not self.model.replayed and self.model.governance.prevents(issue):
            issue.found_by, issue.fixed_at = PREVENTED, issue.onset
            self._await_issue()
            return
        if self.model.replayed:
            case = self._open(issue, "log", "log")
            case.reported_at = issue.found_at = issue.onset  # before the run for what is open when it begins
            case.channel = self.model.channel_of(number)
            self._write_report(issue, case.case_id, "log", "log", False, 0)
            self._begin(case, None)
        else:
            self._watch_by_sensors(issue)
            self._watch_by_patrols(issue)
            self._await_residents(issue)
            self.model.governance.began(issue)
        self._await_issue()

    def _watch_by_sensors(self, issue: Issue) -> None:
        now, gone = self.model.env.now, issue.resolves if issue.resolves != MISSING else _NOBODY
        for sensor in self.model.sensors_on(issue):
            at = sensor.detects(now, issue.code, gone)
            if at == MISSING or not sensor.is_read(issue.code):
                continue
            at = self.model.governance.alarm_at(issue, sensor, at + self.model.sensor_latency(sensor, issue))
            if at == MISSING:
                continue
            if issue.sensor_at == MISSING or at < issue.sensor_at:
                issue.sensor_at = at
            self._at(
                at, content_key(ARRIVAL, ISSUE, issue.number, 1), lambda _, sensor=sensor: self._alarm(issue, sensor)
            )

    def _watch_by_patrols(self, issue: Issue) -> None:
        visibility = self.model.category(issue).visibility
        if visibility <= 0:
            return
        issue.watch += 1
        governance = self.model.governance
        for worker in self.model.patrols_on(issue):
            luck = self.model.world.luck.uniform("seen", issue.code, worker.name, issue.cases)
            passes = worker.sees_on_pass(governance.visibility(issue, worker, visibility), luck)
            worker.watches(issue, self.model.issue_places.spot_of(issue), passes)

    # -- residents ---------------------------------------------------------------------------------------------------

    def _await_residents(self, issue: Issue) -> None:
        """Every exposed resident who might report, at the moment when the report would be handed in."""
        exposure, model = self.exposure, self.model
        gone = issue.resolves if issue.resolves != MISSING else _NOBODY
        for row in range(*issue.exposed):
            number = exposure.resident[row]
            channel = Resident.picks_channel(
                model.population, number, exposure.choice[row], exposure.aware[row], self._known
            )
            if channel is None:
                continue
            noticed = issue.onset + exposure.notices[row]
            at = model.calendars[channel.calendar].next_open(noticed) + self._delays(channel)[row]
            if at < gone:
                key = content_key(ARRIVAL, RESIDENT, number, row - issue.exposed[0])
                self._at(at, key, lambda _, row=row, channel=channel: self._resident_acts(issue, row, channel.name))

    def _delays(self, channel: Channel) -> memoryview:
        """Seconds from noticing to the report by this channel, for every row of the exposure at once."""
        column = self._delay_of.get(channel.name)
        if column is None:
            column = memoryview(channel.delay.seconds(self.model.world.exposure.delay))  # pyright: ignore[reportArgumentType]
            self._delay_of[channel.name] = column
        return column

    def _resident_acts(self, issue: Issue, row: int, channel: str) -> None:
        now, model = self.model.env.now, self.model
        if not issue.live(now):
            return
        number = self.exposure.resident[row]
        propensity = model.governance.report_share(issue, number, model.category(issue).propensity)
        seen = Seen(issue.severity(now), propensity, self.exposure.report[row])
        if Resident.decides_to_report(model.population, number, seen):
            if issue.resident_at == MISSING:
                issue.resident_at = now
            self.hand_in(issue, number, channel)

    def hand_in(self, issue: Issue, number: int, channel: str) -> None:
        """A resident reports. Whoever opens a case takes part as an agent until its evaluation; others only report."""
        model = self.model
        model.population.contacts[number] += 1
        effort = model.intake_effort(issue, channel)
        case = self.report(issue, channel, str(number), effort)
        self._received(issue, effort)
        if case is None:
            return
        case.public, case.resident = True, number
        model.residents[case.case_id] = resident = Resident(model, number)
        self._await_patience(case, resident)

    def _received(self, issue: Issue, effort: int) -> None:
        if effort:
            self.model.intake_desk(issue).work(None, "intake", effort)

    def _await_patience(self, case: Case, resident: Resident) -> None:
        """A resident whose case is not closed in time may contact again."""
        model = self.model
        wait = model.efforts.seconds("patience", case, case.contacts)
        at = model.env.now + wait
        self._at(
            at, content_key(ARRIVAL, CASE, case.case_id % (1 << 34)), lambda _: self._out_of_patience(case, resident)
        )

    def _out_of_patience(self, case: Case, resident: Resident) -> None:
        model = self.model
        if case.closed or not resident.contacts_again(
            case.contacts, model.efforts.chance("contact again", case, case.contacts)
        ):
            return
        case.contacts += 1
        case.severity_seen = max(case.severity_seen, case.issue.severity(model.env.now))
        model.population.contacts[resident.number] += 1
        effort = model.intake_effort(case.issue, case.channel)
        self._received(case.issue, effort)
        self._write_report(case.issue, case.case_id, case.channel, str(resident.number), True, effort)
        model.heats(case)
        self._await_patience(case, resident)

    # -- patrols and sensors -----------------------------------------------------------------------------------------

    def patrol_meets(self, worker: GridWorker, issue: Issue) -> bool:
        """A worker sees a live issue on the round; True if that starts work for it."""
        if issue.patrol_at == MISSING:
            issue.patrol_at = self.model.env.now
        if issue.open_case is not None:
            return False
        case = self._open(issue, "patrol", worker.name)
        self._write_report(issue, case.case_id, "patrol", worker.name, False, 0)
        self._begin(case, worker)
        return True

    def _alarm(self, issue: Issue, sensor: Sensor) -> None:
        if issue.live(self.model.env.now):
            self.report(issue, "sensor", sensor.name, 0)

    def case_ends(self, case: Case) -> None:
        """A case has ended. If the issue is still live it can be found again."""
        issue = case.issue
        if issue.open_case is case:
            issue.open_case = None
        if issue.live(self.model.env.now) and issue.open_case is None and not self.model.replayed:
            self._watch_by_patrols(issue)
