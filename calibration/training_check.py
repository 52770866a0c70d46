"""What a log must hold for a replay to be fitted: closed cases, open ones, and more than a day."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportAttributeAccessIssue=false, reportGeneralTypeIssues=false, reportArgumentType=false

from __future__ import annotations

from pathlib import Path

from calibration.intake import Intake
from sim.messages import BadInput, say
from sim.records import MISSING
from sim.units import DAY


def check_training(intake: Intake, until: str, log: Path) -> None:
    """Raises BadInput for a training period from which no time to close can be learnt."""
    cases = intake.records["cases"]
    worked = cases[cases["outcome"] != "self_handled"]
    closed = worked["closed_at"] != MISSING
    period = say("the training period until {until}", until=until)
    if not closed.any():
        raise BadInput(say("{log}: {period} holds {cases} cases and none of them is closed; times to close cannot be fitted",
                           log=log, period=period, cases=len(worked)))  # fmt: skip
    spread = int(worked["reported_at"].max() - worked["reported_at"].min())
    if spread < DAY:
        raise BadInput(say("{log}: {period} holds cases of less than one day ({cases} cases within {seconds} s); nothing can be "
                           "learnt about weeks and backlogs", log=log, period=period, cases=len(worked), seconds=spread))  # fmt: skip
    if closed.all():
        raise BadInput(say("{log}: {period} holds {cases} cases and all of them are closed: an export of closed cases only hides "
                           "the slow ones. Export open cases, too", log=log, period=period, cases=len(worked)))  # fmt: skip
