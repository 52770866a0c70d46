"""Grids from a map: reading it, what is refused, its geometry against figures worked out by hand, and a run on it."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenarios.geojson import MOST_MAP_CORNERS
from scenarios.guard import MOST_TABLE_BYTES
from scenarios.reading import ScenarioFile, read_scenario, unsourced
from scenarios.sources import Source
from sim.mapped import metres_per_degree, on_the_ground
from sim.messages import BadInput
from sim.outlines import MOST_CORNERS, outline_text, read_outline
from sim.places import City, build_city
from sim.records import RunRecords
from sim.scenario.map_grids import MOST_GRIDS
from sim.simulate import simulate
from sim.world import draw_world
from tests.small_town import fingerprint

ROOT = Path(__file__).resolve().parent.parent
GOOD = ROOT / "tests" / "malformed" / "good.yaml"
EXAMPLE = json.loads((ROOT / "scenarios" / "geojson_example.geojson").read_text(encoding="utf-8"))
SHORT = ("time.horizon=40 d", "time.warm_up=5 d")
UNIFORM = np.random.Generator(np.random.PCG64(7)).random((2, 20_000))

# The map of these tests, in steps of 0.001 degrees from 0 east, 0 north: a square of 2 x 2 steps (west), one with a pond
# of 1 x 1 (middle), two apart of 1 x 1 (east), and a strip of 2 x 1 in a second community north of the first two's border.
SHAPES = {
    "west": ("Polygon", [[[0, 0], [2, 0], [2, 2], [0, 2]]]),
    "middle": ("Polygon", [[[2, 0], [5, 0], [5, 2], [2, 2]], [[3, 0.5], [4, 0.5], [4, 1.5], [3, 1.5]]]),
    "east": ("MultiPolygon", [[[[5, 0], [6, 0], [6, 1], [5, 1]]], [[[5, 2], [6, 2], [6, 3], [5, 3]]]]),
    "north": ("Polygon", [[[1, 2], [3, 2], [3, 3], [1, 3]]]),
}
HOMES = {"west": 300, "middle": 100, "east": 200, "north": 90}
AREAS = {"west": 4, "middle": 5, "east": 2, "north": 2}
"""In square steps."""
CENTRES = {"west": (1, 1), "middle": (3.5, 1), "east": (5.5, 1.5), "north": (2, 2.5)}
BORDERS = {("west", "middle"), ("east", "middle"), ("north", "west"), ("north", "middle")}


def drawn(shape: Any) -> Any:
    """Coordinates in degrees; every ring closed."""
    if isinstance(shape[0][0], int | float):
        return [[x / 1000, y / 1000] for x, y in [*shape, shape[0]]]
    return [drawn(part) for part in shape]


def feature(name: str) -> dict[str, Any]:
    kind, shape = SHAPES[name]
    unit = {"community": "Hill", "subdistrict": "Upper"} if name == "north" else \
        {"community": "Bank", "subdistrict": "Lower"}  # fmt: skip
    return {
        "type": "Feature", "properties": {"name": name, **unit, "households": HOMES[name], "OBJECTID": 7},
        "geometry": {"type": kind, "coordinates": drawn(shape)},
    }  # fmt: skip


def collection() -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [feature(name) for name in SHAPES]}


def read(directory: Path, content: str | dict[str, Any], *settings: str, base: str | Path = "baseline") -> ScenarioFile:
    """The baseline, or another scenario, on a map."""
    text = content if isinstance(content, str) else json.dumps(content, indent=1)
    (directory / "map.geojson").write_text(text, encoding="utf-8")
    top = directory / "top.yaml"
    top.write_text(
        f'extends: {base}\nname: top\nsource: assumed\nplaces: {{grids: "geojson: map.geojson"}}\n', encoding="utf-8"
    )
    return read_scenario(str(top), settings)


def refusal(directory: Path, content: str | dict[str, Any], *settings: str) -> str:
    with pytest.raises(BadInput) as caught:
        read(directory, content, *settings, base=GOOD)
    lines = str(caught.value).split("\n")
    assert len(lines) == 1, lines
    return lines[0]


def city_of(directory: Path, change: Callable[[dict[str, Any]], None] = lambda _: None) -> City:
    content = collection()
    change(content)
    return build_city(read(directory, content).scenario.places)


@cache
def lived() -> RunRecords:
    """The records of the example, for a short time; do not change them."""
    return simulate(read_scenario("geojson_example", SHORT).scenario, 1)


def borders(city: City) -> set[tuple[str, ...]]:
    return {tuple(sorted((grid.name, city.grids[other].name))) for grid in city.grids for other in grid.neighbours}


# -- geometry ---------------------------------------------------------------------------------------------------------


def test_a_degree_at_the_equator_and_at_45() -> None:
    # Published lengths of a degree on WGS 84: 111.320 and 110.574 km at the equator, 78.847 and 111.132 km at 45 degrees.
    assert metres_per_degree(0) == pytest.approx((111_320, 110_574), abs=1)
    assert metres_per_degree(45) == pytest.approx((78_847, 111_132), abs=1)


def test_areas_centres_and_perimeters_are_those_worked_out_by_hand(tmp_path: Path) -> None:
    east, north = (length / 1000 for length in metres_per_degree(0.0015))
    for grid in city_of(tmp_path).grids:
        x, y = CENTRES[grid.name]
        assert grid.area == pytest.approx(AREAS[grid.name] * east * north, rel=1e-9)
        # The middle of the map is at 3 steps east and 1.5 north.
        assert grid.centre == pytest.approx(((x - 3) * east, (y - 1.5) * north), abs=1e-6)
    (west, *_) = on_the_ground(read(tmp_path, collection()).scenario.places.grids)
    assert west.outline.perimeter == pytest.approx(4 * (east + north))


def test_grids_with_a_stretch_of_outline_in_common_are_neighbours(tmp_path: Path) -> None:
    assert borders(city_of(tmp_path)) == {tuple(sorted(pair)) for pair in BORDERS}


def test_stated_neighbours_replace_the_shared_outlines(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["features"][0]["properties"]["neighbours"] = ["east"]

    assert borders(city_of(tmp_path, change)) == {("east", "west"), ("east", "middle"), ("middle", "north")}


def test_neighbours_follow_each_other_in_a_community(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["features"] = [content["features"][row] for row in (2, 0, 3, 1)]

    assert [grid.name for grid in city_of(tmp_path, change).grids] == ["west", "middle", "east", "north"]


@pytest.mark.parametrize("name", SHAPES)
def test_points_are_spread_evenly_inside(name: str) -> None:
    kind, shape = SHAPES[name]
    outline = read_outline(outline_text(drawn([shape] if kind == "Polygon" else shape)))
    spots = outline.spots(*UNIFORM)
    assert outline.holds(spots).all()
    # The share in the western half of the box is that of the area there, within five standard errors.
    west, south, east, north = outline.box
    half = (west + east) / 2
    inside = outline.holds(np.column_stack([west + UNIFORM[0] * (east - west), south + UNIFORM[1] * (north - south)]))
    share = (UNIFORM[0] < 0.5)[inside].mean()
    assert (spots[:, 0] < half).mean() == pytest.approx(share, abs=5 * math.sqrt(0.5 / inside.sum()))
    assert inside.mean() == pytest.approx(outline.area / ((east - west) * (north - south)), abs=0.02)


def test_a_point_of_a_shared_edge_lies_in_exactly_one_grid() -> None:
    one = read_outline("POLYGON ((0 0, 3.1 0.7, 2.3 5.9, -1 4, 0 0))")
    other = read_outline("POLYGON ((2.3 5.9, 3.1 0.7, 9 1, 8 7, 2.3 5.9))")
    spots = np.column_stack([3.1 + UNIFORM[0] * (2.3 - 3.1), 0.7 + UNIFORM[0] * (5.9 - 0.7)])
    assert (one.holds(spots) ^ other.holds(spots)).all()


def test_a_round_has_the_stated_length(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["features"][0]["properties"]["route"] = 1234.5

    usual, stated = city_of(tmp_path), city_of(tmp_path, change)
    assert stated.grids[0].loop.metres == 1234.5 != usual.grids[0].loop.metres
    shares = [city.grids[0].loop.reached / city.grids[0].loop.metres for city in (usual, stated)]
    assert shares[0] == pytest.approx(shares[1])


def test_a_small_grid_is_walked_round(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["features"][0]["properties"]["households"] = 40

    east, north = (length / 1000 for length in metres_per_degree(0.0015))
    assert city_of(tmp_path, change).grids[0].loop.metres == pytest.approx(4 * (east + north))


# -- the city ---------------------------------------------------------------------------------------------------------


def test_homes_and_residents_are_those_of_the_map(tmp_path: Path) -> None:
    scenario = read(tmp_path, collection()).scenario
    city = build_city(scenario.places)
    assert [(place.name, place.subdistrict, len(place.homes)) for place in city.communities] == [
        ("Bank", "Lower", 600), ("Hill", "Upper", 90),
    ]  # fmt: skip
    for place in city.communities:
        parts = np.bincount(place.cut.parts_of(place.homes), minlength=place.grids)
        assert list(parts) == [grid.households for grid in city.grids if grid.community == place.index]
    assert (city.residents_of(0), city.residents_of(1)) == (1560, 234)
    assert scenario.places.population == 1794
    sizes = city.household_sizes.reshape(2, 600)
    assert sizes[0].min() >= 1
    assert (sizes[1] > 0).sum() == 90
    assert city.answers_to(3) == ("north", "Hill", "Upper", "district", "city")


def test_the_counts_are_filled_in_with_the_map_as_their_source(tmp_path: Path) -> None:
    found = read(tmp_path, collection())
    places = found.scenario.places
    assert (places.subdistricts, places.communities_per_subdistrict, places.communities) == (2, 1, 2)
    assert (places.households_per_community, places.households_per_grid) == (600, 172)
    assert found.sources["places.households_per_grid"] == Source("derived", "counted on the map map.geojson")
    assert found.sources["places.grids.2.households"] == Source("assumed")
    assert unsourced(found) == []


def test_the_specification_holds_the_map_and_reads_back(tmp_path: Path) -> None:
    found = read(tmp_path, collection())
    (tmp_path / "resolved.yaml").write_text(found.text, encoding="utf-8")
    (tmp_path / "map.geojson").unlink()
    again = read_scenario(str(tmp_path / "resolved.yaml"))
    assert again.scenario == found.scenario
    assert again.sources == found.sources
    moved = collection()
    moved["features"][0]["geometry"]["coordinates"][0][0][0] -= 1e-5
    moved["features"][0]["geometry"]["coordinates"][0][4][0] -= 1e-5
    assert read(tmp_path, moved).scenario.digest() != found.scenario.digest()


@pytest.mark.parametrize("written", ["{geojson: map.geojson}", "{geojson: map.geojson, source: 'log: survey'}"])
def test_a_map_may_name_its_source(written: str, tmp_path: Path) -> None:
    (tmp_path / "map.geojson").write_text(json.dumps(collection()), encoding="utf-8")
    top = tmp_path / "top.yaml"
    top.write_text(f"extends: baseline\nplaces: {{grids: {written}}}\n", encoding="utf-8")
    assert ("places.grids.0.households" in read_scenario(str(top)).sources) == ("source" in written)


# -- a run ------------------------------------------------------------------------------------------------------------


def test_issues_lie_inside_their_grids() -> None:
    scenario = read_scenario("geojson_example", SHORT).scenario
    city, records = build_city(scenario.places), lived()
    issues = records["issues"]
    points = issues[["x", "y"]].to_numpy()
    for row, said in enumerate(on_the_ground(scenario.places.grids)):
        mine = (issues["grid"] == said.said.name).to_numpy()
        assert mine.sum() > 20, row
        assert said.outline.holds(points[mine]).all()
        share = said.said.households / scenario.places.households_per_community
        assert mine.mean() == pytest.approx(share, abs=5 * math.sqrt(share / len(issues)))
    assert set(records["cases"]["grid"]) <= {grid.name for grid in city.grids}
    homes = records["residents"]["grid"].value_counts()
    assert {name: homes[name] > 0 for name in homes.index} == {grid.name: True for grid in city.grids}


def test_a_larger_community_has_more_issues(tmp_path: Path) -> None:
    scenario = read(tmp_path, collection(), "time.horizon=100 d").scenario
    counts = np.bincount(draw_world(scenario, 1).community)
    # Households 600 to 90; daily levels are common to both.
    assert counts[0] / counts.sum() == pytest.approx(600 / 690, abs=0.05)


def test_an_issue_keeps_its_place_when_another_community_is_drawn_anew(tmp_path: Path) -> None:
    changed = collection()
    changed["features"][3]["geometry"]["coordinates"] = drawn([[[1, 2], [3, 2], [3, 2.9], [1, 2.8]]])
    changed["features"].append(feature("north") | {"geometry": {"type": "Polygon", "coordinates": drawn(
        [[[0, 2], [1, 2], [1, 2.8], [0, 2.7]]])}})  # fmt: skip
    changed["features"][4]["properties"]["name"] = "north 2"
    before, after = (draw_world(read(tmp_path, each, *SHORT).scenario, 3) for each in (collection(), changed))
    bank = before.community == 0
    assert (before.code[bank] == after.code[after.community == 0]).all()
    assert (before.x[bank] == after.x[after.community == 0]).all()
    assert (before.onset[bank] == after.onset[after.community == 0]).all()


PROGRAM = """
import json
from scenarios.reading import read_scenario
from sim.simulate import simulate
from tests.small_town import fingerprint
print(json.dumps(fingerprint(simulate(read_scenario("geojson_example", {settings}).scenario, 1))))
"""


def test_another_process_gives_the_same_tables() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM.format(settings=SHORT)], cwd=ROOT, capture_output=True,
                          text=True, check=True, env={"PYTHONHASHSEED": "5", "PATH": ""})  # fmt: skip
    assert json.loads(done.stdout) == json.loads(json.dumps(fingerprint(lived())))


# -- what is refused --------------------------------------------------------------------------------------------------


def put(*way: Any, value: Any) -> Callable[[dict[str, Any]], None]:
    """A change of a collection: a value at a path; `...` as the value takes it away."""

    def change(content: Any) -> None:
        for step in way[:-1]:
            content = content[step]
        if value is ...:
            del content[way[-1]]
        else:
            content[way[-1]] = value

    return change


FIRST = ("features", 0)
SAID = (*FIRST, "properties")
SHAPE = (*FIRST, "geometry")
CORNERS = (*SHAPE, "coordinates")
WRONG = {
    "no_collection": (put("type", value="Feature"), "type: 'Feature' is no map of grids; allowed: FeatureCollection"),
    "no_features": (put("features", value=[]), "features: the map holds no grid; allowed: a list of at least one"),
    "too_many_grids": (
        lambda content: content.update(features=[feature("west")] * (MOST_GRIDS + 1)), "features: 601 grids; at most 600"),
    "metres": (put("crs", value={"properties": {"name": "EPSG:3857"}}), "is another reference system; allowed: WGS 84"),
    "communities": (put("communities", value="Bank"), "communities: 'Bank' is no list of names"),
    "no_feature": (put(*FIRST, "type", value="Point"), "features.0.type: 'Point' is no grid; allowed: Feature"),
    "no_properties": (put(*SAID, value=None), "features.0.properties: null is no mapping; allowed: name, community"),
    "point": (put(*SHAPE, value={"type": "Point", "coordinates": [0, 0]}),
              "features.0.geometry: 'Point' is no area; allowed: Polygon, MultiPolygon"),
    "no_geometry": (put(*SHAPE, value=None), "features.0.geometry: null is no area"),
    "empty_geometry": (put(*CORNERS, value=[]), "features.0.geometry: coordinates: the Polygon is empty"),
    "flat_geometry": (put(*CORNERS, value=[[0, 0], [1, 1]]), "features.0.geometry: coordinates: 0 is no position"),
    "text_coordinate": (put(*CORNERS, 0, 1, value=["1", 2]), "coordinates: [\"1\", 2] is no position; allowed:"),
    "yes_as_coordinate": (put(*CORNERS, 0, 1, value=[True, 2]), "coordinates: [true, 2] is no position"),
    "one_coordinate": (put(*CORNERS, 0, 1, value=[1]), "coordinates: [1] is no position"),
    "open_ring": (put(*CORNERS, 0, 4, value=[0.0001, 0]),
                  "places.grids.0.outline: a ring is not closed: it begins at (0, 0) and ends at (0.0001, 0); repeat"),
    "short_ring": (put(*CORNERS, value=[[[0, 0], [1, 1], [0, 0]]]), "a ring has 3 positions; it needs at least 4"),
    "no_room": (put(*CORNERS, value=[[[0, 0], [1, 1], [0, 0], [1, 1], [0, 0]]]), "a ring goes round no area"),
    "bow_tie": (put(*CORNERS, value=drawn([[[0, 0], [2, 2], [2, 0], [0, 1]]])), "the outline crosses itself"),
    "hole_outside": (put(*CORNERS, value=drawn([SHAPES["west"][1][0], [[8, 8], [9, 8], [9, 9]]])),
                     "the outline crosses itself, or a hole or part lies wrongly"),
    "swapped": (put(*CORNERS, value=[[[31, 121], [32, 121], [32, 122], [31, 121]]]),
                "(31, 121) lies outside the globe; allowed: longitude -180 to 180 first, then latitude -90 to 90"),
    "in_metres": (put(*CORNERS, 0, 1, value=[353000.5, 0]), "(353000.5, 0) lies outside the globe"),
    "at_the_pole": (put(*CORNERS, value=[[[0, 85], [1, 85], [1, 86], [0, 85]]]), "grids: the map reaches latitude 86"),
    "far_apart": (put(*CORNERS, value=[[[3, 0], [4, 0], [4, 1], [3, 0]]]), "a district is no larger than 1.5 degrees"),
    "overlap": (put(*CORNERS, value=drawn([[[0, 0], [2.5, 0], [2.5, 2], [0, 2]]])),
                "grids 'west' and 'middle' overlap: about 2"),
    "no_households": (put(*SAID, "households", value=...), "places.grids.0.households: missing; add households:"),
    "zero_households": (put(*SAID, "households", value=0),
                        "places.grids.0.households: 0 is outside the range; allowed: 1 to 100000"),
    "text_households": (put(*SAID, "households", value="300"), "households: '300' (a text) is not a whole number"),
    "half_a_household": (put(*SAID, "households", value=2.5), "households: 2.5 is not a whole number"),
    "no_name": (put(*SAID, "name", value=None), "places.grids.0.name: missing; add name:"),
    "number_as_name": (put(*SAID, "name", value=12), "places.grids.0.name: 12 is not a text"),
    "same_name": (put(*SAID, "name", value="east"), "grids 1, 3 have the same name 'east'; give each its own"),
    "name_of_a_community": (put(*SAID, "name", value="Hill"),
                            "grids: 'Hill' is the name of a grid and of a community; names of places must differ"),
    "two_subdistricts": (put(*SAID, "subdistrict", value="Upper"), "community 'Bank' lies in the subdistricts 'Upper' and"),
    "no_subdistrict": (put(*SAID, "subdistrict", value=...), "places.grids.0.subdistrict: missing"),
    "unknown_neighbour": (put(*SAID, "neighbours", value=["south"]), "'west' names the neighbour 'south', which is no"),
    "own_neighbour": (put(*SAID, "neighbours", value=["west"]), "'west' names the neighbour 'west', which is no other"),
    "no_route": (put(*SAID, "route", value=0), "places.grids.0.route: 0 is outside the range"),
    "hamlet": (put("features", 3, "properties", "households", value=20), "community 'Hill' has 20 households; it needs"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_map_is_refused_in_one_line(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change, answer = WRONG[name]
    monkeypatch.chdir(tmp_path)
    content = collection()
    change(content)
    line = refusal(tmp_path, content)
    assert answer in line
    # What is about one feature names the line where it begins; what is about the scenario names the key.
    assert ("map.geojson" in line) or line.startswith("top.yaml:4:10: places.grids: ")


def test_an_unknown_community_is_named_with_the_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    content = collection() | {"communities": ["Bank", "Hill"]}
    content["features"][1]["properties"]["community"] = "Banc"
    line = refusal(tmp_path, content)
    assert line.startswith("map.geojson:")
    assert line.endswith(
        ": features.1.properties.community: unknown community 'Banc'; allowed: [\"Bank\", \"Hill\"]; did you mean 'Bank'?"
    )


def test_a_fault_stands_at_the_line_of_its_feature(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    content = collection()
    content["features"][2]["properties"]["households"] = -1
    lines = json.dumps(content, indent=1).split("\n")
    begins = [number for number, text in enumerate(lines, 1) if '"type": "Feature"' in text]
    assert refusal(tmp_path, content).startswith(f"map.geojson:{begins[2]}:1: places.grids.2.households: -1 ")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", "this is not JSON: Expecting value"),
        ("{'type': 1}", "map.geojson:1:2: this is not JSON:"),
        ('{"type": "FeatureCollection", "features": [NaN]}', "NaN is no number of JSON"),
        ('{"type": "FeatureCollection", "type": "x"}', "the key 'type' stands twice in one object"),
        ("[" * 100_000, "this is not JSON:"),
        ("9" * 5_000, "this is not JSON:"),
        ("[1, 2]", "type: [1, 2] is no map of grids; allowed: FeatureCollection"),
        ("null", "type: null is no map of grids"),
        ("\ufeff{", "this is not JSON:"),
        (" " * (MOST_TABLE_BYTES + 1), f"the map has {MOST_TABLE_BYTES + 1:,} bytes and at most 3,000,000 are read"),
    ],
    ids=["empty", "quotes", "nan", "twice", "deep", "long_number", "list", "null", "cut", "large"],
)
def test_what_is_no_map_is_refused(text: str, answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    line = refusal(tmp_path, text)
    assert line.startswith("top.yaml:4:17: geojson: map.geojson")
    assert answer in line


def test_a_missing_map_is_named(tmp_path: Path) -> None:
    top = tmp_path / "top.yaml"
    top.write_text('extends: baseline\nplaces: {grids: "geojson: nowhere.geojson"}\n', encoding="utf-8")
    with pytest.raises(BadInput, match=r"nowhere\.geojson: there is no such file"):
        read_scenario(str(top))


def test_outlines_of_too_many_corners_are_refused(tmp_path: Path) -> None:
    def ring(corners: int) -> list[list[float]]:
        turns = [2 * math.pi * step / corners for step in [*range(corners), 0]]
        return [[0.01 * math.cos(turn) - 0.1, 0.01 * math.sin(turn)] for turn in turns]

    content = collection()
    content["features"][0]["geometry"]["coordinates"] = [ring(MOST_CORNERS + 1)]
    assert f"{MOST_CORNERS + 1} corners; an outline has at most {MOST_CORNERS}" in refusal(tmp_path, content)
    content["features"][0]["geometry"]["coordinates"] = [ring(MOST_MAP_CORNERS)]
    assert f"a map has at most {MOST_MAP_CORNERS}" in refusal(tmp_path, content)


def test_counts_that_are_not_those_of_the_map_are_refused(tmp_path: Path) -> None:
    line = refusal(tmp_path, collection(), "places.households_per_grid=300")
    assert "households_per_grid 300 is not what the map in `grids` has, 172; leave it out, or write 172" in line


def test_a_map_and_zones_exclude_each_other(tmp_path: Path) -> None:
    assert "grids and zones exclude each other" in refusal(tmp_path, collection(), "places.zones=[a, b]")


def test_an_outline_may_stand_in_the_scenario_itself(tmp_path: Path) -> None:
    found = read(tmp_path, collection())
    top = tmp_path / "inline.yaml"
    top.write_text(found.text.replace("POLYGON ((0 0", "POLYGON ((x 0"), encoding="utf-8")
    with pytest.raises(BadInput, match=r"places\.grids\.0\.outline: 'POLYGON \(\(x 0, .* is no outline; write POLYGON"):
        read_scenario(str(top))


def test_the_example_says_that_it_is_invented() -> None:
    found = read_scenario("geojson_example")
    assert "invented" in EXAMPLE["note"]
    assert unsourced(found) == []
    assert len(found.scenario.places.grids) == 8
