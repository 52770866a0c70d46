"""Which candidates of a department's crews the training period leaves standing, with their weights, and draws from them.

A candidate weighs exp(-z^2 / 2), z being how far its loss lies above the best one's in standard deviations of their difference
between resampled weeks (paired): a normal likelihood of "this one is as near as the best". Below LEAST_WEIGHT (z > 2.4) it
goes. All candidates weigh the same beforehand, and do so afterwards where a department has hardly a case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from calibration.crew_candidates import Candidate
from calibration.crew_losses import Losses

LEAST_WEIGHT = 0.05
FEWEST_CASES = 30
"""Cases below which a department's candidates are all kept: nothing can be told."""
SAME = 1e-3
"""Difference of losses that is nothing, however sure it is: a distance of so little is the step of a share in the scores."""

Array = np.ndarray


@dataclass(frozen=True)
class Doubt:
    """What is left open of one department: its candidates, the loss and the weight of each; `cases`: in training.

    `believed`: values of each number that were equally likely beforehand; none: those of the candidates were.
    """

    name: str
    cases: int
    candidates: tuple[Candidate, ...]
    loss: tuple[float, ...]
    weight: tuple[float, ...]
    believed: dict[str, tuple[float, ...]] = field(default_factory=dict)

    @property
    def centre(self) -> Candidate:
        """The candidate in the middle of the weights, in order of what its crews can do."""
        order = sorted(range(len(self.candidates)), key=lambda at: _capacity(self.candidates[at]))
        below = np.cumsum([self.weight[at] for at in order])
        return self.candidates[order[int(np.searchsorted(below, 0.5 * below[-1]))]]

    @property
    def told(self) -> bool:
        """Whether there were cases enough to tell candidates apart."""
        return self.cases >= FEWEST_CASES

    def tree(self) -> dict[str, Any]:
        """As a stage of a calibration keeps it."""
        return asdict(self)

    @classmethod
    def of_tree(cls, tree: Mapping[str, Any]) -> Doubt:
        """From what `tree` gave."""
        candidates = tuple(Candidate(**each) for each in tree["candidates"])
        believed = {name: tuple(values) for name, values in tree.get("believed", {}).items()}
        return cls(tree["name"], tree["cases"], candidates, tuple(tree["loss"]), tuple(tree["weight"]), believed)

    def drawn(self, u: Array) -> list[Candidate]:
        """A candidate for each uniform, in order of what its crews can do."""
        order = sorted(range(len(self.candidates)), key=lambda at: _capacity(self.candidates[at]))
        upto = np.cumsum([self.weight[at] for at in order])
        return [self.candidates[order[int(place)]] for place in np.searchsorted(upto / upto[-1], u, side="right")]


def doubt_of(name: str, cases: int, candidates: Sequence[Candidate], losses: Losses, only_best: bool = False) -> Doubt:
    """The doubt about a department's crews; `only_best`: the nearest candidate has all the weight."""
    weight = weights_of(losses) if cases >= FEWEST_CASES else np.ones(len(candidates))
    if only_best:
        weight = (np.arange(len(candidates)) == losses.best).astype(float)
    share = weight / weight.sum()
    return Doubt(name, cases, tuple(candidates), tuple(losses.loss.tolist()), tuple(share.tolist()))


def weights_of(losses: Losses) -> Array:
    """The weight of each candidate, the best one's being 1."""
    worse = losses.loss - losses.loss[losses.best]
    noise = (losses.resampled - losses.resampled[losses.best]).std(axis=1)
    z = np.where(worse <= SAME, 0.0, worse / np.maximum(noise, SAME))
    weight = np.exp(-(z**2) / 2)
    return np.where(weight >= LEAST_WEIGHT, weight, 0.0)


def _capacity(candidate: Candidate) -> tuple[bool, float, float]:
    return candidate.never_short, candidate.crews / candidate.work_s, candidate.work_s
