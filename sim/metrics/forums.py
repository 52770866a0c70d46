"""What is settled outside the chain, how long money and projects take, and what is matched or misused."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportReturnType=false

from __future__ import annotations

from functools import partial

import pandas as pd

from sim.metrics.indicator import ELAPSED, NO_CLOCK, Indicator
from sim.metrics.judged import ratio
from sim.records import RunRecords


def _rows(records: RunRecords, *events: str) -> pd.DataFrame:
    """What mechanisms of this room wrote in the judged window."""
    frame, book = records.frame, records["governance"]
    inside = (book["at"] >= frame.warm_up_s) & (book["at"] < frame.judged_until_s)
    return book[inside & book["event"].isin(events)]


def _mean(event: str, records: RunRecords) -> float:
    rows = _rows(records, event)
    return float(rows["amount"].astype(float).mean()) if len(rows) else float("nan")


def _share(event: str, others: tuple[str, ...], records: RunRecords) -> float:
    """Rows of an event over rows of this and other events."""
    return ratio(len(_rows(records, event)), len(_rows(records, event, *others)))


def _over(event: str, whole: str, records: RunRecords) -> float:
    """Rows of an event over rows of another one."""
    return ratio(len(_rows(records, event)), len(_rows(records, whole)))


def _sum_over(event: str, wholes: tuple[str, ...], records: RunRecords) -> float:
    """Sum of the amounts of an event over the sum of those of others."""
    return ratio(float(_rows(records, event)["amount"].sum()), float(_rows(records, *wholes)["amount"].sum()))


def _projects_a_year(records: RunRecords) -> float:
    if not len(_rows(records, "ordered")):
        return float("nan")
    frame = records.frame
    years = (frame.judged_until_s - frame.warm_up_s) / (365 * 86_400)
    return ratio(len(_rows(records, "built")), years)


INDICATORS = (
    Indicator("forum_settled_share", "Settled outside the chain", "settled / brought to residents, mediators or others, and ended",
              "share", "higher", "matters that ended outside the chain or came back", NO_CLOCK,
              partial(_share, "settled outside", ("came back",))),
    Indicator("forum_settled_days_mean", "Days to settle outside", "days from establishment until settled outside the chain, mean",
              "days", "lower", "matters settled outside the chain", ELAPSED, partial(_mean, "settled outside")),
    Indicator("approval_days_mean", "Approval of spending", "days from the request until the money is approved, mean",
              "days", "lower", "requests approved", ELAPSED, partial(_mean, "approved")),
    Indicator("misuse_share", "Approved money misused", "paid requests whose money went elsewhere / paid requests",
              "share", "lower", "requests paid", NO_CLOCK, partial(_over, "misused", "paid")),
    Indicator("project_days_mean", "Days of a project", "days from the order until the project is built, mean",
              "days", "lower", "projects built", ELAPSED, partial(_mean, "built")),
    Indicator("projects_per_year", "Projects a year", "projects built / years of the judged window",
              "projects", "higher", "years of the judged window", NO_CLOCK, _projects_a_year),
    Indicator("project_right_share", "Projects that are right", "projects built right / projects built",
              "share", "higher", "projects built", NO_CLOCK, partial(_share, "right", ("not right",))),
    Indicator("project_sited_share", "Need at the place chosen",
              "what all residents need at the place of a project / at the place needed most, mean",
              "share", "higher", "projects ordered from wishes", NO_CLOCK, partial(_mean, "sited")),
    Indicator("social_money_share", "Social money", "gifts, income and partners' money for projects / all money for projects",
              "share", "higher", "money for projects", NO_CLOCK,
              partial(_sum_over, "social money", ("social money", "public money"))),
    Indicator("needs_matched_share", "Needs matched", "needs that found a slot / needs on the list at each matching",
              "share", "higher", "needs on the list", NO_CLOCK, partial(_sum_over, "matched", ("needs",))),
    Indicator("slots_used_share", "Resources used", "slots that found a need / slots on the list at each matching",
              "share", "higher", "slots on the list", NO_CLOCK, partial(_sum_over, "matched", ("slots",))),
)  # fmt: skip
