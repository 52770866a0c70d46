"""The promise of the lifecycle file: one function in which the seven steps stand once each, in order."""

from __future__ import annotations

import ast
import inspect

from sim import lifecycle
from tests.small_town import lived

STEPS = ["collection", "establishment", "dispatch", "handling", "feedback", "check_and_close", "evaluation"]


def calls(function: object) -> list[str]:
    """Names that a function calls, in the order of the text."""
    tree = ast.parse(inspect.getsource(function))  # type: ignore[arg-type]
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return [
        node.func.id
        for node in sorted(found, key=lambda node: (node.lineno, node.col_offset))
        if isinstance(node.func, ast.Name)
    ]


def test_life_of_a_case_names_the_seven_steps_once_each_in_order() -> None:
    assert [name for name in calls(lifecycle.life_of) if name in STEPS] == STEPS


def test_no_other_function_starts_a_step() -> None:
    others = [
        member
        for name, member in inspect.getmembers(lifecycle, inspect.isfunction)
        if name != "life_of" and member.__module__ == lifecycle.__name__
    ]
    assert len(others) >= len(STEPS)
    assert [(other.__name__, name) for other in others for name in calls(other) if name in STEPS] == []


def test_steps_stand_in_the_file_in_their_order() -> None:
    lines = [inspect.getsourcelines(getattr(lifecycle, step))[1] for step in STEPS]
    assert lines == sorted(lines)
    assert inspect.getsourcelines(lifecycle.life_of)[1] < lines[0]


def test_every_step_is_a_process_with_a_purpose() -> None:
    for step in STEPS:
        assert inspect.isgeneratorfunction(getattr(lifecycle, step))
        assert inspect.getdoc(getattr(lifecycle, step))


def test_events_of_closed_cases_come_in_the_order_of_the_steps() -> None:
    order = {
        name: place
        for place, name in enumerate(["report", "establish", "dispatch", "handle", "feedback", "close", "evaluate"])
    }
    events = lived()["events"]
    told = events[
        events["event"].isin(order)
        & ~events["case_id"].isin(events.query("event in ('rework', 'return', 'refer', 'escalate')")["case_id"])
    ]
    ranks = (
        told.sort_values(["case_id", "seq"])
        .groupby("case_id")["event"]
        .agg(lambda names: [order[name] for name in names])
    )
    assert len(ranks) > 50
    assert all(each == sorted(each) and len(set(each)) == len(each) for each in ranks)
