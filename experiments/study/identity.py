"""What makes a run the same run: base scenario, what is changed in it, seed, and the code that ran it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from experiments.machine import ROOT, library_versions
from experiments.study.settings import Setting, settings_key
from sim.messages import say

_LETTERS = 24
_SOURCES = ("sim", "scenarios", "experiments/summary.py", "experiments/study/settings.py")
"""What numbers may depend on; the words that users see are left out."""
_MUTE = ("sim/words", "sim/messages.py", "scenarios/wording.py")
_LIBRARIES = ("mesa", "simpy", "networkx", "numpy", "scipy", "pandas", "holidays", "tzdata")
_MOST_NAMED = 8


@dataclass(frozen=True)
class Code:
    """The version of everything that numbers depend on besides the scenario."""

    source: str
    """SHA-256 of the source files"""
    libraries: Mapping[str, str]

    @property
    def digest(self) -> str:
        """One hash of all."""
        return _hash({"source": self.source, "libraries": dict(self.libraries)})

    def plain(self) -> dict[str, Any]:
        """To be stored; `changes` compares it."""
        return {"source": self.source, "libraries": dict(self.libraries)}


@cache
def code_in_force() -> Code:
    """The code of this process."""
    sha = hashlib.sha256()
    for path in _files():
        name = path.relative_to(ROOT).as_posix()
        sha.update(f"{name}\n".encode() + path.read_bytes() + b"\n")
    versions = library_versions()
    return Code(sha.hexdigest(), {name: versions[name] for name in _LIBRARIES if name in versions})


def _files() -> list[Path]:
    found = [path for place in _SOURCES for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))]
    return sorted(path for path in found if not path.relative_to(ROOT).as_posix().startswith(_MUTE))


def run_id(base: str, settings: Sequence[Setting], seed: int, code: str) -> str:
    """The name of a run. `base`: digest of the base scenario; `code`: digest of the code."""
    return _hash([base, settings_key(settings), seed, code])[:_LETTERS]


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def code_changes(before: Mapping[str, Any], now: Code) -> list[str]:
    """What differs between the stored code and that of this process, in words."""
    lines = [] if before.get("source") == now.source else [say("the source code of the model is another one")]
    libraries = before.get("libraries", {})
    for name in sorted({*libraries, *now.libraries}):
        old, new = libraries.get(name, say("none")), now.libraries.get(name, say("none"))
        if old != new:
            lines.append(say("{name} was {old}, is {new}", name=name, old=old, new=new))
    return lines


def scenario_changes(before: Any, now: Any, path: str = "") -> list[str]:
    """Where two plain scenarios differ, in words, the first few."""
    lines = [say("{path} was {old}, is {new}", path=where, old=_short(old), new=_short(new))
             for where, old, new in _differences(before, now, path)]  # fmt: skip
    more = len(lines) - _MOST_NAMED
    return lines if more <= 0 else [*lines[:_MOST_NAMED], say("and {count} more", count=more)]


def _differences(before: Any, now: Any, path: str) -> list[tuple[str, Any, Any]]:
    if isinstance(before, dict) and isinstance(now, dict):
        keys = [*before, *(key for key in now if key not in before)]
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        keys = list(range(len(now)))
        before, now = dict(enumerate(before)), dict(enumerate(now))
    else:
        return [] if before == now else [(path, before, now)]
    found = []
    for key in keys:
        found += _differences(before.get(key), now.get(key), f"{path}.{key}" if path else str(key))
    return found


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:37]}..."
