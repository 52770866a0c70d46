"""What the steps of a log show, as rows of a CSV: one figure a row, none of fewer than five cases."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from calibration.observed import Observed
from calibration.observed_crews import Span

COLUMNS = ("chapter", "what", "where", "value", "low", "high", "unit", "cases")
Row = tuple[str, str, str, str, str, str, str, str]


def observed_csv(found: Observed) -> str:
    """The table as text; only the heading where the log shows nothing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([*_crews(found), *_work(found), *_shifts(found), *_order(found), *_returns(found)])
    return text.getvalue()


def _crews(found: Observed) -> Iterator[Row]:
    for each in found.crews:
        for what, span, unit in (("at once", each.at_once, "resources"), ("on a day", each.a_day, "resources"),
                                 ("of their time on timed steps", each.used, "share")):  # fmt: skip
            yield from _span(what, each.unit, span, unit)
        for hour, there in enumerate(each.by_hour):
            yield ("crews", f"at once at hour {hour:02d}", each.unit, f"{there:.3f}", "", "", "resources", "")
        for day, there in enumerate(each.by_weekday, 1):
            yield ("crews", f"on weekday {day}", each.unit, f"{there:.3f}", "", "", "resources", "")
    for each in found.in_hand:
        yield from _span("most in hand on a day", each.unit, each.peak, "cases")


def _span(what: str, where: str, span: Span | None, unit: str) -> Iterator[Row]:
    if span is not None:
        yield ("crews", f"{what}: mean", where, *_figures(span.mean, span.low, span.high), unit, "")
        yield ("crews", f"{what}: median, 10 and 90 %", where, *_figures(span.median, span.p10, span.p90), unit, "")


def _work(found: Observed) -> Iterator[Row]:
    for each in () if found.work is None else found.work.rows:
        where = " / ".join(part for part in (each.unit, each.category) if part)
        yield ("work", "mean", where, *_figures(each.mean / 3600, each.low / 3600, each.high / 3600), "hours", str(each.cases))
        yield ("work", "median, 10 and 90 %", where, *_figures(each.median / 3600, each.p10 / 3600, each.p90 / 3600), "hours",
               str(each.cases))  # fmt: skip
        yield ("work", "coefficient of variation", where, *_figures(each.cv, None, None), "1", str(each.cases))


def _shifts(found: Observed) -> Iterator[Row]:
    for each in () if found.shifts is None else found.shifts.patterns:
        where = f"{each.half}, {'weekends too' if each.weekend else 'weekdays'}, {each.resources} resources"
        yield ("shifts", "usual first and last touch", where, *_figures(None, each.first, each.last), "local hour", "")
        yield ("shifts", "of all touches", where, *_figures(each.share, None, None), "share", "")


def _order(found: Observed) -> Iterator[Row]:
    order = found.order
    if order is None:
        return
    yield ("order", "verdict", order.reading, order.verdict, "", "", "", str(order.choices))
    if order.elsewhere == order.elsewhere:
        yield ("order", "waited for something else than a crew", "", f"{order.elsewhere:.3f}", "", "", "share at least", "")
    for each in order.held:
        name = " ".join(part for part in (each.rule, each.column, each.first) if part)
        yield ("order", "taken is first", name, *_figures(each.share, each.low, each.high), "share", str(each.choices))
        yield ("order", "at random", name, f"{each.random:.3f}", "", "", "share", str(each.choices))
        yield ("order", "rank of the taken", name, *_figures(each.rank, each.rank_low, each.rank_high), "0 to 1", str(each.choices))


def _returns(found: Observed) -> Iterator[Row]:
    for each in found.returns:
        yield ("returns", each.what, each.unit, *_figures(each.share, each.low, each.high), "share", str(each.cases))


def _figures(*values: float | None) -> tuple[str, str, str]:
    value, low, high = ("" if each is None else f"{each:.3f}" for each in values)
    return value, low, high
