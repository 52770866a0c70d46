"""Which analyses a study has, by its design and by what it states."""

from __future__ import annotations

from experiments.analysis.analysis import Analysis
from experiments.analysis.bars import Bars
from experiments.analysis.differences import Differences
from experiments.analysis.doubt import Doubt
from experiments.analysis.evidence import Evidence
from experiments.analysis.failing import Failing
from experiments.analysis.indices import Indices
from experiments.analysis.interplay import Interplay
from experiments.analysis.screen import Screen
from experiments.analysis.spending import Spending
from experiments.analysis.tradeoff import Tradeoff
from experiments.study.design_kinds import FullFactorial, Morris, OneAtATime, Saltelli, Search, Table


def analyses_of(evidence: Evidence) -> list[Analysis]:
    """Those that find something to work on, in the order in which they are told."""
    found = [*_of_design(evidence)]
    study = evidence.study
    if study.stopping is not None:
        found.append(Spending(evidence, study.stopping))
    if evidence.drawing:
        found.append(Doubt(evidence))
    if any(outcome.threshold is not None for outcome in study.outcomes) and not isinstance(study.design, Morris | Search):
        found.append(Failing(evidence))
    return [each for each in found if each.sentences()]


def _of_design(evidence: Evidence) -> list[Analysis]:
    match evidence.study.design:
        case Morris() as design:
            return [Screen(evidence, design)]
        case Saltelli():
            return [Indices(evidence)]
        case OneAtATime():
            return [Bars(evidence)]
        case FullFactorial():
            return [Differences(evidence), Interplay(evidence)]
        case Table():
            return [Differences(evidence)]
        case Search() as design:
            return [Tradeoff(evidence, design)]
    return []
