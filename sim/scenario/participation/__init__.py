"""Chapter `participation`: councils, volunteers, points and whatever else residents take part in.

Everything here is optional and off unless a scenario names it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import model_validator

from sim.messages import say
from sim.scenario.chapter import Chapter, entry
from sim.scenario.participation.helping import (
    BuildingContacts,
    HotlineTop,
    Organisations,
    Pact,
    Partners,
    Projects,
    Volunteers,
    Wishes,
)
from sim.scenario.participation.meetings import (
    Councils,
    Culture,
    Facilitation,
    Opening,
    Profiling,
    RepeatedGame,
    Turnout,
)
from sim.scenario.participation.reach import (
    App,
    Disclosure,
    Integration,
    Leaders,
    Outreach,
    Privacy,
    Terminals,
    Training,
)
from sim.scenario.participation.rewards import CreditLedger, Points, Stars, TimeBank

NEEDS = {
    "councils": "turnout", "facilitation": "councils", "repeated_game": "councils", "youth": "turnout",
    "profiling": "turnout", "culture": "turnout", "volunteers": "turnout", "points": "turnout", "credit_ledger": "points",
    "time_bank": "volunteers", "stars": "volunteers",
}  # fmt: skip
"""Options that do nothing without another."""

NAMED = {"categories": "category", "shares": "category", "bands": "age band", "registered": "age band", "calendar": "calendar"}
"""Fields that name something of another chapter, and what."""


class Participation(Chapter):
    """Councils, volunteers, points and whatever else residents take part in."""

    turnout: Turnout | None = entry("who takes part; none: nobody", default=None)
    councils: Councils | None = entry("councils of residents; none: no council", default=None)
    facilitation: Facilitation | None = entry("facilitators of meetings; none: nobody leads", default=None)
    repeated_game: RepeatedGame | None = entry("whether parties give way; none: a good proposal is enough", default=None)
    youth: Opening | None = entry("a way of taking part for the young; none: as for all", default=None)
    profiling: Profiling | None = entry("personal invitations; none: public notice", default=None)
    culture: Culture | None = entry("cultural events; none: no event", default=None)
    points: Points | None = entry("points for deeds; none: no reward", default=None)
    credit_ledger: CreditLedger | None = entry("ledger of deeds; none: as points say", default=None)
    time_bank: TimeBank | None = entry("bank of hours; none: hours are given away", default=None)
    stars: Stars | None = entry("honours of volunteers; none: no honour", default=None)
    volunteers: Volunteers | None = entry("volunteers; none: nobody", default=None)
    contacts: BuildingContacts | None = entry("contacts in buildings; none: nobody", default=None)
    organisations: Organisations | None = entry("social organisations; none: no organisation", default=None)
    partners: Partners | None = entry("experts who help; none: nobody", default=None)
    projects: Projects | None = entry("small works of residents; none: no project", default=None)
    wishes: Wishes | None = entry("small wishes; none: nobody asks", default=None)
    pact: Pact | None = entry("pact of neighbours; none: no pact", default=None)
    hotline_top: HotlineTop | None = entry("what is called for most comes first; none: as triage says", default=None)
    leaders: Leaders | None = entry("opinion leaders; none: nobody leads", default=None)
    outreach: Outreach | None = entry("visits to homes; none: no visit", default=None)
    training: Training | None = entry("courses for residents; none: no course", default=None)
    integration: Integration | None = entry("package for tenants; none: no package", default=None)
    app: App | None = entry("community app; none: an app that everybody can use", default=None)
    terminals: Terminals | None = entry("age-friendly terminals; none: no terminal", default=None)
    privacy: Privacy | None = entry("leaks of data; none: no leak", default=None)
    disclosure: Disclosure | None = entry("publication of results; none: nothing is published", default=None)

    @model_validator(mode="after")
    def _connected(self) -> Participation:
        for name, need in NEEDS.items():
            if getattr(self, name) is not None and getattr(self, need) is None:
                raise ValueError(say("{name} does nothing without {need}; give {need} as well", name=name, need=need))
        return self

    def names(self) -> Iterator[tuple[str, str, str]]:
        """Every category, age band and calendar that is named: its path, its kind and the name."""
        for option in type(self).model_fields:
            plan = getattr(self, option)
            for field in type(plan).model_fields if plan is not None else ():
                value = getattr(plan, field)
                if field in NAMED and not (value and isinstance(value, tuple) and isinstance(value[0], float)):
                    for name in (value,) if isinstance(value, str) else tuple(value):
                        yield f"{option}.{field}", NAMED[field], name
