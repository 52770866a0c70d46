"""The file behind `--cluster slurm:FILE.yaml`: what each job of a SLURM site gets, and how many jobs there are."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from scenarios.faults import Faults, guess, refuse
from scenarios.guard import read_text, shown_path
from scenarios.marks import Mark, Node, dotted, locate, plain
from scenarios.wording import Complaint, worded
from scenarios.yaml_text import read_yaml
from sim.messages import say
from sim.scenario.chapter import Chapter, entry
from sim.units import Span

_MEMORY = r"^[1-9][0-9]* ?(MB|GB|TB)$"


class Slurm(Chapter):
    """One job: so many single workers, on one node, until its walltime is over."""

    queue: str = entry("queue (partition) of the site", min_length=1)
    cores: int = entry("workers of a job, a core each", "cores", ge=1, le=1_024)
    memory: str = entry("memory of a job, such as 16 GB", pattern=_MEMORY)
    walltime: Span = entry("time after which the site ends a job, such as 2 h", "duration")
    jobs: int = entry("jobs that are asked for", "jobs", 1, ge=1, le=10_000)
    account: str | None = entry("account that is charged", default=None, min_length=1)
    interface: str | None = entry("network interface of the nodes, such as ib0", default=None, min_length=1)
    options: tuple[str, ...] = entry("further options of sbatch", default=())
    before: tuple[str, ...] = entry("lines of shell before a worker starts, such as module load python", default=())

    @property
    def clock(self) -> str:
        """The walltime as SLURM writes it, hours:minutes:seconds."""
        seconds = int(self.walltime.seconds)
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def read_slurm(path: Path) -> Slurm:
    """Read the file. Raises BadInput with one line a fault, file, line and column."""
    faults = Faults()
    file = shown_path(path)
    rule = say("a file for SLURM is a mapping; write keys such as queue: and cores:")
    tree = read_yaml(read_text(path), file, faults, rule)
    if not isinstance(tree.value, dict):
        raise refuse(tree.mark, rule)
    tree = Node(tree.value, Mark(file, 1, 1), tree.keys)
    faults.finish()
    try:
        return Slurm.model_validate_json(json.dumps(plain(tree)), strict=True)
    except ValidationError as error:
        for complaint in error.errors(include_url=False):
            _note(complaint, tree, faults)
    faults.finish()
    raise AssertionError("a fault was noted")


def _note(complaint: Complaint, tree: Node, faults: Faults) -> None:
    location = complaint["loc"]
    spot = locate(tree, location)
    mark = spot.mark if complaint["type"] == "extra_forbidden" else spot.value_mark
    faults.add(mark, dotted(spot.path), _text(complaint))


def _text(complaint: Complaint) -> str:
    location, kind = complaint["loc"], complaint["type"]
    if kind == "extra_forbidden":
        known = list(Slurm.model_fields)
        return say("unknown key; allowed keys: {known}", known=", ".join(known)) + guess(str(location[-1]), known)
    if kind == "missing":
        meaning = say(str(Slurm.model_fields[location[-1]].description))
        return say("missing; add {key}: ({meaning})", key=location[-1], meaning=meaning)
    if kind == "string_pattern_mismatch":
        return say("{value} is no memory; write a number with MB, GB or TB", value=repr(complaint["input"]))
    return worded(complaint, location)
