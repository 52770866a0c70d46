"""Tables and panels as analyses of a study make them, small and by hand, to be drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.figures import boxes, frontier, interaction, regret, screening, sequential, sobol_bars, tornado
from experiments.figures.factor_panels import FactorPanel
from experiments.procedures.conditions import Limits, Meaning

LONG = "property issues a year per 1000 residents"
NAMES = [LONG + " of the subdistrict", "每年每千人物业问题数", "paperwork"]
SCREENED = pd.DataFrame({
    "factor": NAMES, "mu_star": [3.0, 2.0, 0.5], "low": [2.5, 1.5, 0.2], "high": [3.5, 2.5, 0.8], "sigma": [1.0, 2.5, 0.4],
    "noise": [0.6, 0.6, 0.6], "shown": [True, True, False]})  # fmt: skip
INDICES = pd.DataFrame({
    "factor": NAMES, "first": [0.6, 0.2, -0.05], "first_low": [0.5, 0.1, -0.2], "first_high": [0.7, 0.3, 0.1],
    "total": [0.7, 0.3, 0.0], "total_low": [0.6, 0.2, -0.1], "total_high": [0.8, 0.4, 0.1]})  # fmt: skip
ENDS = pd.DataFrame({
    "factor": NAMES, "low_value": ["100", "5 d", "15 %"], "high_value": ["200", "30 d", "50 %"],
    "low_change": [-0.10, 0.04, 0.01], "low_change_low": [-0.12, 0.02, -0.01], "low_change_high": [-0.08, 0.06, 0.03],
    "high_change": [0.08, -0.02, 0.0], "high_change_low": [0.06, -0.04, -0.02], "high_change_high": [0.10, 0.0, 0.02]})  # fmt: skip
CHOICES = pd.DataFrame({
    "policy": ["baseline (workers=1, route=layered)", "workers=2, route=direct", "基准(workers=1, route=layered)"],
    "p_better": [np.nan, 0.8, 0.4], "p_better_low": [np.nan, 0.6, 0.2], "p_better_high": [np.nan, 0.9, 0.6],
    "regret": [1.0, 2.0, 4.0], "regret_low": [0.5, 1.5, 3.0], "regret_high": [1.5, 2.5, 5.0]})  # fmt: skip
UNKNOWNS = pd.DataFrame({
    "unknown": NAMES, "worth": [0.5, 0.2, 0.1], "low": [0.3, 0.0, 0.0], "high": [0.7, 0.4, 0.3], "shown": [True, False, False]})  # fmt: skip
STEPS = pd.DataFrame(
    [(choice, name, worlds, 5.0 * choice, 5.0 * choice - 4 / worlds, 5.0 * choice + 4 / worlds)
     for choice, name in ((1, "workers=1, route=layered"), (2, "每格两人，直达派遣")) for worlds in range(2, 12 - 4 * choice)],
    columns=["choice", "name", "worlds", "difference", "low", "high"])  # fmt: skip
TRIED = np.array([[90.0, 200.0], [100.0, 190.0], [110.0, 180.0], [120.0, 230.0]])
FOUND = pd.DataFrame({
    "time": [91.0, 101.0, 112.0], "time_low": [88.0, 98.0, 109.0], "time_high": [94.0, 104.0, 115.0],
    "cost": [201.0, 189.0, 191.0], "cost_low": [199.0, 187.0, 189.0], "cost_high": [203.0, 191.0, 193.0],
    "on_frontier": [True, True, False], "knee": [False, True, False]})  # fmt: skip
TITLE, UNIT = "Worst minus best fifth of grids, onset to fix", "hours"


def _failing() -> Figure:
    share, crews = np.linspace(0.1, 0.5, 40), np.array([1.0, 2.0] * 20)
    meanings = (Meaning("paperwork of grid workers", "网格员报表时间", "%", 100.0), Meaning("workers a grid", "每格网格员数"))
    panel = boxes.Panel(TITLE, ("share", "crews"), meanings, (share, crews), share > 0.3, {"share": Limits(low=0.3)})
    return boxes.draw([panel, panel])


def _interacting() -> Figure:
    panel = interaction.Panel(TITLE, "report_to_closure_mean", "workers a grid 每格网格员数", "route", ("1", "1.5", "2"),
                              ("layered", "direct"), np.array([[90.0, 80.0], [85.0, 70.0], [84.0, 60.0]]), "-14 h (-20 to -8)")  # fmt: skip
    return interaction.draw([panel, panel, panel])


FIGURES: dict[str, Callable[[], Figure]] = {
    "screening": lambda: screening.draw([FactorPanel(TITLE, UNIT, SCREENED), FactorPanel(TITLE, "share", SCREENED)]),
    "sobol": lambda: sobol_bars.draw([FactorPanel(TITLE, UNIT, INDICES)]),
    "tornado": lambda: tornado.draw([FactorPanel(TITLE, "share", ENDS)]),
    "decision": lambda: regret.draw([regret.Row(TITLE, UNIT, CHOICES, UNKNOWNS), regret.Row(TITLE, "share", CHOICES, UNKNOWNS[:0])]),
    "failing": _failing,
    "interaction": _interacting,
    "frontier": lambda: frontier.draw(FOUND, TRIED, np.array([95.0, 210.0]), [("time", TITLE, UNIT), ("cost", "Cost a resident", "yuan")]),
    "progress": lambda: sequential.draw(STEPS, TITLE, UNIT, 1.0),
}
"""Every figure of a study, by the name of its file."""
