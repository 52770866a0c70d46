"""The fits of a log as two tables in Markdown, and what could not be told in words; no number of fewer than five cases."""

from __future__ import annotations

from collections.abc import Sequence

from calibration.duration_steps import STEPWISE
from calibration.log_fits import LogFits, Row
from sim.messages import say

SMALLEST = 5

SAID = {
    "part_of_a_day": "the log holds a part of one day: its level is that part, stretched to a day",
    "no_weekdays": "too few days to tell weekdays apart",
    "no_scatter": "too few days to tell how much days differ beyond chance",
    "no_season": "less than two years: no season",
    "one_second": "all cases were opened in one second: no arrivals",
    "too_few": "too few cases, or too few closed ones, for a family of times to close",
}


def fits_text(fits: LogFits, name: str) -> str:
    """Both tables and the notes, in the language in force."""
    heads = [say(text) for text in ("log", "cases", "days", "cases a day", "level", "days far out", "CRPS model / past weeks",
                                    "variance over mean, model / log", "lag 7, model / log", "hours off, model / past weeks")]  # fmt: skip
    arrivals = _table(heads, [_arrivals(fits.arrivals, name)])
    heads = [say(text) for text in ("log", "what", "cases", "open", "family", "at once", "never ends", "median, h", "distance from KM",
                                    "gain over exponential", "error of shares closed: model / past / closed only")]  # fmt: skip
    durations = _table(heads, [_durations(row, name) for row in fits.durations])
    notes = [f"- {say(SAID[code])}" for code in fits.said]
    return "\n\n".join(part for part in (arrivals, durations, "\n".join(notes)) if part)


def _arrivals(row: Row, name: str) -> list[str]:
    both = [_pair(row, *keys) for keys in (("crps", "naive_crps"), ("model_ratio", "ratio"), ("model_lag7", "lag7"),
                                           ("circadian_h", "naive_circadian_h"))]  # fmt: skip
    return [name, f"{row['cases']:,}", _number(row, "days", "{:,.0f}"), _number(row, "level", "{:,.1f}"),
            say(str(row["kind"])) if "kind" in row else "–", _number(row, "shocks", "{:.0f}"), *both]  # fmt: skip


def _durations(row: Row, name: str) -> list[str]:
    left_open = int(str(row["open"]))
    shown = f"{left_open:,}" if left_open == 0 or left_open >= SMALLEST else say("fewer than 5")
    cells = [name, say(str(row["what"])), f"{row['cases']:,}", shown]
    if "family" not in row:
        return [*cells, *["–"] * 7]
    never = f"{_percent(row, 'never')} [{_percent(row, 'never_low')}, {_percent(row, 'never_high')}]" if row["never"] else "0 %"
    never = "–" if row["family"] == STEPWISE else never
    median = f"{_number(row, 'median_h')} [{_number(row, 'median_low_h')}, {_number(row, 'median_high_h')}]"
    errors = " / ".join(_percent(row, key) for key in ("error", "past_error", "closed_only_error"))
    return [*cells, say(str(row["family"])), _percent(row, "at_once"), never, median, _number(row, "km_distance"), _number(row, "gain"), errors]


def _pair(row: Row, one: str, other: str) -> str:
    return f"{_number(row, one)} / {_number(row, other)}" if one in row else "–"


def _number(row: Row, key: str, form: str = "{:,.3g}") -> str:
    value = row.get(key)
    return form.format(value) if isinstance(value, int | float) and value == value else "–"


def _percent(row: Row, key: str) -> str:
    value = row.get(key)
    return f"{100 * value:.1f} %" if isinstance(value, int | float) and value == value else "–"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
