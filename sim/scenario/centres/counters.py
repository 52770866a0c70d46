"""What residents want of an office besides reports: answers, and papers."""

from __future__ import annotations

from sim.distributions import AnyDistribution
from sim.scenario.chapter import entry, portion
from sim.scenario.option import Option

PerYear = "1/1000 residents/year"


class Enquiries(Option):
    """Questions that residents ask: they take time of the desk that establishes. They come evenly, at any hour."""

    rate: float = entry("enquiries a year per 1000 residents", PerYear, ge=0, le=1e6)
    routine: float = portion("share that asks what many ask")
    work: AnyDistribution = entry("effort to answer one")


class DigitalDesk(Option):
    """A digital person (数字人) around the clock: a digitally skilled resident with a routine question asks it first."""

    knows: float = portion("share of routine questions that it can answer")


class Applications(Option):
    """Papers that residents apply for: one department after the other, each at its own counter."""

    rate: float = entry("applications a year per 1000 residents", PerYear, ge=0, le=1e6)
    departments: int = entry("departments that must agree", "departments", ge=1, le=12)
    counters: int = entry("people at the counter of each department", "persons", ge=1, le=1000)
    work: AnyDistribution = entry("effort at a counter")
    back_office: AnyDistribution = entry("time until a department has agreed")
    errand: AnyDistribution = entry("time until the resident goes to the next counter")


class ServiceCentre(Option):
    """One-stop service centre (一站式): one counter takes the papers, which go to all departments at once."""

    counters: int = entry("people at its counter", "persons", ge=1, le=1000)
    work: AnyDistribution = entry("effort at the counter")
