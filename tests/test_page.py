"""The page: the numbers of the table, safe text, no network, no scripts; and the folders that run and compare leave."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from experiments import compare_command, run_command
from experiments.contrast import Contrast, contrast
from experiments.figures.drawing import Drawn, draw_all
from experiments.manifest import read_manifest
from experiments.page.comparison_page import comparison_page
from experiments.page.rendering import inline_svg
from experiments.page.run_page import run_page
from experiments.page.trust import trust_facts
from experiments.plan import Arm, ArmResult, Plan
from experiments.replication import Outcome, world_digest
from experiments.store import join_parts, read_records, read_table, write_part, write_runs
from experiments.summary import joined, summarise
from scenarios.reading import ScenarioFile, read_scenario
from sim.messages import BadInput, speak
from sim.records import TABLES, RunRecords
from sim.simulate import simulate
from tests.fake_runs import fake_run

SMALL = [
    "places.households_per_community=1200", "places.households_per_grid=300", "time.horizon=20 d", "time.warm_up=2 d",
]  # fmt: skip
EVIL = '</style><script>alert("x")</script> & <b>'
VOID = {"meta", "br", "img", "link", "hr"}


class Reader(HTMLParser):
    """What a page holds: ids, tags, addresses, text; unclosed tags are kept in `open`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.tags: Counter[str] = Counter()
        self.addresses: list[str] = []
        self.texts: list[str] = []
        self.titles: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.open += [] if tag in VOID else [tag]
        for name, value in attrs:
            self.ids += [value or ""] if name == "id" else []
            self.titles += [value or ""] if name == "title" else []
            self.addresses += [value or ""] if name in ("href", "src", "xlink:href") else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


def arm_result(name: str, slower: float, folder: Path, title: str = "") -> ArmResult:
    file = read_scenario("baseline")
    titled = file.scenario.model_copy(update={"title": title or f"Title of {name}"})
    arm = Arm(name, ScenarioFile(titled, file.path, file.sources, file.text, []))
    runs = [fake_run(seed, slower, issues=120) for seed in (1, 2, 3)]
    for number, run in enumerate(runs):
        write_part(run, folder / name / "parts", number, "cases")
    join_parts(folder / name / "parts", folder / name)
    write_runs(list(enumerate(runs)), folder / name)
    outcomes = [
        Outcome(summarise(run), RunRecords(run.frame, run.seed), world_digest(run), 0, (), 1.0, 1.0, len(run["cases"]))
        for run in runs
    ]
    return ArmResult(arm, joined({n: outcome.summary for n, outcome in enumerate(outcomes)}), outcomes, folder / name)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Contrast, list[Drawn]]:
    folder = tmp_path_factory.mktemp("made")
    results = [arm_result("usual", 1.0, folder), arm_result("quick", 0.6, folder, EVIL)]
    plan = Plan(tuple(result.arm for result in results), 1, 3, 1, "cases", "python run.py compare usual quick --seed 1")
    found = contrast(results)
    scenario = plan.arms[0].file.scenario
    return plan, found, draw_all(found.arms, found.names, scenario, folder / "figures")


def test_the_page_is_whole_safe_and_needs_nothing_else(made: tuple[Plan, Contrast, list[Drawn]]) -> None:
    page = comparison_page(*made)
    read = Reader(page)
    assert read.open == []
    assert read.tags["script"] == read.tags["link"] == read.tags["img"] == read.tags["b"] == 0
    assert read.tags["svg"] == 4
    assert all(address.startswith("#") for address in read.addresses)
    assert not re.search(r"url\((?!#)|@import", page)
    assert EVIL in read.texts
    assert len(read.ids) == len(set(read.ids))
    assert {address[1:] for address in read.addresses} <= set(read.ids)


def test_the_page_says_what_the_table_says(made: tuple[Plan, Contrast, list[Drawn]]) -> None:
    plan, found, _ = made
    read = Reader(comparison_page(*made))
    table = found.table.set_index(["indicator", "group"])
    row = table.loc[("report_to_closure_median", "all")]
    assert row["verdict"] == "better"
    assert f"−{abs(row['difference']):.1f}" in " ".join(read.texts)
    assert "better" in read.texts
    assert plan.command in read.texts
    assert "1 to 3" in read.texts
    assert any("Counted over" in title and "Kaplan-Meier" in title for title in read.titles)
    assert any(text.startswith("every scenario met the very same issues") for text in read.texts)


def test_the_page_in_chinese(made: tuple[Plan, Contrast, list[Drawn]]) -> None:
    speak("zh")
    try:
        page = comparison_page(*made[:2], [])
    finally:
        speak("en")
    assert '<html lang="zh-CN">' in page
    body = " ".join(Reader(page[page.index("<header>") : page.index("</body>")]).texts)
    for english in ("Headline", "Verdict", "interval", "Scenario", "paired", "Seeds", "hours", "better"):
        assert english not in body


def test_the_page_of_one_scenario_in_one_world_owns_up(tmp_path: Path) -> None:
    result = arm_result("usual", 1.0, tmp_path)
    plan = Plan((result.arm,), 5, 1, 1, "cases", "python run.py run usual")
    alone = ArmResult(result.arm, joined({0: result.outcomes[0].summary}), result.outcomes[:1], result.folder)
    read = Reader(run_page(plan, alone, []))
    assert any("One world only" in text for text in read.texts)
    assert any(text.startswith("none: one world") for text in read.texts)


def test_the_page_of_a_replay_says_what_its_data_is(made: tuple[Plan, Contrast, list[Drawn]], tmp_path: Path) -> None:
    plan = made[0]
    assert not [text for name, text in trust_facts(plan) if name == "Data"], "nothing is replayed here"
    replayed = dict(trust_facts(replace(plan, log=tmp_path / "cases.csv")))
    assert replayed["Replayed log"] == "cases.csv"
    assert "no row of it is in this page, and no group of fewer than 5 cases" in replayed["Data"]


def test_two_drawings_on_a_page_share_no_id(tmp_path: Path) -> None:
    (tmp_path / "x.svg").write_text(
        '<?xml version="1.0"?><svg width="9pt" height="9pt" viewBox="0 0 9 9"><path id="p"/>'
        '<use xlink:href="#p" clip-path="url(#p)"/></svg>'
    )
    found = str(inline_svg(Drawn("first", tmp_path / "x", 'a "b"')))
    assert 'id="first-p"' in found
    assert 'xlink:href="#first-p"' in found
    assert "url(#first-p)" in found
    assert "9pt" not in found
    assert 'aria-label="a &#34;b&#34;"' in found


def arguments(command: object, *words: object) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)  # type: ignore[attr-defined]
    return parser.parse_args([*map(str, words), *(word for text in SMALL for word in ("--set", text))])


def test_run_leaves_a_folder_that_is_read_back_as_it_was_simulated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = arguments(
        run_command, "baseline", "--seed", 4, "--replications", 2, "--workers", 1, "--out", tmp_path, "--export", "csv"
    )
    assert run_command.execute(args) == 0
    folder = tmp_path / "baseline"
    expected = simulate(read_scenario("baseline", SMALL).scenario, 5)
    second = read_records(folder)[1]
    for name in TABLES:
        assert second[name].equals(expected[name].astype(second[name].dtypes)), name
    assert read_manifest(folder)["seeds"] == [4, 5]
    assert read_scenario(str(folder / "scenario.yaml")).scenario == read_scenario("baseline", SMALL).scenario
    assert len(list((folder / "eventlogs").glob("*.csv"))) == 2
    assert (folder / "report.html").stat().st_size > 50_000
    said = capsys.readouterr().out
    assert "Report to closure, median" in said
    assert "established to dispatched" in said
    assert str(folder) in said


def test_comparing_a_scenario_with_itself_shows_no_difference_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.figures.drawing.draw_all", lambda *given: [])
    args = arguments(compare_command, "baseline", "baseline", "--replications", 2, "--workers", 1, "--out", tmp_path)
    assert compare_command.execute(args) == 0
    found = read_table(tmp_path / "compare_baseline_vs_baseline_2" / "comparison.parquet")
    assert set(found["verdict"]) <= {"no_difference_shown", "not_available", "one_replication"}
    assert (found["difference"].dropna() == 0).all()
    pairs = read_table(tmp_path / "compare_baseline_vs_baseline_2" / "case_pairs.parquet")
    assert len(pairs) > 0
    assert (pairs["closure_change_h"] == 0).all()
    manifest = read_manifest(tmp_path / "compare_baseline_vs_baseline_2")
    assert [arm["folder"] for arm in manifest["scenarios"]] == ["baseline", "baseline_2"]
    assert manifest["scenarios"][0]["worlds"] == manifest["scenarios"][1]["worlds"]


def test_what_the_user_got_wrong_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="at least two"):
        compare_command.execute(arguments(compare_command, "baseline", "--out", tmp_path))
    with pytest.raises(BadInput, match="replays no log"):
        run_command.execute(arguments(run_command, "baseline", "--log", "x.csv", "--out", tmp_path))
    with pytest.raises(BadInput, match="is not allowed here"):
        run_command.execute(
            arguments(run_command, "baseline", "--set", "policies.triage.name=nonsense", "--out", tmp_path)
        )
    assert list(tmp_path.iterdir()) == []


def test_a_broken_rule_ends_with_1_and_publishes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sim.invariants.check_records", lambda records: ["backlog: 3 too many"])
    args = arguments(run_command, "baseline", "--replications", 1, "--workers", 1, "--check", "--out", tmp_path)
    assert run_command.execute(args) == 1
    assert "baseline, seed 1: backlog: 3 too many" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_failed_replication_is_told_with_its_seed_and_publishes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(scenario: object, seed: int, world: object) -> RunRecords:
        raise RuntimeError("the clock ran backwards")

    monkeypatch.setattr("experiments.replication.simulate", broken)
    args = arguments(run_command, "baseline", "--seed", 9, "--replications", 1, "--workers", 1, "--out", tmp_path)
    assert run_command.execute(args) == 1
    said = capsys.readouterr().err
    assert "seed 9" in said
    assert "the clock ran backwards" in said
    assert list(tmp_path.iterdir()) == []
