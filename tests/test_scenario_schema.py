"""The JSON Schema takes what the reader takes, and the two commands say so with their exit codes."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scenarios import schema_command, validate_command
from scenarios.reading import read_scenario
from scenarios.schema import json_schema

MALFORMED = Path(__file__).resolve().parent / "malformed"
GOOD = MALFORMED / "good.yaml"
SCHEMA = json_schema(read_scenario("baseline").scenario)
KINDS: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


def takes(schema: Any, value: Any) -> bool:
    """Whether a schema takes a value: the keywords of JSON Schema that ours uses."""
    if isinstance(schema, bool):
        return schema
    if "if" in schema:
        return takes(schema["then" if takes(schema["if"], value) else "else"], value)
    if "$ref" in schema and not takes(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], value):
        return False
    if "anyOf" in schema and not any(takes(option, value) for option in schema["anyOf"]):
        return False
    if not _is_kind(schema.get("type"), value) or value not in schema.get("enum", [value]):
        return False
    if schema.get("const", value) != value:
        return False
    return _inside(schema, value)


def _is_kind(kind: str | None, value: Any) -> bool:
    if kind is None:
        return True
    return isinstance(value, KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _inside(schema: dict[str, Any], value: Any) -> bool:
    if isinstance(value, str):
        return re.search(schema.get("pattern", ""), value) is not None and len(value) >= schema.get("minLength", 0)
    if isinstance(value, int | float):
        low, high = schema.get("minimum", value), schema.get("maximum", value)
        return low <= value <= high and value > schema.get("exclusiveMinimum", value - 1)
    if isinstance(value, list):
        rows = [*schema.get("prefixItems", []), *[schema.get("items", True)] * len(value)]
        enough = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        return enough and all(takes(row, item) for row, item in zip(rows, value, strict=False))
    return not isinstance(value, dict) or _keys_inside(schema, value)


def _keys_inside(schema: dict[str, Any], value: dict[str, Any]) -> bool:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    named = all(takes(schema.get("propertyNames", True), key) for key in value)
    complete = set(schema.get("required", ())) <= set(value)
    return named and complete and all(takes(known.get(key, others), child) for key, child in value.items())


def loaded(text: str) -> Any:
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=str))


@pytest.mark.parametrize("text", [GOOD.read_text(encoding="utf-8"), read_scenario("baseline").text])
def test_a_sound_scenario_is_taken(text: str) -> None:
    assert takes(SCHEMA, loaded(text))


@pytest.mark.parametrize(
    "text",
    [
        "places: {street_factor: {value: 1.2, source: 'log: census', note: x}, source: assumed}",
        "issues: {categories: {noise: {rate: 3}}}",
        "residents: {patience: {mean: 3 d}}",
        "sensing: {devices: {csv: devices.csv}}",
        "sensing: {devices: 'csv: devices.csv'}",
        "places: {grids: 'geojson: map.geojson'}",
        "calendars: {source: assumed, late: {days: [mon], hours: ['20:00-24:00']}}",
        "issues: {categories: {noise: {worsens: null, limits: [1 工作日, 2 h, 3 workdays]}}}",
    ],
)
def test_a_part_that_extends_is_taken(text: str) -> None:
    assert takes(SCHEMA, loaded(f"extends: baseline\n{text}\n"))
    assert not takes(SCHEMA, loaded(f"{text}\n"))


@pytest.mark.parametrize("stem", [
    "unknown_key", "unknown_chapter", "bare_duration", "unknown_unit", "months", "work_time_as_span",
    "probability_over_one", "negative_count", "absurd_count", "quoted_number", "true_is_no_number", "bad_source",
    "unknown_family", "list_for_mapping", "short_list", "newer_schema",
])  # fmt: skip
def test_a_wrong_file_is_not_taken(stem: str) -> None:
    assert not takes(SCHEMA, loaded((MALFORMED / f"{stem}.yaml").read_text(encoding="utf-8")))


def test_fields_tell_their_meaning_unit_and_an_example() -> None:
    field = SCHEMA["$defs"]["Places"]["properties"]["walking_speed"]
    assert field["description"] == "speed of a grid worker on the way to a case [km/h]"
    assert field["examples"] == [read_scenario("baseline").scenario.places.walking_speed]


def run(command: Any, words: list[str]) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.execute(parser.parse_args(words))


def test_schema_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(schema_command, []) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMA


def test_validate_says_ok_and_warns(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(validate_command, [str(GOOD), "baseline"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith(f"{GOOD}: OK (")
    assert "the first is residents.sampled" in out[0]
    assert out[1].startswith("baseline: OK (")


def test_validate_shows_every_file_and_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(validate_command, [str(MALFORMED / "several_faults.yaml"), str(GOOD), "nobody"]) == 2
    shown = capsys.readouterr()
    assert len(shown.err.splitlines()) == 5
    assert shown.out.startswith(f"{GOOD}: OK")


def test_validate_takes_overlays(tmp_path: Path) -> None:
    overlay = tmp_path / "over.yaml"
    overlay.write_text("residents: {trust: 7}\n", encoding="utf-8")
    assert run(validate_command, [str(GOOD), "--overlay", str(overlay)]) == 2
