"""False alarms: a device cries wolf at times of its own; where somebody reads it, a case follows though nothing is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.sensors import Sensor
from sim.instant import ARRIVAL, ISSUE, content_key
from sim.issue import Issue
from sim.issue_stream import place_code
from sim.moment import Moment
from sim.records import MISSING
from sim.reports import Reports

if TYPE_CHECKING:
    from sim.model import GovernanceModel

FIRST_CASE = 10**12
"""Case numbers of false alarms begin here."""
_ALARMS_PER_SECOND = 1000


class FalseAlarms:
    """The false alarms of a run, in order of time."""

    def __init__(self, model: GovernanceModel, reports: Reports) -> None:
        self.model = model
        self.reports = reports
        self._last = 0
        self._alarms: list[tuple[int, int, int, Sensor]] = []

    def start(self) -> None:
        """Schedule the first one."""
        self._alarms = sorted(
            (at, index, number, sensor)
            for index, sensor in enumerate(self.model.sensors)
            for number, at in enumerate(sensor.false_alarms(self.model.horizon))
        )[::-1]
        self._await_next()

    def _await_next(self) -> None:
        if self._alarms and self._alarms[-1][0] < self.model.horizon:
            at, index, *_ = self._alarms[-1]
            env = self.model.env
            Moment(env, at - env.now, content_key(ARRIVAL, ISSUE, index, 2), lambda _: self._sounds())

    def _sounds(self) -> None:
        at, index, number, sensor = self._alarms.pop()
        if sensor.is_read(-at):
            nothing = self._nothing(sensor, number, at)
            comes = self.model.governance.alarm_at(nothing, sensor, at)
            if comes == at:
                self._opens(nothing, sensor)
            elif comes != MISSING and comes < self.model.horizon:
                key = content_key(ARRIVAL, ISSUE, index, 3)
                Moment(self.model.env, comes - at, key, lambda _: self._opens(nothing, sensor))
        self._await_next()

    def _opens(self, nothing: Issue, sensor: Sensor) -> None:
        self.reports.open_alarm(nothing, self._case_number(self.model.env.now), sensor.name)

    def _nothing(self, sensor: Sensor, number: int, at: int) -> Issue:
        """The issue that is none: work follows where the device stands."""
        model = self.model
        grid, category = model.some_grid(sensor), model.category_number(sensor.device.categories[0])
        issue = Issue(-1, int(place_code(sensor.name)) + number, at, sensor.community, grid, category)
        issue.x, issue.y = model.city.grids[grid].centre
        return issue

    def _case_number(self, at: int) -> int:
        """Number of a false alarm's case: by its second, so that neither a further device nor a longer run moves it."""
        self._last = max(FIRST_CASE + at * _ALARMS_PER_SECOND, self._last + 1)
        return self._last
