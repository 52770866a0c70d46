"""Work content and delays of every step for every issue, compiled once: the world's uniforms read through the scenario.

The uniform belongs to the issue, the distribution to the scenario. Two policies therefore meet the same luck, and a
scenario that halves a mean halves the same draw.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.distributions import Distribution
from sim.scenario import Scenario
from sim.scenario.issues import Category
from sim.world import World

if TYPE_CHECKING:
    from sim.case import Case

BY_CATEGORY = ("handle", "external")


class Efforts:
    """Seconds of a step, and uniforms of a decision, for a case and an attempt."""

    def __init__(self, scenario: Scenario, world: World) -> None:
        self._world = world
        self._categories = scenario.issues.categories
        self._steps = _steps(scenario)
        self._estimate_cv, self._estimate_of = scenario.issues.estimate_cv, scenario.issues.estimate_of
        self._seconds: dict[str, memoryview] = {}
        self._chances: dict[str, memoryview] = {}

    def seconds(self, step: str, case: Case, attempt: int = 1) -> int:
        """Seconds that a step of a case takes: work content, or a delay."""
        number = case.issue.number
        if attempt == 1 and case.opening == 1 and number >= 0:  # the first occasion is drawn for all issues at once
            column = self._seconds.get(step)
            return (self._compile(step) if column is None else column)[number]
        return self._distribution(step, case.issue.category).draw(
            self._world.luck.uniform(step, case.issue.code, case.occasion(attempt))
        )

    def chance(self, purpose: str, case: Case, attempt: int = 1) -> float:
        """The uniform that decides a question about a case."""
        number = case.issue.number
        if attempt == 1 and case.opening == 1 and number >= 0:
            column = self._chances.get(purpose)
            if column is None:
                column = self._chances[purpose] = memoryview(self._world.uniform(purpose))
            return column[number]
        return self._world.luck.uniform(purpose, case.issue.code, case.occasion(attempt))

    def estimate(self, case: Case) -> int:
        """What the institution guesses of the handling work: the category's mean, blurred; never the work itself."""
        number = case.issue.number
        column = self._seconds.get("estimate")
        if number >= 0:
            return (self._guess() if column is None else column)[number]
        return round(self._distribution("handle", case.issue.category).mean_seconds())

    def _distribution(self, step: str, category: int) -> Distribution:
        return self._by_category(step, self._categories[category]) if step in BY_CATEGORY else self._steps[step]

    @staticmethod
    def _by_category(step: str, category: Category) -> Distribution:
        return category.work if step == "handle" else category.external.wait  # type: ignore[union-attr]

    def _compile(self, step: str) -> memoryview:
        u = self._world.uniform(step)
        measured = self._world.measured
        if measured is not None and step in BY_CATEGORY:
            column = measured.work if step == "handle" else measured.wait
        elif step in BY_CATEGORY:
            column = self._compile_by_category(step, u)
        else:
            column = self._steps[step].seconds(u)
        self._seconds[step] = memoryview(np.ascontiguousarray(column, dtype=np.int64))
        return self._seconds[step]

    def _compile_by_category(self, step: str, u: np.ndarray) -> np.ndarray:
        column = np.zeros(len(u), dtype=np.int64)
        for number, category in enumerate(self._categories):
            if step == "handle" or category.external is not None:
                rows = self._world.category == number
                column[rows] = self._by_category(step, category).seconds(u[rows])
        return column

    def _guess(self) -> memoryview:
        """Around the category's mean, with lognormal noise of the stated cv; with cv 0 the mean itself."""
        means = np.array([category.work.mean_seconds() for category in self._categories])[self._world.category]
        if self._world.measured is not None:
            means = self._world.measured.work.astype(float)
        elif self._estimate_of == "work":
            means = np.asarray(self._seconds.get("handle") or self._compile("handle")).astype(float)
        variance = np.log1p(self._estimate_cv**2)
        from scipy.special import ndtri

        noise = np.exp(np.sqrt(variance) * ndtri(self._world.uniform("estimate")) - variance / 2)
        self._seconds["estimate"] = memoryview(np.maximum(1, np.rint(means * noise)).astype(np.int64))
        return self._seconds["estimate"]


def _steps(scenario: Scenario) -> dict[str, Distribution]:
    """Distribution of each step that does not depend on the category."""
    flow, ladder = scenario.workflow, scenario.escalation
    steps: dict[str, Distribution] = {
        "verify": flow.verification.work,
        "establish": flow.establishment.work,
        "dispatch": flow.dispatch.work,
        "return": flow.dispatch.return_review,
        "feedback": flow.feedback.delay,
        "check": flow.check.work,
        "refusal": ladder.referral.review,
        "call_back": scenario.evaluation.call_back.delay,
        "patience": scenario.residents.patience,
    }
    for team in scenario.staffing.teams:
        steps[f"report {team.name}"] = team.report_work
    for level, review in ladder.reviews.items():
        steps[f"review {level}"] = review.work
        steps[f"tray {level}"] = review.tray
    for level, team in scenario.staffing.level_teams.items():
        steps[f"travel {level}"] = team.travel
    for department in scenario.staffing.departments:
        steps[f"travel {department.name}"] = department.travel
    for channel in scenario.residents.channels:
        steps[f"delay {channel.name}"] = channel.delay
        steps[f"intake {channel.name}"] = channel.intake
    return steps
