"""Theory beside model, number by number, with the interval that decides whether they agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import stats

from tests.theory.runs import FULL

ERROR = 0.01
"""Probability that a true theory is refused, over all rows of one comparison together (Bonferroni)."""
TOLERANCE = 0.01
"""Share of the theory that whole seconds and means over stretches of unequal numbers may cost."""

Law = Callable[[np.ndarray], np.ndarray]


@dataclass
class Agreement:
    """Rows of a comparison. `check` fails, showing the whole table, if any row disagrees or is too vague to tell."""

    title: str
    _means: list[tuple[str, float, np.ndarray, float]] = field(default_factory=list)
    _laws: list[tuple[str, np.ndarray, Law]] = field(default_factory=list)

    def mean(self, name: str, theory: float, values: Sequence[float], widest: float = 0.3) -> None:
        """One value a world or stretch: their t interval, widened by TOLERANCE, must hold the theory.

        To each side it must not be wider than `widest` as a share of the theory, in the full form than a third of that:
        an interval that holds everything shows nothing.
        """
        self._means.append((name, theory, np.asarray(values, dtype=float), widest / (3 if FULL else 1)))

    def law(self, name: str, sample: np.ndarray, cdf: Law) -> None:
        """Whole seconds, independent, against a distribution function: Kolmogorov and Smirnov's distance.

        A model in whole seconds cannot tell t from t + 1/2: `cdf` is read half a second later.
        """
        self._laws.append((name, np.sort(np.asarray(sample)), cdf))

    def check(self) -> None:
        """Assert that all rows agree."""
        error = ERROR / (len(self._means) + len(self._laws))
        rows = [_mean_row(*row, error) for row in self._means] + [_law_row(*row, error) for row in self._laws]
        head = f"{'':36} {'theory':>12} {'model':>12} {'+-':>10} {'n':>6}"
        table = "\n".join([self.title, head, *(line for _, line in rows)])
        print(table)
        assert all(good for good, _ in rows), table


def _mean_row(name: str, theory: float, values: np.ndarray, widest: float, error: float) -> tuple[bool, str]:
    half = float(stats.t.isf(error / 2, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values)))
    reach = half + TOLERANCE * abs(theory)
    verdict = "agrees" if abs(float(values.mean()) - theory) <= reach else "DISAGREES"
    if half > widest * abs(theory):
        verdict = f"TOO VAGUE (at most {widest:.0%})"
    line = f"{name:36} {theory:12.5g} {values.mean():12.5g} {reach:10.3g} {len(values):6d}  {verdict}"
    return verdict == "agrees", line


def _law_row(name: str, sample: np.ndarray, cdf: Law, error: float) -> tuple[bool, str]:
    at = np.unique(sample)
    last = np.searchsorted(sample, at, side="right")
    distance = float(np.abs(last / len(sample) - cdf(at + 0.5)).max())
    limit = float(stats.kstwo.isf(error, len(sample)))
    verdict = "agrees" if distance <= limit else "DISAGREES"
    return distance <= limit, f"{name:36} {'(law)':>12} {distance:12.4f} {limit:10.4f} {len(sample):6d}  {verdict}"
