"""Who owns a case that several departments might own."""

from __future__ import annotations

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.centres.limits import Severity
from sim.scenario.chapter import Name, entry, portion
from sim.scenario.option import Option
from sim.units import Span


class MergeList(Option):
    """List of merged events (归并清单): for a listed category the lead department is fixed."""

    categories: tuple[Name, ...] = entry("categories on the list", min_length=1)
    residual: float = portion(
        "probability that a department passes on a contested case of a listed category all the same"
    )


class ResponsibilityList(Option):
    """List of powers and duties (权责清单): what it describes is not contested."""

    categories: tuple[Name, ...] = entry("categories that it speaks of", min_length=1)
    described: float = portion("share of their cases that it describes without doubt")


class FirstReceiver(Option):
    """First-receiver duty (首接负责): the first department keeps the case and asks the others for help."""

    ask: AnyDistribution = entry("time until the department that is asked has agreed to help")
    help: AnyDistribution = entry("work of the department that helps")
    unresolved: float = portion("share of contested cases for which it cannot get help: they go to the joint meeting")


class JointMeeting(Option):
    """Agenda of the joint meeting (联席会议): room for so many cases; what is not settled comes back."""

    every: Span = entry("time between two meetings", "duration")
    capacity: int = entry("cases a meeting", "cases", ge=1, le=10_000)
    settled: float = portion("probability that a case on the agenda leaves with an owner")
    special: int | None = entry("waiting cases at which a special meeting is called; none: never", "cases", None, ge=1)
    notice: Span | None = entry("time from the call of a special meeting to the meeting", "duration", None)

    @model_validator(mode="after")
    def _called_in_time(self) -> JointMeeting:
        if (self.special is None) != (self.notice is None):
            raise ValueError(say("give both special and notice, or neither"))
        return self


class Leadership(Option):
    """One leader above all departments: sets what comes first on the agenda and in the queues."""

    first_from: Severity = entry("lowest severity of contested or shared cases that departments serve first", "1..3")
