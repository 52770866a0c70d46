"""How numbers are written for people: shares in per cent, digits that the interval can bear, words for verdicts."""

from __future__ import annotations

import math

from experiments.comparison import BETTER, HIGHER, LOWER, NOT_SHOWN, ONE_WORLD, UNKNOWN, WORSE
from experiments.intervals import Interval
from sim.messages import say

NONE = "-"
VERDICT_TEXT = {
    BETTER: "better",
    WORSE: "worse",
    HIGHER: "higher",
    LOWER: "lower",
    NOT_SHOWN: "no difference shown",
    ONE_WORLD: "one world: no interval",
    UNKNOWN: "not available",
}
_MOST_DECIMALS = 4
_SCALES = ("0..1", "0..100")


def verdict_text(code: str) -> str:
    """A verdict in words."""
    return say(VERDICT_TEXT[code])


def unit_text(unit: str, difference: bool = False) -> str:
    """The unit as printed: shares are shown in per cent, their differences in percentage points."""
    if unit == "share":
        return say("percentage points") if difference else "%"
    if unit in _SCALES:
        return say("points") if difference else say(unit)
    return say(unit)


def scaled(value: float, unit: str) -> float:
    """The value in the unit of `unit_text`."""
    return 100 * value if unit == "share" else value


def decimals(value: float, spread: float = math.nan) -> int:
    """Decimals that show two figures of the spread (half an interval), but no more than three figures of the value."""
    sized = max(abs(value) / 10, 0.0 if math.isnan(spread) else abs(spread))
    if not sized or not math.isfinite(sized):
        return 1
    return min(_MOST_DECIMALS, max(0, 1 - math.floor(math.log10(sized))))


def number(value: float, places: int, sign: bool = False) -> str:
    """A number with thousands marks; `-` for NaN."""
    if math.isnan(value):
        return NONE
    if math.isinf(value):
        return "∞"
    text = f"{value:{'+' if sign else ''},.{places}f}"
    # A value that rounds to nothing has no sign.
    return text.lstrip("+-") if not any(digit in text for digit in "123456789") else text


def value_text(found: Interval, unit: str) -> str:
    """A mean without its unit."""
    return number(scaled(found.mean, unit), _places(found, unit))


def interval_text(found: Interval, unit: str, sign: bool = False) -> str:
    """`12.3 to 14.5`; `-` without an interval. Ends of a level (`sign` false) are cut to what it can be: no indicator
    is negative, no share above 1."""
    if math.isnan(found.low):
        return NONE
    places = _places(found, unit)
    ends = (found.low, found.high) if sign else _possible(found, unit)
    low, high = (number(scaled(end, unit), places, sign) for end in ends)
    return say("{low} to {high}", low=low, high=high)


def _possible(found: Interval, unit: str) -> tuple[float, float]:
    low = max(found.low, 0.0) if found.mean >= 0 else found.low
    return low, min(found.high, 1.0) if unit == "share" else found.high


def change_text(found: Interval, unit: str) -> str:
    """A difference with its sign, without its unit."""
    return number(scaled(found.mean, unit), _places(found, unit), sign=True)


def gain_text(gain: float) -> str:
    """Pairing gain: `3.2x`."""
    if math.isnan(gain):
        return NONE
    if gain >= 1000:
        return "> 1000×"
    return f"{gain:.1f}×" if gain < 100 else f"{gain:.0f}×"


def with_unit(text: str, unit: str, difference: bool = False) -> str:
    """A number and its unit; nothing is added to `-`."""
    return text if text == NONE else f"{text} {unit_text(unit, difference)}"


def _places(found: Interval, unit: str) -> int:
    return decimals(scaled(found.mean, unit), scaled(found.half_width, unit))
