"""How far a page is to be trusted: worlds, seeds, window, where the numbers of the scenario come from, what made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from experiments.machine import code_version, library_versions
from experiments.plan import Arm, Plan
from experiments.replay import data_texts
from scenarios.reading import ScenarioFile, unsourced
from sim.messages import language, say
from sim.units import DAY

KINDS = {
    "published": "published figures",
    "literature": "literature",
    "log": "a log",
    "derived": "derived",
    "assumed": "assumed",
    "": "without a source",
}


def trust_facts(plan: Plan, same_worlds: bool | None = None) -> list[tuple[str, str]]:
    """Pairs of a name and a text, for the block at the end of the page."""
    facts = [
        (say("Worlds (replications)"), str(plan.replications)),
        (say("Seeds"), say("{first} to {last}", first=plan.seeds[0], last=plan.seeds[-1])),
        (say("Intervals"), _intervals(plan)),
    ]
    if same_worlds is not None:
        facts.append((say("Same luck"), _same(same_worlds)))
    for arm in plan.arms:
        facts += _of_arm(arm, len(plan.arms) > 1)
    warnings = dict.fromkeys(line for arm in plan.arms for line in arm.file.warnings)
    facts += [(say("Warning"), line) for line in warnings]
    facts.append((say("Open cases"), say("counted for as long as they were followed (Kaplan-Meier), never left out")))
    if plan.log is not None:
        facts.append((say("Replayed log"), plan.log.name))
    facts += [(say("Data"), text) for text in data_texts(plan.log, [arm.file.scenario for arm in plan.arms])]
    return [*facts, (say("Made with"), _made_with())]


def _intervals(plan: Plan) -> str:
    if plan.replications == 1:
        return say("none: one world shows nothing about chance; use more --replications")
    return say("95 %, Student's t over the worlds")


def _same(same_worlds: bool) -> str:
    if same_worlds:
        return say("every scenario met the very same issues: same onsets, places, severities")
    return say("no: the scenarios change the world itself, so worlds are paired by seed only")


def _of_arm(arm: Arm, several: bool) -> list[tuple[str, str]]:
    scenario, time = arm.file.scenario, arm.file.scenario.time
    mark = f" ({arm.name})" if several else ""
    title = scenario.title_zh if language() == "zh" else scenario.title
    window = say("{days:.0f} days from {start}; the first {warm_up:.0f} are warm-up and not judged",
                 days=time.horizon.seconds / DAY, start=time.start, warm_up=time.warm_up.seconds / DAY)  # fmt: skip
    return [
        (say("Scenario") + mark, f"{title} · SHA-256 {scenario.digest()[:16]}…"),
        (say("Window") + mark, window),
        (say("Sources of its numbers") + mark, sources_text(arm.file)),
    ]


def sources_text(file: ScenarioFile) -> str:
    """How many numbers of a scenario come from where."""
    counts = Counter(source.kind for source in file.sources.values())
    counts[""] = len(unsourced(file))
    total = sum(counts.values())
    parts = [f"{say(text)} {counts[kind]} ({counts[kind] / total:.0%})" for kind, text in KINDS.items() if counts[kind]]
    return (", " if language() == "en" else "，").join(parts)


def _made_with() -> str:
    code, libraries = code_version(), library_versions()
    commit = (
        say(
            "commit {commit}{dirty}",
            commit=code["commit"][:12],
            dirty=say(" with changes not committed") if code["dirty"] else "",
        )
        if code["commit"]
        else ""
    )
    names = [f"wangge {code['version']}", commit, *(f"{name} {version}" for name, version in libraries.items())]
    return ", ".join(name for name in names if name)


def list_names(names: Sequence[str]) -> str:
    """Names in a row, as the language in force does."""
    return ("、" if language() == "zh" else ", ").join(names)
