"""A large export is read in time and space that grow with its rows: a tenth of 400,000 rows in a tenth of a minute and 2 GB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.test_replay import city_log

ROOT = Path(__file__).parents[1]
ROWS = 40_000
CHILD = """
import json, resource, sys
import run
code = run.main(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
scale = 1 if sys.platform == "darwin" else 1024
print(json.dumps({"code": code, "seconds": used.ru_utime + used.ru_stime, "bytes": used.ru_maxrss * scale}))
"""


@pytest.fixture(scope="module")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows with unreadable openings, closings before openings, capitals in types, and each hundredth row twice."""
    folder, draw = tmp_path_factory.mktemp("large"), np.random.default_rng(1)
    log = pd.read_csv(city_log(folder / "city.csv.gz", ROWS, 120), dtype=str, keep_default_na=False)
    log.loc[draw.random(ROWS) < 0.005, "open_dt"] = "garbage"
    log.loc[draw.random(ROWS) < 0.01, "closed_dt"] = "2009-01-01 00:00:00"
    log.loc[draw.random(ROWS) < 0.02, "type"] = log["type"].str.upper()
    log = pd.concat([log, log.iloc[::100]])
    log.to_csv(folder / "large.csv", index=False)
    return folder / "large.csv"


@pytest.mark.parametrize("command", ["ingest", "adequacy"])
def test_time_and_space_of_a_large_log(command: str, dirty: Path, tmp_path: Path) -> None:
    """Processor time: 60 s for 400,000 rows are 6 s for 40,000, and 3 s to start."""
    words = [command, str(dirty), "--mapping", "boston311", "--out", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-c", CHILD, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    used = json.loads(done.stdout.splitlines()[-1])
    assert used["code"] == 0
    assert used["seconds"] < 6 + 3
    assert used["bytes"] < 1 << 30
    assert list((tmp_path / "out").iterdir())
