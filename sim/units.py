"""The one time unit: whole seconds since the scenario's start. Durations come in with a unit; nothing else converts.

Two clocks run: `elapsed` never stops, `work` counts only the open seconds of the city's limit calendar, on which one
workday is eight work hours.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, NoReturn

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from sim.messages import say

MINUTE = 60
HOUR = 3600
DAY = 86400
WORKDAY_HOURS = 8
WORKDAY = WORKDAY_HOURS * HOUR
LONGEST = 36525 * DAY
"""A century: a longer duration is taken for a slip of the pen."""

ELAPSED = "elapsed"
WORK = "work"

# The first unit of each clock that divides a duration is the one its canonical text uses: longest first.
_ELAPSED_TEXT = ((DAY, "d", "d"), (HOUR, "h", "h"), (MINUTE, "min", "min"), (1, "s", "s"))
_WORK_TEXT = (
    (WORKDAY, "workday", "workdays"),
    (HOUR, "work_hour", "work_hours"),
    (MINUTE, "work_minute", "work_minutes"),
    (1, "work_second", "work_seconds"),
)

_ELAPSED_NAMES = {
    1: "s second seconds 秒 秒钟",
    MINUTE: "min minute minutes 分 分钟",
    HOUR: "h hour hours urgent_hour urgent_hours 小时 紧急工作时",
    DAY: "d day days natural_day natural_days 天 日 自然日",
    7 * DAY: "week weeks 周 星期",
}
_WORK_NAMES = {
    1: "work_second work_seconds 工作秒",
    MINUTE: "work_minute work_minutes 工作分钟",
    HOUR: "work_hour work_hours 工作时 工作小时",
    WORKDAY: "workday workdays work_day work_days 工作日",
}
UNITS: dict[str, tuple[int, str]] = {
    name: (seconds, clock)
    for clock, table in ((ELAPSED, _ELAPSED_NAMES), (WORK, _WORK_NAMES))
    for seconds, names in table.items()
    for name in names.split()
}
"""Every unit that a duration may carry: its seconds and its clock. A blank may stand for `_`; 个 may come before."""

_CIVIL_UNITS = frozenset(["month", "months", "mo", "year", "years", "y", "yr", "月", "年"])
_NUMBER = r"nan|inf(?:inity)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
_NUMBER_THEN_UNIT = re.compile(rf"([+-]?)({_NUMBER})\s*(|[^\W\d_]\D*)", re.IGNORECASE)
_LONGEST_TEXT = 60


@dataclass(frozen=True)
class Duration:
    """A length of time: whole seconds, on the `elapsed` clock or on the `work` clock (28,800 s are one workday)."""

    seconds: int
    clock: str = ELAPSED

    def __post_init__(self) -> None:
        if self.clock not in (ELAPSED, WORK) or self.seconds < 0:
            raise ValueError(
                say("no such duration: {seconds} s on the clock {clock}", seconds=self.seconds, clock=repr(self.clock))
            )

    @property
    def hours(self) -> float:
        """Length in hours; on the work clock in work hours."""
        return self.seconds / HOUR

    def text(self) -> str:
        """The canonical form, which `parse_duration` reads back to the same value: `30 min`, `3 workdays`."""
        table = _ELAPSED_TEXT if self.clock == ELAPSED else _WORK_TEXT
        if self.seconds == 0:
            return f"0 {table[-1][2]}"
        size, one, many = next(row for row in table if self.seconds % row[0] == 0)
        count = self.seconds // size
        return f"{count} {one if count == 1 else many}"

    def __str__(self) -> str:
        return self.text()


def parse_duration(text: object) -> Duration:
    """Read `30 min`, `1.5 h`, `3 workdays`, `3 工作日`: one number and one unit of UNITS.

    Rounded to a whole second, a positive duration to one at least. Raises ValueError, in words for the user, for a bare
    number, a negative or endless one, an unknown unit, months and years, and anything over a century.
    """
    if isinstance(text, Duration):
        return text
    if isinstance(text, bool) or not isinstance(text, int | float | str):
        _refuse_shape(text)
    if not isinstance(text, str):
        _refuse_bare(text)
    found = _NUMBER_THEN_UNIT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None or len(text) > _LONGEST_TEXT:
        _refuse_shape(text)
    sign, number, unit = found.groups()
    if not unit:
        _refuse_bare(text)
    size, clock = _unit(unit, text)
    return Duration(_seconds(sign, number, size, text), clock)


def _unit(name: str, text: str) -> tuple[int, str]:
    plain = re.sub(r"[\s_]+", "_", name).removeprefix("个")
    if plain in UNITS:
        return UNITS[plain]
    shown = repr(text)
    if plain.casefold() in _CIVIL_UNITS:
        raise ValueError(
            say("{value}: months and years have no fixed length; write days, weeks or workdays instead", value=shown)
        )
    close = difflib.get_close_matches(plain.casefold(), UNITS, n=1, cutoff=0.5)
    if close:
        raise ValueError(
            say(
                '{value}: unknown unit "{unit}"; did you mean "{guess}"? Allowed units: {units}',
                value=shown, unit=name, guess=close[0], units=allowed_units(),
            )
        )  # fmt: skip
    raise ValueError(
        say('{value}: unknown unit "{unit}"; allowed units: {units}', value=shown, unit=name, units=allowed_units())
    )


def _seconds(sign: str, number: str, size: int, text: str) -> int:
    shown = repr(text)
    if number[0] in "nNiI":
        raise ValueError(say("{value}: a duration must be a finite number of its unit", value=shown))
    exact = Fraction(number) * size
    if sign == "-" and exact:
        raise ValueError(say("{value}: a duration cannot be negative; write 0 or more", value=shown))
    if exact > LONGEST:
        raise ValueError(say("{value}: a duration cannot be longer than a century; check number and unit", value=shown))
    return max(1, round(exact)) if exact else 0


def _refuse_bare(value: object) -> NoReturn:
    raise ValueError(
        say(
            '{value}: a duration needs a number and its unit, such as "30 min", "4 h" or "3 workdays"; '
            "allowed units: {units}",
            value=repr(value), units=allowed_units(),
        )
    )  # fmt: skip


def _refuse_shape(value: object) -> NoReturn:
    shown = repr(value)
    raise ValueError(
        say(
            '{value} is not a duration: write one number (with a decimal point, not a comma) and one unit, such as '
            '"30 min", "1.5 h" or "3 workdays"; allowed units: {units}',
            value=shown if len(shown) <= _LONGEST_TEXT else shown[:_LONGEST_TEXT] + "...", units=allowed_units(),
        )
    )  # fmt: skip


def allowed_units() -> str:
    """The units to name in a message: the shortest name of each, elapsed first, then Chinese ones."""
    return "s, min, h, d, weeks, urgent_hours, work_hours, workdays, 秒, 分钟, 小时, 天, 周, 紧急工作时, 工作时, 工作日"


def _elapsed(value: object) -> Duration:
    duration = parse_duration(value)
    if duration.clock == WORK:
        raise ValueError(
            say(
                "{value}: this is continuous time, and work hours count only on limits; write it in h or d",
                value=repr(str(value)),
            )
        )
    return duration


def _schema(clocks: tuple[str, ...], examples: list[str]) -> dict[str, object]:
    names = sorted((name for name, (_, clock) in UNITS.items() if clock in clocks), key=len, reverse=True)
    units = "|".join(name.replace("_", "[ _]") for name in names)
    return {"type": "string", "pattern": rf"^([0-9]+(\.[0-9]+)?|\.[0-9]+) *个?({units})$", "examples": examples}


_as_text = PlainSerializer(Duration.text, return_type=str)

Span = Annotated[
    Duration,
    PlainValidator(_elapsed),
    _as_text,
    WithJsonSchema(_schema((ELAPSED,), ["30 min", "4 h", "3 d", "2 weeks", "2 小时"])),
]
"""A field of a scenario that holds continuous time; a work duration is refused."""

Limit = Annotated[
    Duration,
    PlainValidator(parse_duration),
    _as_text,
    WithJsonSchema(_schema((ELAPSED, WORK), ["2 urgent_hours", "4 work_hours", "3 workdays", "7 d", "3 工作日"])),
]
"""A field of a scenario that holds a limit, on either clock."""
