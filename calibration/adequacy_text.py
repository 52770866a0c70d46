"""The adequacy report as Markdown in the language in force: plain words first, then tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from calibration.adequacy import Adequacy
from calibration.adequacy_groups import ENOUGH, OTHERS, SMALLEST, Group, Grouped
from calibration.adequacy_levers import NOT, PARTLY, WELL
from calibration.cautions import about, cautions
from calibration.observed_text import observed_text
from sim.messages import language, say

VERDICTS = {WELL: "well", PARTLY: "in part", NOT: "not at all"}
SIZES = {"enough": "a fit of its own", "pooled": "pooled with others", "none": "too few to tell"}
STEP_WORDS = {
    "reported": "reported", "verified": "verified (核实)", "established": "established (立案)", "dispatched": "dispatched (派遣)",
    "handling_started": "work begun", "handled": "handled (处置)", "fed_back": "fed back (反馈)", "checked": "checked (核查)",
    "closed": "closed (结案)",
}  # fmt: skip
COLUMN_WORDS = {"category": "category", "department": "department", "community": "area", "channel": "channel"}

MOST_SURGES = 5


def adequacy_text(found: Adequacy) -> str:
    """The whole report."""
    chapters = [_head(found), _words(found), _levers(found), *(_group(each) for each in found.groups), _drift(found), _steps(found),
                observed_text(found.observed)]  # fmt: skip
    return "\n".join("\n".join(chapter) + "\n" for chapter in chapters if chapter)


def _head(found: Adequacy) -> list[str]:
    file = found.quality.file
    return [
        "# " + say("What this log can tell: {title}", title=found.title), "",
        about(found.quality), say("Groups of fewer than {k} cases are put together.", k=SMALLEST),
        say("File {log}, SHA-256 {sha}; read with mapping {mapping}. Nothing has been fitted yet.",
            log=file.log, sha=file.sha256, mapping=found.quality.mapping),
    ]  # fmt: skip


def _words(found: Adequacy) -> list[str]:
    sentences = [
        *_size(found), *_verdicts(found), *_truncation(found), *_censoring(found), *_drift_words(found), *_missing(found),
        *_thin(found), *_surges(found),
    ]  # fmt: skip
    warned = [line for line in cautions(found.quality) if line]
    return ["## " + say("In plain words"), "", *(f"- {line}" for line in [*sentences, *warned])]


def _size(found: Adequacy) -> Iterator[str]:
    quality = found.quality
    yield say("{cases} cases opened from {first} to {last}; {closed} were closed by {until}.",
              cases=f"{found.facts.cases:,}", first=quality.opened_first[:10], last=quality.opened_last[:10],
              closed=f"{found.facts.cases - quality.censored:,}", until=quality.file.until[:16])  # fmt: skip
    apart = quality.endings["registered_when_done"]
    if apart >= SMALLEST:
        yield say("{count} of them were registered when already done; they tell nothing about work or waiting and are left out below.",
                  count=f"{apart:,}")  # fmt: skip
    if found.facts.cases < 30:
        yield say("So few cases allow no fit at all; look for a longer export.")


def _verdicts(found: Adequacy) -> Iterator[str]:
    for verdict, template in (
        (WELL, "It informs well: {levers}."),
        (PARTLY, "It informs partly: {levers}."),
        (NOT, "It does not inform at all: {levers}. A what-if on these rests on what is declared, not on this log."),
    ):
        named = [say(lever.lever) for lever in found.levers if lever.verdict == verdict]
        if named:
            yield say(template, levers=_join(named))


def _truncation(found: Adequacy) -> Iterator[str]:
    cut = found.truncation
    first = date.fromisoformat(found.quality.opened_first[:10])
    if math.isnan(cut.never):
        yield say("Cases opened before {first} are not in the file; how many were open then cannot be told.", first=first)
        return
    if math.isnan(cut.day):
        yield say("Cases opened before {first} are not in the file. Many cases stay open so long that at no time of the log nine "
                  "tenths of the backlog are in it: backlogs have to be inferred, and a start at any date is too early to take them "
                  "from the log.", first=first)  # fmt: skip
    else:
        yield say("Cases opened before {first} are not in the file. From day {day} on ({date}) nine tenths of the backlog are in it; "
                  "compare backlogs only from then on.",
                  first=first, day=math.ceil(cut.day), date=first + timedelta(days=math.ceil(cut.day)))  # fmt: skip
    if not math.isnan(cut.after_month) and cut.after_month > 0.1:
        yield say("After 30 days at least {share:.0%} of the backlog is older than the log.", share=cut.after_month)


def _censoring(found: Adequacy) -> Iterator[str]:
    if found.facts.censored > 0:
        yield say("{share:.0%} of the cases are open at the cut; leaving them out would make every duration look shorter.",
                  share=found.facts.censored)  # fmt: skip
    if not math.isnan(found.open_after_30_days):
        yield say("{share:.0%} of the cases are still open after 30 days.", share=found.open_after_30_days)


def _drift_words(found: Adequacy) -> Iterator[str]:
    if found.drift is None:
        yield say("The log is too short or too small to say whether the city changes over it.")
        return
    words = {
        "durations": say("time to close"), "level": say("number of cases a day"), "mix": say("mix of categories"),
    }  # fmt: skip
    if found.drift.found:
        yield say("The city changes over the log. Its first, middle and last third differ in: {what}. A fit to all of it is a fit to no "
                  "time in particular.", what=_join([words[name] for name in found.drift.found]))  # fmt: skip
    else:
        yield say("Between its first, middle and last third the log does not change more than chance and a little.")


def _missing(found: Adequacy) -> Iterator[str]:
    missing = [say(word) for step, word in STEP_WORDS.items() if step not in found.steps]
    if missing:
        yield say("Steps without a time in this log: {steps}.", steps=_join(missing))


def _thin(found: Adequacy) -> Iterator[str]:
    for each in found.groups[:2]:
        if each.groups > 1:
            yield say("{column}: {enough} of {groups} have at least {least} closed cases and can be fitted alone; they hold {share:.0%} "
                      "of the cases.", column=say(COLUMN_WORDS[each.column]), enough=each.enough, groups=each.groups,
                      least=ENOUGH, share=each.share_enough)  # fmt: skip


def _surges(found: Adequacy) -> Iterator[str]:
    surges = found.quality.coverage.surges
    if surges:
        first = date.fromisoformat(found.quality.opened_first[:10])
        named = [f"{first + timedelta(days=day)} ({count} / {usual:.0f})" for day, count, usual in surges[:MOST_SURGES]]
        yield say("Days with at least twice the usual number of cases: {days}. Mark them before fitting.", days=_join(named))


def _levers(found: Adequacy) -> list[str]:
    rows = [
        (say(lever.lever), say(VERDICTS[lever.verdict]), say(lever.reason, **lever.values)) for lever in found.levers
    ]
    return ["## " + say("Levers"), "", *_table((say("lever"), say("informed"), say("why")), rows)]


def _group(each: Grouped) -> list[str]:
    heads = (say(COLUMN_WORDS[each.column]), say("cases"), say("closed"), say("open"), say("median h"), say("90 % h"), say("fit"))
    return ["## " + say("By {column}", column=say(COLUMN_WORDS[each.column])), "", *_table(heads, [_cells(row) for row in each.rows])]


def _cells(row: Group) -> tuple[str, ...]:
    name = say("{groups} others", groups=row.groups) if row.name == OTHERS else row.name
    cases = f"{row.cases:,}" if row.cases >= SMALLEST else f"<{SMALLEST}"
    return (
        name, cases, _or_dash(row.closed, "{:,}".format), _or_dash(row.open_share, "{:.0%}".format),
        _or_dash(row.median_h, "{:,.1f}".format), _or_dash(row.p90_h, "{:,.1f}".format), say(SIZES[row.verdict]),
    )  # fmt: skip


def _drift(found: Adequacy) -> list[str]:
    moved = found.drift
    if moved is None:
        return []
    rows = [(say("cases"), *(f"{count:,}" for count in moved.cases)), (say("cases a day"), *(f"{x:.1f}" for x in moved.per_day))]
    rows += [
        (say("closed within {limit}", limit=limit), *(_or_dash(None if math.isnan(x) else x, "{:.0%}".format) for x in shares))
        for limit, shares in moved.within.items()
    ]
    heads = ("", say("first third"), say("middle third"), say("last third"))
    mix = say("Of the mix of categories {share:.0%} changed place from the first to the last third (beyond chance).", share=moved.mix_moved)
    return ["## " + say("Drift"), "", *_table(heads, rows), "", mix]


def _steps(found: Adequacy) -> list[str]:
    rows = [(say(word), f"{found.steps[step]:.0%}" if step in found.steps else "–") for step, word in STEP_WORDS.items()]
    return ["## " + say("Steps of the loop"), "", *_table((say("step"), say("cases with its time")), rows)]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    cleaned = [[cell.replace("|", "/").replace("\n", " ") for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *cleaned)]


def _or_dash(value: float | None, shown: Callable[[float], str]) -> str:
    return "–" if value is None else shown(value)


def _join(parts: Sequence[str]) -> str:
    return ("、" if language() == "zh" else ", ").join(parts)
