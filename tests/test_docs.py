"""What the documents say is so: their commands run, their code runs, their links and names exist."""

from __future__ import annotations

import ast
import gzip
import hashlib
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
from experiments.store import read_table
from scenarios.schema import json_schema
from sim.eventlogs.formats import FORMATS
from sim.messages import speak
from sim.policies.table import POLICIES
from sim.records import TABLES

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "results" / "README.md"])
CODE = ("sim", "scenarios", "calibration", "experiments")
ROOMS = (*CODE, "tests", "docs", ".ci")
PYTHON = ".venv/bin/python run.py "
LOG = "boston311.csv.gz"
HEADINGS = (
    "1 Purpose and patterns", "2 Entities, state variables, and scales", "3 Process overview and scheduling",
    "4 Design concepts", "5 Initialization", "6 Input data", "7 Submodels",
)  # fmt: skip
CONCEPTS = (
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction",
    "Stochasticity", "Collectives", "Observation",
)  # fmt: skip
"""Elements and design concepts of the ODD protocol, in its order (Grimm et al. 2020)."""


def fences(document: Path, language: str) -> list[str]:
    """The fenced blocks of a language in a document."""
    return re.findall(rf"^```{language}\n(.*?)^```$", document.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def shell_lines() -> Iterator[tuple[Path, str]]:
    for document in DOCS:
        for block in fences(document, "sh"):
            yield from ((document, line) for line in block.replace("\\\n", " ").splitlines() if line.strip())


LINES = sorted({line for _, line in shell_lines()})
COMMANDS = [line for line in LINES if line.startswith(PYTHON)]
BLOCKS = [(document.name, block) for document in DOCS for block in fences(document, "python")]


# -- commands ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to work in, with the files that the documents tell a reader to save, and a small log in the form of Boston's."""
    for document in DOCS:
        for language in ("yaml", "python"):
            for block in fences(document, language):
                name = re.match(r"# (\w+\.(?:yaml|py))\n", block)
                if name:
                    (tmp_path / name[1]).write_text(block, encoding="utf-8")
    (tmp_path / LOG).write_bytes(boston_log(400))
    monkeypatch.setattr(
        "experiments.figures.drawing.draw_all", lambda *_: []
    )  # most of the time; test_figures.py draws
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    speak("en")


def boston_log(rows: int) -> bytes:
    """A log with the headings of Boston's export, drawn from nothing."""
    draw = np.random.default_rng(5)
    opened = pd.Timestamp("2011-07-01 09:00") + pd.to_timedelta(np.sort(draw.integers(0, 120 * 86400, rows)), unit="s")
    closed = opened + pd.to_timedelta(draw.exponential(2 * 86400, rows).astype(int) + 60, unit="s")
    is_open = np.asarray(closed >= pd.Timestamp("2011-11-01"))
    wall = "%Y-%m-%d %H:%M:%S"
    frame = pd.DataFrame({
        "case_enquiry_id": np.arange(rows), "open_dt": opened.strftime(wall),
        "target_dt": (opened + pd.Timedelta(days=3)).strftime(wall), "closed_dt": np.where(is_open, "", closed.strftime(wall)),
        "ontime": np.where(is_open, "ONTIME", np.where(closed > opened + pd.Timedelta(days=3), "OVERDUE", "ONTIME")),
        "case_status": np.where(is_open, "Open", "Closed"), "type": draw.choice(["Pothole", "Street Light"], rows),
        "department": draw.choice(["PWDx", "ISD"], rows), "neighborhood": draw.choice(["Roxbury", "Fenway"], rows),
        "source": "Constituent Call", "subject": "s", "reason": "r", "queue": "q", "ward": "Ward 3", "precinct": "0301", "pwd_district": "02",
    })  # fmt: skip
    frame["neighborhood"] = frame["neighborhood"].replace("Fenway", "Roslindale")
    return gzip.compress(frame.to_csv(index=False).encode(), mtime=0)


def reduced(words: list[str]) -> list[str]:
    """The same command on less: two worlds, a month, a small town, one process; a log's hash is that of the small log."""
    if words[0] == "demo":
        return ["demo", "--replications", "2", "--days", "2", "--workers", "1"]
    if words[0] not in ("run", "compare"):
        return words
    words = [*words, "--replications", "2", "--workers", "1"]
    if "--log" in words:
        return [*words, "--set", f'replay.sha256="{hashlib.sha256(Path(LOG).read_bytes()).hexdigest()}"']
    small = ("time.horizon=30 d", "time.warm_up=3 d", "places.households_per_community=1200")
    return [*words, *(part for setting in small for part in ("--set", setting))]


@pytest.mark.parametrize("line", COMMANDS)
def test_command_runs(line: str, desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = run.main(reduced(shlex.split(line.removeprefix(PYTHON))))
    shown = capfd.readouterr()
    assert code == 0, shown.err
    assert shown.out.strip()


def test_every_shell_line_is_known() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    made = [line for line in LINES if line.startswith("make ")]
    assert [line for line in LINES if line not in made and line not in COMMANDS] == []
    assert {"make demo", "make test"} <= set(made)
    assert [line for line in made if line.split()[1] not in targets] == []


@pytest.mark.parametrize(("name", "block"), BLOCKS)
def test_python_runs(name: str, block: str, desk: Path) -> None:
    space: dict[str, object] = {"__name__": "__docs__"}
    exec(compile(block, name, "exec", dont_inherit=True), space)
    assert len(space) > 2


# -- names and places -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_paths_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text) if "://" not in link]
    paths = [path for path in re.findall(r"`([\w.-]+/[\w./-]*)`", text) if path.split("/")[0] in ROOMS]
    assert [link for link in links if not (document.parent / link).exists()] == []
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_anchors_exist(document: Path) -> None:
    for file, anchor in re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", document.read_text(encoding="utf-8")):
        if "://" in file:
            continue
        target = (document.parent / file) if file else document
        headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
        assert anchor in [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]


def names_in_code() -> set[str]:
    """Identifiers, keys and whole texts of the code (no docstrings), and the columns of the records."""
    found = {column.name for columns in TABLES.values() for column in columns}
    for room in CODE:
        for path in (ROOT / room).rglob("*.py"):
            if path.parent.name == "words":
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                found |= set(_names(node))
    return found


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.arg | ast.keyword) and node.arg:
        yield node.arg
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
        yield node.value


def test_glossary_names_are_in_the_code() -> None:
    rows = re.findall(
        r"^\| (.+?) \| (.+?) \| `(\w+)` \|$", (ROOT / "GLOSSARY.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(rows) > 60
    code = names_in_code()
    assert [name for _, _, name in rows if name not in code] == []
    assert [english for english, chinese, _ in rows if not re.search(r"[\u4e00-\u9fff]", chinese)] == []
    names = [name for _, _, name in rows]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_readme_lists_the_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = re.search(r"^\| command \|.*?\n\n", text, re.MULTILINE | re.DOTALL)
    assert table is not None
    assert re.findall(r"^\| `(\w+)", table[0], re.MULTILINE) == list(run.COMMANDS)
    codes = re.search(r"^\| exit code \|.*?\n\n", text, re.MULTILINE | re.DOTALL)
    assert codes is not None
    assert re.findall(r"^\| (\d+) \|", codes[0], re.MULTILINE) == ["0", "1", "2", "130"]


def test_readme_is_short_and_its_figures_are_small() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 160
    figures = [ROOT / path for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)]
    assert figures
    assert all(figure.stat().st_size < 150_000 for figure in figures)


@pytest.mark.full
@pytest.mark.skipif(os.environ.get("WANGGE_FULL") != "1", reason="minutes; runs with `make test-full`")
def test_readme_numbers_are_those_of_its_command(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert run.main(["demo", "--replications", "10", "--days", "200", "--out", str(tmp_path)]) == 0
    table = text.partition("| scenario | onset to true fix")[2].partition("\n\n")[0].splitlines()[2:]
    stated = [[cell.strip() for cell in row.strip("| ").split(" | ")][1:] for row in table]
    assert stated == [
        row for folder in FOLDERS for row in changes(read_table(tmp_path / folder / "comparison.parquet"))
    ]
    route = read_table(tmp_path / "demo_route" / "comparison.parquet").set_index(["indicator", "group"])
    district = route.loc[("report_to_closure_mean", "level=district")]
    assert f"take {district['baseline_value']:.0f} h layered and {district['value']:.0f} h direct" in " ".join(
        text.split()
    )


FOLDERS = ("demo_route", "demo_staffing", "demo_grid_size")


def changes(comparison: pd.DataFrame) -> Iterator[list[str]]:
    """The rows of the README's table: change to true fix, to closure (with intervals), and of cost, a scenario a row."""
    wide = comparison[comparison["group"] == "all"].set_index(["scenario", "indicator"])
    for scenario in comparison["scenario"].unique():
        rows = [
            (wide.loc[(scenario, name)], digits)
            for name, digits in (("onset_to_fix_mean", 0), ("report_to_closure_mean", 1))
        ]
        cells = [
            f"{signed(row['difference'], d)} [{signed(row['low'], d)}, {signed(row['high'], d)}]" for row, d in rows
        ]
        yield [*cells, signed(wide.loc[(scenario, "cost_per_resident")]["difference"], 0)]


def signed(value: float, digits: int) -> str:
    plain = f"{value:+.{digits}f}".replace("-", "−")
    return "0" if not float(f"{value:.{digits}f}") else plain


def test_changelog_tells_which_numbers_moved() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert versions
    assert [
        version.splitlines()[0]
        for version in versions
        if not re.search(r"^### Numbers moved\n\n- ", version, re.MULTILINE)
    ] == []


def test_model_follows_the_odd_protocol() -> None:
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    found = [heading for heading in re.findall(r"^## (.*)$", text, re.MULTILINE) if heading[0].isdigit()]
    assert found == list(HEADINGS)
    concepts = text.partition("## 4 Design concepts")[2].partition("## 5")[0]
    assert re.findall(r"^\*\*([^*]+)\.\*\*", concepts, re.MULTILINE) == list(CONCEPTS)
    assert "follows the ODD protocol" in text


def test_what_is_said_not_to_exist_does_not() -> None:
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8").partition("## Not built yet")[2]
    missing = re.findall(r"`(\w+)`", "\n".join(line.rpartition(" | ")[2] for line in text.splitlines()))
    assert len(missing) >= 6
    there = set(FORMATS) | {name for policies in POLICIES.values() for name in policies}
    there |= {path.stem for room in CODE for path in (ROOT / room).rglob("*.py")}
    there |= {name for chapter in json_schema(None)["$defs"].values() for name in chapter.get("properties", {})}
    assert {"layered", "lifecycle", "paperwork", "csv"} <= there
    assert sorted(there & set(missing)) == []


def test_documents_name_no_place_outside_the_repository() -> None:
    for path in (*DOCS, ROOT / ".ci" / "run"):
        assert not re.search(r"\.\./shared|(?<![\w.])/work/|/tmp/", path.read_text(encoding="utf-8")), path
