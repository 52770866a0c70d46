"""An issue: a thing wrong in the world, live until it is fixed or goes away by itself, known to somebody or to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.records import MISSING

if TYPE_CHECKING:
    from sim.case import Case
    from sim.world import World


class Issue:
    """One row of the world while it happens. `number` is -1 for a false alarm: nothing is wrong, but work follows."""

    __slots__ = (
        "cases", "category", "code", "community", "exposed", "fixed_at", "found_at", "found_by", "grid",
        "number", "onset", "open_case", "patrol_at", "reports", "resident_at", "resolves", "sensor_at", "severity0",
        "watch", "worsens", "x", "y",
    )  # fmt: skip

    def __init__(self, number: int, code: int, onset: int, community: int, grid: int, category: int) -> None:
        self.number = number
        self.code = code
        self.onset = onset
        self.community = community
        self.grid = grid
        self.category = category
        self.severity0 = 1
        self.x = self.y = 0.0
        self.worsens = self.resolves = MISSING
        self.exposed: tuple[int, int] = (0, 0)
        self.found_by = ""
        self.found_at = self.fixed_at = MISSING
        self.resident_at = self.patrol_at = self.sensor_at = MISSING
        self.open_case: Case | None = None
        self.cases = 0
        self.watch = 0
        self.reports = 0

    @property
    def real(self) -> bool:
        """Something is wrong; not a false alarm."""
        return self.number >= 0

    def live(self, now: int) -> bool:
        """Whether it is still wrong at this moment."""
        if self.number < 0 or self.fixed_at != MISSING:
            return False
        return self.resolves == MISSING or now < self.resolves

    def severity(self, now: int) -> int:
        """Severity 1 to 3 at this moment; it rises once if it stays live long enough."""
        if self.worsens != MISSING and self.worsens <= now:
            return min(3, self.severity0 + 1)
        return self.severity0

    def fix(self, now: int) -> None:
        """It has been put right, now."""
        self.fixed_at = now


def issue_of(world: World, number: int, grid: int) -> Issue:
    """The issue of one row of the world."""
    issue = Issue(
        number,
        int(world.code[number]),
        int(world.onset[number]),
        int(world.community[number]),
        grid,
        int(world.category[number]),
    )
    issue.severity0 = int(world.severity[number])
    issue.x, issue.y = float(world.x[number]), float(world.y[number])
    issue.worsens, issue.resolves = int(world.worsens[number]), int(world.resolves[number])
    issue.exposed = (int(world.exposure.first[number]), int(world.exposure.first[number + 1]))
    return issue
