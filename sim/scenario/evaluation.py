"""Chapter `evaluation`: call-back, how a resident scores, how trust moves, and what late cases cost a department."""

from __future__ import annotations

from sim.distributions import AnyDistribution
from sim.scenario.chapter import Chapter, entry, portion


class CallBack(Chapter):
    """回访: the resident who reported is called and asked."""

    coverage: float = portion("share of publicly reported closed cases that are called back")
    answer: float = portion("share of those called who answer")
    delay: AnyDistribution = entry("time from closure to the call")


class Score(Chapter):
    """A resident's score from 0 to 100: a start, plus and minus points, cut to the range."""

    start: float = entry("score of a case solved exactly in the expected time", "points", ge=0, le=100)
    per_doubling: float = entry(
        "points lost each time the wait doubles against the expected time (won when it halves)", "points", ge=0, le=100
    )
    unsolved: float = entry("points lost if the issue is not right", "points", ge=0, le=100)
    untold: float = entry("points lost if nobody told the result", "points", ge=0, le=100)
    per_contact: float = entry("points lost for every contact beyond the first", "points", ge=0, le=100)
    noise: float = entry("standard deviation of what else moves a score", "points", ge=0, le=50)
    told: float = portion("share of residents who are told the result")


class Pressure(Chapter):
    """Scoring pressure on departments; with no weight on timeliness nobody closes early."""

    late_loss: float = entry("scored loss of a late case", "points", ge=0)
    caught_loss: float = entry("scored loss of a case found unfixed after it was reported done", "points", ge=0)


class Evaluation(Chapter):
    """Step 7 and what it changes."""

    call_back: CallBack = entry("call-back")
    score: Score = entry("how residents score")
    trust_step: float = portion("how far one score moves trust towards score/100")
    neighbour_step: float = portion("how far it moves the trust of the other exposed residents")
    pressure: Pressure = entry("premature closing; off while late_loss is 0")
