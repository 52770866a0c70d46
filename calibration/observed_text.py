"""What the steps of a log show, in plain words and a few tables, in the language in force."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from calibration.observed import Observed
from calibration.observed_order import FEWEST, Order, RuleHeld
from calibration.observed_people_text import comma, people, people_tables
from calibration.observed_returns import Seen
from sim.messages import say

RULES = {
    "first_come": "first come, first served", "last_come": "last come, first served", "due": "earliest due first",
    "shortest": "shortest work first (by the work that it turned out to be)",
    "class": "{column} {first} first, then first come", "class_due": "{column} {first} first, then earliest due",
}  # fmt: skip
SHOWN_RULES = 5
SHARES = {
    "returned": "returned by another department", "group_changed": "handed from group to group",
    "group_again": "back with a group that had passed it on", "reworked": "done again",
    "redone": "handlings that had to be done again", "repeated": "an activity came back",
}  # fmt: skip
COLUMNS = {"category": "category", "channel": "channel", "limit_type": "kind of limit"}


def observed_text(found: Observed) -> list[str]:
    """The chapter as lines of Markdown."""
    head = ["## " + say("What the steps show"), ""]
    if found.empty:
        return [*head, say("Starts of work, steps, returns and reworks: not in this log.")]
    tables = [line for heads, rows in people_tables(found) for line in ("", *table(heads, rows))]
    return [*head, *(f"- {line}" for line in sentences(found)), *tables, *_order_table(found.order), *_returns_table(found.returns)]


def sentences(found: Observed) -> Iterator[str]:
    """The findings in words."""
    yield from people(found)
    yield from _order(found.order)
    yield from _returns(found.returns)


def rule_name(held: RuleHeld) -> str:
    """A rule in words."""
    column = say(COLUMNS[held.column]) if held.column in COLUMNS else held.column
    return say(RULES[held.rule], column=column, first=held.first)


def _order(order: Order | None) -> Iterator[str]:
    if order is None:
        yield say("Order of the queue: not in this log; nobody wrote down when work began.")
        return
    if order.verdict == "dates":
        yield say("Order of the queue: starts of work are dates without a time; who was taken first cannot be seen.")
        return
    if order.verdict == "few" or order.best is None:
        yield say("Order of the queue: fewer than {least} choices between two or more; too few to tell.", least=FEWEST)
    else:
        yield _verdict(order, order.best)
        if order.reading == "busy":
            yield say("These are {count} choices between cases that came while everybody was at work; {waiting:.1f} were waiting on "
                      "average.", count=f"{order.choices:,}", waiting=order.waiting)  # fmt: skip
        else:
            yield say("These are {count} choices between all that was open and not begun, whatever it waited for; {waiting:.1f} were "
                      "waiting on average.", count=f"{order.choices:,}", waiting=order.waiting)  # fmt: skip
    if not math.isnan(order.elsewhere):
        yield say("At least {share:.0%} of the cases waited for something else than a crew: they lay open while somebody had nothing "
                  "to do.", share=order.elsewhere)  # fmt: skip


def _verdict(order: Order, best: RuleHeld) -> str:
    figures = {
        "rule": rule_name(best), "share": _with_interval(best.share, best.low, best.high), "random": f"{best.random:.0%}",
    }  # fmt: skip
    if order.verdict == "clear":
        return say("Order of the queue: “{rule}” holds in {share} of the choices between two or more; at random it would be {random}.",
                   **figures)  # fmt: skip
    if order.verdict == "tied":
        return say("Order of the queue: “{rule}” holds in {share} of the choices (at random {random}), but this log cannot tell it from "
                   "“{other}”.", other=rule_name(order.held[1]), **figures)  # fmt: skip
    if order.verdict == "none":
        return say("Order of the queue: no rule is better than chance; the nearest, “{rule}”, holds in {share} of the choices, at random "
                   "it would be {random}.", **figures)  # fmt: skip
    if order.verdict == "leaning":
        return say("Order of the queue: no rule explains most choices; the nearest, “{rule}”, holds in {share}, at random it would be "
                   "{random}.", **figures)  # fmt: skip
    return say("Order of the queue: cannot be told, because what is passed over may wait for something else than a crew; nearest is "
               "“{rule}”, in {share} of the choices, at random {random}.", **figures)  # fmt: skip


def _returns(seen: Sequence[Seen]) -> Iterator[str]:
    whole = {each.what: each for each in seen if not each.unit}
    if not any(what in whole for what in ("returned", "group_changed")):
        yield say("Referral: not in this log; no returns, no groups.")
    if not any(what in whole for what in ("reworked", "repeated")):
        yield say("Rework: not in this log; no reworks, no steps.")
    for what, each in whole.items():
        yield say("Of {cases} cases: {what} {share}.", cases=f"{each.cases:,}", what=say(SHARES[what]), share=share_text(each))
    if "group_changed" in whole:
        yield say("A change of group may be the usual way of a case; coming back to a group is nearer to a referral.")
    if "repeated" in whole:
        yield say("Whether an activity that comes back is rework, the log does not say.")


def _order_table(order: Order | None) -> list[str]:
    if order is None or not order.held:
        return []
    rows = [
        (rule_name(each), f"{each.choices:,}", _with_interval(each.share, each.low, each.high), f"{each.random:.0%}",
         f"{each.rank:.2f} [{each.rank_low:.2f}{comma()}{each.rank_high:.2f}]")
        for each in order.held[:SHOWN_RULES]
    ]  # fmt: skip
    heads = (say("rule"), say("choices"), say("taken is first by it"), say("at random"), say("mean rank of the taken (0 first, 1 last)"))
    return ["", *table(heads, rows)]


def _returns_table(seen: Sequence[Seen]) -> list[str]:
    rows = [(say(SHARES[each.what]), each.unit, f"{each.cases:,}", share_text(each)) for each in seen if each.unit]
    return ["", *table((say("share"), say("department"), say("cases"), "95 %"), rows)] if rows else []


def share_text(each: Seen) -> str:
    """A share with its interval, or that it is hidden."""
    if each.share is None or each.low is None or each.high is None:
        return say("hidden (fewer than 5)")
    return _with_interval(each.share, each.low, each.high)


def _with_interval(value: float, low: float, high: float) -> str:
    digits = 1 if high < 0.1 else 0
    return f"{value:.{digits}%} [{low:.{digits}%}{comma()}{high:.{digits}%}]"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table in Markdown."""
    cleaned = [[cell.replace("|", "/").replace("\n", " ") for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *cleaned)]
