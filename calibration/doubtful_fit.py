"""A training period as a scenario that knows its doubt: candidates of crews and work by department, paces, and the tree.

Nothing here reads beyond the training period.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from calibration.crew_candidates import candidates_of
from calibration.crew_losses import losses_of
from calibration.crew_posterior import Doubt, doubt_of
from calibration.crew_trials import Unserved, unserved
from calibration.inferred_candidates import Inferring, inferred_candidates
from calibration.pace_fit import fit_paces
from calibration.replay_fit import Training, demands_of, filled, scenario_of
from calibration.score_period import Period
from calibration.staffing import Fitted
from sim.civil_time import CivilTime
from sim.scenario import Scenario
from sim.units import DAY

Tree = dict[str, Any]
WIDER = 2.0
"""Where the share of work is inferred, half of the declared one and twice of it are candidates as well."""
MOST_SHARE = 0.95


@dataclass(frozen=True)
class Asked:
    """What a fit leaves open. `crews`, `work`: several candidates of each; `pace`: closings at the pace of measured weeks;
    `inferring`: candidates are what `infer` finds instead of a list of utilisations."""

    utilisations: tuple[float, ...]
    work_share: float
    crews: bool = True
    work: bool = True
    pace: bool = True
    seed: int = 1
    inferring: Inferring | None = None

    @property
    def work_shares(self) -> tuple[float, ...]:
        """Shares of the typical time to close that are tried as hands-on work."""
        if not self.work:
            return (self.work_share,)
        return self.work_share / WIDER, self.work_share, min(MOST_SHARE, self.work_share * WIDER)


class DoubtfulFit:
    """Candidates of each department of one training period; worlds are drawn once, when they are first asked for."""

    def __init__(self, training: Training, asked: Asked) -> None:
        self.training, self.asked = training, asked
        frame = training.intake.records.frame
        civil = CivilTime(date.fromisoformat(frame.start), frame.zone)
        self.period = Period(0, frame.horizon_s, civil)
        cases = training.intake.records["cases"]
        self._worked = cases[cases["outcome"] != "self_handled"]
        self._worlds: dict[int, Mapping[str, Unserved]] = {}

    @property
    def departments(self) -> list[str]:
        """All of them, the largest first."""
        return [str(name) for name in self._worked["department"].astype(str).value_counts().index]

    def doubt(self, unit: str, worlds: int) -> Doubt:
        """What is left open of a department, its candidates tried in so many worlds."""
        drawn = [self._world(number)[unit] for number in range(worlds)]
        training, asked = self.training, self.asked
        spent = training.spent[training.spent["department"] == unit]
        mine = self._worked[self._worked["department"].astype(str) == unit]
        if asked.inferring is not None:
            how = asked.inferring.shared(len(mine) / len(self._worked))
            candidates, believed = inferred_candidates(training.intake, unit, drawn[0], how)
        else:
            candidates, believed = candidates_of(drawn[0], spent, asked.utilisations, asked.work_shares, self.period.cut), {}
        losses = losses_of(mine, drawn, candidates, self.period, asked.seed)
        return replace(doubt_of(unit, len(mine), candidates, losses, only_best=not asked.crews), believed=believed)

    def _world(self, number: int) -> Mapping[str, Unserved]:
        if number not in self._worlds:
            self._worlds[number] = unserved(self._bare(), self.training.intake, self.asked.seed + number)
        return self._worlds[number]

    def _bare(self) -> Scenario:
        """The scenario of the training period before crews matter."""
        training = self.training
        staff = {unit: Fitted(unit, 1, 3600.0, 0.0, calendar) for unit, calendar in training.hours.items()}
        time = training.tree["time"] | {"horizon": f"{self.period.cut // DAY} d", "warm_up": "0 s"}
        return scenario_of({**training.tree, "time": time}, staff, demands_of(training, staff, {}, {}))

    def paces(self) -> list[Tree]:
        """The measured paces of the departments; none where they are not asked for."""
        if not self.asked.pace:
            return []
        rhythms = self.training.tree["replay"]["rhythms"]
        return fit_paces(self._worked, self.period.civil, self.period.cut, rhythms, self.training.closings)


def doubtful_tree(training: Training, doubts: Sequence[Doubt], paces: list[Tree]) -> Tree:
    """The scenario in the middle of the doubt, as a tree for YAML."""
    staff, cost, queue = {}, {}, {}
    for doubt in doubts:
        centre = doubt.centre
        staff[doubt.name] = Fitted(doubt.name, centre.crews, centre.work_s, centre.utilisation, training.hours[doubt.name])
        cost[doubt.name], queue[doubt.name] = centre.work_s + centre.queue_s, centre.queue_s
    for unit, calendar in training.hours.items():
        staff.setdefault(unit, Fitted(unit, 1, 3600.0, 0.0, calendar))
    tree = filled(training, staff, demands_of(training, staff, cost, queue))
    sources = {doubt.name: crews_source(doubt) for doubt in doubts}
    for row in tree["staffing"]["departments"]:
        row["source"] = sources.get(row["name"], "log: no case of it needs a crew")
    if paces:
        tree["replay"]["paces"] = paces
    return tree


def crews_source(doubt: Doubt) -> str:
    """What the scenario says of where a department's crews come from, with their interval."""
    kept = [each for each, weight in zip(doubt.candidates, doubt.weight, strict=True) if weight > 0]
    crews = sorted(each.crews for each in kept)
    if doubt.believed:
        return f"log: middle of {len(kept)} of {len(doubt.candidates)} draws inferred from it, {crews[0]} to {crews[-1]} crews"
    return (
        f"log: middle of {len(kept)} of {len(doubt.candidates)} candidates that training cannot tell from the best, "
        f"{crews[0]} to {crews[-1]} crews"
    )
