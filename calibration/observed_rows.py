"""What the steps of a log show, as rows of a CSV: one figure a row, none of fewer than five cases."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from calibration.observed import Observed

COLUMNS = ("chapter", "what", "where", "value", "low", "high", "unit", "cases")
Row = tuple[str, str, str, str, str, str, str, str]


def observed_csv(found: Observed) -> str:
    """The table as text; only the heading where the log shows nothing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([*_order(found), *_returns(found)])
    return text.getvalue()


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
