"""A scenario with options stacked on it, as the command line writes it: `baseline+merge_list+whistle`, or `--with`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from scenarios.faults import Faults
from scenarios.reading import ScenarioFile, read_scenario
from scenarios.stacking import Overlay, option_path, read_overlay

_LONGEST_NAME, _LONGEST_TITLE = 60, 120


def read_stacked(words: str, settings: Sequence[str] = (), options: Sequence[str] = ()) -> ScenarioFile:
    """Read `SCENARIO+OPTION+...` with further options. Options are shipped names or paths of overlay files.

    The scenario is named after what it holds. Raises BadInput as `read_scenario`, and for options that conflict.
    """
    scenario, *stacked = [words] if Path(words).exists() else words.split("+")
    chosen = [part.strip() for text in (*stacked, *options) for part in text.split(",") if part.strip()]
    if not chosen:
        return read_scenario(scenario, settings)
    paths = [option_path(name) for name in dict.fromkeys(chosen)]
    bare = read_scenario(scenario).scenario
    overlays = [read_overlay(path, Faults()) for path in paths]
    return read_scenario(scenario, [*_names(bare.name, bare.title, bare.title_zh, overlays), *settings], paths)


def _names(name: str, title: str, title_zh: str, overlays: Sequence[Overlay]) -> list[str]:
    joined = "_with_".join([name, "_and_".join(overlay.name for overlay in overlays)])
    # What differs comes first: a legend has room for little, and what is stacked on is its neighbour.
    long = " ".join(["+", " + ".join(overlay.title for overlay in overlays), f"({title})"])
    long_zh = "＋" + "＋".join(overlay.title_zh or overlay.name for overlay in overlays) + f"（{title_zh}）"
    return [f"name={joined[:_LONGEST_NAME]}", f"title={_quoted(long)}", f"title_zh={_quoted(long_zh)}"]


def _quoted(text: str) -> str:
    return json.dumps(text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1] + "…", ensure_ascii=False)
