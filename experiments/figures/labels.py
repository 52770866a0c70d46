"""How categories, departments and levels are called in figures and tables."""

from __future__ import annotations

from dataclasses import dataclass

from sim.messages import language, say
from sim.scenario import Scenario


@dataclass(frozen=True)
class Labels:
    """Names of a scenario's codes in the language in force; a code without a name is shown as it is."""

    scenario: Scenario

    def group(self, group: str) -> str:
        """A group of an indicator such as `level=community` or `all`."""
        kind, _, value = group.partition("=")
        if not value:
            return say("all")
        if kind == "level":
            return say(value)
        return self.code(kind, value)

    def code(self, kind: str, value: str) -> str:
        """A category or department by its code."""
        return {"category": self._categories, "department": self._departments}[kind]().get(value, value)

    def _categories(self) -> dict[str, str]:
        zh = language() == "zh"
        return {each.code: each.name_zh if zh else each.name for each in self.scenario.issues.categories}

    def _departments(self) -> dict[str, str]:
        zh = language() == "zh"
        return {each.name: each.name_zh if zh else each.name for each in self.scenario.staffing.departments}
