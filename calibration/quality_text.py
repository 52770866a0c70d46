"""The data-quality report in words: each count with what it means and what was done, in the language in force."""

from __future__ import annotations

from calibration.cautions import about, cautions
from calibration.quality import Quality
from sim.messages import say

MEANING = {
    "kept": ("kept as cases", "each is one issue with one case"),
    "merged_identical": ("same key and same content as another row", "merged into it"),
    "merged_conflicting": ("same key as another row, other content", "left out; the last such row of the file is kept"),
    "dropped_too_many_fields": ("more fields than the header", "dropped: columns cannot be told"),
    "dropped_no_opening_time": ("no opening time", "dropped: it has no place in time"),
    "dropped_opening_unreadable": ("opening time in none of the stated formats", "dropped: it has no place in time"),
    "dropped_opened_before_window": ("opened before the window of the export", "dropped: outside of it"),
    "dropped_opened_after_cut": ("opened at or after the cut", "dropped: the export cannot have known it"),
    "dropped_closed_before_opened": ("closed before it was opened", "dropped, as the mapping says"),
    "dropped_closed_without_time": ("status says closed, no closing time", "dropped, as the mapping says"),
    "closed": ("closed, positive duration", "duration used"),
    "closed_zero": ("closed in the second of opening, not by the rule below", "kept as closed after 0 s"),
    "registered_when_done": (
        "registered when done (closed within {done_s} s, in the stated channels)",
        "kept apart as self_handled: no work, no waiting can be read from it",
    ),
    "open": ("no closing time", "open: censored at the cut"),
    "open_closed_after_cut": ("closed at or after the cut", "open: censored at the cut"),
    "open_closing_unreadable": ("closing time in none of the stated formats", "closing left out; open, censored"),
    "open_closed_before_opened": ("closed before it was opened", "closing left out; open, censored"),
    "open_closed_without_time": ("status says closed, no closing time", "open, censored: the time is unknown"),
    "zero_duration": ("zero durations", "see the two lists above"),
    "negative_duration": ("negative durations among the kept", "never used as a duration"),
    "opened_at_midnight": ("opened at 00:00:00 sharp", "kept; many mean dates without a time"),
    "closed_at_midnight": ("closed at 00:00:00 sharp", "kept; many mean dates without a time"),
    "closed_in_batch": ("closed in one second with at least {batch} of a department", "kept; paper closings, not work"),
    "closed_after_fixed_wait": (
        "closed after one and the same wait, to the hour",
        "kept; closed by a rule of the system, not by work",
    ),
    "step_misplaced": ("a step before the opening, an earlier step, or after the closing", "that time left out"),
    "other_format": ("a time in another than the first stated format", "kept; look whether day and month changed places"),
    "offset_mixed": ("a time with an offset among times without, or the reverse", "kept; one of the two may be shifted"),
    "status_duplicate": ("status says duplicate", "kept as it ended; not a need of its own"),
    "status_void": ("status says void or withdrawn", "kept as it ended; no work was done"),
    "variant_word": ("a word that looks like another spelling of a commoner one", "kept as it is; see the spellings below"),
    "personal_value": ("cells that named a person", "blotted out before anything was stored"),
    "opened_before_start": ("opened before the start", "kept with negative seconds"),
    "ambiguous_time": (
        "a time in the hour that comes twice",
        "read as the first, or as the second if that mends the order",
    ),
    "nonexistent_time": ("a time in the hour that the clock skips", "read as the instant of the change"),
    "without_due": ("no usable target", "no limit: left out of lateness"),
    "due_unreadable": ("target in none of the stated formats", "target left out"),
    "due_before_opening": ("target before the opening", "target left out"),
    "due_too_far": ("target more than {due_days} days ahead", "target left out: a placeholder"),
    "blank_id": ("no case number", "kept; cannot be tested for duplicates"),
    "blank_category": ("no category", "kept as unknown"),
    "blank_department": ("no department", "kept as unknown"),
    "blank_community": ("no community", "kept as unknown"),
    "blank_channel": ("no channel", "kept as log"),
    "unlisted_category": ("category not in the mapping's list", "kept as it is"),
    "unlisted_department": ("department not in the mapping's list", "kept as it is"),
    "unlisted_channel": ("channel not in the mapping's list", "kept as log"),
    "unlisted_status": ("status word not in the mapping's list", "times alone decide"),
    "status_open_but_closed": ("status says open, but a closing time is there", "the time counts"),
    "on_time_compared": ("the city's on-time flag could be compared with the times", "a check only"),
    "on_time_disagrees": (
        "the city's on-time flag disagrees with its times",
        "the times count; many mean that a clock is read wrongly",
    ),
}
"""Code -> what was found, what was done. Its texts are keys of the Chinese dictionary."""

FIRST_KEPT = "left out; the first such row of the file is kept"

SECRETS = {
    "drop": "not read",
    "hash": "stored as a salted hash",
    "keep": "stated not to be personal",
}



def quality_rows(quality: Quality) -> list[dict[str, object]]:
    """One row a count: part (read, ended, noted, rewritten, personal), code, rows, what was found, what was done."""
    rows: list[dict[str, object]] = []
    for part, counts in (("read", quality.fates), ("ended", quality.endings), ("noted", quality.noted)):
        rows += [_row(quality, part, code, count) for code, count in counts.items()]
    rows += [_line("events", code, count, say(EVENTS[code][0]), say(EVENTS[code][1])) for code, count in quality.events.items()]
    for column, count in quality.rewritten.items():
        found = say("variants in column {column}", column=column)
        rows.append(_line("rewritten", column, count, found, say("written in one way, as the mapping says")))
    for column, choice in quality.file.personal.items():
        found = say("personal column {column!r}", column=column)
        rows.append(_line("personal", column, quality.rows_read, found, say(SECRETS[choice])))
    return rows


EVENTS = {
    "events_read": ("events", "read"),
    "events_without_case": ("without a case number", "left out"),
    "events_left_out": ("of activities that the mapping leaves out", "left out"),
    "events_other_lifecycle": ("neither start nor complete", "left out"),
    "starts_without_end": ("starts that never end", "kept as work under way"),
    "ends_without_start": ("ends without a start", "kept; how long the work took is not told"),
    "event_time_unreadable": ("times in none of the stated formats", "left out"),
    "end_before_start": ("ends before their start", "the end counts, the start is left out"),
    "last_after_fixed_wait": (
        "cases whose last event comes after one and the same wait, to the hour",
        "kept; closed by a rule of the system, not by work",
    ),
    "verified_after_handling": (
        "cases with verification (核实) after the work, or check (核查) before it",
        "kept; the system may use the two words the other way round",
    ),
}
"""The same of the events of an event log."""

SPELLINGS = 5
"""Groups of spellings shown a column."""


def quality_text(quality: Quality) -> str:
    """The report as plain text lines; its first two lists add up, and say so."""
    rows = quality_rows(quality)
    parts = {
        "events": say("Events:"),
        "read": say("Rows read: {rows}. What became of each:", rows=_number(quality.rows_read)),
        "ended": say("Rows kept: {rows}. How each case ended:", rows=_number(quality.kept)),
        "noted": say("Also found among the kept (may overlap):"),
        "rewritten": say("Words repaired:"),
        "personal": say("Columns that look personal:"),
    }
    lines = _head(quality)
    for part, title in parts.items():
        members = [row for row in rows if row["part"] == part]
        lines += ["", title, *(_text(row) for row in members)] if members else []
        if part in ("read", "ended"):
            lines.append(say("  {rows}  in all", rows=_number(sum(int(str(row["rows"])) for row in members))))
    return "\n".join([*lines, *_spellings(quality), *cautions(quality), "", about(quality)])


def _row(quality: Quality, part: str, code: str, count: int) -> dict[str, object]:
    found, done = MEANING[code]
    if code == "merged_conflicting" and quality.duplicates_keep == "first":
        done = FIRST_KEPT
    return _line(part, code, count, say(found, **quality.limits), say(done, **quality.limits))


def _line(part: str, code: str, count: int, found: str, done: str) -> dict[str, object]:
    return {"part": part, "code": code, "rows": count, "found": found, "done": done}


def _text(row: dict[str, object]) -> str:
    if row["part"] == "personal":
        return f"  {row['found']}: {row['done']}"
    return f"  {_number(int(str(row['rows'])))}  {row['found']} -> {row['done']}"


def _number(count: int) -> str:
    return f"{count:>9,}"


def _head(quality: Quality) -> list[str]:
    file = quality.file
    cut = say("cut as stated") if file.until_stated else say("cut not stated: last time seen")
    if file.quiet_days:
        cut = say("{days} days before the end of the log: a case is through when nothing happened for so long", days=file.quiet_days)
    return [
        say("Data quality of {log}, read with mapping {mapping}", log=file.log, mapping=quality.mapping),
        say("  file: compression {compression}, encoding {encoding}, separator {separator!r}, sha256 {sha256}",
            compression=file.compression, encoding=file.encoding, separator=file.separator, sha256=file.sha256),
        say("  window: second 0 is {start} 00:00 {zone}; ends at {until} ({cut})",
            start=file.start, zone=quality.zone, until=file.until, cut=cut),
        say("  public holidays: {country}", country=say("none") if quality.holidays == "none" else quality.holidays),
        say("  openings from {first} to {last}; busiest hour of the day {hour}:00",
            first=quality.opened_first, last=quality.opened_last, hour=quality.busiest_hour),
        say("  open at the cut (censored): {count} of {kept}", count=f"{quality.censored:,}", kept=f"{quality.kept:,}"),
    ]  # fmt: skip


def _spellings(quality: Quality) -> list[str]:
    lines = []
    for column, groups in quality.variants.items():
        shown = "; ".join(" = ".join(repr(word) for word in group[:4]) for group in groups[:SPELLINGS])
        lines.append(
            say("  {column}: {count} things in several spellings: {shown}", column=column, count=len(groups), shown=shown)
        )
    return ["", say("Spellings that seem to mean one thing:"), *lines] if lines else []
