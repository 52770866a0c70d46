"""What a study was read from, gathered so that it can be read again anywhere: one folder that names nothing outside it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from experiments.study.reading import StudyFile
from experiments.study.spec import OVERLAYS
from scenarios.faults import Faults
from scenarios.guard import MOST_TABLE_BYTES, read_text
from scenarios.marks import plain
from scenarios.stacking import option_path, read_overlay

INPUTS, STUDY, BASE = "inputs", "study.yaml", "base.yaml"


def inputs_of(file: StudyFile) -> dict[str, str]:
    """Text of each file by its name: the study, its base scenario as resolved, its overlays, its tables.

    Read from a folder INPUTS below the working directory they mean the same study: the same points, the same runs.
    """
    tree = YAML(typ="rt", pure=True).load(file.text)
    tree["base"] = {"scenario": BASE}
    found = {BASE: file.base_text}
    for factor in [*tree.get("levers", []), *tree.get("uncertainties", [])]:
        for option in _options(factor):
            option[OVERLAYS] = [_kept(str(name), found) for name in _listed(option[OVERLAYS])]
        if "draws" in factor:
            factor["draws"] = _copied(file.path.parent / factor["draws"], found)
    for key in ("file", "start"):
        if tree["design"].get(key) is not None:
            tree["design"][key] = _copied(file.path.parent / tree["design"][key], found)
    return {STUDY: _dumped(tree), **found}


def _options(factor: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The options of a factor that stack partial scenarios."""
    yield from (option for option in (factor.get("options") or {}).values() if OVERLAYS in option)


def _listed(stated: Any) -> list[Any]:
    return list(stated) if isinstance(stated, list) else [stated]


def _kept(name: str, found: dict[str, str]) -> str:
    """An overlay as one file without tables beside it; where it lies then."""
    faults = Faults()
    overlay = read_overlay(option_path(name), faults)
    faults.finish()
    return f"{INPUTS}/{_put(f'overlay-{overlay.name}', '.yaml', _dumped(plain(overlay.tree)), found)}"


def _copied(path: Path, found: dict[str, str]) -> str:
    return _put(f"table-{path.stem}", path.suffix, read_text(path, MOST_TABLE_BYTES), found)


def _put(stem: str, suffix: str, text: str, found: dict[str, str]) -> str:
    """A name for a text; two texts never share one."""
    number, name = 1, f"{stem}{suffix}"
    while found.setdefault(name, text) != text:
        number += 1
        name = f"{stem}-{number}{suffix}"
    return name


def _dumped(tree: Any) -> str:
    stream = io.StringIO()
    writer = YAML(typ="rt", pure=True)
    writer.width = 4096
    writer.dump(tree, stream)
    return stream.getvalue()
