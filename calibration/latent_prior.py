"""What is believed of crews and work before the log is looked at: bounds, within which every utilisation is equally likely."""

# The stubs of pandas, numpy and scipy say less than is so here.
# pyright: reportCallIssue=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc

from calibration.department_trace import Trace
from calibration.department_waits import Content
from sim.messages import BadInput, say
from sim.units import HOUR

NAMES = ("crews", "work_s", "work_cv")
"""What is sampled, in this order; all in logarithms."""
WORK_S = (300.0, 8 * HOUR)
WORK_CV = (0.4, 2.0)
UTILISATION = (0.02, 1.15)
"""Work that arrives over what the crews can do; above 1 the backlog grows all along."""
MOST_CREWS = 500.0


@dataclass(frozen=True)
class Prior:
    """Bounds; every utilisation inside its own is equally likely, and given it every ratio of crews, work and cv.

    `rate`: cases per open second.
    """

    crews: tuple[float, float]
    work_s: tuple[float, float]
    work_cv: tuple[float, float]
    utilisation: tuple[float, float]
    rate: float

    @property
    def low(self) -> np.ndarray:
        """Lower ends, in logarithms. Crews reach half a crew beyond, so that rounding treats the ends like the rest."""
        return np.log([self.crews[0] - 0.5, self.work_s[0], self.work_cv[0]])

    @property
    def high(self) -> np.ndarray:
        """Upper ends."""
        top = np.log([self.crews[1] + 0.5, self.work_s[1], self.work_cv[1]])
        return np.maximum(top, self.low + 1e-6)  # a number that is known exactly has bounds without width

    def holds(self, points: np.ndarray) -> np.ndarray:
        """Whether points (rows of logarithms) lie inside."""
        inside = np.all((points >= self.low) & (points <= self.high), axis=1)
        used = self.utilisation_of(points)
        return inside & (used >= self.utilisation[0]) & (used <= self.utilisation[1])

    def utilisation_of(self, points: np.ndarray) -> np.ndarray:
        """Utilisation of each point, with whole crews."""
        return self.rate * np.exp(points[:, 1]) / whole_crews(points)

    @property
    def _busiest(self) -> float:
        """The highest utilisation that the bounds allow."""
        return min(self.utilisation[1], self.rate * self.work_s[1] / max(1.0, np.rint(self.crews[0])))

    def log_density(self, points: np.ndarray) -> np.ndarray:
        """Log density of points that the prior holds, per unit of the three logarithms (its total by counting)."""
        box = np.random.default_rng(0).uniform(self.low, self.high, (4096, len(NAMES)))
        mean = float((self.utilisation_of(box) * self.holds(box)).mean())
        total = np.prod(self.high - self.low) * max(1e-6, mean)
        return np.log(self.utilisation_of(points) / total)

    def sample(self, count: int, seed: int) -> np.ndarray:
        """Points spread evenly over what the prior allows (scrambled Sobol sequence; points outside are left out, and others
        with a chance that makes all utilisations equally likely)."""
        sobol = qmc.Sobol(len(NAMES) + 1, seed=seed)
        found: list[np.ndarray] = []
        for _ in range(12):
            drawn = sobol.random(1 << max(8, int(np.ceil(np.log2(6 * count)))))
            points = qmc.scale(drawn[:, :-1], self.low, self.high)
            keep = drawn[:, -1] * self._busiest <= self.utilisation_of(points)
            found.append(points[self.holds(points) & keep])
            if sum(map(len, found)) >= count:
                break
        kept = np.concatenate(found)
        if not len(kept):
            raise BadInput(say("no crews and work within the stated bounds can carry the cases of the log; widen them"))
        return kept[np.resize(np.arange(min(len(kept), count)), count)]


def content_of(point: np.ndarray) -> Content:
    """The crews and work that a point stands for."""
    return Content(int(whole_crews(point[None])[0]), float(np.exp(point[1])), float(np.exp(point[2])))


def whole_crews(points: np.ndarray) -> np.ndarray:
    """Crews of each point, rounded, one at least."""
    return np.maximum(1, np.rint(np.exp(points[:, 0])))


def prior_of(trace: Trace, bounds: dict[str, tuple[float, float]] | None = None) -> Prior:
    """The prior of a department: the bounds of this module, narrowed or widened by `bounds` (keys crews, work_s, work_cv,
    utilisation).

    Raises BadInput for an unknown key or bounds that are not positive and rising.
    """
    stated = bounds or {}
    for name, (low, high) in stated.items():
        if name not in (*NAMES, "utilisation") or not 0 < low <= high:
            raise BadInput(
                say("bounds of {name}: {low} to {high}; known are {known}, each from a positive number to one not below it",
                    name=name, low=low, high=high, known=", ".join((*NAMES, "utilisation")))
            )  # fmt: skip
    work = stated.get("work_s", WORK_S)
    # One crew with a case a month is never busy: the bound makes room for it.
    used = stated.get("utilisation", (min(UTILISATION[0], trace.rate * work[1] / 4), UTILISATION[1]))
    most = float(np.clip(np.ceil(trace.rate * work[1] / used[0]), 2.0, MOST_CREWS))
    most = max(most, 3.0 * np.ceil(trace.rate * work[1]))
    return Prior(stated.get("crews", (1.0, most)), work, stated.get("work_cv", WORK_CV), used, trace.rate)
