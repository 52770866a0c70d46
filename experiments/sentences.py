"""What a comparison says, in plain sentences."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from experiments.comparison import BETTER, HIGHER, LOWER, NOT_SHOWN, ONE_WORLD, UNKNOWN, WORSE, of_all
from experiments.intervals import Interval
from experiments.quantities import change_text, interval_text, number, with_unit
from experiments.summary import Summary, shown_first
from sim.messages import language, say
from sim.metrics.table import INDICATORS

PRIMARY = ("onset_to_fix_mean", "report_to_closure_mean", "report_to_closure_median")
"""What a comparison is first about: the first of these that it has."""


def primary(comparison: pd.DataFrame) -> str:
    """The indicator that the answer speaks of. Raises ValueError if no world has any of PRIMARY."""
    for name in PRIMARY:
        if (of_all(comparison, name)["n"] > 0).any():
            return name
    raise ValueError("no indicator to answer with")


def answer(comparison: pd.DataFrame, names: Mapping[str, str]) -> str:
    """One sentence: which scenario is best by the primary indicator, and how sure that is. `names` as shown."""
    rows = of_all(comparison, primary(comparison))
    shown = rows[rows["verdict"] == BETTER]
    if len(shown):
        best = _leading(shown)
        return _sentence(best, names) + _confidence(best)
    if (rows["verdict"] == WORSE).all():
        worst = " ".join(_sentence(row, names) for _, row in rows.iterrows())
        return say("{baseline} does best. {rest}", baseline=names[rows.iloc[0]["baseline"]], rest=worst)
    return _sentence(_leading(rows), names) + _confidence(_leading(rows))


def _leading(rows: pd.DataFrame) -> pd.Series:
    indicator = INDICATORS[rows.iloc[0]["indicator"]]
    merit = rows["difference"] if indicator.direction == "lower" else -rows["difference"]
    return rows.loc[merit.idxmin() if merit.notna().any() else merit.index[0]]


def about(comparison: pd.DataFrame, scenario: str, arms: Mapping[str, Summary], names: Mapping[str, str]) -> list[str]:
    """Sentences on one scenario against the baseline: the primary indicator, then what else is better and worse."""
    main = primary(comparison)
    rows = comparison[(comparison["scenario"] == scenario) & (comparison["group"] == "all")].set_index(
        "indicator", drop=False
    )
    baseline = rows.iloc[0]["baseline"]
    headline = [name for name in shown_first(arms[baseline]) if name != main]
    first = _sentence(rows.loc[main], names)
    return [first, *_others(rows.loc[headline])]


def _others(rows: pd.DataFrame) -> list[str]:
    said = {BETTER: "Also better: {list}.", WORSE: "Worse: {list}.", HIGHER: "Higher: {list}.", LOWER: "Lower: {list}."}
    lines = [
        say(template, list=_listed(rows[rows["verdict"] == code]))
        for code, template in said.items()
        if (rows["verdict"] == code).any()
    ]
    open_ = int((rows["verdict"] == NOT_SHOWN).sum())
    if open_:
        lines.append(
            say("No difference shown in {count} of {all} other headline indicators.", count=open_, all=len(rows))
        )
    return lines


def _listed(rows: pd.DataFrame) -> str:
    parts = [f"{say(INDICATORS[str(name)].label)} ({_change(row, name)})" for name, row in rows.iterrows()]
    return ("；" if language() == "zh" else "; ").join(parts)


def _change(row: pd.Series, name: object) -> str:
    unit = INDICATORS[str(name)].unit
    return with_unit(change_text(interval_of(row), unit), unit, difference=True)


def interval_of(row: pd.Series) -> Interval:
    """The interval of a row of a comparison."""
    return Interval(row["difference"], row["low"], row["high"], int(row["n"]), math.nan)


def sentence(row: pd.Series, names: Mapping[str, str]) -> str:
    """How one scenario compares with the baseline by one indicator. `row`: a row of a comparison."""
    return _sentence(row, names)


def _sentence(row: pd.Series, names: Mapping[str, str]) -> str:
    name = row["indicator"]
    found = interval_of(row)
    values = {
        "scenario": names[row["scenario"]], "baseline": names[row["baseline"]], "label": say(INDICATORS[name].label),
        "change": with_unit(change_text(found, INDICATORS[name].unit), INDICATORS[name].unit, difference=True),
        "percent": _percent(row), "interval": interval_text(found, INDICATORS[name].unit, sign=True), "n": found.n,
    }  # fmt: skip
    return say(_TEMPLATES[row["verdict"]], **values)


_INTERVAL = "{change}{percent}, 95 % interval {interval}, over {n} paired worlds."
_TEMPLATES = {
    BETTER: "{label}: {scenario} is better than {baseline}, " + _INTERVAL,
    WORSE: "{label}: {scenario} is worse than {baseline}, " + _INTERVAL,
    HIGHER: "{label}: higher under {scenario} than under {baseline}, " + _INTERVAL,
    LOWER: "{label}: lower under {scenario} than under {baseline}, " + _INTERVAL,
    NOT_SHOWN: "{label}: no difference shown between {scenario} and {baseline}; it is " + _INTERVAL,
    ONE_WORLD: "{label}: {scenario} differs from {baseline} by {change}{percent} in one world; "
               "one world has no interval, so this shows nothing yet.",
    UNKNOWN: "{label}: not available for {scenario} and {baseline} in the same world.",
}  # fmt: skip


def _percent(row: pd.Series) -> str:
    base = row["baseline_value"]
    if INDICATORS[row["indicator"]].unit == "share" or not base or math.isnan(base):
        return ""
    return say(" ({percent} %)", percent=number(100 * row["difference"] / base, 0, sign=True))


def _confidence(row: pd.Series) -> str:
    if row["verdict"] != BETTER:
        return ""
    p = row["p_holm"]
    return say(
        " A difference of this size by chance alone: {chance}.",
        chance=say("less than 1 in 1000") if p < 0.001 else say("about {percent} %", percent=f"{100 * p:.1f}"),
    )
