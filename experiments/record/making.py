"""What is made of a study, made again: by the same command, in a folder of its own, from the inputs that were kept."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from experiments.arguments import Arguments
from experiments.study.index import DONE, copy_index, read_rows
from experiments.study.inputs import INPUTS, STUDY
from experiments.study.run_files import RUNS
from experiments.study.study_folder import INDEX
from sim.messages import BadInput, language, say, speak

if TYPE_CHECKING:
    from experiments.replication import WorldOf

_LEFT = (RUNS, INPUTS, "quarantine", ".tmp", "lock")
WORK = "work"
"""Where a study is carried out before what it made is taken over."""
_TABLES = ("points", "factors", "design", "results")


def carried_out(record: Path, where: Path, words: Sequence[str], world_of: WorldOf | None, tongue: str) -> Path:
    """Run the study of a record's inputs below `where`; returns the study's folder. Raises BadInput where it cannot.

    It is read from inside the record, so that what names its file names it alike wherever the record lies. `tongue`: the
    language of its figures and page.
    """
    from experiments.study.carrying_out import CannotWrite
    from experiments.study_command import add_arguments, execute

    parser = Arguments()
    add_arguments(parser)
    args = parser.parse_args([f"{INPUTS}/{STUDY}", "--yes", "--out", str(where.absolute()), *words])
    args.lang = "en"
    before = language()
    speak(tongue)
    try:
        with contextlib.chdir(record), contextlib.redirect_stdout(io.StringIO()):
            execute(args, world_of)
    except CannotWrite as full:
        raise BadInput(say("the study cannot be carried out again: {why}; nothing of this start is kept, so make room and start it anew",
                           why=full.why)) from full  # fmt: skip
    finally:
        speak(before)
    return next(path.parent for path in where.glob("*/design.parquet"))


def lent(study: Path, where: Path) -> None:
    """Put the runs of a study below `where`, so that carrying it out there has nothing to simulate."""
    target = where / study.name
    shutil.copytree(study / RUNS, target / RUNS, copy_function=_linked)
    copy_index(study / INDEX, target / INDEX)


def _linked(source: str, target: str) -> None:
    """A second name for a file, else a copy: files of runs are never changed, only replaced."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def taken(study: Path, target: Path) -> None:
    """Take over what the study has made, every table as CSV too. The folder of the study is used up."""
    target.mkdir(parents=True, exist_ok=True)
    _write_runs(study, target / "runs.csv")
    for path in sorted(study.iterdir()):
        if path.name not in _LEFT and not path.name.startswith(("index.", "lock.")):
            shutil.move(path, target / path.name)
    with duckdb.connect() as database:
        for name in _TABLES:
            source, copy = (str(target / f"{name}.{kind}").replace("'", "''") for kind in ("parquet", "csv"))
            if not Path(target / f"{name}.csv").exists():
                database.execute(f"COPY (SELECT * FROM '{source}') TO '{copy}' (HEADER)")


def _write_runs(study: Path, path: Path) -> None:
    """Every run of the study: its seed, the world that it met and the SHA-256 of its file, or its error."""
    with duckdb.connect() as database:
        rows = database.execute("SELECT DISTINCT run_id FROM read_parquet(?)", [str(study / "design.parquet")]).fetchall()
    wanted = {run_id for (run_id,) in rows}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["run_id", "seed", "settings", "status", "cases", "world", "sha256", "error"])
        for row in read_rows(study / INDEX):
            if row.run_id in wanted:
                seal = json.loads(row.files).get("indicators", ["", ""])[1] if row.status == DONE else ""
                writer.writerow([row.run_id, row.seed, row.settings, row.status, row.cases, row.world, seal, row.error])
