"""The mapping assistant: an unknown log -> a mapping to be corrected, with a confidence beside every guess."""

# The stubs of pandas say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from calibration.guess_columns import Guess, Look, guess_by_values, guess_fields, look
from calibration.guess_times import Clock, guess_clock
from calibration.guess_words import CASE_FIELDS, EVENT_FIELDS, TIMES, channel_of, says_closed
from calibration.log_bytes import look_at
from calibration.log_sample import Sample, sample_of
from calibration.mapping import NEEDED, Mapping
from calibration.mapping_file import mapping_names, read_mapping
from calibration.personal import sounds_personal
from calibration.reading_log import heading_of
from calibration.totals import refuse_totals
from calibration.word_variants import variants
from sim.messages import BadInput, say

MOST_WORDS, MOST_VARIANTS = 60, 40

ATTRIBUTES = ("due", "status", "category", "department", "community", "subdistrict", "district", "channel")
"""Fields of a case that an event log may have as attributes."""


@dataclass(frozen=True)
class GuessedMapping:
    """Everything that the mapping will say. `like`: a shipped mapping whose headings are these."""

    name: str
    kind: str
    encoding: str
    columns: dict[str, Guess]
    events: dict[str, Guess]
    clock: Clock
    status: dict[str, tuple[str, ...]]
    channels: dict[str, str]
    variants: dict[str, dict[str, str]]
    personal: dict[str, str]
    unused: tuple[str, ...]
    leave_out: tuple[str, ...]
    """activities that some tools put before and after every case"""
    like: str | None


def guess_mapping(path: Path) -> GuessedMapping:
    """Guess the mapping of a log from its first rows. Raises BadInput when it is no case log or needed columns are missing."""
    source = look_at(Path(path))
    sample = sample_of(source)
    headings = [str(heading) for heading in sample.table.columns]
    refuse_totals(headings, source.path)
    looks = {heading: look(sample.table[heading]) for heading in headings}
    columns, events = _fields(sample, looks, path)
    like = _like(headings, bool(events))
    used = {guess.heading for guess in [*columns.values(), *events.values()]}
    cells = [
        cell for field, guess in [*columns.items(), *events.items()] if field in TIMES for cell in sample.table[guess.heading]
    ]
    chinese = any("\u4e00" <= sign <= "\u9fff" for heading in headings for sign in heading)
    zone = read_mapping(like).times.zone if like else None
    return GuessedMapping(
        name=re.sub(r"[^\w]+", "_", Path(path).name.split(".")[0]).strip("_").casefold() or "log",
        kind="events" if events else "cases",
        encoding=source.encoding,
        columns=columns,
        events=events,
        clock=guess_clock(cells, chinese, zone),
        status=_status(sample.table, columns),
        channels=_channels(sample.table, columns),
        variants=_variants(sample.table, columns),
        personal={heading: _secret(heading, looks, events, used) for heading in headings if _personal(heading, looks, used)},
        unused=tuple(heading for heading in headings if heading not in used and not _personal(heading, looks, used)),
        leave_out=_artificial(sample.table, events),
        like=like,
    )


def _fields(sample: Sample, looks: dict[str, Look], path: Path) -> tuple[dict[str, Guess], dict[str, Guess]]:
    events = guess_fields(looks, EVENT_FIELDS)
    if _is_event_log(sample, events):
        taken = {guess.heading for guess in events.values()}
        rest = {heading: seen for heading, seen in looks.items() if heading not in taken and _of_case(sample, heading, events["case"])}
        wanted = {field: (*CASE_FIELDS[field], *(f"case {name}" for name in CASE_FIELDS[field])) for field in ATTRIBUTES}
        columns = {field: guess for field, guess in guess_fields(rest, wanted).items() if not sounds_personal(guess.heading)}
        return columns, events
    allowed = {heading: seen for heading, seen in looks.items() if not _hides_person(heading, seen)}
    columns = guess_by_values(sample.table, allowed, guess_fields(allowed, CASE_FIELDS))
    if missing := [name for name in NEEDED if name not in columns]:
        raise BadInput(
            say("{file}: no column looks like {missing}; a case log needs at least a number, an opening time and a category. "
                "Columns found: {found}",
                file=path, missing=", ".join(missing), found=", ".join(repr(heading) for heading in looks))
        )  # fmt: skip
    return {field: columns[field] for field in CASE_FIELDS if field in columns}, {}


def _is_event_log(sample: Sample, events: dict[str, Guess]) -> bool:
    if not {"case", "activity", "completed"} <= set(events):
        return False
    cases = sample.table[events["case"].heading].nunique()
    return sample.separator == "" or cases < 0.8 * len(sample.table)


def _of_case(sample: Sample, heading: str, case: Guess) -> bool:
    """Whether a column says the same in (nearly) all rows of a case."""
    given = sample.table[sample.table[heading] != ""]
    return bool((given.groupby(case.heading)[heading].nunique() <= 1).mean() > 0.9) if len(given) else False


def _hides_person(heading: str, seen: Look) -> bool:
    """A heading that sounds personal is used only if its cells are a short list of words (agencies, kinds of service)."""
    return sounds_personal(heading) and (seen.personal or not (seen.words <= 500 and seen.different < 0.2) or seen.pseudonyms)


def _personal(heading: str, looks: dict[str, Look], used: set[str]) -> bool:
    return sounds_personal(heading) or (looks[heading].personal and heading not in used)


def _secret(heading: str, looks: dict[str, Look], events: dict[str, Guess], used: set[str]) -> str:
    if heading not in used:
        return "drop"
    is_resource = "resource" in events and events["resource"].heading == heading
    return "hash" if is_resource and not looks[heading].pseudonyms else "keep"


def _like(headings: list[str], events: bool) -> str | None:
    """The shipped mapping whose needed headings are all here; of several the one with most."""
    best: tuple[int, str] | None = None
    for name in mapping_names():
        mapping = read_mapping(name)
        if (mapping.kind == "events") == events and name not in GENERIC and (found := _found(mapping, headings)):
            best = max(best or (0, ""), (found, name))
    return best[1] if best else None


GENERIC = ("xes", "two_timestamps_csv", "bpic12_w", "bpic15_1")
"""Mappings with standard headings only: having them says nothing about where a log is from."""


def _found(mapping: Mapping, headings: list[str]) -> int:
    wanted = mapping.all_columns()
    there = {name for name, accepted in wanted.items() if any(heading_of(one, headings) for one in accepted)}
    return len(there) if set(wanted) - set(mapping.may_lack) <= there else 0


def _artificial(table: pd.DataFrame, events: dict[str, Guess]) -> tuple[str, ...]:
    if "activity" not in events:
        return ()
    found = {word for word in table[events["activity"].heading].unique().tolist() if word.casefold() in ("start", "end")}
    return tuple(sorted(found)) if len(found) == 2 else ()


def _status(table: pd.DataFrame, columns: dict[str, Guess]) -> dict[str, tuple[str, ...]]:
    if "status" not in columns:
        return {}
    words = [word for word in table[columns["status"].heading].value_counts().index[:MOST_WORDS] if word]
    closed = tuple(word for word in words if says_closed(word))
    return {"closed": closed, "open": tuple(word for word in words if word not in closed)}


def _channels(table: pd.DataFrame, columns: dict[str, Guess]) -> dict[str, str]:
    if "channel" not in columns:
        return {}
    words = [word for word in table[columns["channel"].heading].value_counts().index[:MOST_WORDS] if word]
    return {word: channel_of(word) for word in words}


def _variants(table: pd.DataFrame, columns: dict[str, Guess]) -> dict[str, dict[str, str]]:
    found = {}
    for field in ("category", "department", "community", "subdistrict", "district"):
        if field in columns:
            groups = variants(table[columns[field].heading], columns[field].heading)[:MOST_VARIANTS]
            if groups:
                found[field] = {word: group[0] for group in groups for word in group[1:]}
    return found
