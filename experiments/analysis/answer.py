"""The answer of a study in a sentence or two, from the analysis that its design is for."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from experiments.analysis.analysis import Analysis
from experiments.analysis.doubt import Doubt
from experiments.analysis.evidence import Evidence
from experiments.analysis.failing import Failing
from experiments.analysis.tradeoff import Tradeoff
from experiments.comparison import BETTER, WORSE
from experiments.intervals import LEVEL
from experiments.sentences import sentence
from experiments.study.design_kinds import LatinHypercube, Morris, OneAtATime, Saltelli, SobolSequence
from experiments.study.spec import Outcome
from experiments.study.stopping import HalfWidth
from sim.messages import say

_LEADS = (Morris, Saltelli, OneAtATime)
_SAMPLES = (LatinHypercube, SobolSequence)
MOST_BEST = 1


def answer(evidence: Evidence, analyses: Sequence[Analysis]) -> str:
    """What the study says, first of all its first outcome."""
    study = evidence.study
    for analysis in analyses:
        if isinstance(analysis, Tradeoff):
            return " ".join(analysis.sentences()[:2])
        if isinstance(analysis, Doubt) and any(isinstance(each, Failing) for each in analyses):
            failing = next(each for each in analyses if isinstance(each, Failing))
            return f"{analysis.sentences()[0]} {failing.sentences()[0]}"
        if isinstance(analysis, Doubt) or (isinstance(analysis, Failing) and isinstance(study.design, _SAMPLES)):
            return analysis.sentences()[0]
    if analyses and isinstance(study.design, _LEADS):
        return analyses[0].sentences()[0]
    rule = study.stopping
    if rule is not None and evidence.lines and not (isinstance(rule, HalfWidth) and rule.confidence == LEVEL):
        return " ".join(evidence.lines[:MOST_BEST])
    return _best(evidence, study.outcomes[0])


def _best(evidence: Evidence, outcome: Outcome) -> str:
    """The best choice by an outcome, if one is shown to be better than the baseline; else what is nearest to that."""
    table = evidence.results
    rows = table[(table["indicator"] == outcome.indicator) & (table["group"] == outcome.group) & (table["choice"] != 0)]
    if rows.empty:
        return say("There is nothing to compare: no choice but the baseline.")
    falls = rows["difference"] if "lower" in _side(outcome) else -rows["difference"]
    better = rows[rows["verdict"] == BETTER]
    among = better if len(better) else rows
    merit = falls[among.index]
    lead = among.loc[merit.idxmin() if merit.notna().any() else merit.index[0]]
    text = _sentence(evidence, lead)
    if (rows["verdict"] == WORSE).all():
        return say("{baseline} does best. {rest}", baseline=evidence.choice_name(0), rest=text)
    return text


def _side(outcome: Outcome) -> str:
    from experiments.study.results import direction_of

    side = direction_of(outcome)
    return "lower" if side == "none" else side


def _sentence(evidence: Evidence, row: pd.Series) -> str:
    names = {"0": evidence.choice_name(0), str(row["choice"]): evidence.choice_name(int(row["choice"]))}
    table = evidence.results
    base = table[(table["indicator"] == row["indicator"]) & (table["group"] == row["group"]) & (table["choice"] == 0)]
    facts = {
        "scenario": str(row["choice"]), "baseline": "0", "indicator": row["indicator"], "difference": row["difference"],
        "low": row["difference_low"], "high": row["difference_high"], "n": row["n"], "verdict": row["verdict"],
        "p_holm": row["p_holm"], "baseline_value": base["mean"].iloc[0] if len(base) else float("nan"),
    }  # fmt: skip
    return sentence(pd.Series(facts), names)
