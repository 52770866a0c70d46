"""Reading a scenario: sources, warnings, the resolved text, the shipped files, and any text at all."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios.reading import ScenarioFile, list_scenarios, read_scenario, unsourced
from scenarios.resolved import resolved_text
from scenarios.scalars import scalar
from scenarios.sources import SOURCE_PATTERN, Source, parse_source
from sim.messages import BadInput

GOOD = Path(__file__).resolve().parent / "malformed" / "good.yaml"
TIGHT_SHIFT = """
calendars: {{round: {{hours: ["{hours}"]}}}}
staffing: {{teams: {{workers: {{patrol_floor: 4 h, paperwork: 0.4}}}}}}
"""


def over_good(tmp_path: Path, text: str) -> ScenarioFile:
    """good.yaml with a file that extends it."""
    path = tmp_path / "top.yaml"
    path.write_text(f"extends: {GOOD}\n{text}", encoding="utf-8")
    return read_scenario(str(path))


def test_every_shipped_scenario_reads_and_is_listed() -> None:
    rows = list_scenarios()
    assert "baseline" in [name for name, _, _ in rows]
    for name, title, title_zh in rows:
        scenario = read_scenario(name).scenario
        assert (scenario.title, scenario.title_zh) == (title or scenario.title, title_zh or scenario.title_zh)


def test_every_number_of_the_baseline_names_its_source() -> None:
    read = read_scenario("baseline")
    assert unsourced(read) == []
    assert {source.kind for source in read.sources.values()} >= {"published", "assumed"}


def test_the_baseline_reads_within_a_second() -> None:
    read_scenario("baseline")
    started = time.process_time()
    read_scenario("baseline")
    assert time.process_time() - started < 1.0


@pytest.mark.parametrize("name", ["baseline", str(GOOD)])
def test_the_resolved_text_reads_back_to_the_same(name: str, tmp_path: Path) -> None:
    first = read_scenario(name)
    path = tmp_path / "resolved.yaml"
    path.write_text(first.text, encoding="utf-8")
    second = read_scenario(str(path))
    assert second.scenario == first.scenario
    assert second.scenario.digest() == first.scenario.digest()
    assert second.sources == first.sources
    assert second.text == first.text


def test_a_source_holds_below_until_overridden() -> None:
    sources = read_scenario(str(GOOD)).sources
    assert sources["places.street_factor"] == Source("assumed", "a test")
    assert sources["places.persons_per_household"] == Source("published", "C0123, C0124")
    assert sources["issues.categories.0.limits.1"] == Source("assumed", "a test")


def test_a_default_names_no_source() -> None:
    assert unsourced(read_scenario(str(GOOD))) == ["residents.sampled"]


def test_a_file_on_top_must_name_its_own_sources(tmp_path: Path) -> None:
    read = over_good(
        tmp_path, "places: {street_factor: 1.2, persons_per_household: {value: 3, source: 'log: census'}}\n"
    )
    assert unsourced(read) == ["places.street_factor", "residents.sampled"]
    assert read.sources["places.persons_per_household"] == Source("log", "census")
    assert read.scenario.places.persons_per_household == 3


@pytest.mark.parametrize(
    "text", ["published C0123", "published C0123, C0124", "literature: A, 2020", "assumed", "derived: a: b"]
)
def test_a_source_reads_back(text: str) -> None:
    assert parse_source(text).text == text


@pytest.mark.parametrize(
    "text", ["published", "published C12", "published C0123 C0124", "log", "literature:", "rumour: x", 3, None]
)
def test_no_other_source_is_taken(text: object) -> None:
    with pytest.raises(ValueError, match="is not a source"):
        parse_source(text)
    assert SOURCE_PATTERN.startswith("^")


WORDS = {
    "no": "no", "yes": "yes", "12:30": "12:30", "1e3": 1000.0, "0310": 310, "~": None, "": None, "TRUE": True,
    "0x1F": 31, "-.5": -0.5, "+7": 7, "2026-03-01": "2026-03-01", "1_000": "1_000", "9" * 500: "9" * 500,
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), WORDS.items())
def test_a_bare_word_means_what_yaml_1_2_says(text: str, value: object) -> None:
    assert scalar(text) == value
    assert type(scalar(text)) is type(value)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.read_bytes().replace(b"\n", b"\r\n"))
    assert read_scenario(str(path)).scenario == read_scenario(str(GOOD)).scenario


def test_shares_that_floating_point_does_not_add_up_are_fine(tmp_path: Path) -> None:
    read = over_good(tmp_path, "issues: {categories: {noise: {severity: [0.7, 0.2, 0.1]}}}\n")
    assert sum(read.scenario.issues.categories[0].severity) != 1.0


def test_a_day_too_full_is_taken_but_warned_with_the_arithmetic(tmp_path: Path) -> None:
    (warning,) = over_good(tmp_path, TIGHT_SHIFT.format(hours="08:00-16:00")).warnings
    assert "staffing.teams.0: " in warning
    assert "4 h patrol + 3.2 h paperwork (40 % of 8 h) leave 0.8 h" in warning
    assert read_scenario(str(GOOD)).warnings == []


def test_a_day_plan_counts_hours_past_midnight(tmp_path: Path) -> None:
    assert "(40 % of 8 h) leave 0.8 h" in over_good(tmp_path, TIGHT_SHIFT.format(hours="20:00-04:00")).warnings[0]


def test_make_up_days_that_nobody_announced_are_warned(tmp_path: Path) -> None:
    (warning,) = over_good(tmp_path, "time: {start: 2031-01-06}\n").warnings
    assert "time.horizon" in warning
    assert "not announced from 2031 on" in warning
    assert over_good(tmp_path, "time: {start: 2031-01-06, holidays: none}\n").warnings == []


SHAKY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
YAML_LETTERS = st.text(alphabet=" \n\t:-,[]{}'\"#&*!|>%@`?~.0123456789abcxyzé网\\\0\x07", max_size=120)


@SHAKY
@given(
    data=st.one_of(
        st.binary(max_size=200),
        YAML_LETTERS.map(str.encode),
        st.text(max_size=120).map(lambda t: t.encode("utf-8", "replace")),
    )
)
def test_any_file_at_all_is_refused_politely(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "any.yaml"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=r"any\.yaml"):
        read_scenario(str(path))


def outcome(path: Path) -> str:
    try:
        read = read_scenario(str(path))
    except BadInput as error:
        return f"refused at {path.name}" if path.name in str(error) else str(error)
    return "read" if read.scenario.schema_version == 1 else read.text


@SHAKY
@given(line=st.integers(0, 160), text=YAML_LETTERS)
def test_a_line_of_rubbish_never_ends_in_a_traceback(line: int, text: str, tmp_path: Path) -> None:
    rows = GOOD.read_text(encoding="utf-8").splitlines()
    rows[line : line + 1] = [text]
    path = tmp_path / "shaken.yaml"
    path.write_text("\n".join(rows), encoding="utf-8")
    assert outcome(path) in ("read", "refused at shaken.yaml")


@settings(SHAKY, max_examples=20)
@given(
    share=st.floats(0, 1),
    rate=st.floats(0, 1e6),
    crews=st.integers(1, 100_000),
    title=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
    seconds=st.integers(1, 10**7),
)
def test_what_is_set_reads_back_equal(
    share: float, rate: float, crews: int, title: str, seconds: int, tmp_path: Path
) -> None:
    chosen = [
        f"residents.trust={share!r}",
        f"issues.categories.noise.rate={rate!r}",
        f"issues.categories.1.work.mean={seconds} s",
    ]
    first = read_scenario(str(GOOD), [*chosen, f"staffing.departments.policing.crews={crews}"])
    named = first.scenario.model_copy(update={"title": title})
    assert (first.scenario.residents.trust, first.scenario.issues.categories[0].rate) == (share, rate)
    path = tmp_path / "again.yaml"
    path.write_text(resolved_text(named, first.sources), encoding="utf-8", newline="")
    second = read_scenario(str(path))
    assert (second.scenario, second.sources) == (named, first.sources)
