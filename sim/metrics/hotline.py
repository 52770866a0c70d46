"""The hotline's three rates, asked at the call-back, and how many were called at all.

Response, resolution and satisfaction are shares of the residents who answered the call-back (12345 practice).
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from sim.metrics.indicator import ELAPSED, NO_CLOCK, Indicator
from sim.metrics.judged import DAY_S, STAFF_CHANNELS, Judged, judged_cases, share
from sim.records import RunRecords

RESPONSE_LIMIT_S = DAY_S
"""First contact counts as in time within a day of the report."""
SATISFIED = 60.0
"""A score from here on counts as satisfied."""

Flags = Callable[[Judged], pd.Series]


def _called(cases: Judged) -> pd.Series:
    return cases.has("evaluated_at")


def answered(cases: Judged) -> pd.Series:
    """Cases whose resident was called back and gave a score."""
    return _called(cases) & cases["satisfaction"].notna()


def _responded(cases: Judged) -> pd.Series:
    return cases.has("first_response_at") & (cases["first_response_at"] - cases["reported_at"] <= RESPONSE_LIMIT_S)


def _closed_public(cases: Judged) -> pd.Series:
    return cases.where("outcome", "closed") & ~cases.where("channel", *STAFF_CHANNELS)


def _of(part: Flags, whole: Flags) -> Callable[[RunRecords], float]:
    def compute(records: RunRecords) -> float:
        cases = judged_cases(records)
        return share(part(cases), whole(cases))

    return compute


ANSWERED = "residents who answered the call-back"

INDICATORS = (
    Indicator("hotline_response_rate", "Hotline response rate",
              "first work within 24 h of the report / residents who answered the call-back",
              "share", "higher", ANSWERED, ELAPSED, _of(_responded, answered)),
    Indicator("hotline_resolution_rate", "Hotline resolution rate",
              "issue truly fixed at closure / residents who answered the call-back",
              "share", "higher", ANSWERED, NO_CLOCK, _of(lambda cases: cases["truly_fixed"], answered), ("true_fix",)),
    Indicator("hotline_satisfaction_rate", "Hotline satisfaction rate",
              "score of 60 or more / residents who answered the call-back",
              "share", "higher", ANSWERED, NO_CLOCK, _of(lambda cases: cases["satisfaction"] >= SATISFIED, answered)),
    Indicator("callback_coverage", "Call-back coverage", "called back / closed cases that the public reported",
              "share", "higher", "closed cases that the public reported", NO_CLOCK, _of(_called, _closed_public)),
    Indicator("callback_answer_rate", "Call-backs answered", "gave a score / residents called back",
              "share", "higher", "residents called back", NO_CLOCK, _of(answered, _called)),
)  # fmt: skip
