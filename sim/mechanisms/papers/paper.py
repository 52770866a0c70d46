"""What the mechanisms of this room share: they know each other, and which cases concern several departments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.departments import Department
from sim.case import Case
from sim.instant import ARRIVAL, MEETING, content_key
from sim.mechanisms.mechanism import Mechanism
from sim.moment import Moment
from sim.server import Server
from sim.station import Rules, Station

if TYPE_CHECKING:
    pass

DISTRICT = "district"


class Paper(Mechanism):
    """A mechanism between report and department."""

    def lucky(self, case: Case, question: str, share: float) -> bool:
        """Whether the luck of this case in a question lies below a share."""
        return self.luck(question, case.issue.code, case.opening) < share

    def contests(self, case: Case) -> bool:
        """Whether departments contest the case when it comes to them, wherever it is now."""
        model, category = self.model, self.model.category(case.issue)
        if len(category.departments) < 2 or model.owner_level(case) != DISTRICT:
            return False
        return model.efforts.chance("contested", case) < model.governance.contested(case, category.contested)

    def owned_by(self, case: Case) -> Department | None:
        """The department that has the case; None while it is with nobody or below the district."""
        owner = case.owner
        return owner if isinstance(owner, Department) and owner.level == DISTRICT else None

    def staff(self, name: str, people: int, calendar: str) -> Station:
        """New people with a line of their own, in the hours of a calendar of the scenario."""
        hours = self.model.calendars[calendar]
        servers = [Server(f"{name}-{number + 1}", number, hours) for number in range(people)]
        return self.model.build_station(name, [servers], hours, Rules())

    def pause(self, seconds: int, owner: int) -> Moment:
        """An event after so many seconds; `owner` orders those of one instant."""
        return Moment(self.model.env, seconds, content_key(ARRIVAL, MEETING, self.number, owner))
