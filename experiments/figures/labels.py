"""How categories, departments and levels are called in figures and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sim.messages import language, say
from sim.scenario import Scenario

_LEVEL_TEAM = re.compile(r"team_(?P<unit>(?P<kind>[cs])\d+)")
"""How the handling team of a grown community (c001) or subdistrict (s01) is called in the records."""


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
        """A category or department (or the team that stood in for one) by its code."""
        known = {"category": self._categories, "department": self._departments}[kind]()
        return known[value] if value in known else self._team(value) if kind == "department" else value

    def _team(self, value: str) -> str:
        """A team of grid workers by its name, the handling team of a community or subdistrict by the unit it is of."""
        for team in self.scenario.staffing.teams:
            if team.name == value:
                return team.name_zh if language() == "zh" else value.replace("_", " ")
        found = _LEVEL_TEAM.fullmatch(value)
        if found is None:
            return value
        level = "subdistrict" if found["kind"] == "s" else "community"
        return say("team of the {level} {unit}", level=say(level), unit=found["unit"])

    def is_level(self, group: str) -> bool:
        """Whether a department is none of the scenario's own but the people of a level, who stand there already."""
        kind, _, value = group.partition("=")
        return kind == "department" and bool(self._departments()) and value not in self._departments()

    def _categories(self) -> dict[str, str]:
        zh = language() == "zh"
        return {each.code: each.name_zh if zh else each.name for each in self.scenario.issues.categories}

    def _departments(self) -> dict[str, str]:
        zh = language() == "zh"
        return {
            each.name: each.name_zh if zh else each.name.replace("_", " ")
            for each in self.scenario.staffing.departments
        }
