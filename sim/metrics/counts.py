"""How many cases and issues the other numbers speak of, and how many of them are still open."""

from __future__ import annotations

import pandas as pd

from sim.metrics.indicator import NO_CLOCK, Indicator
from sim.metrics.judged import judged_cases, judged_issues, share
from sim.records import RunRecords


def _cases(records: RunRecords) -> float:
    return float(len(judged_cases(records)))


def _issues(records: RunRecords) -> float:
    return float(len(judged_issues(records)))


def _left_out(records: RunRecords) -> float:
    return float(len(records["cases"]) - len(judged_cases(records)))


def _open_share(records: RunRecords) -> float:
    is_open = judged_cases(records).where("outcome", "open")
    return share(is_open, pd.Series(True, index=is_open.index))


JUDGED = "cases established (or if never, reported) after the warm-up and before the end of arrivals"

INDICATORS = (
    Indicator("cases_judged", "Cases judged", JUDGED, "cases", "none", "whole run", NO_CLOCK, _cases),
    Indicator("cases_left_out", "Cases left out", "cases of the run outside the judged window", "cases", "none",
              "whole run", NO_CLOCK, _left_out),
    Indicator("issues_judged", "Issues judged", "issues that began after the warm-up and before the end of arrivals",
              "issues", "none", "whole run", NO_CLOCK, _issues, ("discovery",)),
    Indicator("open_share", "Open at the end", "open at the end of the run / judged cases", "share", "lower",
              "judged cases", NO_CLOCK, _open_share),
)  # fmt: skip
