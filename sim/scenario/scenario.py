"""The whole specification: what can be printed, hashed and compared without running anything."""

from __future__ import annotations

import hashlib
import json

from pydantic import model_validator

from sim.scenario.adaptation import Adaptation
from sim.scenario.centres import Centres
from sim.scenario.chapter import Chapter, Label, Name, entry
from sim.scenario.choices import Choices
from sim.scenario.costs import Costs
from sim.scenario.emergencies import Emergencies
from sim.scenario.escalation import Escalation
from sim.scenario.evaluation import Evaluation
from sim.scenario.forums import Forums
from sim.scenario.issues import Issues
from sim.scenario.knowledge import Knowledge
from sim.scenario.participation import Participation
from sim.scenario.places import Places
from sim.scenario.replay import Replay
from sim.scenario.residents import Residents
from sim.scenario.scoring import Scoring
from sim.scenario.sensing import Sensing
from sim.scenario.staffing import Staffing
from sim.scenario.times import Time, WorkCalendar
from sim.scenario.workflow import Workflow

SCHEMA_VERSION = 1


class Scenario(Chapter):
    """A scenario: one chapter for each part of the model. `always` is a calendar that needs no entry."""

    schema_version: int = entry("version of this schema", ge=SCHEMA_VERSION, le=SCHEMA_VERSION)
    name: Name = entry("name, also of its result folder")
    title: Label = entry("one line in English")
    title_zh: Label = entry("one line in Chinese")
    time: Time = entry("window of the run")
    calendars: dict[Name, WorkCalendar] = entry("working hours by name")
    places: Places = entry("where people live and how grids are cut")
    residents: Residents = entry("who lives there and how they report")
    issues: Issues = entry("what goes wrong")
    sensing: Sensing = entry("devices")
    staffing: Staffing = entry("who works")
    workflow: Workflow = entry("the seven steps")
    escalation: Escalation = entry("levels, passing through them, contested cases")
    evaluation: Evaluation = entry("call-back, scores, trust")
    costs: Costs = entry("money")
    policies: Choices = entry("policies by decision point")
    participation: Participation | None = entry("what residents take part in; none: nothing", default=None)
    centres: Centres | None = entry("who may decide what; none: the chain alone", default=None)
    forums: Forums | None = entry("where matters are settled outside the chain; none: nowhere", default=None)
    knowledge: Knowledge | None = entry("data that are shared; none: none beyond the case", default=None)
    emergencies: Emergencies | None = entry("emergencies and plans for them; none: no emergency", default=None)
    scoring: Scoring | None = entry("by what everybody is judged; none: by nothing", default=None)
    adaptation: Adaptation | None = entry("how the institution changes itself; none: not at all", default=None)
    replay: Replay | None = entry("world taken from a log; none: drawn", default=None)

    @model_validator(mode="after")
    def _connected(self) -> Scenario:
        from sim.scenario.connections import dangling

        faults = dangling(self)
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def digest(self) -> str:
        """SHA-256 of the specification; equal for equal specifications however they were written."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()
