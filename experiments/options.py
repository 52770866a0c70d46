"""What `run` and `compare` take on the command line, and how it becomes a plan. Nothing heavy is imported here."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

from sim.messages import say

KEEP = ("indicators", "cases", "all")
RESULTS = Path("results")
SEED = 1


def add_common(parser: argparse.ArgumentParser, keep: str) -> None:
    """The options that `run` and `compare` share; `keep` is the default of --keep."""
    parser.add_argument(
        "--seed",
        type=whole(0),
        default=SEED,
        metavar="N",
        help=say("seed of the first world; replication r uses seed + r (default {seed})", seed=SEED),
    )
    parser.add_argument(
        "--replications", type=whole(1), metavar="N", help=say("worlds to run (default: the scenario's)")
    )
    parser.add_argument("--workers", type=whole(1), metavar="N", help=say("processes (default: as many as pay)"))
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="DIR",
                        help=say("where result folders are made (default {folder})", folder=RESULTS))  # fmt: skip
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        dest="settings",
        metavar="PATH=VALUE",
        help=say("change a value of the scenario, such as time.horizon='90 d' (may be repeated)"),
    )
    parser.add_argument("--with", action="append", default=[], dest="stacked", metavar="OPTION,...",
                        help=say("stack options on the scenario, such as merge_list,whistle; `list options` shows them"))  # fmt: skip
    parser.add_argument("--policy", action="append", default=[], dest="policies", metavar="MODULE:CLASS",
                        help=say("use a policy from outside the tree (may be repeated)"))  # fmt: skip
    parser.add_argument("--log", type=Path, metavar="FILE", help=say("case log that a replay scenario replays"))
    parser.add_argument("--posterior", type=Path, metavar="FILE", help=say(
        "draws of what the log does not show, as calibrate writes them: replication r takes draw r, in every scenario"))  # fmt: skip
    parser.add_argument("--keep", choices=KEEP, default=keep,
                        help=say("tables to keep of every replication (default {keep})", keep=keep))  # fmt: skip
    parser.add_argument(
        "--check", action="store_true", help=say("check the rules that hold in every run; exit 1 if one is broken")
    )
    parser.add_argument("--yes", action="store_true", help=say("start although it needs much memory"))


def whole(least: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least` on, for `type=` of an argument."""

    def read(text: str) -> int:
        value = int(text) if text.isdecimal() else -1
        if not least <= value <= 10**9:
            raise argparse.ArgumentTypeError(
                say("{value} is not a whole number from {least} to 1000000000", value=repr(text), least=least)
            )
        return value

    return read


def settings_of(args: argparse.Namespace) -> list[str]:
    """`--set` and `--policy` as settings, in this order."""
    return [*args.settings, *(_policy_setting(text) for text in args.policies)]


def _policy_setting(text: str) -> str:
    """`module:Class` as the setting of the decision point whose method the class has. Raises BadInput."""
    from experiments.outside import decision_point

    return f"policies.{decision_point(text)}.name={text.rpartition('=')[2]}"


def command_line(name: str, scenarios: Sequence[str], args: argparse.Namespace, replications: int) -> str:
    """The command that makes the same numbers again, from any number of workers."""
    words = [
        "python",
        "run.py",
        name,
        *map(str, scenarios),
        "--seed",
        str(args.seed),
        "--replications",
        str(replications),
    ]
    for flag, values in (("--with", args.stacked), ("--set", args.settings), ("--policy", args.policies)):
        for value in values:
            words += [flag, value]
    if args.log is not None:
        words += ["--log", str(args.log)]
    words += ["--posterior", str(args.posterior)] if args.posterior is not None else []
    words += ["--export", args.export] if getattr(args, "export", "") else []
    return shlex.join([*words, "--keep", args.keep])
