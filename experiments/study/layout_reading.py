"""The layout of a study from its file: axes, levels of the baseline, rows of a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.study.axes import Axis, Level, axes_of, table_rows
from experiments.study.cross_checks import check_draws, check_search, check_spread, check_stopping
from experiments.study.design_kinds import Search, Table
from experiments.study.designs import Row
from experiments.study.points import Layout
from experiments.study.spec import Study
from scenarios.faults import Faults, guess
from scenarios.marks import Mark, Node
from sim.messages import say
from sim.scenario import Scenario


def layout_of(study: Study, tree: Node, folder: Path, base: Scenario, faults: Faults) -> Layout:
    """What is run. Faults of factors, files and names are noted."""
    axes = axes_of(study, tree, folder, faults)
    check_draws(study, axes, base.model_dump(mode="json"), faults)
    check_spread(study, tree, faults)
    check_stopping(study, tree, faults)
    check_search(study, tree, faults)
    usual = _levels(study.baseline, axes, tree.child("baseline"), "baseline", faults)
    layout = Layout(study, axes, (), usual)
    return Layout(study, axes, _listed(study, layout, tree, folder, faults), usual)


def _levels(
    stated: dict[str, Any], axes: tuple[Axis, ...], node: Node | None, where: str, faults: Faults
) -> tuple[Level | None, ...]:
    """The level of each axis that a mapping by name states; None for those that it leaves out."""
    named = {axis.name: axis for axis in axes}
    found: dict[str, Level | None] = {}
    for name, value in stated.items():
        mark = node.keys.get(name, node.mark) if node is not None else Mark(where)
        if name not in named:
            known = ", ".join(named)
            faults.add(mark, f"{where}.{name}", say("there is no factor {name}; they are {known}", name=repr(name), known=known)
                       + guess(name, named))  # fmt: skip
            continue
        found[name] = named[name].named(value)
        if found[name] is None:
            shown = [str(level.shown) for level in named[name].levels]
            faults.add(mark, f"{where}.{name}", say("{value} is none of its values: {known}",
                                                    value=repr(value), known=", ".join(shown) or say("a number"))
                       + guess(str(value), shown))  # fmt: skip
    return tuple(found.get(axis.name) for axis in axes)


def _listed(study: Study, layout: Layout, tree: Node, folder: Path, faults: Faults) -> tuple[Row, ...]:
    design, node = study.design, tree.child("design")
    if isinstance(design, Search) and design.start is not None and node is not None:
        return _starting(layout, folder / design.start, node.keys["start"], faults)
    if not isinstance(design, Table) or node is None:
        return ()
    if design.file is not None:
        mark = node.keys["file"]
        rows: list[Any] = list(table_rows(folder / design.file, mark, "design.file", faults))
        marks: list[Node | None] = [None] * len(rows)
    else:
        stated = node.child("rows")
        rows = list(design.rows or ())
        marks = [stated.child(number) if stated is not None else None for number in range(len(rows))]
    where = "design.rows" if design.file is None else str(folder / design.file)
    return tuple(
        Row(_levels(row, layout.choosing, mark, f"{where}.{number}", faults))
        for number, (row, mark) in enumerate(zip(rows, marks, strict=True))
    )


def _starting(layout: Layout, path: Path, mark: Mark, faults: Faults) -> tuple[Row, ...]:
    """Points that a search starts from: columns that are no lever (means, intervals) are left out."""
    names = [axis.name for axis in layout.axes]
    found = []
    for number, row in enumerate(table_rows(path, mark, "design.start", faults)):
        where = f"{path}.{number}"
        known = {name: row[name] for name in names if name in row}
        if len(known) < len(names):
            lacking = ", ".join(name for name in names if name not in row)
            faults.add(mark, "design.start", say("{file}, row {row}: a point to start from needs every lever; there is no {lacking}",
                                                 file=path.name, row=number + 1, lacking=lacking))  # fmt: skip
            return ()
        found.append(Row(_levels(known, layout.axes, None, where, faults)))
    return tuple(found)
