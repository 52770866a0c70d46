"""A guessed mapping as YAML, with the confidence and the reason of each guess in a comment for the user to correct."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from calibration.guess import GuessedMapping
from calibration.guess_columns import Guess
from calibration.holiday_country import country_of
from sim.messages import say

WIDTH = 44
"""Column at which comments begin."""

SURE = 0.8
"""A guess below this is to be looked at first."""


def guess_text(found: GuessedMapping, log: Path) -> str:
    """The mapping as YAML text."""
    return "\n".join([*_head(found, log), *_columns(found), *_times(found), *_words(found), *_personal(found)]) + "\n"


def _head(found: GuessedMapping, log: Path) -> Iterator[str]:
    yield "# " + say("Guessed from the headings and first rows of {log}; correct what is wrong. A percentage is a confidence.", log=log.name)
    yield "# " + say("Look first at what stands below {sure:.0%}, and at the zone.", sure=SURE)
    if found.like:
        yield "# " + say("All headings of the mapping {name} that comes along are here: use that one.", name=found.like)
    yield "schema_version: 1"
    yield f"name: {_quoted(found.name)}"
    yield f"title: {_quoted(log.name)}"
    if found.kind == "events":
        yield "kind: events"
    if found.encoding == "gb18030":
        yield "encoding: gb18030"


def _columns(found: GuessedMapping) -> Iterator[str]:
    for chapter, guesses in (("events", found.events), ("columns", found.columns)):
        if guesses:
            yield ""
            yield f"{chapter}:"
            yield from (_line(f"  {field}: {_quoted(guess.heading)}", _reason(guess)) for field, guess in guesses.items())
        if chapter == "events" and guesses:
            yield from _event_words(found)
    if found.unused:
        yield "# " + say("Not used: {headings}", headings=", ".join(_quoted(heading) for heading in found.unused))


def _event_words(found: GuessedMapping) -> Iterator[str]:
    if found.leave_out:
        yield _line(f"  leave_out: {_list(found.leave_out)}", "80%: " + say("artificial events at both ends of every case"))
    yield _line("  # ends_with: []", say("name the activities that end a case, or leave it: the last event ends it"))


def _times(found: GuessedMapping) -> Iterator[str]:
    clock = found.clock
    yield ""
    yield "times:"
    formats = ", ".join(_quoted(pattern) for pattern in clock.formats)
    reason = say("reads {share:.1%} of the times in the sample", share=clock.read)
    if clock.day_or_month:
        reason = say("{confidence:.0%}: day and month may have changed places; {reason}", confidence=0.5, reason=reason)
    yield _line(f"  formats: [{formats}]", reason)
    yield _line(f"  zone: {clock.zone}", f"{clock.zone_confidence:.0%}: {clock.zone_why}")
    country = country_of(clock.zone)
    yield _line(f"  holidays: {country}", say("public holidays of the country in which the zone lies"))
    yield _line("  # observed_until: 2025-01-01 00:00", say("put in when the export was made: open cases are censored then"))


def _words(found: GuessedMapping) -> Iterator[str]:
    if found.status and any(found.status.values()):
        yield ""
        yield _line("status:", "60%: " + say("by the words; check them"))
        for kind in ("open", "closed"):
            yield f"  {kind}: {_list(found.status[kind])}"
    if found.channels:
        yield ""
        yield _line("channels:", "60%: " + say("by the words; log stands for a channel that fits no other"))
        yield from (f"  {_quoted(word)}: {code}" for word, code in found.channels.items())
    if found.variants:
        yield ""
        yield _line("clean:", "70%: " + say("spellings that seem to mean one thing"))
        for field, pairs in found.variants.items():
            yield f"  {field}:"
            yield "    values:"
            yield from (f"      {_quoted(word)}: {_quoted(common)}" for word, common in pairs.items())


def _personal(found: GuessedMapping) -> Iterator[str]:
    if found.personal:
        why = {
            "drop": say("looks personal: not read"), "keep": say("sounds personal, but its cells do not: check"),
            "hash": say("names of staff: needs --salt"),
        }  # fmt: skip
        yield ""
        yield "personal:"
        yield from (_line(f"  {_quoted(heading)}: {secret}", why[secret]) for heading, secret in found.personal.items())


def _reason(guess: Guess) -> str:
    return f"{guess.confidence:.0%}: {guess.why}"


def _line(text: str, comment: str) -> str:
    return f"{text.ljust(WIDTH)}  # {' '.join(comment.split())}"


def _quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes, which JSON's are too."""
    return json.dumps(text, ensure_ascii=False)


def _list(words: Iterable[str]) -> str:
    return "[" + ", ".join(_quoted(word) for word in words) + "]"
