"""What a reader of a log has to know before any number is believed: one sentence each, in the language in force."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from calibration.quality import Quality
from sim.messages import say

RARE_HOURS = range(5)
"""Openings that peak between midnight and five: people sleep then, so the zone is probably wrong (judgement)."""

MIDNIGHT = 0.1
"""Share of times at 00:00:00 sharp from which dates without a time are spoken of (one in 86,400 is chance)."""

MANY = 0.02
"""Share of rows from which a finding is worth a caution."""


def cautions(quality: Quality) -> list[str]:
    """The cautions, a blank line before them; nothing if there are none."""
    found = [*_clock(quality), *_window(quality), *_rows(quality)]
    if quality.file.encoding == "gb18030":
        found.append(say("Caution: read as GB18030 because it is not UTF-8; check a few names"))
    return ["", *found] if found else []


def warn(quality: Quality) -> None:
    """Say the cautions on the error stream: what is fitted or inferred next is no better than the log."""
    for line in cautions(quality):
        if line:
            print(line, file=sys.stderr)


def about(quality: Quality) -> str:
    """What the data is: stands on every report."""
    return say(
        "About the data: counts from {rows} real records of the file {log}; no row, name or text of a person is in here.",
        rows=f"{quality.rows_read:,}", log=quality.file.log,
    )  # fmt: skip


def _clock(quality: Quality) -> list[str]:
    hour, check, zone = quality.busiest_hour, quality.zone_check, quality.zone
    if check.wrong:
        assert check.shift_h is not None
        return [
            say("Caution: the week of this log fits an office week only if its clock is put {hours} h {way}; check the zone "
                "{zone} (fit {fit:.2f} as it is, {best:.2f} shifted)",
                hours=abs(check.shift_h), way=say("back") if check.shift_h > 0 else say("forward"), zone=zone, fit=check.fit,
                best=check.best)
        ]  # fmt: skip
    if hour in RARE_HOURS and quality.kept > 1 and quality.noted["opened_at_midnight"] * 2 < quality.kept:
        return [say("Caution: most openings fall at {hour}:00 at night; check the zone {zone}", hour=hour, zone=zone)]
    return []


def _window(quality: Quality) -> list[str]:
    found, cover = [], quality.coverage
    if not quality.file.until_stated:
        template = "Caution: no cut is stated (times.observed_until or --until); open cases are censored at {until}"
        found.append(say(template, until=quality.file.until))
    if quality.file.until[:10] > datetime.now(UTC).date().isoformat():
        found.append(say("Caution: the log ends on {until}, which has not come yet; check how its dates are written",
                         until=quality.file.until[:16]))  # fmt: skip
    if quality.far:
        template = "Caution: {count} times lie half a year or more after all others and were taken for wrong"
        found.append(say(template, count=quality.far))
    if cover.first_partial:
        found.append(say("Caution: the first day begins at {at}: it is a part day", at=_clock_text(cover.first_at)))
    if cover.last_partial:
        found.append(say("Caution: the last day ends at {at}: it is a part day", at=_clock_text(cover.last_at)))
    if cover.whole_days <= 1:
        found.append(say("Caution: one whole day at most is covered; nothing can be said about weekdays or seasons"))
    return found


def _rows(quality: Quality) -> list[str]:
    found, kept = [], quality.kept
    if quality.opened_first == quality.opened_last and kept > 1:
        found.append(say("Caution: all cases were opened in one second; nothing can be said about arrivals"))
    if quality.censored == kept:
        found.append(say("Caution: no case has a usable closing time; nothing can be said about durations"))
    if not quality.censored and kept > 1:
        found.append(
            say("Caution: not one case is open at the cut; open cases may have been left out of the export, and durations then "
                "look shorter than they are")
        )  # fmt: skip
    for code, template in (
        ("opened_at_midnight", "Caution: {share:.0%} of the cases were opened at 00:00:00 sharp: dates, not times"),
        ("closed_at_midnight", "Caution: {share:.0%} of the cases were closed at 00:00:00 sharp: dates, not times"),
    ):
        if quality.noted[code] > MIDNIGHT * kept:
            found.append(say(template, share=quality.noted[code] / kept))
    if quality.noted["other_format"] > 0:
        found.append(say("Caution: times are written in several formats; {count} rows", count=quality.noted["other_format"]))
    if quality.fates["dropped_opening_unreadable"] > MANY * quality.rows_read:
        share = quality.fates["dropped_opening_unreadable"] / quality.rows_read
        found.append(say("Caution: {share:.0%} of the opening times cannot be read; add their format", share=share))
    return found


def _clock_text(second: int) -> str:
    return f"{second // 3600:02d}:{second % 3600 // 60:02d}"
