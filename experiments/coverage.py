"""docs/coverage.csv: each of the 166 published systems and mechanisms, the option that stands for it, and what it did here."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from experiments.intervals import t_interval
from scenarios.stacking import Published

FILE = Path(__file__).resolve().parent.parent / "docs" / "coverage.csv"
STATUSES = ("works", "partly", "context", "outside")
AS_PUBLISHED, WEAKER, STRONGER, RIGHT, NONE_SHOWN, OPPOSITE, UNPUBLISHED, ONLY_WITH_IT = (
    "as published", "right direction, weaker", "right direction, stronger", "right direction", "none shown", "opposite",
    "nothing published to hold against", "exists only with it",
)  # fmt: skip
VERDICTS = (AS_PUBLISHED, WEAKER, STRONGER, RIGHT, NONE_SHOWN, OPPOSITE, UNPUBLISHED, ONLY_WITH_IT, "")


@dataclass(frozen=True)
class Row:
    """One entry. `difference`, `low`, `high`: paired difference of the indicator, with the overlay minus without, 95 % interval.

    Where the verdict is "exists only with it", they are the level of the indicator with the overlay.
    """

    entry: str
    system_id: str
    name_en: str
    name_zh: str
    option: str = ""
    overlay: str = ""
    mediator: str = ""
    indicator: str = ""
    seeds: str = ""
    """first seed; replication r uses seed + r"""
    replications: str = ""
    difference: str = ""
    low: str = ""
    high: str = ""
    status: str = ""
    verdict: str = ""
    reason: str = ""

    @property
    def judged(self) -> bool:
        """Whether it names an experiment that can be run."""
        return bool(self.overlay and self.indicator and self.replications)


def read_rows(path: Path = FILE) -> list[Row]:
    """All rows of the file, in its order."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [Row(**row) for row in csv.DictReader(stream)]


def write_rows(rows: Sequence[Row], path: Path = FILE) -> None:
    """Write the file whole."""
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
    part.replace(path)


def judged(row: Row, without: Sequence[float], with_it: Sequence[float], published: Published) -> Row:
    """The row with its difference, interval and verdict from paired values of its indicator.

    An indicator that exists only with the overlay has no difference; what stands there is its level with it.
    """
    if not any(a == a for a in without) and any(b == b for b in with_it):
        level = t_interval(b for b in with_it if b == b)
        return replace(row, difference=_text(level.mean), low=_text(level.low), high=_text(level.high), verdict=ONLY_WITH_IT)
    pairs = [(a, b) for a, b in zip(without, with_it, strict=True) if a == a and b == b]
    found = t_interval(b - a for a, b in pairs)
    base = sum(a for a, _ in pairs) / len(pairs) if pairs else float("nan")
    return replace(
        row, difference=_text(found.mean), low=_text(found.low), high=_text(found.high),
        verdict=verdict(found.mean, found.low, found.high, base, published) if pairs else "",
    )  # fmt: skip


def verdict(mean: float, low: float, high: float, base: float, published: Published) -> str:
    """How a difference stands to what was published; none shown if its interval holds 0 (or there is none)."""
    if not (low > 0 or high < 0):
        return NONE_SHOWN
    if not published.direction:
        return UNPUBLISHED
    if (mean > 0) != (published.direction == "higher"):
        return OPPOSITE
    expected = _expected(base, published)
    if expected is None:
        return RIGHT
    if low <= expected <= high:
        return AS_PUBLISHED
    return WEAKER if abs(mean) < abs(expected) else STRONGER


def _expected(base: float, published: Published) -> float | None:
    if published.relative is not None:
        return published.relative * base
    return None if published.points is None else published.points


def _text(value: float) -> str:
    return "" if value != value else f"{value:.4g}"
