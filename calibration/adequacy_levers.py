"""Which levers of the model a log informs: well, partly, or not at all, and why. A rule a lever, each a few lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calibration.log_facts import LogFacts

WELL, PARTLY, NOT = "well", "partly", "not"

MONTH, MANY, MOST, HALF, SOME = 28, 200, 0.8, 0.5, 0.1
"""Days for a rhythm of weeks; cases; shares that count as nearly all, half, and more than stray."""


@dataclass(frozen=True)
class Lever:
    """`lever` and `reason` are English keys: show them by say(). `values`: figures of the reason."""

    lever: str
    verdict: str
    reason: str
    values: dict[str, str]


Rule = Callable[[LogFacts], tuple[str, str]]


def levers(facts: LogFacts) -> tuple[Lever, ...]:
    """Every lever with its verdict, in the order of a case's life."""
    values = {
        "cases": f"{facts.cases:,}", "closed": f"{facts.closed:,}", "days": str(facts.whole_days),
        "open": f"{facts.censored:.0%}", "due": f"{facts.known['due']:.0%}", "department": f"{facts.known['department']:.0%}",
        "community": f"{facts.known['community']:.0%}", "channel": f"{facts.known['channel']:.0%}",
        "service": f"{facts.with_service:.0%}", "resource": f"{facts.with_resource:.0%}",
        "midnight": f"{max(facts.midnight_opened, facts.midnight_closed):.0%}",
    }  # fmt: skip
    return tuple(Lever(name, *rule(facts), values) for name, rule in RULES.items())


def _arrivals(facts: LogFacts) -> tuple[str, str]:
    if facts.one_second or facts.whole_days < 1:
        return NOT, "all within one day or one second: no rhythm can be seen"
    if facts.midnight_opened > HALF:
        return PARTLY, "dates without a time ({midnight} at 00:00:00): days can be seen, hours cannot"
    if facts.whole_days < MONTH or facts.cases < MANY:
        return PARTLY, "{cases} cases on {days} whole days: too little for weekdays, weeks and seasons"
    return WELL, "{cases} cases on {days} whole days, with the hour; seasons need a year"


def _mix(facts: LogFacts) -> tuple[str, str]:
    category, place = facts.known["category"] > HALF, facts.known["community"] > HALF
    if category and place:
        return WELL, "category and area stand in the log (area of {community} of the cases)"
    if category or place:
        return PARTLY, "only one of category and area stands in the log"
    return NOT, "neither category nor area stands in the log"


def _durations(facts: LogFacts) -> tuple[str, str]:
    if facts.closed < SMALL:
        return NOT, "{closed} cases with a usable closing time"
    if facts.midnight_closed > HALF:
        return PARTLY, "closings are dates without a time: good to a day only"
    if facts.fixed_wait > SOME:
        return PARTLY, "many cases are closed by the system after a fixed wait, not by work"
    if facts.closed < MANY or facts.censored > HALF:
        return PARTLY, "{closed} closed cases, {open} open at the cut: only the quick part of the curve is seen"
    return WELL, "{closed} closed cases, {open} open at the cut, which counts as censored"


def _crews(facts: LogFacts) -> tuple[str, str]:
    if facts.with_resource > MOST and facts.with_service > HALF:
        return WELL, "who worked when stands in the log ({service} of the steps with start and end)"
    if facts.with_resource > MOST:
        return PARTLY, "who did a step stands in the log, but not when the work began"
    if facts.known["department"] > HALF and facts.closed >= MANY:
        return PARTLY, "only departments and closings: crews can be fitted through the model, with what is declared about work"
    return NOT, "neither persons nor enough closings a department stand in the log"


def _work(facts: LogFacts) -> tuple[str, str]:
    if facts.with_service > HALF:
        return WELL, "{service} of the steps have a start and a later end"
    if facts.with_service > SOME or "handling_started" in facts.timed_steps:
        return PARTLY, "start and end of work are known for a part of the steps or cases"
    return NOT, "opening and closing do not tell work from waiting: it has to be declared and varied"


def _hours(facts: LogFacts) -> tuple[str, str]:
    if facts.closed < MANY or facts.midnight_closed > HALF:
        return NOT, "too few closings with a time of day"
    if facts.whole_days < 1:
        return NOT, "not one whole day"
    if facts.whole_days < MONTH:
        return PARTLY, "{days} whole days: hours of the day, but no weekday twice over"
    return WELL, "the hours and weekdays of {closed} closings"


def _priority(facts: LogFacts) -> tuple[str, str]:
    if facts.with_service > HALF or "handling_started" in facts.timed_steps:
        return PARTLY, "the order of starts can be compared with the order of coming"
    return NOT, "without the start of work nobody can tell who was taken first"


def _limits(facts: LogFacts) -> tuple[str, str]:
    if facts.known["due"] > HALF:
        return WELL, "{due} of the cases have a target"
    if facts.known["due"] > SOME:
        return PARTLY, "only {due} of the cases have a target"
    return NOT, "no or hardly any case has a target"


def _referral(facts: LogFacts) -> tuple[str, str]:
    if "returns" in facts.columns or facts.with_group > HALF:
        return PARTLY, "returns or changes of group stand in the log"
    if facts.cases_with_two_hands > SOME:
        return PARTLY, "cases pass from hand to hand, but departments are not named"
    return NOT, "only the last department stands in the log, not the way to it"


def _rework(facts: LogFacts) -> tuple[str, str]:
    if "reworks" in facts.columns or "checked" in facts.timed_steps:
        return WELL, "checks or reworks stand in the log"
    if facts.cases_with_repeats > SOME:
        return PARTLY, "activities come back inside a case; whether that is rework is not said"
    return NOT, "neither checks nor reworks stand in the log"


def _discovery(facts: LogFacts) -> tuple[str, str]:
    if facts.known["channel"] > HALF and facts.found_by_staff > 0:
        return PARTLY, "who found what was found stands in the log, but not what nobody found"
    return NOT, "only what was reported stands in a log"


def _reporting(facts: LogFacts) -> tuple[str, str]:
    if facts.duplicates:
        return PARTLY, "duplicates are marked; they say something of how often one issue is reported"
    return NOT, "what nobody reported is not in a log, and further reports of one issue are not marked"


def _channels(facts: LogFacts) -> tuple[str, str]:
    if facts.known["channel"] > MOST:
        return WELL, "the channel of {channel} of the cases"
    return (PARTLY, "the channel of only {channel} of the cases") if facts.known["channel"] > SOME else (NOT, "no channel")


def _areas(facts: LogFacts) -> tuple[str, str]:
    if facts.known["community"] > MOST:
        return WELL, "the area of {community} of the cases; need itself is not seen"
    return (PARTLY, "the area of only {community} of the cases") if facts.known["community"] > SOME else (NOT, "no area")


def _satisfaction(facts: LogFacts) -> tuple[str, str]:
    return (PARTLY, "scores of those who answered") if "satisfaction" in facts.columns else (NOT, "no scores")


SMALL = 5

RULES: dict[str, Rule] = {
    "how many cases come, and when": _arrivals,
    "mix of categories and areas": _mix,
    "time to close": _durations,
    "crews (staffing)": _crews,
    "hands-on work a case": _work,
    "working hours and shifts": _hours,
    "order of the queue, priority": _priority,
    "time limits and lateness": _limits,
    "dispatch, returns, referral": _referral,
    "check and rework": _rework,
    "escalation from level to level": lambda _: (NOT, "levels of authority stand in no log of this kind"),
    "patrols and sensors (discovery)": _discovery,
    "what residents report, and how often": _reporting,
    "channels": _channels,
    "areas, equity": _areas,
    "satisfaction": _satisfaction,
    "true fix behind the closing": lambda _: (NOT, "a closing is a record; whether the thing was fixed is not in it"),
    "cost": lambda _: (NOT, "no money stands in the log"),
}
"""Lever -> its rule."""
