"""The scenarios that ship: their names, and which file a name means."""

from __future__ import annotations

import re
from pathlib import Path

from scenarios.faults import guess
from scenarios.marks import Mark
from scenarios.yaml_text import read_word
from sim.messages import BadInput, say

SHIPPED = Path(__file__).resolve().parent
_SUFFIXES = (".yaml", ".yml")


def scenario_path(name_or_path: str) -> Path:
    """The file that is meant: a path, or the shipped file of a bare name. Raises BadInput for an unknown name."""
    name = str(name_or_path)
    if "/" in name or "\\" in name or name.endswith(_SUFFIXES):
        return Path(name)
    path = SHIPPED / f"{name}.yaml"
    known = scenario_names()
    if name in known:
        return path
    raise BadInput(
        say(
            "there is no scenario {name}; shipped are {known}; a file is named with its .yaml",
            name=repr(name),
            known=", ".join(known) or say("none"),
        )
        + guess(name, known)
    )


def scenario_names() -> list[str]:
    """Names of the shipped scenarios, in order."""
    return sorted(path.stem for path in SHIPPED.glob("*.yaml"))


def list_scenarios() -> list[tuple[str, str, str]]:
    """Name, English title and Chinese title of every shipped scenario. Reads these lines only and validates nothing."""
    rows = []
    for name in scenario_names():
        text = (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8", errors="replace")
        rows.append((name, _line(text, "title"), _line(text, "title_zh")))
    return rows


def _line(text: str, key: str) -> str:
    found = re.search(rf"^{key}:[ \t]*(.*)$", text, re.MULTILINE)
    if found is None:
        return ""
    try:
        return str(read_word(found[1], Mark(key)).value)
    except BadInput:
        return found[1].strip()
