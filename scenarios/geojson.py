"""A map beside a scenario: the grids of a GeoJSON FeatureCollection (RFC 7946) as rows of `places.grids`.

Each feature is one grid: a Polygon or MultiPolygon with the properties name, community, subdistrict, households and, if
wanted, route and neighbours; other properties are left unread. A member `communities` of the collection, if there is one,
lists the communities that the features may name. Coordinates are kept to 7 decimals of a degree (a centimetre).
What rings must be like is checked with the rest of the scenario.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from scenarios.faults import Faults, guess, refuse, shown
from scenarios.guard import MOST_TABLE_BYTES, read_text, shown_path
from scenarios.marks import Mark, Node
from sim.messages import BadInput, say
from sim.outlines import Rings, outline_text
from sim.scenario.map_grids import MOST_GRIDS, counts_of

MOST_MAP_CORNERS = 20_000
"""Corners of all outlines: the resolved scenario holds them, and has to stay small enough to be read again."""
_KEPT = ("name", "community", "subdistrict", "households", "route", "neighbours")
_FEATURE = re.compile(r'"type"\s*:\s*"Feature"')
_SAME_GLOBE = ("CRS84", "4326", "4490")
"""Reference systems in degrees that differ by less than a metre."""


def read_map(path: Path, faults: Faults) -> list[Node]:
    """The grids of a map, each with the line of its feature; none when a fault was noted in it.

    Raises BadInput where the file is no map at all.
    """
    text = _text(path)
    features, declared = _features(_parsed(text, Mark(shown_path(path))), Mark(shown_path(path)))
    lines = [text.count("\n", 0, found.start()) + 1 for found in _FEATURE.finditer(text)]
    own = Faults()
    rows = []
    for number, feature in enumerate(features):
        mark = Mark(shown_path(path), lines[number] if len(lines) == len(features) else 0, 1)
        rows.append(_row(feature, mark, f"features.{number}", declared, own))
    corners = sum(
        str(row.value["outline"].value).count(",") for row in rows if isinstance(row.value, dict) and row.value
    )
    if corners > MOST_MAP_CORNERS:
        own.add(Mark(shown_path(path)), "", say("{count} corners; a map has at most {most}: simplify its outlines",
                                                count=corners, most=MOST_MAP_CORNERS))  # fmt: skip
    faults.found.update(own.found)
    return [] if own.found else rows


def counts_beside(grids: Node, path: Path) -> dict[str, Node]:
    """The counts of chapter `places` that follow from the grids of a map, with the map as their source."""
    mark = grids.mark
    held = (grids.child("value") or grids).value
    rows = [_counted(row) for row in held] if isinstance(held, list) else []
    counts = counts_of([row for row in rows if row is not None] or [("", "", 1)])
    source = Node(f"derived: counted on the map {path.name}", mark)
    return {key: Node({"value": Node(count, mark), "source": source}, mark) for key, count in counts.items()}


def _counted(row: Node) -> tuple[str, str, int] | None:
    said = [getattr(row.child(key), "value", None) for key in ("subdistrict", "community", "households")]
    return (str(said[0]), str(said[1]), said[2]) if isinstance(said[2], int) else None


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size if path.is_file() else 0
    except OSError:
        size = 0  # told by the reader of the text
    if size > MOST_TABLE_BYTES:
        raise refuse(
            Mark(shown_path(path)),
            say("the map has {size:,} bytes and at most {most:,} are read; simplify its outlines, or cut it into districts",
                size=size, most=MOST_TABLE_BYTES),
        )  # fmt: skip
    return read_text(path, MOST_TABLE_BYTES)


def _parsed(text: str, mark: Mark) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise refuse(
            Mark(mark.file, error.lineno, error.colno),
            say("this is not JSON: {problem}; export the map as GeoJSON", problem=error.msg),
        ) from None
    except RecursionError:
        raise refuse(mark, say("this is not JSON: {problem}; export the map as GeoJSON",
                               problem=say("brackets too deep"))) from None  # fmt: skip
    except ValueError as error:
        raise refuse(mark, say("this is not JSON: {problem}; export the map as GeoJSON", problem=error)) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(say("the key {key} stands twice in one object", key=shown(key)))
        found[key] = value
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(say("{value} is no number of JSON", value=word))


def _features(tree: Any, mark: Mark) -> tuple[list[Any], list[str] | None]:
    kind = tree.get("type") if isinstance(tree, dict) else None
    if not isinstance(tree, dict) or kind != "FeatureCollection":
        found = _kind(tree if kind is None else kind)
        raise refuse(mark, say("type: {value} is no map of grids; allowed: FeatureCollection", value=found))
    _check_globe(tree.get("crs"), mark)
    features, declared = tree.get("features"), tree.get("communities")
    if not isinstance(features, list) or not features:
        raise refuse(mark, say("features: the map holds no grid; allowed: a list of at least one Feature"))
    if len(features) > MOST_GRIDS:
        raise refuse(
            mark, say("features: {count} grids; at most {most} are allowed", count=len(features), most=MOST_GRIDS)
        )
    if declared is not None and not (isinstance(declared, list) and all(isinstance(name, str) for name in declared)):
        raise refuse(mark, say("communities: {value} is no list of names; write the names of the communities, or leave it out",
                               value=_kind(declared)))  # fmt: skip
    return features, declared


def _check_globe(crs: Any, mark: Mark) -> None:
    if crs is not None and not any(name in json.dumps(crs) for name in _SAME_GLOBE):
        raise refuse(mark, say("crs: {value} is another reference system; allowed: WGS 84 in degrees (EPSG:4326, CRS84)",
                               value=_kind(crs)))  # fmt: skip


def _row(feature: Any, mark: Mark, path: str, declared: list[str] | None, faults: Faults) -> Node:
    nothing = Node({}, mark)
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        kind = feature.get("type") if isinstance(feature, dict) else feature
        faults.add(mark, f"{path}.type", say("{value} is no grid; allowed: Feature", value=_kind(kind)))
        return nothing
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        text = say("{value} is no mapping; allowed: {keys}", value=_kind(properties), keys=", ".join(_KEPT))
        faults.add(mark, f"{path}.properties", text)
        return nothing
    community = properties.get("community")
    if declared is not None and isinstance(community, str) and community not in declared:
        text = say("unknown community {name}; allowed: {known}", name=shown(community), known=_kind(declared))
        faults.add(mark, f"{path}.properties.community", text + guess(community, declared))
    try:
        outline = outline_text(_polygons(feature.get("geometry")))
    except BadInput as error:
        faults.add(mark, f"{path}.geometry", str(error))
        return nothing
    kept = {key: _node(properties[key], mark) for key in _KEPT if properties.get(key) is not None}
    row = {**kept, "outline": Node(outline, mark)}
    return Node(row, mark, dict.fromkeys(row, mark))


def _node(value: Any, mark: Mark) -> Node:
    if isinstance(value, list):
        return Node([_node(each, mark) for each in value], mark)
    if isinstance(value, dict):
        return Node({key: _node(each, mark) for key, each in value.items()}, mark, dict.fromkeys(value, mark))
    # Programs that draw maps write counts as 412.0.
    return Node(int(value) if isinstance(value, float) and value.is_integer() else value, mark)


def _polygons(geometry: Any) -> list[Rings]:
    kind = geometry.get("type") if isinstance(geometry, dict) else geometry
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        raise BadInput(say("{value} is no area; allowed: Polygon, MultiPolygon", value=_kind(kind)))
    found = geometry.get("coordinates")
    parts = [found] if kind == "Polygon" else found
    if not found or not isinstance(parts, list):
        raise BadInput(say("coordinates: the {kind} is empty; draw its outline", kind=kind))
    return [[_ring(ring) for ring in _full(part)] for part in parts]


def _full(rows: Any) -> list[Any]:
    if not isinstance(rows, list) or not rows:
        raise BadInput(say("coordinates: {value} is no list of rings or positions", value=_kind(rows)))
    return rows


def _ring(ring: Any) -> list[tuple[float, float]]:
    return [_position(spot) for spot in _full(ring)]


def _position(spot: Any) -> tuple[float, float]:
    """Longitude and latitude; a height, which may follow, is left out."""
    plain = isinstance(spot, list) and 2 <= len(spot) <= 3
    if not plain or any(isinstance(value, bool) or not isinstance(value, int | float) for value in spot):
        raise BadInput(
            say("coordinates: {value} is no position; allowed: [longitude, latitude] in degrees", value=_kind(spot))
        )
    if max(map(abs, spot[:2])) > 1e9:
        raise BadInput(
            say("coordinates: {value} is no position; allowed: [longitude, latitude] in degrees", value=_kind(spot))
        )
    return float(spot[0]), float(spot[1])


def _kind(value: Any) -> str:
    text = shown(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."
