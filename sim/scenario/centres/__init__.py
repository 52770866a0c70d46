"""Chapter `centres`: who may decide what between the desk and the departments.

Everything here is optional and off unless a scenario names it.
"""

from __future__ import annotations

from pydantic import model_validator

from sim.messages import say
from sim.scenario.centres.counters import Applications, DigitalDesk, Enquiries, ServiceCentre
from sim.scenario.centres.desk import AutomaticDesk, OneTap, TwoCentres
from sim.scenario.centres.joint import Credit, JointCases, Platform, SeveralDepartments, Whistle
from sim.scenario.centres.limits import Answers, Complaints, ThreeLimits, Tiers
from sim.scenario.centres.ownership import FirstReceiver, JointMeeting, Leadership, MergeList, ResponsibilityList
from sim.scenario.chapter import Chapter, entry

__all__ = ["Centres"]

_NEEDS = {
    "digital_desk": "enquiries",
    "service_centre": "applications",
    "joint_cases": "several_departments",
    "leadership": "joint_meeting",
}
"""What an option is about: without the second there is nothing for the first to do."""


class Centres(Chapter):
    """Who may decide what between the desk and the departments."""

    one_tap: OneTap | None = entry(
        "grid workers and the app report in one step; none: they write a report", default=None
    )
    classifier: AutomaticDesk | None = entry("a machine classifies reports; none: people do", default=None)
    two_centres: TwoCentres | None = entry("supervision and command as two centres; none: one desk", default=None)
    enquiries: Enquiries | None = entry("questions that residents ask at the desk; none: none", default=None)
    digital_desk: DigitalDesk | None = entry("a digital person answers questions; none: only people do", default=None)
    applications: Applications | None = entry("applications of residents; none: none", default=None)
    service_centre: ServiceCentre | None = entry("one counter for all departments; none: one each", default=None)
    three_limits: ThreeLimits | None = entry("three handling limits; none: those of the category", default=None)
    tiers: Tiers | None = entry("urgent matters apart from those for the plan; none: all alike", default=None)
    complaints: Complaints | None = entry("act on complaint; none: a complaint is a case like others", default=None)
    answers: Answers | None = entry("who asks is answered within a limit; none: after closure", default=None)
    merge_list: MergeList | None = entry("lead departments by category; none: departments argue", default=None)
    responsibility_list: ResponsibilityList | None = entry("what belongs to whom; none: nothing written", default=None)
    first_receiver: FirstReceiver | None = entry("who gets a case first keeps it; none: it may go back", default=None)
    joint_meeting: JointMeeting | None = entry("agenda of the joint meeting; none: room for all", default=None)
    leadership: Leadership | None = entry("a leader of all departments; none: nobody", default=None)
    several_departments: SeveralDepartments | None = entry("cases that need two departments; none: none", default=None)
    joint_cases: JointCases | None = entry("two departments at once; none: one after the other", default=None)
    platform: Platform | None = entry("one platform for all departments; none: papers", default=None)
    whistle: Whistle | None = entry("the subdistrict calls departments; none: it asks them", default=None)
    credit: Credit | None = entry("departments are credited for joint matters; none: no", default=None)

    @model_validator(mode="after")
    def _about_something(self) -> Centres:
        for name, need in _NEEDS.items():
            if getattr(self, name) is not None and getattr(self, need) is None:
                raise ValueError(say("{name} does nothing without {need}; give {need} as well", name=name, need=need))
        return self
