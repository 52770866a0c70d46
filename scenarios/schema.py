"""The JSON Schema of a scenario file, for an editor's completion: meanings, units, examples.

It also takes the forms that the reader undoes (`{value, source}`, `source`, `note`, `extends`, `csv`). Every definition
stands twice: in full, and as a part (`..._part`: nothing is required, and a list may be met row by row), which is for a
file that extends another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from scenarios.sources import SOURCE_PATTERN
from sim.messages import say
from sim.scenario import Scenario

Schema = dict[str, Any]
_BARE = ("number", "integer", "string", "boolean", "array")
_REFERENCE = "#/$defs/"


def json_schema(example: BaseModel | None = None) -> Schema:
    """The schema of a scenario file (JSON Schema 2020-12). The values of `example`, a scenario, become the examples."""
    written = Scenario.model_json_schema(mode="validation")
    bare = {**written.pop("$defs"), "Scenario": written}
    _add_examples(bare, example)
    defs = {f"{name}{suffix}": _file_form(schema, suffix) for suffix in ("", "_part") for name, schema in bare.items()}
    for suffix in ("", "_part"):
        defs[f"Scenario{suffix}"]["properties"]["extends"] = {
            "type": "string",
            "description": say("shipped scenario, or path of a file relative to this one, which this one changes"),
            "examples": ["baseline"],
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Wangge scenario",
        "if": {"type": "object", "required": ["extends"]},
        "then": {"$ref": f"{_REFERENCE}Scenario_part"},
        "else": {"$ref": f"{_REFERENCE}Scenario"},
        "$defs": {**defs, "source": _source_schema()},
    }


def _source_schema() -> Schema:
    return {
        "type": "string",
        "pattern": SOURCE_PATTERN,
        "description": say("where the numbers come from"),
        "examples": [
            "published C0123",
            "literature: author, year",
            "assumed: reason",
            "log: which",
            "derived: from what",
        ],
    }


def _file_form(schema: Any, suffix: str) -> Any:
    """A schema of bare values as a schema of what may stand in the file."""
    if isinstance(schema, list):
        return [_file_form(part, suffix) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {**schema, "$ref": schema["$ref"] + suffix}
    kept = {key: value for key, value in schema.items() if key not in ("discriminator", "default", "oneOf", "unit")}
    _tell_unit(schema, kept)
    for key in ("anyOf", "oneOf", "prefixItems", "items"):
        if key in schema:
            # A part may leave out the family that tells the forms apart, so that more than one may match.
            kept["anyOf" if key == "oneOf" else key] = _file_form(schema[key], suffix)
    if schema.get("type") == "object":
        return _object(kept, suffix)
    return _bare_or_wrapped(kept, suffix) if schema.get("type") in _BARE else kept


def _tell_unit(schema: Schema, kept: Schema) -> None:
    if "unit" in schema:
        kept["description"] = f"{schema.get('description', '')} [{schema['unit']}]".strip()


def _object(schema: Schema, suffix: str) -> Schema:
    properties = {name: _file_form(child, suffix) for name, child in schema.get("properties", {}).items()}
    properties["source"] = {"$ref": f"{_REFERENCE}source"}
    properties["note"] = {"type": "string"}
    result = {**schema, "properties": properties}
    if "additionalProperties" in schema:
        result["additionalProperties"] = _file_form(schema["additionalProperties"], suffix)
    if "propertyNames" in schema:
        result["propertyNames"] = {"anyOf": [schema["propertyNames"], {"enum": ["source", "note"]}]}
    if suffix:
        result.pop("required", None)
    return result


def _bare_or_wrapped(schema: Schema, suffix: str) -> Schema:
    told = {key: schema.pop(key) for key in ("description", "examples", "title") if key in schema}
    forms = [schema]
    if schema["type"] == "array":
        forms.append({"type": "string", "pattern": "^(csv|geojson):"})
        forms += [_beside(kind) for kind in ("csv", "geojson")]
        if suffix:
            forms.append({"type": "object", "additionalProperties": _rows(schema)})
    wrapped = {
        "type": "object",
        "properties": {"value": schema, "source": {"$ref": f"{_REFERENCE}source"}, "note": {"type": "string"}},
        "required": ["value"],
        "additionalProperties": False,
    }
    return {**told, "anyOf": [*forms, wrapped]}


def _beside(kind: str) -> Schema:
    return {"type": "object", "properties": {kind: {"type": "string"}}, "required": [kind]}


def _rows(schema: Schema) -> Schema | bool:
    options = [part for part in (schema.get("items"), *schema.get("prefixItems", ())) if part]
    return {"anyOf": options} if options else True


def _add_examples(defs: dict[str, Schema], example: BaseModel | None) -> None:
    for chapter, name, value in _shown(example):
        field = defs.get(chapter, {}).get("properties", {}).get(name)
        if field is not None and field.get("type") in _BARE and "enum" not in field:
            examples = field.setdefault("examples", [])
            if value not in examples and len(examples) < 5:
                examples.append(value)


def _shown(value: object) -> Iterator[tuple[str, str, Any]]:
    """Chapter, key and value of everything that a scenario holds."""
    if isinstance(value, BaseModel):
        dumped = value.model_dump(mode="json")
        for name in type(value).model_fields:
            child = getattr(value, name)
            rows = dumped[name] if isinstance(dumped[name], list) else [dumped[name]]
            if dumped[name] is not None and not any(isinstance(row, dict) for row in rows):
                yield type(value).__name__, name, dumped[name]
            yield from _shown(child)
    elif isinstance(value, dict):
        for child in value.values():
            yield from _shown(child)
    elif isinstance(value, tuple):
        for child in value:
            yield from _shown(child)
