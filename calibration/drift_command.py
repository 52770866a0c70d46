"""`calibrate SCENARIO --monitor FILE`: whether a calibrated scenario still fits the new weeks of a later export."""

# The stubs of pandas, numpy and scipy say less than is so here.
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from datetime import date
from pathlib import Path

from calibration.drift_monitor import CASES, Drift, drift
from calibration.later_export import calibrated, whole_days
from sim.civil_time import CivilTime
from sim.messages import BadInput, say


def monitored(name: str, log: Path, out: Path) -> Drift:
    """The drift of an export that holds the training weeks and later ones. Raises BadInput where there is nothing to tell."""
    scenario = calibrated(name, out)
    assert scenario.replay is not None
    intake = whole_days(log, scenario)
    frame = intake.records.frame
    civil = CivilTime(date.fromisoformat(frame.start), frame.zone)
    trained = civil.seconds_at(date.fromisoformat(scenario.replay.trained_until))
    found = drift(intake.records["cases"], civil, trained, frame.horizon_s)
    if not len(found.table):
        raise BadInput(say("{log}: too few whole weeks before or after {date} to tell a drift; three of each are needed",
                           log=log, date=scenario.replay.trained_until))  # fmt: skip
    return found


def drift_text(found: Drift, most: int = 12) -> str:
    """The verdict, and the rows that moved most."""
    verdict = say("The scenario no longer fits: something has moved since it was learnt.") if found.alarm else say(
        "No drift shown: the new weeks look like those that the scenario was learnt from.")  # fmt: skip
    lines = [say("{weeks} new weeks. {verdict}", weeks=found.weeks, verdict=verdict)]
    for row in found.table.head(most).itertuples(index=False):
        before, after = (f"{value:,.0f}" if row.measure == CASES else f"{100 * value:.0f} %" for value in (row.trained, row.new))
        mark = say("moved") if row.alarm else "–"
        lines.append(f"{row.department}  {say(str(row.measure))}: {before} → {after}  p={row.p_holm:.3f}  {mark}")
    lines.append(say("p is corrected for the number of rows (Holm); a false alarm is to be expected in at most 5 % of looks where "
                     "weeks are alike and independent. A storm is an alarm, too."))  # fmt: skip
    return "\n".join(lines)
