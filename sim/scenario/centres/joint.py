"""Cases that need more than one department, and how the departments are brought together."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.distributions import AnyDistribution
from sim.scenario.chapter import Label, Name, entry, portion
from sim.scenario.option import Option
from sim.units import Limit, Span

Share = Annotated[float, Field(ge=0, le=1)]


class SeveralDepartments(Option):
    """Some cases of a department need a second one, which works after the first unless they are joined."""

    shares: dict[Name, Share] = entry(
        "share of cases of a category that need a second department", "share", min_length=1
    )
    pass_on: AnyDistribution = entry("time until the second department has what the first one passes on")


class JointCases(Option):
    """Joint cases: the departments work at the same time."""

    share: float = portion("share of cases for several departments that are joined")
    join: AnyDistribution = entry("time until the departments have agreed how")


class Platform(Option):
    """One network for all management (一网统管): departments on one platform pass cases on without papers."""

    departments: tuple[Label, ...] = entry("departments on the platform", min_length=1)
    pass_on: AnyDistribution = entry("time until a case has gone from one of them to another")
    recognition: float = portion("probability that a further report of an open case is recognised")


class Whistle(Option):
    """The subdistrict whistles, departments report (街乡吹哨、部门报到): no refusal, served first, within a limit."""

    within: Limit = entry("limit from the whistle until somebody of the department sets out", "duration")
    per_week: int = entry("whistles of a subdistrict in a week, at most", "whistles", ge=1, le=100_000)


class Credit(Option):
    """Contracts credit a department for each contested case that it takes."""

    credit: Span = entry("work that the credit is worth: more work than this is refused as before", "duration")
