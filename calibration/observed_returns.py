"""Referral and rework as a log shows them: shares of cases with Wilson intervals, over all and by department.

Referral: the column of returns, or a change of group between the steps of a case. Rework: the column of reworks, or an
activity that comes back after another one; whether that is rework an event log does not say.
"""

# The stubs of pandas, numpy and scipy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from calibration.adequacy_groups import SMALLEST
from calibration.intake import Intake
from calibration.mapping import Mapping
from calibration.observed_queue import named
from sim.records import MISSING

FEWEST, MOST_UNITS = 30, 12
"""Cases of a department that is shown by itself, and how many are shown."""


@dataclass(frozen=True)
class Seen:
    """A share of cases. `what`: returned, group_changed, group_again (back with a group that had
    passed it on), reworked, redone (a handling that had to be done again, of all
    handlings) or repeated. `unit`: department, empty for all. `share` and its ends are None where fewer than five cases are
    on one side."""

    what: str
    unit: str
    cases: int
    share: float | None
    low: float | None
    high: float | None


def returns_of(intake: Intake, mapping: Mapping) -> tuple[Seen, ...]:
    """What the log shows of referral and rework; empty where it has no such column and no steps."""
    cases = intake.records["cases"]
    worked = cases[(cases["outcome"] != "self_handled").to_numpy()]
    # An open case may still be returned or done again.
    ended = worked[(worked["closed_at"] != MISSING).to_numpy()]
    found: list[Seen] = []
    if mapping.columns.returns is not None:
        found += _by_unit("returned", ended["department"], ended["returns"].to_numpy() > 0)
    if mapping.columns.reworks is not None:
        found += _by_unit("reworked", ended["department"], ended["reworks"].to_numpy() > 0)
        again = ended["reworks"].to_numpy()
        found += _by_unit("redone", ended["department"], again, again + 1)
    if intake.steps is not None and len(intake.steps):
        for what, flags in _of_steps(intake.steps):
            of_case = worked.set_index("case_id")["department"].reindex(flags.index).dropna()
            found += _by_unit(what, of_case, flags[of_case.index].to_numpy())
    return tuple(found)


def _of_steps(steps: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """One flag a case, for what the steps can show."""
    known = steps[named(steps["group"])]
    if len(set(known["group"])) > 1:
        moved = known["group"] != known["group"].groupby(known["case_id"]).shift().fillna(known["group"])
        yield "group_changed", moved.groupby(known["case_id"]).any()
        yield "group_again", _comes_back(known["case_id"], known["group"])
    yield "repeated", _comes_back(steps["case_id"], steps["activity"])


def _comes_back(case: pd.Series, word: pd.Series) -> pd.Series:
    """By case: whether a word comes back after another one (more runs of equal words than different words)."""
    runs = ((word != word.shift()) | (case != case.shift())).groupby(case).sum()
    return runs > word.groupby(case).nunique()


def _by_unit(what: str, department: pd.Series, hits: np.ndarray, of: np.ndarray | None = None) -> list[Seen]:
    """All, and each of the larger departments where there are several that have enough cases; `of`: trials a case, else 1."""
    tried = np.ones(len(hits), dtype=np.int64) if of is None else of
    if not len(hits):
        return []
    hits = hits.astype(np.int64)
    names = department.astype(str).to_numpy(dtype=object)
    found = [seen(what, "", len(hits), int(hits.sum()), int(tried.sum()))]
    sizes = pd.Series(names[named(pd.Series(names))]).value_counts()
    large = [str(name) for name, cases in sizes.items() if cases >= FEWEST][:MOST_UNITS]
    if len(sizes) > 1:
        units = [seen(what, name, int((names == name).sum()), int(hits[names == name].sum()), int(tried[names == name].sum()))
                 for name in large]  # fmt: skip
        found += _none_alone(units, len(set(names)) - len(large))
    return found


def _none_alone(units: list[Seen], unlisted: int) -> list[Seen]:
    """One share left out could be told from the total; so a second one, of the smallest that is shown, goes with it."""
    shown = [each for each in units if each.share is not None]
    if unlisted + len(units) - len(shown) != 1 or not shown:
        return units
    last = min(shown, key=lambda each: each.cases)
    return [replace(each, share=None, low=None, high=None) if each is last else each for each in units]


def seen(what: str, unit: str, cases: int, hits: int, tried: int) -> Seen:
    """A share with its Wilson interval (Wilson 1927)."""
    from scipy.stats import binomtest

    if min(n for n in (hits, tried - hits) if n > 0) < SMALLEST:
        return Seen(what, unit, cases, None, None, None)
    interval = binomtest(hits, tried).proportion_ci(0.95, "wilson")
    return Seen(what, unit, cases, hits / tried, float(interval.low), float(interval.high))
