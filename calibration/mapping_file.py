"""Finding and reading a mapping: a bare name is one of ours, anything else is a path to a YAML file."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.tokens import AliasToken

from calibration.mapping import NEEDED, Mapping, Times
from sim.messages import BadInput, say

FOLDER = Path(__file__).parent / "mappings"

LARGEST_BYTES = 1_000_000
"""A mapping is a page or two; a megabyte is somebody's log given by mistake."""


def mapping_names() -> list[str]:
    """The mappings that come with the project, by bare name."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def read_mapping(name: str | Path) -> Mapping:
    """The mapping of that bare name or path. Raises BadInput with every error and its line."""
    path = find_mapping(name)
    text = _text(path)
    nodes = _parse(text, path)
    try:
        return Mapping.model_validate(nodes)
    except ValidationError as error:
        raise BadInput("\n".join(_lines(error, nodes, path))) from error


def with_window(mapping: Mapping, start: str | None, until: str | None) -> Mapping:
    """The mapping for another export of the same city: other second 0, other cut. Raises BadInput if unusable."""
    times = mapping.times.model_dump()
    for name, option, text, example in (
        ("start", "--start", start, "2011-07-01"),
        ("observed_until", "--until", until, "2011-11-01 00:00"),
    ):
        if text is not None:
            try:
                times = Times.model_validate(times | {name: text}).model_dump()
            except ValidationError as error:
                why = error.errors()[0]["msg"].removeprefix("Value error, ")
                raise BadInput(
                    say("{option} {text!r}: {why}; write it like {example}",
                        option=option, text=text, why=why, example=example)
                ) from error  # fmt: skip
    return mapping.model_copy(update={"times": Times.model_validate(times)})


def find_mapping(name: str | Path) -> Path:
    """The file of a mapping. Raises BadInput naming the ones there are, with the nearest."""
    bare = FOLDER / f"{name}.yaml"
    if Path(name).name == str(name) and bare.is_file():
        return bare
    if Path(name).is_file():
        return Path(name)
    near = get_close_matches(str(name), mapping_names(), n=1)
    raise BadInput(
        say("mapping {name}: no such mapping or file; there are: {names}", name=name, names=", ".join(mapping_names()))
        + (say("; did you mean {mapping}?", mapping=near[0]) if near else "")
    )


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise BadInput(say("{file}: too large for a mapping; give the YAML that describes the log", file=path))
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(say("{file}: the mapping cannot be read as UTF-8 text: {why}", file=path, why=error)) from error


def _parse(text: str, path: Path) -> dict[str, object]:
    try:
        # An alias can make a small file unfold into billions of values; a mapping has no use for one.
        if any(isinstance(token, AliasToken) for token in YAML(pure=True).scan(text)):
            raise BadInput(say("{file}: aliases (*name) are not allowed in a mapping; write the value out", file=path))
        nodes = YAML(typ="rt", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        raise BadInput(
            say("{file}: the mapping is not valid YAML: {why}", file=path, why=" ".join(str(error).split()))
        ) from error
    if not isinstance(nodes, dict):
        raise BadInput(say("{file}: a mapping is a YAML table with keys like columns and times", file=path))
    return nodes


def _lines(error: ValidationError, nodes: dict[str, object], path: Path) -> list[str]:
    found = []
    for item in error.errors():
        where = ".".join(str(part) for part in item["loc"]) or say("the whole mapping")
        what = item["msg"].removeprefix("Value error, ")
        allowed = _allowed(item["loc"]) if item["type"] == "extra_forbidden" else ""
        found.append(f"{path}:{_line(nodes, item['loc'])}: {where}: {what}{allowed}")
    # The model can tell a missing column only when all else is right; the user wants every fault at once.
    columns = nodes.get("columns")
    if nodes.get("kind", "cases") == "cases" and isinstance(columns, dict) and not _said(error):
        line = _line(nodes, ("columns",))
        missing = [name for name in NEEDED if name not in columns]
        found += [f"{path}:{line}: columns.{name}: " + say("must be named") for name in missing]
    return found


def _said(error: ValidationError) -> bool:
    return any(not item["loc"] for item in error.errors())


def _allowed(loc: tuple[int | str, ...]) -> str:
    part: object = Mapping
    for step in loc[:-1]:
        field = getattr(part, "model_fields", {}).get(step)
        part = getattr(field, "annotation", None)
        part = next((kind for kind in get_args(part) if hasattr(kind, "model_fields")), part)
    known = list(getattr(part, "model_fields", {}))
    near = get_close_matches(str(loc[-1]), known, n=1)
    return (say("; did you mean {mapping_key}?", mapping_key=near[0]) if near else "") + (
        say("; allowed here: {mapping_keys}", mapping_keys=", ".join(known)) if known else ""
    )


def _line(nodes: object, loc: tuple[int | str, ...]) -> int:
    line = 1
    for step in loc:
        marks = getattr(nodes, "lc", None)
        if marks is None or not isinstance(nodes, (dict, list)):
            break
        try:
            line = (marks.key(step) if isinstance(nodes, dict) else marks.item(step))[0] + 1
            nodes = nodes[step]  # type: ignore[index,call-overload]
        except (KeyError, IndexError, TypeError):
            break
    return line
