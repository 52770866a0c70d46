"""Crews, work and shifts as a log shows them, in words and tables, in the language in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calibration.adequacy_groups import SMALLEST
from calibration.observed import Observed
from calibration.observed_crews import CrewsSeen, InHand, Span
from calibration.observed_shifts import ACROSS, EARLY, LATE, Shifts
from calibration.observed_work import Work
from sim.messages import language, say

HALVES = {EARLY: "the earlier half of the day", LATE: "the later half of the day", ACROSS: "across the day"}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def people(found: Observed) -> Iterator[str]:
    """Sentences on crews, work and shifts."""
    yield from _crews(found)
    yield from _work(found.work)
    yield from _shifts(found.shifts)


def people_tables(found: Observed) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """(heads, rows) of the tables that have rows."""
    if found.crews:
        heads = (say("department"), say("resources"), say("days"), say("at once, mean"), say("at once, median (10–90 %)"),
                 say("on a day, median (10–90 %)"), say("of their time on timed steps"))  # fmt: skip
        yield heads, [_crew_cells(each) for each in found.crews]
        whole = found.crews[0]
        if whole.by_hour:
            hours = [hour for hour in range(24) if whole.by_hour[hour] >= 0.05]
            there = [f"{whole.by_hour[hour]:.1f}" for hour in hours]
            yield (say("hour"), *(f"{hour:02d}" for hour in hours)), [(say("at work at once"), *there)]
        yield (say("weekday"), *(say(day) for day in DAYS)), [(say("on a day"), *(f"{each:.1f}" for each in whole.by_weekday))]
    if found.in_hand:
        yield (say("department"), say("days"), say("most in hand on a day, mean"), say("median (10–90 %)")), [
            (each.unit, str(each.days), interval(each.peak), middle(each.peak)) for each in found.in_hand
        ]
    if found.work is not None:
        heads = (say("department"), say("category"), say("cases"), say("mean work, h"), say("median h"), say("10–90 %, h"), "CV")
        yield heads, [
            (each.unit or say("all"), each.category or say("all"), f"{each.cases:,}",
             f"{each.mean / 3600:.2f} [{each.low / 3600:.2f}{comma()}{each.high / 3600:.2f}]", f"{each.median / 3600:.2f}",
             f"{each.p10 / 3600:.2f}–{each.p90 / 3600:.2f}", f"{each.cv:.1f}")
            for each in found.work.rows
        ]  # fmt: skip
    if found.shifts is not None and found.shifts.patterns:
        heads = (say("pattern"), say("weekends"), say("resources"), say("usual first and last touch"), say("of all touches"))
        yield heads, [
            (say(HALVES[each.half]), say("yes") if each.weekend else say("no"), str(each.resources),
             f"{_clock(each.first)}–{_clock(each.last)}", f"{each.share:.0%}")
            for each in found.shifts.patterns
        ]  # fmt: skip


def _crews(found: Observed) -> Iterator[str]:
    if found.crews:
        yield _resources(found.crews[0])
        if found.crews[0].used is None and found.crews[0].at_once is not None:
            yield say("A resource counts as at work from its first to its last touch of a day; what it does besides is not in the log, so "
                      "these are lower ends.")  # fmt: skip
    elif found.in_hand:
        yield _in_hand(found.in_hand)
    else:
        yield say("Crews: not in this log; neither persons nor starts of work.")
    if found.machines:
        yield say("{count} resources whose day is longer than 16 hours are taken for machines and left out.", count=found.machines)


def _resources(whole: CrewsSeen) -> str:
    if whole.at_once is None:
        return say("Crews: on a day {day} different resources (median; 10–90 %: {low:.0f} to {high:.0f}), over {days} days; times are dates, "
                   "so how many at once cannot be told.", day=f"{whole.a_day.median:.0f}", low=whole.a_day.p10, high=whole.a_day.p90,
                   days=whole.days)  # fmt: skip
    text = say("Crews: {at_once} of {resources} resources at work at once on average, on {days} days; in an hour {median:.1f} (median; "
               "10–90 %: {low:.1f} to {high:.1f}).", at_once=interval(whole.at_once), resources=whole.resources, days=whole.days,
               median=whole.at_once.median, low=whole.at_once.p10, high=whole.at_once.p90)  # fmt: skip
    if whole.used is not None:
        text += ("" if language() == "zh" else " ") + say(
            "Timed steps fill {share:.0%} [{low:.0%}, {high:.0%}] of that time.", share=whole.used.mean, low=whole.used.low,
            high=whole.used.high)  # fmt: skip
    return text


def _in_hand(units: Sequence[InHand]) -> str:
    named = ("、" if language() == "zh" else ", ").join(f"{each.unit} {each.peak.median:.0f}" for each in units[:8])
    return say("Crews: no persons in this log; the most cases in hand at once on a day (median): {units}. Where a crew has one case in "
               "hand, these are crews.", units=named)  # fmt: skip


def _work(work: Work | None) -> Iterator[str]:
    if work is None:
        yield say("Hands-on work: not in this log, or for less than half of the closed cases.")
        return
    whole = work.rows[0]
    yield say("Hands-on work: {mean:.2f} h [{low:.2f}, {high:.2f}] a case on average, median {median:.2f} h, over {cases} closed cases.",
              mean=whole.mean / 3600, low=whole.low / 3600, high=whole.high / 3600, median=whole.median / 3600,
              cases=f"{whole.cases:,}")  # fmt: skip
    if work.source == "cases":
        yield say("That is the working time from the start to the end of handling: it holds interruptions, so it is an upper end.")
    else:
        yield say("Time on a step counts between the first and last touch of a day; time on several steps at once is shared.")


def _shifts(shifts: Shifts | None) -> Iterator[str]:
    if shifts is None:
        yield say("Shifts: not in this log; no persons with times, or fewer than five.")
        return
    yield say("Shifts: {count} resources worked often enough; {shown} of {different} patterns hold {share:.0%} of the touches, those of fewer "
              "than five resources are not shown.", count=shifts.resources, shown=len(shifts.patterns),
              share=1 - shifts.rest, different=shifts.different)  # fmt: skip
    days = ("、" if language() == "zh" else ", ").join(say(DAYS[day]) for day in shifts.weekdays)
    yield say("Work is done from {first:02d}:00 to {last:02d}:00, {days}; {share:.0%} of it outside the hours in which cases are closed.",
              first=shifts.hours[0], last=shifts.hours[-1] + 1, days=days, share=shifts.outside)  # fmt: skip


def _crew_cells(each: CrewsSeen) -> tuple[str, ...]:
    used = "–" if each.used is None else f"{each.used.mean:.0%} [{each.used.low:.0%}{comma()}{each.used.high:.0%}]"
    once = ("–", "–") if each.at_once is None else (interval(each.at_once), middle(each.at_once))
    people = str(each.resources) if each.resources >= SMALLEST else f"<{SMALLEST}"
    return (each.unit or say("all"), people, f"{each.days:,}", *once, middle(each.a_day), used)


def interval(span: Span) -> str:
    """Mean with its interval."""
    return f"{span.mean:.1f} [{span.low:.1f}{comma()}{span.high:.1f}]"


def middle(span: Span) -> str:
    """Median and the middle 80 %."""
    return f"{span.median:.1f} ({span.p10:.1f}–{span.p90:.1f})"


def comma() -> str:
    """Between the ends of an interval."""
    return "，" if language() == "zh" else ", "


def _clock(hour: float) -> str:
    return f"{int(hour):02d}:{int(hour % 1 * 60):02d}"
