"""A study for tests: a small town for ten days, two levers, two worlds; and what its folder holds."""

from __future__ import annotations

import textwrap
from pathlib import Path

import run
from experiments.study.reading import StudyFile, read_study
from tests.small_town import SMALL

SHORT = {**dict(setting.split("=") for setting in SMALL), "time.horizon": "10 d", "time.warm_up": "1 d"}
GRIDS = "places.households_per_grid"

LEVERS = f"""
levers:
  - {{name: grid, path: {GRIDS}, values: [300, 400]}}
  - name: route
    options:
      layered: {{policies.dispatch.name: layered}}
      direct: {{policies.dispatch.name: direct}}
"""


def study_text(levers: str = LEVERS, design: str = "{kind: full_factorial}", more: str = "replications: 2") -> str:
    """The text of a study of the small town."""
    settings = "\n".join(f"    {path}: {value}" for path, value in SHORT.items())
    head = "schema_version: 1\nname: tried\nquestion: Is it so?\nquestion_zh: 是吗？\nbase:\n  scenario: baseline\n  settings:\n"
    outcomes = "outcomes:\n  - {indicator: report_to_closure_mean, threshold: 50}\n  - {indicator: cases_judged}\n"
    return f"{head}{settings}\n{textwrap.dedent(levers)}\n{outcomes}design: {design}\n{more}\n"


def write_study(folder: Path, text: str | None = None) -> Path:
    """A study file in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "tried.yaml"
    path.write_text(study_text() if text is None else text, encoding="utf-8")
    return path


def read_text(folder: Path, text: str) -> StudyFile:
    """A study read from a text."""
    return read_study(str(write_study(folder, text)))


def carry_out(path: Path, out: Path, *words: str, workers: int = 1, report: bool = False) -> int:
    """`run.py study` in this process; the exit code. Figures and page, which take longest, only if asked for."""
    more = [] if report else ["--no-report"]
    return run.main(["study", str(path), "--out", str(out), "--workers", str(workers), *more, *words])


def run_files(folder: Path, table: str = "indicators") -> dict[str, bytes]:
    """The files of one table of a study's runs, by run."""
    return {path.stem: path.read_bytes() for path in sorted((folder / "runs" / table).glob("*.parquet"))}


def stamps(home: Path) -> dict[str, int]:
    """When each file of indicators below home/out was written, by run."""
    return {path.stem: path.stat().st_mtime_ns for path in (home / "out/tried/runs/indicators").glob("*.parquet")}
