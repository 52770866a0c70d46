"""Durations: every unit reads to the right seconds and clock, text reads back, and nonsense is refused in words."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from sim import messages
from sim.units import DAY, ELAPSED, HOUR, LONGEST, MINUTE, UNITS, WORK, Duration, Limit, Span, parse_duration
from sim.words.time import CHINESE


class Form(BaseModel):
    rest: Span = Duration(60)
    limit: Limit


def read_or_refusal(value: object) -> Duration | str:
    try:
        return parse_duration(value)
    except ValueError as refusal:
        return str(refusal)


@pytest.mark.parametrize(
    ("text", "seconds", "clock"),
    [
        ("30 s", 30, ELAPSED), ("30 min", 30 * MINUTE, ELAPSED), ("4h", 4 * HOUR, ELAPSED), ("3 d", 3 * DAY, ELAPSED),
        ("1 week", 7 * DAY, ELAPSED), ("2 urgent_hours", 2 * HOUR, ELAPSED), ("1.5 h", 5400, ELAPSED),
        (".5 min", 30, ELAPSED), ("0 s", 0, ELAPSED), ("-0 h", 0, ELAPSED), ("0.2 s", 1, ELAPSED),
        ("2 natural days", 2 * DAY, ELAPSED), ("2 天", 2 * DAY, ELAPSED), ("30 分钟", 30 * MINUTE, ELAPSED),
        ("4 个小时", 4 * HOUR, ELAPSED), ("2 紧急工作时", 2 * HOUR, ELAPSED), ("1 周", 7 * DAY, ELAPSED),
        ("４ 小时", 4 * HOUR, ELAPSED), ("3 workdays", 24 * HOUR, WORK), ("1 workday", 8 * HOUR, WORK),
        ("4 work_hours", 4 * HOUR, WORK), ("4 work hours", 4 * HOUR, WORK), ("3工作日", 24 * HOUR, WORK),
        ("4 工作时", 4 * HOUR, WORK), ("0.5 workdays", 4 * HOUR, WORK),
    ],
)  # fmt: skip
def test_units_read_to_seconds_and_clock(text: str, seconds: int, clock: str) -> None:
    assert parse_duration(text) == Duration(seconds, clock)


@given(st.integers(0, LONGEST), st.sampled_from([ELAPSED, WORK]))
def test_text_reads_back(seconds: int, clock: str) -> None:
    duration = Duration(seconds, clock)
    assert parse_duration(duration.text()) == duration


@given(st.decimals(0, 1000, places=3), st.sampled_from(sorted(UNITS)))
def test_decimals_are_exact_before_rounding(number: Decimal, unit: str) -> None:
    exact = number * UNITS[unit][0]
    got = parse_duration(f"{number} {unit}").seconds
    assert abs(got - exact) <= Decimal("0.5") or got == 1
    assert (got == 0) == (exact == 0)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (3, "needs a number and its unit"), (2.5, "needs a number and its unit"), ("3", "needs a number and its unit"),
        (float("nan"), "needs a number and its unit"), (True, "is not a duration"), (None, "is not a duration"),
        ([], "is not a duration"), ("", "is not a duration"), ("h", "is not a duration"), ("1,5 h", "decimal point"),
        ("1 h 30 min", "is not a duration"), ("9" * 6000 + " h", "is not a duration"), ("-3 h", "cannot be negative"),
        ("nan h", "finite"), ("inf d", "finite"), ("-inf d", "finite"), ("3 months", "months and years"),
        ("2 年", "months and years"), ("3 hoours", 'did you mean "hours"'), ("3 workdys", 'did you mean "workdays"'),
        ("3 Days", 'did you mean "days"'), ("3 xyzzy", "allowed units: s, min, h"), ("99999999 d", "a century"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_words(value: object, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        parse_duration(value)


@given(st.text(max_size=80) | st.integers() | st.floats() | st.none() | st.lists(st.integers()))
def test_anything_is_read_or_refused_with_value_error(value: object) -> None:
    got = read_or_refusal(value)
    if isinstance(got, Duration):
        assert 0 <= got.seconds <= LONGEST
    else:
        assert "duration" in got or "unit" in got or "months" in got


@pytest.mark.parametrize(("seconds", "clock"), [(-1, ELAPSED), (1, "lunar")])
def test_no_duration_off_its_clocks(seconds: int, clock: str) -> None:
    with pytest.raises(ValueError, match="no such duration"):
        Duration(seconds, clock)


def test_hours() -> None:
    assert parse_duration("90 min").hours == 1.5
    assert parse_duration("2 workdays").hours == 16


def test_fields_read_write_and_refuse() -> None:
    form = Form.model_validate({"rest": "90 min", "limit": "3 工作日"})
    assert form.rest.seconds == 5400
    assert form.model_dump(mode="json") == {"rest": "90 min", "limit": "3 workdays"}
    assert Form.model_validate_json(form.model_dump_json()) == form
    with pytest.raises(ValidationError) as refusal:
        Form.model_validate({"rest": "3 workdays", "limit": 3})
    assert [error["loc"] for error in refusal.value.errors()] == [("rest",), ("limit",)]
    assert "work hours count only on limits" in str(refusal.value)


@pytest.mark.parametrize("field", ["rest", "limit"])
def test_schema_examples_fit_its_pattern_and_the_reader(field: str) -> None:
    schema = Form.model_json_schema()["properties"][field]
    assert schema["type"] == "string"
    for example in schema["examples"]:
        assert re.search(schema["pattern"], example)
        parse_duration(example)
    assert re.search(schema["pattern"], "3 workdays") is None or field == "limit"
    assert re.search(schema["pattern"], "3 months") is None


@given(st.sampled_from(["rest", "limit"]).map(lambda field: Form.model_json_schema()["properties"][field]), st.data())
def test_what_the_schema_allows_is_read(schema: dict[str, str], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(schema["pattern"], re.ASCII), fullmatch=True))
    got = read_or_refusal(text)
    # The pattern cannot say how long is too long.
    assert isinstance(got, Duration) or "century" in got or len(text) > 60


def test_chinese_keeps_the_placeholders() -> None:
    for english, chinese in CHINESE.items():
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", chinese))
    messages.speak("zh")
    try:
        with pytest.raises(ValueError, match="是否应为"):
            parse_duration("3 hoours")
    finally:
        messages.speak("en")
