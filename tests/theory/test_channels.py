"""Residents, sensors and a walker race for each issue: who is first how often, and after how long."""

from __future__ import annotations

import numpy as np
import pytest

from sim.scenario import Scenario
from tests.theory.agreement import Agreement
from tests.theory.runs import Stretch, each, found, loop_seconds, stretches, textbook, worlds
from tests.theory.test_sensors import detection_law

LONGEST = 200_000
OFF = {
    "sensor": "sensing.devices=[]",
    "patrol": "issues.categories.job.visibility=0",
    "resident": "residents.exposed=0",
}


def laws(scenario: Scenario) -> dict[str, np.ndarray]:
    """P(delay = 0, 1, ... s) of each channel, in the order in which they come within one second."""
    category, residents = scenario.issues.categories[0], scenario.residents
    result = {}
    for device in scenario.sensing.devices:
        result["sensor"] = detection_law(device.sampling.seconds, device.sensitivity)
    if category.visibility:
        result["patrol"] = detection_law(loop_seconds(scenario), category.visibility)
    if residents.exposed:
        later = np.exp(-(np.arange(1, LONGEST) + 0.5) / category.notice.mean_seconds())
        later = np.concatenate([[1.0], later])  # rounded, and never in the very second of the onset
        nobody = (1 - category.propensity + category.propensity * later) ** residents.exposed
        result["resident"] = -np.diff(nobody, prepend=1.0)
    return {name: np.pad(law[:LONGEST], (0, max(0, LONGEST - len(law)))) for name, law in result.items()}


def race(runners: dict[str, np.ndarray]) -> tuple[dict[str, float], float]:
    """Probability that each is first (in one second: who stands first), and the mean time of the first."""
    after = {name: 1 - np.cumsum(law) for name, law in runners.items()}
    first, names = {}, list(runners)
    for place, name in enumerate(names):
        wins = runners[name].copy()
        for other, rival in enumerate(names):
            if rival != name:
                wins *= after[rival] if other < place else after[rival] + runners[rival]
        first[name] = float(wins.sum())
    return first, float(np.prod(list(after.values()), axis=0).sum())


@pytest.mark.parametrize("without", ["nobody", "resident", "sensor", "patrol"])
def test_first_finder(without: str) -> None:
    scenario = textbook(*([OFF[without]] if without in OFF else []), overlay="channels", days=12)
    first, mean = race(laws(scenario))
    assert sum(first.values()) == pytest.approx(1, abs=1e-6)
    parts = stretches(worlds(scenario), 1)
    table = Agreement(f"the race without {without}")
    for name, share in first.items():
        table.mean(
            f"found by {name}", share, each(parts, lambda part, name=name: (found(part)["found_by"] == name).mean())
        )
    table.mean("mean delay of the first, s", mean, each(parts, lambda part: found(part)["delay"].mean()))
    table.check()


def test_losers_are_recorded() -> None:
    """On an issue that stays live, who comes second has its time in the records too: by its own law, not the race's."""
    settings = ("issues.categories.job.work={family: fixed, value: 8 h}", "staffing.departments.crews.crews=120")
    scenario = textbook(*settings, overlay="channels", days=8)
    parts = stretches(worlds(scenario, 2), 1)
    table = Agreement("times of all channels, first or not")
    for name, law in laws(scenario).items():
        if name == "resident":
            continue
        mean = float(law @ np.arange(len(law)))
        table.mean(f"mean delay of {name}, s", mean, each(parts, lambda part, name=name: delay_of(part, name)))
    table.check()


def delay_of(part: Stretch, name: str) -> float:
    issues = found(part)
    return (issues[f"{name}_at"] - issues["onset"]).mean()
