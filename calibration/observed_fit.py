"""What a log shows by itself, as a fit takes it: crews, work and the order of the queue, each with where it comes from."""

# The stubs of pandas say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calibration.adequacy_groups import SMALLEST
from calibration.intake import Intake
from calibration.mapping import Mapping
from calibration.observed_crews import InHand, Span, in_hand_of
from calibration.observed_order import Order, order_of
from calibration.observed_presence import Presence, presence_of
from calibration.observed_queue import starts_of_cases, waits_of
from calibration.observed_work import Work, WorkSeen, work_of

PLAYED = {"first_come": "first_come", "due": "due", "shortest": "shortest_estimate", "class_due": "due"}
"""Rule that was observed -> queueing policy that plays it; a replay's cases have no classes, so that inside all of them is one."""
LEAST_AT_ONCE = 0.5
"""Where fewer are at work at once on average, the touches of a log are too few to tell crews (judgement)."""


@dataclass(frozen=True)
class CrewsMeasured:
    """Crews of a department, and the source as a scenario states it."""

    crews: int
    source: str


@dataclass(frozen=True)
class Measured:
    """`there`: department -> seconds that resources were at work for it, and resources; `in_hand`: most cases in hand on a
    day. Empty or None: the log does not show it."""

    work: Work | None
    there: dict[str, tuple[float, int]]
    in_hand: dict[str, Span]
    order: Order | None

    def crews(self, unit: str, open_s: float) -> CrewsMeasured | None:
        """Crews of a department that is open for `open_s` seconds."""
        if unit in self.there:
            seconds, people = self.there[unit]
            at_once = seconds / open_s
            if at_once < LEAST_AT_ONCE:
                return None
            among = str(people) if people >= SMALLEST else f"fewer than {SMALLEST}"
            text = f"log: {at_once:.2f} of {among} resources at work at once over the open hours (first to last touch of a day)"
            return CrewsMeasured(max(1, round(at_once)), text)
        if unit in self.in_hand:
            peak = self.in_hand[unit]
            text = f"log: most cases in hand at once on a day, 90 % of days at most {peak.p90:.0f} (median {peak.median:.0f})"
            return CrewsMeasured(max(1, round(peak.p90)), text)
        return None

    def work_row(self, unit: str, category: str) -> WorkSeen | None:
        """Measured work of a category of a department."""
        return None if self.work is None else self.work.of(unit, category)

    def mean_work(self, unit: str) -> float | None:
        """Mean seconds of work of a case of a department."""
        row = self.work_row(unit, "")
        return None if row is None else max(1.0, row.mean)

    @property
    def work_source(self) -> str:
        """How the scenario says that work was measured."""
        if self.work is None:
            return ""
        whole = self.work.rows[0]
        figures = f"{whole.mean / 3600:.2f} h [{whole.low / 3600:.2f}, {whole.high / 3600:.2f}] a case, {whole.cases} closed cases"
        if self.work.source == "steps":
            return f"log: timed steps, {figures}"
        return f"log: start to end of handling in working hours, interruptions included, {figures}"

    def queueing(self) -> dict[str, Any]:
        """The queueing policy with its source: the observed rule where it is clear and a policy plays it, else first come."""
        order = self.order
        if order is None:
            return {"name": "first_come", "source": "assumed: the log does not tell who was taken first"}
        best = order.best
        if best is None or order.verdict != "clear" or order.reading != "busy":
            return {"name": "first_come", "source": f"assumed: the order in the log is not clear (verdict: {order.verdict})"}
        seen = f"{best.rule} holds in {best.share:.0%} of {best.choices} choices, at random {best.random:.0%}"
        if best.rule not in PLAYED:
            of = f" of {best.column}" if best.column else ""
            return {"name": "first_come", "source": f"assumed: no policy of a replay plays what the log shows ({best.rule}{of}: {seen})"}
        policy: dict[str, Any] = {"name": PLAYED[best.rule], "source": f"log: {seen}"}
        return policy | ({"params": {"inside_class": False}} if best.rule == "shortest" else {})


def measured_of(intake: Intake, mapping: Mapping) -> Measured:
    """What a training period shows."""
    waits, presence = waits_of(intake, mapping), presence_of(intake)
    in_hand: tuple[InHand, ...] = in_hand_of(waits) if waits is not None and waits.source == "cases" else ()
    there = {} if presence is None or presence.dates_only or not presence.persons else _there(presence)
    return Measured(
        work_of(intake, presence, starts_of_cases(intake, mapping)), there, {each.unit: each.peak for each in in_hand},
        None if waits is None else order_of(waits),
    )  # fmt: skip


def _there(presence: Presence) -> dict[str, tuple[float, int]]:
    """Seconds at work by department: the span of a resource's day, shared by its touches."""
    mine = presence.touches.groupby(["unit", "resource", "day"], as_index=False).agg(mine=("at", "size"))
    spans = presence.spans.merge(mine, on=["resource", "day"])
    spans["seconds"] = (spans["last"] - spans["first"]) * spans["mine"] / spans["touches"]
    return {
        str(unit): (float(rows["seconds"].sum()), int(rows["resource"].nunique())) for unit, rows in spans.groupby("unit")
    }
