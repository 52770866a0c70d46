"""Limits, tiers and answers: by when something must be done, and what happens to what is not urgent."""

from __future__ import annotations

from typing import Literal

from sim.distributions import AnyDistribution
from sim.scenario.chapter import entry, portion
from sim.scenario.option import Option
from sim.units import Limit, Span

Severity = Literal[1, 2, 3]


class ThreeLimits(Option):
    """Three handling limits (即时、当日、限期) by severity, and one for cases that departments contest or share."""

    at_once: Limit = entry("limit of a major case", "duration")
    same_day: Limit = entry("limit of an ordinary case", "duration")
    limited: Limit = entry("limit of a minor case", "duration")
    involved: Limit = entry("limit of a minor or ordinary case that departments contest or share", "duration")


class Tiers(Option):
    """Urgent and hard matters (急难愁盼) are served first within a limit; improvements wait for the next plan."""

    urgent_from: Severity = entry("lowest severity that counts as urgent", "1..3")
    urgent: Limit = entry("limit of an urgent case", "duration")
    planned: float = portion("share of the minor cases above the grid that wait for the next plan")
    planned_limit: Limit = entry("limit of a case that waits for the plan", "duration")
    plan_every: Span = entry("time between two plans", "duration")


class Complaints(Option):
    """Act on complaint (接诉即办): who says at the call-back that it is not solved is heard again; departments are ranked."""

    reopens: float = portion("probability that a complaint of an unsolved matter is opened again")
    openings: int = entry("cases about one matter at most", "cases", ge=1, le=20)
    ranked_every: Span = entry(
        "time between two rankings of the departments by the scores of their complaints", "duration"
    )
    lower: float = portion("part of the ranking whose complaints come one class earlier until the next one")


class Answers(Option):
    """Who reports is answered within a limit, whatever the state of the case, and the answer is published."""

    within: Limit = entry("limit from the report", "duration")
    ahead: Span = entry("how long before the limit the desk begins to write", "duration")
    work: AnyDistribution = entry("effort to answer")
    seen: float = portion("probability that the resident sees the published answer")
