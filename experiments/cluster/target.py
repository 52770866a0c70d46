"""What `--cluster` names: workers on this machine, a Dask scheduler by its address, or jobs of a SLURM site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from experiments.cluster.slurm import Slurm, read_slurm
from experiments.machine import cores
from sim.messages import BadInput, say

_ADDRESS = re.compile(r"(tcp|tls)://[^\s/:]+:\d{1,5}")
_MOST_LOCAL = 1_000


@dataclass(frozen=True)
class Target:
    """Exactly one of the three is set."""

    local: int = 0
    """processes on this machine"""
    address: str = ""
    slurm: Slurm | None = None

    @property
    def workers(self) -> int:
        """Workers that can be expected; of a scheduler elsewhere only that there is one."""
        if self.slurm is not None:
            return self.slurm.jobs * self.slurm.cores
        return self.local or 1


def from_anywhere(text: str) -> str:
    """What `--cluster` names, so that it means the same in any folder."""
    kind, _, rest = text.partition(":")
    return f"{kind}:{Path(rest).absolute()}" if kind == "slurm" and rest else text


def read_target(text: str) -> Target:
    """The target that `--cluster` names. Raises BadInput for what is none, and for faults in a file of SLURM."""
    kind, _, rest = text.partition(":")
    if kind == "local" and (text == "local" or (rest.isdecimal() and 1 <= int(rest) <= _MOST_LOCAL)):
        return Target(local=int(rest) if rest else cores())
    if kind == "slurm" and rest:
        return Target(slurm=read_slurm(Path(rest)))
    if _ADDRESS.fullmatch(text):
        return Target(address=text)
    raise BadInput(
        say("--cluster: {value} is no cluster; write local, local:4, an address such as tcp://host:8786, or slurm:FILE.yaml",
            value=repr(text))
    )  # fmt: skip
