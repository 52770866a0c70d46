"""Asking the runs of a study in SQL: tables, refusals, ten thousand runs, files that are torn."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
from experiments.study.index import DONE, Index, Row, read_rows
from experiments.study.layout_tables import put_table
from experiments.study.queries import ask, open_study
from experiments.study.run_files import seal, table_file, write_indicators
from sim.messages import BadInput


def test_queries_print_write_csv_and_refuse_in_one_line(
    finished: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    study = str(finished / "out/tried")
    assert run.main(["query", "--study", study]) == 0
    assert {line.split()[0] for line in capsys.readouterr().out.splitlines()[1:-1]} == {
        "design", "factors", "failures", "indicators", "points", "results", "runs"
    }  # fmt: skip
    assert run.main(["query", "select choice, count(*) as n from runs group by 1 order by 1", "--csv", "--study", study]) == 0
    assert capsys.readouterr().out == "choice,n\n0,2\n1,2\n2,2\n3,2\n"
    assert run.main(["query", "select name, grid from points order by point limit 2", "--study", study]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["baseline                 300", "grid=300, route=direct   300", "2 rows"]
    assert run.main(["query", "select nothing from nowhere", "--study", study]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "there are the tables design, factors, failures, indicators, points, results, runs" in told
    assert run.main(["query", "select 1", "--study", "nowhere"]) == 2
    monkeypatch.chdir(finished)
    assert run.main(["query", "select 1"]) == 2
    assert "there is no study in results" in capsys.readouterr().err


def test_ten_thousand_runs_are_small_and_quick_to_ask(tmp_path: Path) -> None:
    """Made-up rows; by default a tenth of them: what holds for it ten times over holds for all."""
    runs, names = 10_000 if os.environ.get("WANGGE_FULL") else 1_000, [f"indicator_{number}" for number in range(60)]
    folder = tmp_path / "many"
    draw = np.random.default_rng(1)
    (folder / "runs" / "indicators").mkdir(parents=True)
    rows = []
    for number in range(runs):
        run_id = f"{number:024d}"
        frame = pd.DataFrame({"run_id": run_id, "seed": number, "world": "w" * 64, "cases": 80, "indicator": names * 3,
                              "group": np.repeat(["all", "level=grid", "level=district"], 60), "value": draw.random(180)})  # fmt: skip
        path = table_file(folder, "indicators", run_id)
        write_indicators(frame, path)
        rows.append(Row(run_id, number, "[]", "b" * 64, "c" * 64, DONE, "indicators", files=json.dumps({"indicators": seal(path)})))
    with Index(folder / "index.sqlite") as index:
        index.put(rows)
    put_table(pd.DataFrame({"point": range(runs), "world": 0, "seed": range(runs), "run_id": [row.run_id for row in rows]}),
              folder / "design.parquet")  # fmt: skip
    put_table(pd.DataFrame({"point": range(runs), "choice": range(runs), "draw": 0, "name": "p"}), folder / "points.parquet")
    blocks = sum(4_096 * -(-path.stat().st_size // 4_096) for path in folder.rglob("*") if path.is_file())
    times = 10_000 / runs
    assert times * blocks < 300e6
    begun = time.process_time()
    with open_study(folder) as database:
        found = ask(database, "SELECT indicator, avg(value) AS mean FROM indicators WHERE \"group\" = 'all' GROUP BY 1")
    assert len(found) == 60
    assert abs(found["mean"].mean() - 0.5) < 0.01
    spent = times * (time.process_time() - begun)
    print(f"\n10,000 runs: {times * blocks / 1e6:.0f} MB on disk, {spent:.1f} s of CPU to ask all of them")
    assert spent < 60
    assert len(read_rows(folder / "index.sqlite")) == runs


@pytest.mark.parametrize("place", [0, -1])
def test_a_file_that_is_torn_after_its_run_is_named_by_a_query(copied: Path, place: int) -> None:
    path = sorted((copied / "out/tried/runs/indicators").iterdir())[place]
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(BadInput, match="damaged files are set aside"), open_study(copied / "out/tried") as database:
        ask(database, "SELECT sum(value) FROM indicators")
