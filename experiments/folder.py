"""What stands in a result folder besides tables: figures, the page, the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.manifest import manifest, write_manifest
from experiments.plan import ArmResult, Plan, arm_manifest
from experiments.store import write_table

if TYPE_CHECKING:
    from experiments.contrast import Contrast

FIGURES = "figures"
PAGE = "report.html"


def finish_arm(plan: Plan, result: ArmResult) -> None:
    """Draw the figures and the page of one scenario; the manifest comes last."""
    from experiments.contrast import shown_names
    from experiments.figures.drawing import draw_all
    from experiments.page.run_page import run_page

    names = shown_names([result])
    drawn = draw_all({result.arm.name: result.summary}, names, result.arm.file.scenario, result.folder / FIGURES)
    (result.folder / PAGE).write_text(run_page(plan, result, drawn), encoding="utf-8")
    write_manifest(arm_manifest(plan, result), result.folder)


def finish_comparison(plan: Plan, found: Contrast, folder: Path) -> None:
    """Tables, figures and page of a comparison."""
    from experiments.figures.drawing import draw_all
    from experiments.page.comparison_page import comparison_page

    write_table(found.table, folder / "comparison.parquet")
    if found.pairs is not None:
        write_table(found.pairs, folder / "case_pairs.parquet")
    drawn = draw_all(found.arms, found.names, plan.arms[0].file.scenario, folder / FIGURES)
    (folder / PAGE).write_text(comparison_page(plan, found, drawn), encoding="utf-8")


def write_comparison_manifest(plan: Plan, results: Sequence[ArmResult], folders: Sequence[Path], folder: Path) -> None:
    """The manifest of a comparison names the run folders that it was made from."""
    peaks = [outcome.peak_memory_mb for result in results for outcome in result.outcomes]
    facts = manifest(plan.command, plan.seeds, results[0].seconds, plan.workers, peaks)
    arms = [
        {"name": result.arm.name, "sha256": result.arm.file.scenario.digest(), "folder": where.name,
         "worlds": [outcome.world for outcome in result.outcomes]}
        for result, where in zip(results, folders, strict=True)
    ]  # fmt: skip
    write_manifest({**facts, "baseline": results[0].arm.name, "scenarios": arms}, folder)
