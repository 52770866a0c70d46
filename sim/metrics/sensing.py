"""What devices are for: visits after an alarm, hazards found before anybody is hurt, what no device sees, faults, elders, doors."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false

from __future__ import annotations

from functools import partial

from sim.metrics.indicator import ELAPSED, NO_CLOCK, Indicator
from sim.metrics.judged import judged_cases, judged_issues, ratio, share
from sim.records import RunRecords

MINUTE_S, HOUR_S, YEAR_S = 60, 3_600, 365 * 86_400
SEEN = ("discovery",)


def _alarm_to_visit(records: RunRecords) -> float:
    cases = judged_cases(records)
    seen = cases.where("channel", "sensor") & cases.has("verified_at")
    return float((cases["verified_at"] - cases["reported_at"])[seen].mean()) / MINUTE_S


def _identified(category: str, records: RunRecords) -> float:
    issues = judged_issues(records)
    return share(issues.where("found_by", "patrol", "sensor"), issues.where("category", category))


def _unwatched_exposure(records: RunRecords) -> float:
    issues = judged_issues(records)
    return float(issues["exposure_s"][~issues.has("sensor_at")].mean()) / HOUR_S


def _exposure_of(category: str, records: RunRecords) -> float:
    issues = judged_issues(records)
    began = issues.where("category", category) & ~issues.where("found_by", "prevented")
    return float(issues["exposure_s"][began].mean()) / HOUR_S


def _hours_to_find(category: str, records: RunRecords) -> float:
    """What nobody finds counts until it is over or the run ends."""
    issues = judged_issues(records)
    found = (issues["found_at"] - issues["onset"]).where(issues.has("found_at"), issues["exposure_s"])
    return float(found[issues.where("category", category)].mean()) / HOUR_S


def _began_per_1000(category: str, records: RunRecords) -> float:
    issues, frame = judged_issues(records), records.frame
    if not bool(issues.where("category", category).any()):
        return float("nan")
    began = int((issues.where("category", category) & ~issues.where("found_by", "prevented")).sum())
    years = (frame.judged_until_s - frame.warm_up_s) / YEAR_S
    return ratio(1000.0 * began, frame.population * years)


INDICATORS = (
    Indicator("alarm_to_visit_minutes", "Alarm to visit", "minutes from an alarm until somebody has looked on site, mean", "minutes",
              "lower", "alarms that were verified", ELAPSED, _alarm_to_visit, SEEN),
    Indicator("hazards_identified_share", "Fire hazards identified", "fire hazards first found by patrol or sensor / fire hazards",
              "share", "higher", "fire hazards", NO_CLOCK, partial(_identified, "fire_safety"), SEEN),
    Indicator("unwatched_exposure_hours", "Exposure without a device",
              "hours live inside the run of an issue that no device reported to anybody, mean", "hours", "lower",
              "issues without an alarm", ELAPSED, _unwatched_exposure, SEEN),
    Indicator("facility_fault_hours", "Fault of a public facility", "hours that a broken facility was live inside the run, mean",
              "hours", "lower", "broken facilities", ELAPSED, partial(_exposure_of, "facilities"), SEEN),
    Indicator("facility_faults_per_1000", "Faults of public facilities", "broken facilities a year / 1000 residents", "issues/year",
              "lower", "1000 residents", NO_CLOCK, partial(_began_per_1000, "facilities"), SEEN),
    Indicator("elder_found_hours", "Until an elder in need is found",
              "hours from the onset until somebody knows (or it is over), mean", "hours", "lower", "elders in need", ELAPSED,
              partial(_hours_to_find, "elder_welfare"), SEEN),
    Indicator("noise_found_hours", "Until noise is found", "hours from the onset until somebody knows (or it is over), mean", "hours",
              "lower", "noise", ELAPSED, partial(_hours_to_find, "noise"), SEEN),
    Indicator("break_ins_per_1000", "Break-ins", "break-ins a year / 1000 residents", "issues/year", "lower", "1000 residents",
              NO_CLOCK, partial(_began_per_1000, "break_in"), SEEN),
)  # fmt: skip
