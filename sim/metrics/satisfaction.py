"""What residents think: scores at the call-back, trust at the end."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from sim.metrics.hotline import answered
from sim.metrics.indicator import NO_CLOCK, Indicator
from sim.metrics.judged import judged_cases
from sim.records import RunRecords


def _score(records: RunRecords) -> float:
    cases = judged_cases(records)
    return float(cases["satisfaction"][answered(cases)].mean())


def _trust(records: RunRecords) -> float:
    return float(records["residents"]["trust"].mean())


INDICATORS = (
    Indicator("satisfaction_mean", "Satisfaction", "score at the call-back, mean", "0..100", "higher",
              "residents who answered the call-back", NO_CLOCK, _score),
    Indicator("trust_mean", "Trust", "trust at the end of the run, mean", "0..1", "higher",
              "residents of the table", NO_CLOCK, _trust, ("residents",)),
)  # fmt: skip
