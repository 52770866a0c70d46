"""The folder of a study: what is in it, what of it still holds, and what is missing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from experiments.study.identity import Code, code_changes, scenario_changes
from experiments.study.index import DONE, Index, Row, read_rows
from experiments.study.reading import StudyFile
from experiments.study.run_files import (
    INDICATORS,
    is_sound,
    kept_of,
    placed_runs,
    read_facts,
    seal,
    set_aside,
    suffices,
    table_file,
    tables_of,
)
from experiments.study.settings import settings_key
from experiments.study.single_run import TEMPORARY, Task
from scenarios.reasons import reason_of
from sim.messages import BadInput, say

INDEX, LOCK = "index.sqlite", "lock"


@dataclass
class Found:
    """What a folder held when it was opened."""

    rows: dict[str, Row]
    damaged: list[str] = field(default_factory=list)
    """runs whose files were set aside"""
    adopted: int = 0
    """runs that were found as files only, or in the index of a part of the study"""
    too_little: int = 0
    """runs that have not kept the tables that are wanted now"""


def opened(folder: Path) -> Path:
    """The folder, made if need be. Raises BadInput where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / TEMPORARY).mkdir(exist_ok=True)
        probe = folder / TEMPORARY / f"probe-{os.getpid()}"
        probe.write_text("\n", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        raise BadInput(say("{folder}: cannot be written: {why}", folder=folder, why=reason_of(error))) from error
    return folder


def write_whole(path: Path, text: str) -> None:
    """Write a file under another name first. Raises BadInput where it cannot be written."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise BadInput(say("{folder}: cannot be written: {why}", folder=path, why=reason_of(error))) from error


def base_file(folder: Path, file: StudyFile) -> Path:
    """Where the base scenario of a study lies: each version of it in a file of its own."""
    return folder / f"base-{file.base.digest()[:12]}.yaml"


def changes(index: Index, file: StudyFile, code: Code) -> list[str]:
    """How base scenario and code differ from those of the runs in the folder, in words; none for a new folder."""
    base, before = index.fact("base"), index.fact("code")
    lines = [] if before is None else code_changes(before, code)
    if base is not None and base != file.plain_base:
        lines += scenario_changes(base, json.loads(json.dumps(file.plain_base)))
    return lines


def state(index: Index, file: StudyFile, code: Code) -> None:
    """Note the base scenario and the code that the next runs are made with."""
    index.state({"base": file.plain_base, "code": code.plain(), "study": file.study.name})


def take_stock(folder: Path, index: Index, tasks: Iterable[Task], base: str, code: str) -> Found:
    """What of the wanted runs is there and sound. Damaged files are set aside and their rows taken out."""
    wanted = {task.run_id: task for task in tasks}
    found = Found({run_id: row for run_id, row in index.rows().items() if run_id in wanted})
    adopted = _adopted(folder, found.rows, wanted, base, code)
    index.put(adopted)
    found.adopted = len(adopted)
    found.rows |= {row.run_id: row for row in adopted}
    for run_id, row in list(found.rows.items()):
        if row.status != DONE:
            continue
        if not _is_whole(folder, row):
            set_aside(folder, run_id, json.loads(row.files))
            found.damaged.append(run_id)
            del found.rows[run_id]
        elif not suffices(row.kept, wanted[run_id].keep):
            found.too_little += 1
            del found.rows[run_id]
    index.drop(found.damaged)
    return found


def _is_whole(folder: Path, row: Row) -> bool:
    return all(is_sound(table_file(folder, name, row.run_id), sealed) for name, sealed in json.loads(row.files).items())


def _adopted(folder: Path, known: dict[str, Row], wanted: dict[str, Task], base: str, code: str) -> list[Row]:
    """Rows of the parts of a study that ran elsewhere, and of files that came before their row could be written."""
    rows: dict[str, Row] = {}
    for part in sorted(folder.glob("index.*.sqlite")):
        for row in read_rows(part):
            better = row.status == DONE or row.run_id not in rows
            if row.run_id in wanted and row.run_id not in known and better:
                rows[row.run_id] = row
    for run_id in placed_runs(folder):
        done = run_id in rows and rows[run_id].status == DONE
        if run_id not in wanted or done or (run_id in known and known[run_id].status == DONE):
            continue
        row = _row_of_files(folder, wanted[run_id], base, code)
        if row is not None:
            rows[run_id] = row
    return list(rows.values())


def _row_of_files(folder: Path, task: Task, base: str, code: str) -> Row | None:
    facts = read_facts(table_file(folder, INDICATORS, task.run_id))
    if facts is None or facts[:2] != (task.run_id, task.seed):
        set_aside(folder, task.run_id, tables_of("all"))
        return None
    kept = kept_of(folder, task.run_id)
    files = {name: seal(table_file(folder, name, task.run_id)) for name in tables_of(kept)}
    row = Row(task.run_id, task.seed, settings_key(task.settings), base, code, DONE, kept, cases=facts[3], world=facts[2])
    return replace(row, files=json.dumps(files))


def sweep(folder: Path) -> None:
    """Remove what runs that were cut off have left half written."""
    for path in (folder / TEMPORARY).glob("*"):
        shutil.rmtree(path, ignore_errors=True)
