"""Theory beside model, number by number, with the interval that decides whether they agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import stats

ERROR = 0.01
"""Probability that a true theory is refused, over all rows of one comparison together (Bonferroni)."""


@dataclass
class Agreement:
    """Rows of a comparison. `check` fails, showing the whole table, if any row disagrees or is too vague to tell."""

    title: str
    _means: list[tuple[str, float, np.ndarray, float, float]] = field(default_factory=list)
    _laws: list[tuple[str, np.ndarray, Callable[[np.ndarray], np.ndarray]]] = field(default_factory=list)

    def mean(self, name: str, theory: float, values: Sequence[float], tolerance: float = 0.0, widest: float = 0.1) -> None:
        """One value a world: their t interval, widened by `tolerance`, must hold the theory.

        It must not be wider to each side than `widest` as a share of the theory: an interval that holds everything shows nothing.
        """
        self._means.append((name, theory, np.asarray(values, dtype=float), tolerance, widest))

    def law(self, name: str, sample: np.ndarray, cdf: Callable[[np.ndarray], np.ndarray]) -> None:
        """Whole seconds, independent, against a distribution function: Kolmogorov and Smirnov's distance.

        A model in whole seconds cannot tell t from t + 1/2: `cdf` is read half a second later.
        """
        self._laws.append((name, np.sort(np.asarray(sample)), cdf))

    def check(self) -> None:
        """Assert that all rows agree."""
        error = ERROR / (len(self._means) + len(self._laws))
        rows = [_mean_row(*row, error) for row in self._means] + [_law_row(*row, error) for row in self._laws]
        lines = [self.title, f"{'':34} {'theory':>12} {'model':>12} {'+-':>10} {'n':>6}", *(line for _, line in rows)]
        assert all(good for good, _ in rows), "\n".join(lines)


def _mean_row(name: str, theory: float, values: np.ndarray, tolerance: float, widest: float, error: float) -> tuple[bool, str]:
    half = float(stats.t.isf(error / 2, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values)))
    gap = abs(float(values.mean()) - theory)
    verdict = "agrees" if gap <= half + tolerance else "DISAGREES"
    if half > widest * abs(theory):
        verdict = f"TOO VAGUE (at most {widest:.0%})"
    line = f"{name:34} {theory:12.5g} {values.mean():12.5g} {half + tolerance:10.3g} {len(values):6d}  {verdict}"
    return verdict == "agrees", line


def _law_row(name: str, sample: np.ndarray, cdf: Callable[[np.ndarray], np.ndarray], error: float) -> tuple[bool, str]:
    at, last = np.unique(sample, return_index=True)[0], np.searchsorted(sample, np.unique(sample), side="right")
    distance = float(np.abs(last / len(sample) - cdf(at + 0.5)).max())
    limit = float(stats.kstwo.isf(error, len(sample)))
    verdict = "agrees" if distance <= limit else "DISAGREES"
    return distance <= limit, f"{name:34} {'(law)':>12} {distance:12.4f} {limit:10.4f} {len(sample):6d}  {verdict}"
