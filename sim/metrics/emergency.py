"""Emergencies: how soon people hear, come, leave and are supplied, and what is left in the queues.

About emergencies that strike in the judged window. What never came counts as long as the emergency (or the run) lasted.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportCallIssue=false

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from sim.metrics.indicator import ELAPSED, NO_CLOCK, Indicator
from sim.metrics.judged import ratio
from sim.records import RunRecords

HOUR_S, DAY_S = 3_600, 86_400
AFTER_DAYS = 7
_SITE = ["emergency", "unit"]


def _rows(records: RunRecords, event: str) -> pd.DataFrame:
    """Rows of an event that belong to judged emergencies (or, if to none, lie in the judged window)."""
    book, frame = records["emergencies"], records.frame
    struck = book[book["event"] == "strikes"]
    judged = struck[(struck["at"] >= frame.warm_up_s) & (struck["at"] < frame.judged_until_s)]
    free = (book["emergency"] == "") & (book["at"] >= frame.warm_up_s)
    return book[(book["event"] == event) & (free | book["emergency"].isin(list(judged["emergency"])))]


def _times(records: RunRecords, event: str) -> pd.Series:
    """When an event first happened at each site."""
    return _rows(records, event).astype(dict.fromkeys(_SITE, str)).groupby(_SITE)["at"].min()


def _waits(records: RunRecords, begin: str, event: str, among: str) -> pd.Series:
    """Hours from one event to another at each site at which `among` happened; NaN where the second never came."""
    since = _times(records, begin)
    since = since[since.index.isin(_times(records, among).index)]
    return (_times(records, event).reindex(since.index) - since) / HOUR_S


def _hours(begin: str, event: str, among: str, records: RunRecords) -> float:
    waits = _waits(records, begin, event, among)
    until_over = _waits(records, begin, "over", among)
    until_end = (records.frame.horizon_s - _times(records, begin).reindex(waits.index)) / HOUR_S
    waits = waits.fillna(until_over).fillna(until_end)
    return float(waits.mean()) if len(waits) else float("nan")


def _within(event: str, minutes: int, among: str, records: RunRecords) -> float:
    waits = _waits(records, "strikes", event, among)
    return float((waits <= minutes / 60).mean()) if len(waits) else float("nan")


def _sum(records: RunRecords, event: str) -> float:
    return float(_rows(records, event)["amount"].sum())


def _share(part: str, whole: str, records: RunRecords) -> float:
    return ratio(_sum(records, part), _sum(records, whole))


def _delivery_minutes(records: RunRecords) -> float:
    return float(_rows(records, "delivery")["amount"].mean()) / 60


def _delivery_in_time(records: RunRecords) -> float:
    took = _rows(records, "delivery")["amount"]
    return ratio(int((took <= HOUR_S / 2).sum()), len(took))


def _wrong_stores(records: RunRecords) -> float:
    wrong = len(_rows(records, "wrong_store"))
    return ratio(wrong, wrong + len(_rows(records, "delivery")))


def _expired(records: RunRecords) -> float:
    return _share("expired", "stock_checked", records)


def _handed_out_per_hour(records: RunRecords) -> float:
    rows = _rows(records, "handed_out").astype(dict.fromkeys(_SITE, str))
    if not len(rows):
        return float("nan")
    last = rows.groupby(_SITE)["at"].max()
    hours = (last - _times(records, "community_informed").reindex(last.index)) / HOUR_S
    return ratio(float(rows["amount"].sum()), float(hours.sum()))


def _began(records: RunRecords) -> set[int]:
    """Numbers of the issues that judged emergencies let begin."""
    numbers = {int(detail) for detail in _rows(records, "surge_issue")["detail"]}
    return numbers - {int(detail) for detail in _rows(records, "prevented")["detail"]}


def _issues(records: RunRecords) -> float:
    sites = len(_times(records, "strikes"))
    return len(_began(records)) / sites if sites else float("nan")


def _issue_hours(records: RunRecords) -> float:
    issues = records["issues"]
    lived = issues["exposure_s"][issues["issue_id"].isin(list(_began(records)))]
    return float(lived.mean()) / HOUR_S if len(lived) else float("nan")


def _backlog(records: RunRecords) -> float:
    """Open cases a week after the end of each emergency, less those on the day before it struck."""
    units = records["units"]
    open_cases: dict[int, int] = units[units["kind"] == "grid"].groupby("day")["backlog"].sum().to_dict()
    begin, end = _times(records, "strikes").to_dict(), _times(records, "over").to_dict()
    days = [(begin[site] // DAY_S - 1, end[site] // DAY_S + AFTER_DAYS) for site in end if site in begin]
    left = [open_cases[b] - open_cases[a] for a, b in days if a in open_cases and b in open_cases]
    return float(np.mean(left)) if left else float("nan")


def _steps(records: RunRecords) -> float:
    rows = _rows(records, "plan_ready")
    return float(rows["amount"].mean()) if len(rows) else float("nan")


SITES = "struck communities, emergency by emergency"


def _span(
    name: str, label: str, formula: str, begin: str, event: str, whole: str = SITES, among: str = "strikes"
) -> Indicator:
    compute = partial(_hours, begin, event, among)
    return Indicator(name, label, formula, "hours", "lower", whole, ELAPSED, compute, ("emergencies",))


def _limit(
    name: str, label: str, formula: str, event: str, minutes: int, whole: str = SITES, among: str = "strikes"
) -> Indicator:
    compute = partial(_within, event, minutes, among)
    return Indicator(name, label, formula, "share", "higher", whole, ELAPSED, compute, ("emergencies",))


def _other(
    name: str, label: str, formula: str, unit: str, better: str, whole: str, compute: Callable[[RunRecords], float]
) -> Indicator:
    return Indicator(name, label, formula, unit, better, whole, NO_CLOCK, compute, ("emergencies",))  # type: ignore[arg-type]


FORCED, LEAVING = "emergencies with a professional force", "emergencies for which homes must be left"
PREPARED = "emergencies for which the community is prepared"
INDICATORS = (
    _span("emergency_warning_hours", "Emergency: until the community knows",
          "hours from the beginning until the community has heard of it, mean", "strikes", "community_informed"),
    _limit("emergency_response_15min", "Emergency: somebody set out within 15 min",
           "first person set out at most 15 min after the beginning / struck communities", "first_response", 15),
    _span("emergency_worker_hours", "Emergency: until a worker is on site",
          "hours from the beginning until the first grid worker is on site, mean", "strikes", "worker_on_site"),
    _limit("emergency_worker_30min", "Emergency: worker on site within 30 min",
           "first grid worker on site at most 30 min after the beginning / struck communities",
           "worker_on_site", 30),
    _span("emergency_force_hours", "Emergency: until the force is on site",
          "hours from the beginning until the professional force is on site, mean", "strikes", "force_on_site", FORCED,
          "force_called"),
    _limit("emergency_force_1h", "Emergency: force on site within 1 h",
           "professional force on site at most 1 h after the beginning / emergencies with a professional force",
           "force_on_site", 60, FORCED, "force_called"),
    _span("emergency_hours", "Emergency: until it is over", "hours from the beginning until it is over, mean",
          "strikes", "over"),
    _span("emergency_mode_hours", "Emergency: until emergency mode",
          "hours from the message until the community works in emergency mode, mean", "mode_called", "mode_on",
          PREPARED, "mode_called"),
    _span("evacuation_hours", "Evacuation",
          "hours from the message until the last person is in the shelter, mean", "must_leave", "evacuated", LEAVING,
          "must_leave"),
    _other("emergency_steps_unknown", "Emergency: steps of the plan to be found out",
           "steps of the plan that nobody knew, mean", "steps", "lower", SITES, _steps),
    _other("goods_unmet_share", "Goods: need never met", "person-days that no store had / person-days needed",
           "share", "lower", "person-days needed", partial(_share, "unmet", "material_demand")),
    _other("goods_delivery_minutes", "Goods: until delivered", "minutes from the order to the place, mean", "minutes",
           "lower", "deliveries", _delivery_minutes),
    _other("goods_delivery_30min", "Goods: delivered within 30 min", "deliveries at most 30 min after the order / deliveries",
           "share", "higher", "deliveries", _delivery_in_time),
    _other("goods_wait_hours", "Goods: wait of a person", "hours from the need until handed out, mean over persons served",
           "hours", "lower", "persons served, day by day", partial(_share, "waited", "handed_out")),
    _other("goods_wrong_store_share", "Goods: stores asked in vain", "stores that had nothing / stores asked", "share",
           "lower", "stores asked", _wrong_stores),
    _other("goods_expired_share", "Goods: out of date", "person-days thrown out at checks / person-days looked at", "share",
           "lower", "person-days looked at", _expired),
    _other("goods_handed_out_per_hour", "Goods: handed out an hour",
           "persons served / hours from the message to the last one served", "persons", "higher",
           "hours of handing out", _handed_out_per_hour),
    _other("emergency_issues", "Emergency: issues that it let begin", "issues that began because of it, mean", "issues",
           "lower", SITES, _issues),
    _other("emergency_issue_hours", "Emergency: hours until its issues are gone",
           "hours that its issues were live inside the run, mean", "hours", "lower", "issues out of emergencies",
           _issue_hours),
    _other("emergency_backlog", "Emergency: routine backlog that it leaves",
           "open cases a week after its end less those on the day before it, mean", "cases", "lower", SITES, _backlog),
)  # fmt: skip
