"""`fit`: fit a replay scenario on the training period of a log and write it as YAML with its table of contents."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from calibration.intake import Intake
    from calibration.mapping import Mapping
    from calibration.observed_fit import Measured

WORK_SHARE = 0.25
"""Declared share of hands-on work where nothing else is said (assumed)."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    from sim.messages import say

    parser.add_argument("log", help=say("the log"))
    parser.add_argument("--mapping", required=True, help=say("mapping that reads the log"))
    parser.add_argument("--name", required=True, help=say("name of the scenario to write"))
    parser.add_argument(
        "--until", required=True, metavar="DATE", help=say("end of the training period; nothing after it is read")
    )
    parser.add_argument(
        "--work-share",
        type=float,
        help=say("declared share of the typical measured time that is hands-on work; not stated: work, crews and order as measured "
                 "where the log shows them, else 0.25"),
    )
    parser.add_argument("--out", default="scenarios", metavar="DIR", help=say("folder to write to"))


def execute(args: argparse.Namespace) -> int:
    """Fit and write; returns 0."""
    from pathlib import Path

    from calibration.arrival_files import arrival_chapter
    from calibration.arrival_fit import fit_arrivals
    from calibration.cautions import warn
    from calibration.intake import ingest
    from calibration.mapping_file import read_mapping, with_window
    from calibration.replay_fit import fit_replay
    from calibration.small_groups import folded
    from calibration.training_check import check_training
    from sim.messages import say
    from sim.units import DAY

    _check(args)
    folder = Path(args.out)
    yaml_file, table_file = folder / f"{args.name}.yaml", folder / f"{args.name}_demands.csv"
    mapping = read_mapping(args.mapping)
    training = ingest(
        Path(args.log), with_window(mapping, None, f"{args.until} 00:00" if len(args.until) == 10 else args.until)
    )
    check_training(training, args.until, Path(args.log))
    training = folded(training)
    whole = ingest(Path(args.log), mapping)
    warn(whole.quality)

    measured = _measured(args, training, mapping)
    days = -(-whole.records.frame.horizon_s // DAY)
    tree = fit_replay(training, args.name, args.mapping, whole.sha256, args.work_share, _tell, days, measured)
    arrivals = fit_arrivals(training, tree["time"]["holidays"])
    source = f"log: {args.mapping} up to {args.until}"
    tree["replay"]["arrivals"], texts = arrival_chapter(arrivals.tree, args.name, source)
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    _write(tree, yaml_file, table_file, args)
    print(say("written: {yaml} and {table}", yaml=yaml_file, table=table_file))
    return 0


def _tell(step: str) -> None:
    from sim.messages import say

    print(say("tried utilisation {step}", step=step), flush=True)


def _measured(args: argparse.Namespace, training: Intake, mapping: Mapping) -> Measured | None:
    """What the log shows, said; None where a share of work is stated, and then all is declared."""
    from calibration.observed_fit import measured_of
    from sim.messages import say

    if args.work_share is not None:
        return None
    args.work_share, measured = WORK_SHARE, measured_of(training, mapping)
    if measured.work is None:
        print(say("hands-on work is not in this log: a quarter of the typical time to close is declared (--work-share)"))
    else:
        print(say("hands-on work is measured in this log: {source}", source=measured.work_source))
    policy = measured.queueing()
    print(say("queue: {policy} ({source})", policy=policy["name"], source=policy["source"]), flush=True)
    return measured


def _check(args: argparse.Namespace) -> None:
    """Raises BadInput for a share, a name or a folder with which nothing can be written."""
    from pathlib import Path

    from calibration.arrival_files import files_of
    from sim.messages import BadInput, say

    if args.work_share is not None and not 0 < args.work_share < 1:
        raise BadInput(say("--work-share {value}: must lie between 0 and 1, both left out", value=args.work_share))
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", args.name):
        raise BadInput(say("--name {name}: begin with a small letter and use small letters, digits and _ only, 60 at most",
                           name=repr(args.name)))  # fmt: skip
    folder = Path(args.out)
    if folder.is_file():
        raise BadInput(say("{file}: is a file; name a folder with --out", file=folder))
    for file in (folder / f"{args.name}.yaml", folder / f"{args.name}_demands.csv", *files_of(args.name, folder).values()):
        if file.exists():
            raise BadInput(say("{file}: exists already; choose another --name or --out, or remove it", file=file))


def _write(tree: dict[str, Any], yaml_file: Any, table_file: Any, args: argparse.Namespace) -> None:
    import csv
    import json
    from pathlib import Path

    from ruamel.yaml import YAML

    demands = tree["replay"].pop("demands")
    tree["replay"]["demands"] = f"csv: {table_file.name}"
    reader = Path(args.mapping).stem[:40]  # a title has at most 120 characters
    tree["title"] = f"Replay of the log read by {reader}, fitted until {args.until}"
    tree["title_zh"] = f"重放 {reader} 日志，拟合截至 {args.until}"
    with table_file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["department", "category", "work", "wait", "never"])
        for row in demands:
            writer.writerow([json.dumps(row["department"]), json.dumps(row["category"], ensure_ascii=False),
                             json.dumps(row["work"]), json.dumps(row["wait"]), row["never"]])  # fmt: skip
    with yaml_file.open("w", encoding="utf-8") as stream:
        stream.write(
            f"# Written by: run.py fit LOG --mapping {args.mapping} --name {args.name} --until {args.until} --work-share {args.work_share}\n"
        )
        writer_yaml = YAML()
        writer_yaml.width, writer_yaml.allow_unicode = 120, True
        writer_yaml.dump(tree, stream)
