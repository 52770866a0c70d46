"""A comparison as a whole: the arms, the table of differences, the pairs of issues, and what they say."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from experiments.case_pairs import counts, counts_by, fates, pair_fates
from experiments.comparison import compare
from experiments.console import comparison_text, steps_text
from experiments.plan import ArmResult
from experiments.sentences import about, answer
from experiments.store import read_records
from experiments.summary import Summary
from sim.messages import language, say

LONGEST_NAME = 44
"""Letters of a title that figures and sentences can bear; half as many Chinese ones."""


@dataclass(frozen=True)
class Contrast:
    """What came out of comparing scenarios; the first is the baseline."""

    arms: Mapping[str, Summary]
    names: Mapping[str, str]
    """how each scenario is called in sentences and figures"""
    table: pd.DataFrame
    """see `comparison.compare`"""
    pairs: pd.DataFrame | None
    """issue by issue: scenario, replication and the columns of `CasePairs.pairs`; None if cases were not kept"""
    same_worlds: bool
    """every scenario met the very same issues"""

    @property
    def baseline(self) -> str:
        """Name of the baseline."""
        return next(iter(self.arms))


def contrast(results: Sequence[ArmResult]) -> Contrast:
    """Compare the arms of a plan that has been run."""
    arms = {result.arm.name: result.summary for result in results}
    worlds = {tuple(outcome.world for outcome in result.outcomes) for result in results}
    kept = all((result.folder / "cases.parquet").exists() for result in results)
    return Contrast(arms, shown_names(results), compare(arms), _pairs(results) if kept else None, len(worlds) == 1)


def shown_names(results: Sequence[ArmResult]) -> dict[str, str]:
    """Titles in the language in force, cut where a legend has no room; the plain name for one that two share."""
    zh = language() == "zh"
    longest = LONGEST_NAME // 2 if zh else LONGEST_NAME
    titles = {
        each.arm.name: each.arm.file.scenario.title_zh if zh else each.arm.file.scenario.title for each in results
    }
    short = {name: title if len(title) <= longest else f"{title[: longest - 1].rstrip()}…" for name, title in titles.items()}
    shared = {title for title, count in Counter(short.values()).items() if count > 1}
    return {name: name if title in shared else title for name, title in short.items()}


def _pairs(results: Sequence[ArmResult]) -> pd.DataFrame:
    """One replication at a time: the issues of one and the tables of another are all that is in memory."""
    baseline, *others = results
    frames = []
    for number in range(len(baseline.outcomes)):
        first = _fates(baseline, number)
        for other in others:
            pairs = pair_fates(first, _fates(other, number)).pairs
            pairs.insert(0, "replication", number)
            pairs.insert(0, "scenario", other.arm.name)
            frames.append(pairs)
    return pd.concat(frames, ignore_index=True)


def _fates(result: ArmResult, number: int) -> pd.DataFrame:
    (records,) = read_records(result.folder, ("issues", "cases"), [number])
    return fates(records)


def pair_counts(found: Contrast, scenario: str, by: str = "") -> pd.DataFrame:
    """How many issues became faster and slower, over all worlds; with `by`, a row for each value of that column."""
    assert found.pairs is not None
    pairs = found.pairs[found.pairs["scenario"] == scenario]
    return counts_by(pairs, by) if by else pd.DataFrame([counts(pairs)])


def contrast_text(found: Contrast) -> str:
    """What is printed of a comparison: table, where the days go, sentences."""
    parts = [comparison_text(found.arms, found.table)]
    parts += [f"{name}\n{steps_text(summary)}" for name, summary in found.arms.items()]
    parts += [
        "\n".join([f"{found.names[name]}:", *(f"  {line}" for line in lines)])
        for name, lines in findings(found).items()
    ]
    parts += [] if found.same_worlds else [different_worlds()]
    return "\n\n".join([*parts, answer(found.table, found.names)])


def findings(found: Contrast) -> dict[str, list[str]]:
    """Sentences on each scenario against the baseline, how the issues fared one by one last."""
    return {
        name: about(found.table, name, found.arms, found.names)
        + ([] if found.pairs is None else [pairs_sentence(found, name)])
        for name in list(found.arms)[1:]
    }


def pairs_sentence(found: Contrast, scenario: str) -> str:
    """How many issues were closed sooner and later than under the baseline, and by how much."""
    row = pair_counts(found, scenario).iloc[0]
    return say(
        "Issue by issue, of {issues:,.0f} paired issues under {scenario}: {sooner} closed sooner, {later} later, "
        "{same:,.0f} at the same time.",
        scenario=found.names[scenario],
        issues=row["issues"],
        same=row["same"],
        sooner=_how_many(row["faster"], -row["faster_median_h"]),
        later=_how_many(row["slower"], row["slower_median_h"]),
    )


def _how_many(count: float, median_h: float) -> str:
    if not count:
        return "0"
    return say("{count:,.0f} (half of them by {hours:.1f} h or more)", count=count, hours=median_h)


def different_worlds() -> str:
    """The warning for scenarios that do not meet the same issues."""
    return say("The scenarios do not meet the same issues (their rates, places or times differ): worlds are paired by "
               "seed only, and differences also hold what differs between the worlds.")  # fmt: skip
