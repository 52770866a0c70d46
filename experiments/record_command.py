"""The command `record STUDY`: one folder that holds what a study answered, and all that makes it again."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.options import RESULTS
from sim.messages import BadInput, language, say

if TYPE_CHECKING:
    from experiments.replication import WorldOf


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The study and where its record goes."""
    parser.add_argument("study", metavar="STUDY", help=say("folder of a finished study, or its name in {folder}", folder=RESULTS))
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="DIR",
                        help=say("where the folder of the record is made (default {folder})", folder=RESULTS))  # fmt: skip
    parser.add_argument("--log", type=Path, metavar="FILE", help=say("case log that a replay scenario replays"))


def execute(args: argparse.Namespace, world_of: WorldOf | None = None) -> int:
    """Write the record; returns 0. Raises BadInput for a study that is not finished, or was made by other code."""
    from experiments.record.contents import MADE, write_record
    from experiments.record.making import WORK, carried_out, lent, taken
    from experiments.staging import Staging
    from experiments.study.inputs import INPUTS
    from experiments.study_command import study_folder

    study = study_folder(args.study, RESULTS).absolute()
    _check(study)
    name = f"{study.name}_record"
    with Staging(args.out.absolute()) as staging:
        record, work = staging.folder(name), staging.folder(WORK)
        shutil.copytree(study / INPUTS, record / INPUTS)
        lent(study, work)
        words = ["--log", str(args.log.absolute())] if args.log else []
        taken(carried_out(record, work, words, world_of, language()), record / MADE)
        facts = write_record(record)
        target = staging.publish(name)
    print(say("Decision record of {runs:,} runs, {files} files: {folder}; make it again with: sh {folder}/remake",
              runs=facts["runs"]["done"], files=len(facts["made"]), folder=_near(target)))  # fmt: skip
    return 0


def _check(study: Path) -> None:
    """Refuse what a record cannot be made of."""
    from experiments.manifest import read_manifest
    from experiments.study.identity import code_changes, code_in_force
    from experiments.study.inputs import INPUTS, STUDY

    try:
        manifest = read_manifest(study)
    except (OSError, ValueError):
        manifest = {}
    if manifest.get("status") != "complete" or not (study / INPUTS / STUDY).is_file():
        raise BadInput(say("{folder}: the study is not finished; run it to its end first (what is done is not repeated)", folder=study))
    changes = code_changes(manifest["model"], code_in_force())
    if changes:
        raise BadInput(say("{folder}: the runs in it were made otherwise: {changes}; run the study again with --resume, then record it",
                           folder=study, changes="; ".join(changes)))  # fmt: skip


def _near(folder: Path) -> Path:
    try:
        return folder.relative_to(Path.cwd())
    except ValueError:
        return folder
