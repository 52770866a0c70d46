"""The schema's complaints in the user's words: what is wrong, what is allowed, did you mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scenarios.faults import guess, shown
from scenarios.marks import Part
from scenarios.shapes import bounds, field_at, keys_at
from sim.messages import chinese, language, say

Complaint = Mapping[str, Any]


def worded(complaint: Complaint, location: Sequence[Part]) -> str:
    """One complaint of pydantic (an entry of `ValidationError.errors()`) as what is wrong; what is allowed."""
    kind = complaint["type"]
    writer = _WRITERS.get(kind) or next((w for prefix, w in _FAMILIES if kind.startswith(prefix)), _as_it_is)
    return writer(complaint, location)


def _unknown(complaint: Complaint, location: Sequence[Part]) -> str:
    known = keys_at(location[:-1])
    return say("unknown key; allowed keys: {known}", known=", ".join(known)) + guess(str(location[-1]), known)


def _missing(complaint: Complaint, location: Sequence[Part]) -> str:
    if isinstance(location[-1], int):
        return say("entry {number} of the list is missing; give all its entries", number=location[-1] + 1)
    field = field_at(location)
    meaning = _meaning(field.description if field else None)
    if not meaning:
        return say("missing; add {key}:", key=location[-1])
    extra = field.json_schema_extra if field else None
    unit = extra.get("unit") if isinstance(extra, dict) and extra.get("unit") != "1" else None
    return say("missing; add {key}: ({meaning})", key=location[-1], meaning=f"{meaning}, {unit}" if unit else meaning)


def _meaning(description: str | None) -> str:
    """What a key means; nothing in Chinese where nobody has translated it yet, rather than an English sentence."""
    if description is None or (language() == "zh" and description not in chinese()):
        return ""
    return say(description)


def _outside(complaint: Complaint, location: Sequence[Part]) -> str:
    low, high = bounds(field_at(location))
    value = shown(complaint["input"])
    if low is not None and high is not None:
        above = say("above ") if complaint["type"] == "greater_than" else ""
        return say(
            "{value} is outside the range; allowed: {above}{low:g} to {high:g}",
            value=value,
            above=above,
            low=low,
            high=high,
        )
    context = complaint["ctx"]
    limit = context.get("ge", context.get("gt", context.get("le", context.get("lt"))))
    words = {
        "greater_than": say("{value} is too small; it must be more than {limit}", value=value, limit=limit),
        "greater_than_equal": say("{value} is too small; it must be at least {limit}", value=value, limit=limit),
        "less_than": say("{value} is too large; it must be less than {limit}", value=value, limit=limit),
        "less_than_equal": say("{value} is too large; it must be at most {limit}", value=value, limit=limit),
    }
    return words[complaint["type"]]


def _choice(complaint: Complaint, location: Sequence[Part]) -> str:
    names = re.findall(r"'([^']*)'", str(complaint["ctx"].get("expected", complaint["ctx"].get("expected_tags", ""))))
    value = complaint["ctx"].get("tag", complaint["input"])
    text = say("{value} is not allowed here; allowed: {names}", value=shown(value), names=", ".join(names))
    return text + (guess(value, names) if isinstance(value, str) else "")


def _no_family(complaint: Complaint, location: Sequence[Part]) -> str:
    return say(
        "missing; add family: (none, fixed, exponential, lognormal, gamma, weibull, uniform, empirical or mixture)"
    )


def _count(complaint: Complaint, location: Sequence[Part]) -> str:
    context = complaint["ctx"]
    if "min_length" in context:
        return say(
            "{count} entries; at least {least} are needed", count=context["actual_length"], least=context["min_length"]
        )
    return say(
        "{count} entries; at most {most} are allowed", count=context["actual_length"], most=context["max_length"]
    )


def _text_length(complaint: Complaint, location: Sequence[Part]) -> str:
    context = complaint["ctx"]
    value = shown(complaint["input"])
    if "min_length" in context:
        return say("{value} is too short; write at least {least} characters", value=value, least=context["min_length"])
    return say("{value} is too long; at most {most} characters are allowed", value=value, most=context["max_length"])


def _pattern(complaint: Complaint, location: Sequence[Part]) -> str:
    pattern = complaint["ctx"]["pattern"]
    if pattern.startswith("^[a-z]"):
        rule = say("a name is of small letters a to z, digits and _, and begins with a letter")
    else:
        rule = say("it must match {pattern}", pattern=pattern)
    return say("{value} has the wrong form; {rule}", value=shown(complaint["input"]), rule=rule)


def _expected(what: str) -> Callable[[Complaint, Sequence[Part]], str]:
    def write(complaint: Complaint, location: Sequence[Part]) -> str:
        return say("{value} is not {what}", value=_with_kind(complaint["input"]), what=say(what))

    return write


def _with_kind(value: object) -> str:
    if value is None:
        return say("an empty value")
    if isinstance(value, dict):
        return say("a mapping")
    if isinstance(value, list | tuple):
        return say("a list")
    if isinstance(value, bool):
        return say("{value} (a yes or no)", value="true" if value else "false")
    return say("{value} (a text)", value=shown(value)) if isinstance(value, str) else shown(value)


def _as_it_is(complaint: Complaint, location: Sequence[Part]) -> str:
    """Our own validators have spoken in the language of the run; a rule of pydantic that nothing here words has not."""
    if complaint["type"] == "value_error" or language() == "en":
        return complaint["msg"].removeprefix("Value error, ")
    return say("{value} is not allowed here (rule {rule})", value=_with_kind(complaint["input"]), rule=complaint["type"])


_NUMBER = _expected("a number; write it with digits and without quotes")
_WHOLE = _expected("a whole number; write it with digits and without quotes or fraction")
_TEXT = _expected("a text; put quotes round it")
_MAPPING = _expected("a mapping; write its keys below it, indented")
_LIST = _expected("a list; write it as [a, b] or one - entry a line")
_DATE = _expected("a date of the calendar; write it as 2026-03-01")

_WRITERS: dict[str, Callable[[Complaint, Sequence[Part]], str]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "literal_error": _choice,
    "union_tag_invalid": _choice,
    "union_tag_not_found": _no_family,
    "too_short": _count,
    "too_long": _count,
    "string_too_short": _text_length,
    "string_too_long": _text_length,
    "string_pattern_mismatch": _pattern,
    "finite_number": _expected("a finite number; nan and inf mean nothing here"),
}
_FAMILIES: tuple[tuple[str, Callable[[Complaint, Sequence[Part]], str]], ...] = (
    ("greater_than", _outside),
    ("less_than", _outside),
    ("int_", _WHOLE),
    ("float_", _NUMBER),
    ("string_", _TEXT),
    ("bool_", _expected("a switch; write true or false without quotes")),
    ("date", _DATE),
    ("model_", _MAPPING),
    ("dict_", _MAPPING),
    ("dataclass", _MAPPING),
    ("tuple_", _LIST),
    ("list_", _LIST),
)
