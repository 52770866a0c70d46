"""What holds in every run, whatever the scenario: rules that say where the records break them.

A rule compares tables that were written apart, or numbers of one row, so that a fault of the model shows here before
it shows in an indicator. What a log cannot answer (an empty table, a measured log) breaks no rule.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.invariant_rules import agreement, capacity, conservation, order
from sim.messages import say
from sim.records import RunRecords

RULES: dict[str, Callable[[RunRecords], list[str]]] = {
    "times in order": order.times_in_order,
    "times inside the run": order.times_inside_run,
    "events in order": order.events_in_order,
    "spells fit": order.spells_fit,
    "issues in order": order.issues_in_order,
    "one thing at a time": capacity.one_thing_at_a_time,
    "nobody idle beside work": capacity.nobody_idle_beside_work,
    "cases conserved": conservation.cases_conserved,
    "Little's law": conservation.littles_law,
    "parts make the whole": conservation.parts_make_the_whole,
    "backlog follows": conservation.backlog_follows,
    "nothing lost": conservation.nothing_lost,
    "time adds up": agreement.time_adds_up,
    "staff days add up": agreement.staff_days_add_up,
    "limits agree": agreement.limits_agree,
    "exposure is life": agreement.exposure_is_life,
    "fixed means right at closure": agreement.fixed_means_right_at_closure,
}
"""Every rule by the name (an English key) under which a breach is shown."""


def check_records(records: RunRecords) -> list[str]:
    """One line for each way in which the records break a rule; empty when all rules hold."""
    return [f"{say(name)}: {line}" for name, rule in RULES.items() for line in rule(records)]
